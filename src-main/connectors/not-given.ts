import { AppError } from '../../src-shared/errors/errors.ts';

/** What the server has and does not give; the others come without it, and it is asked for again. */
export interface NotGiven {
  readonly id: string;
  readonly why: AppError;
}

/** How many, and the server's words about the first of them; null: nothing is missing. */
export function notGivenError(
  code: 'meeting.not-given' | 'contact.not-given',
  notGiven: readonly NotGiven[],
): AppError | null {
  const [first] = notGiven;
  if (first === undefined) return null;
  return new AppError(code, { ...first.why.params, count: notGiven.length }, { cause: first.why });
}
