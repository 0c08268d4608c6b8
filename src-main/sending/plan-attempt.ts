import type { OutgoingState } from '../../src-shared/domain/outgoing.ts';
import { errorCodes } from '../../src-shared/errors/codes.ts';
import type { WireError } from '../../src-shared/errors/wire.ts';

export interface FailedAttempt {
  readonly problem: WireError;
  /** This one included; counted from the last time a person queued it. */
  readonly attempts: number;
  readonly now: number;
  /** 0 to 1: jitter, so that many answers do not come back at once. */
  readonly random: number;
}

export interface NextStep {
  readonly state: Extract<OutgoingState, 'queued' | 'failed' | 'unknown'>;
  readonly nextAttemptAt: number | null;
  /** About when the last attempt of all will be, if every one ends like this; null: it is never given up, or not tried again. */
  readonly givesUpAt: number | null;
}

const MINUTE = 60_000;
const FIRST_WAIT = 30_000;
/** A line that is back is noticed by the network watch as well; ten minutes are for lines that only seem to be there. */
const LONGEST_NETWORK_WAIT = 10 * MINUTE;
/** A server that says "later" (greylisting, limits) means minutes to hours. */
const LONGEST_SERVER_WAIT = 60 * MINUTE;
/** Someone must act; until then an attempt each hour is rare enough not to lock an account. */
const NEEDS_YOU_WAIT = 60 * MINUTE;
/** RFC 5321, 4.5.4.1: a sender gives up after four to five days. 7 growing waits and 113 of an hour. */
const MAX_SERVER_ATTEMPTS = 120;
/** Whoever asks for more is mistaken; a look each day finds out. */
const LONGEST_WISH = 24 * 60 * MINUTE;
const JITTER = 0.2;
const noMore = { nextAttemptAt: null, givesUpAt: null };

/** The end of an attempt that the server did not take. Nothing that the server may have is ever queued again. */
export function planAttempt({ problem, attempts, now, random }: FailedAttempt): NextStep {
  const { code } = problem;
  // A fault of ours in the middle of an attempt: nobody knows how far it got.
  if (code === 'delivery.unknown' || code === 'internal.defect') return { state: 'unknown', ...noMore };
  // Called off before the server had it: the program ends.
  if (code === 'cancelled') return { state: 'queued', nextAttemptAt: now, givesUpAt: null };
  const { retry } = errorCodes[code];
  if (retry === 'never') return { state: 'failed', ...noMore };
  if (retry === 'after-user')
    return { state: 'queued', nextAttemptAt: now + spread(NEEDS_YOU_WAIT, random), givesUpAt: null };
  const fromServer = code.startsWith('server.');
  if (fromServer && attempts >= MAX_SERVER_ATTEMPTS) return { state: 'failed', ...noMore };
  const longest = fromServer ? LONGEST_SERVER_WAIT : LONGEST_NETWORK_WAIT;
  const own = waitAfter(attempts, longest);
  const asked = waitAskedForBy(problem);
  // Asked to wait, one waits: a little longer than that, never less.
  const nextAttemptAt = now + Math.round(Math.max(spread(own, random), asked * (1 + random / 10)));
  const givesUpAt = fromServer ? now + Math.max(0, asked - own) + waitsAfter(attempts) : null;
  return { state: 'queued', nextAttemptAt, givesUpAt };
}

/** Milliseconds; 0 where the server named none. */
function waitAskedForBy({ params }: WireError): number {
  return typeof params.retryAfter === 'number' ? Math.min(params.retryAfter * 1000, LONGEST_WISH) : 0;
}

function waitAfter(attempts: number, longest: number): number {
  // 2^20 half minutes are a year: beyond that the doubling itself would overflow.
  return Math.min(FIRST_WAIT * 2 ** Math.min(attempts - 1, 20), longest);
}

/** All waits from here to the last attempt that a server is given. */
function waitsAfter(attempts: number): number {
  let all = 0;
  for (let nth = attempts; nth < MAX_SERVER_ATTEMPTS; nth += 1) all += waitAfter(nth, LONGEST_SERVER_WAIT);
  return all;
}

/** Whether only a person can mend it, or the server asked for a wait: such an answer is not tried early when the network comes back. */
export function hasItsTime(problem: WireError | null): boolean {
  return problem !== null && (errorCodes[problem.code].retry === 'after-user' || waitAskedForBy(problem) > 0);
}

function spread(wait: number, random: number): number {
  return Math.round(wait * (1 - JITTER / 2 + JITTER * random));
}
