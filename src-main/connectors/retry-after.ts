import { type ErrorParams, isAppError } from '../../src-shared/errors/errors.ts';

/** A server that says more is wrong or wants to be rid of us; a look each day finds out. */
const longest = 24 * 3600;

const cue = /(?:again|retry|wait|back-?\s?off|come back)/.source;
const unit = /(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)\b/.source;
/** "Try again in 5 minutes", "Suggested Backoff Time: 92415 milliseconds". A number without a unit is rather a code ("421"). */
const withUnit = new RegExp(`${cue}[^\\d.;]{0,40}(\\d{1,10})\\s*${unit}`, 'i');
/** As HTTP has it, in seconds. */
const likeHttp = /retry[-\s]?after[:=\s]+(\d{1,10})\b/i;

/** What an error says of the wait that a server's words ask for: `retryAfter` in whole seconds, or nothing. */
export function waitAskedFor(words: string): ErrorParams {
  const [, count, named] = words.match(withUnit) ?? words.match(likeHttp) ?? [];
  return count === undefined ? {} : waitOf(Number(count) * secondsIn(named?.toLowerCase() ?? 's'));
}

/** At least a second, at most a day. */
export function waitOf(seconds: number): ErrorParams {
  return { retryAfter: Math.min(longest, Math.max(1, Math.ceil(seconds))) };
}

/** What Retry-After asks for: seconds or a date (RFC 9110, 10.2.3). */
export function waitInHeader(said: string | undefined): ErrorParams {
  if (said === undefined) return {};
  if (/^\s*\d{1,10}\s*$/.test(said)) return waitOf(Number(said));
  const date = Date.parse(said);
  return Number.isNaN(date) ? {} : waitOf((date - Date.now()) / 1000);
}

function secondsIn(named: string): number {
  if (named === 'ms' || named.startsWith('mil')) return 1 / 1000;
  if (named.startsWith('m')) return 60;
  return named.startsWith('h') ? 3600 : 1;
}

/** Did the server say for how long it wants to be left alone? */
export function asksToWait(error: unknown): boolean {
  return isAppError(error) && error.params.retryAfter !== undefined;
}
