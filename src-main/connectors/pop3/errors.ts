import type { Endpoint } from '../../../src-shared/domain/mailbox.ts';
import type { ErrorCode } from '../../../src-shared/errors/codes.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { lineError } from '../../net/connect.ts';
import { serverWords } from '../../net/server-words.ts';
import { placeOf } from '../../net/tls.ts';
import { awayForNow, measureUsedUp } from '../passing-troubles.ts';
import { waitAskedFor, waitOf } from '../retry-after.ts';

/** What a server's no was the answer to: without a code of its own it means another thing at each. */
export type RefusedStep = 'greeting' | 'stls' | 'sign-in' | 'command' | 'quit';

/** A server's no, as it came. */
export class Pop3Refusal extends Error {
  override readonly name = 'Pop3Refusal';
  readonly status: string;
  readonly step: RefusedStep;

  constructor(status: string, step: RefusedStep) {
    super('the server refused');
    this.status = status;
    this.step = step;
  }
}

/** RFC 2449, 8, and RFC 3206; upper case, as `[SYS/TEMP]` without its brackets. */
const responseCodes: Readonly<Record<string, ErrorCode>> = {
  AUTH: 'auth.rejected',
  'SYS/TEMP': 'server.unavailable',
  'SYS/PERM': 'server.refused',
  // Another session has the mailbox: a matter of minutes.
  'IN-USE': 'server.throttled',
  'LOGIN-DELAY': 'server.throttled',
};

const steps: Readonly<Record<RefusedStep, ErrorCode>> = {
  greeting: 'server.unavailable',
  stls: 'tls.starttls-missing',
  'sign-in': 'auth.rejected',
  command: 'server.refused',
  // "Some deleted messages not removed" (RFC 1939, 6): which, only another look can tell.
  quit: 'server.unavailable',
};

/** Servers without codes say it in words. */
const throttled =
  /too many|rate limit|throttl|maximum number of connections|connection limit|login delay|minimum interval/i;
const inUse = /\block(?:ed)?\b|in use|already (?:open|connected)|another (?:session|client|pop)/i;

/** The failure in our words; a defect of ours is given back as it came. */
export function pop3Error(error: unknown, endpoint: Endpoint, loginDelay: number | null = null): unknown {
  if (!(error instanceof Pop3Refusal)) return lineError(error, endpoint);
  const { code, said } = partsOf(error.status);
  const words = serverWords(said, code === '' ? '-ERR' : `[${code}]`, endpoint.login);
  const ours = codeOf(error.step, code.toUpperCase(), said);
  const place = { ...placeOf(endpoint), serverWords: words };
  if (ours !== 'server.throttled') return new AppError(ours, place, { cause: error });
  const asked = waitAskedFor(words);
  const wait = code.toUpperCase() === 'LOGIN-DELAY' && loginDelay !== null ? waitOf(loginDelay) : {};
  return new AppError(ours, { ...place, ...wait, ...asked }, { cause: error });
}

function partsOf(status: string) {
  const [, code = '', said = ''] = status.match(/^-ERR\s*(?:\[([^\]]*)\])?\s*(.*)$/is) ?? [];
  return { code, said };
}

/** A no at the sign-in that has a code, or says in words that there is no getting in just now. */
export function givesReason(status: string): boolean {
  const { code, said } = partsOf(status);
  return code !== '' || [throttled, inUse, measureUsedUp, awayForNow].some((words) => words.test(said));
}

function codeOf(step: RefusedStep, code: string, said: string): ErrorCode {
  if (Object.hasOwn(responseCodes, code)) return responseCodes[code] as ErrorCode;
  // `[SYS/TEMP/…]`: a code may go on where we do not (RFC 3206, 4).
  const [, family = ''] = code.match(/^(SYS\/(?:TEMP|PERM)|AUTH)\//) ?? [];
  if (family !== '') return responseCodes[family] as ErrorCode;
  if (measureUsedUp.test(said)) return 'server.throttled';
  if (step !== 'command' && step !== 'stls' && (throttled.test(said) || inUse.test(said))) return 'server.throttled';
  return step === 'sign-in' && awayForNow.test(said) ? 'server.unavailable' : steps[step];
}

/** What stands in `serverWords` names what is missing, in the protocol's terms. */
export function unsupported(endpoint: Endpoint, missing: string): AppError {
  return new AppError('server.unsupported', { ...placeOf(endpoint), serverWords: missing });
}

/** What a server sent that means nothing; `words` is of it. */
export function unintelligible(endpoint: Endpoint, words: string): AppError {
  return new AppError('server.protocol', {
    ...placeOf(endpoint),
    serverWords: serverWords(words, '–', endpoint.login),
  });
}
