import { type ErrorCode, errorCodes } from '../../src-shared/errors/codes.ts';

/** What a scheduler may do after a failure without asking anyone. */
export type AfterFailure =
  | { readonly kind: 'retry'; readonly milliseconds: number }
  /** Trying again by itself would change nothing, or lock an account out. */
  | { readonly kind: 'wait-for-person' };

/** A server that restarts is back within seconds; beyond ten minutes a person thinks that it has given up. */
const firstDelay = 5_000;
const longestDelay = 10 * 60_000;
/** Servers that throttle count sign-ins by the minute. */
const shortestThrottle = 60_000;
/** A server that asks for more is mistaken, or does not want this console at all: then it will say so again. */
const longestWish = 24 * 60 * 60_000;

export interface Failure {
  readonly code: ErrorCode;
  /** How many in a row, this one included. */
  readonly failures: number;
  /** 0 to 1, so that eighty mailboxes of one server do not come back at once. */
  readonly random: number;
  /** The server's own wish in seconds; null where it had none. */
  readonly retryAfter: number | null;
}

export function afterFailure({ code, failures, random, retryAfter }: Failure): AfterFailure {
  // A defect is ours: the next pass may well not meet it again.
  if (code !== 'internal.defect' && errorCodes[code].retry !== 'backoff') return { kind: 'wait-for-person' };
  const doubled = firstDelay * 2 ** Math.min(Math.max(failures, 1) - 1, 20);
  const least = code === 'server.throttled' ? shortestThrottle : firstDelay;
  const delay = Math.min(Math.max(doubled, least), longestDelay);
  const spread = delay * (0.5 + random / 2);
  // Asked to wait, one waits: a little longer than that, never less.
  const asked = Math.min((retryAfter ?? 0) * 1000, longestWish) * (1 + random / 10);
  return { kind: 'retry', milliseconds: Math.round(Math.max(spread, asked)) };
}
