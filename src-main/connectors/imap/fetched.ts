import { responseCodeOf } from './errors.ts';

/**
 * What a FETCH ends with when others delete letters meanwhile (RFC 5530, EXPUNGEISSUED): what is still there has come, so it is an end like any other.
 * Every other failure is thrown on.
 */
export function endOfAnswer(error: unknown): { readonly done: true; readonly value: undefined } {
  if (responseCodeOf(error) === 'EXPUNGEISSUED') return { done: true, value: undefined };
  throw error;
}

/** INTERNALDATE in milliseconds. One that cannot be read is no reason to lose the letter. */
export function timeOf(internalDate: Date | string | undefined): number {
  const time = new Date(internalDate ?? Number.NaN).getTime();
  return Number.isNaN(time) ? Date.now() : time;
}
