import type { Endpoint } from '../../../src-shared/domain/mailbox.ts';
import { type ErrorCode, errorCodes } from '../../../src-shared/errors/codes.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { withPlace } from '../../net/connect.ts';
import { lineErrorCode } from '../../net/line-errors.ts';
import { serverWords } from '../../net/server-words.ts';
import { placeOf } from '../../net/tls.ts';
import { waitAskedFor } from '../retry-after.ts';

/** What nodemailer leaves on the errors that it raises. */
export interface SmtpFailure {
  readonly message?: string;
  readonly code?: string;
  /** Node's own code where nodemailer put its name over it. */
  readonly originalCode?: string;
  /** `MAIL FROM`, `RCPT TO`, `DATA`, `AUTH PLAIN`, `CONN`. */
  readonly command?: string;
  /** The server's whole answer, and its first three digits. */
  readonly response?: string;
  readonly responseCode?: number;
}

/** nodemailer's codes for what happened without an answer of the server. */
const libraryCodes: Readonly<Record<string, ErrorCode>> = {
  EDNS: 'network.unknown-host',
  ETIMEDOUT: 'network.timeout',
  ECONNECTION: 'network.dropped',
  ESOCKET: 'network.dropped',
  ETLS: 'tls.failed',
  EPROTOCOL: 'server.protocol',
  // Before a byte of it was sent: the limit that the server gave in its EHLO.
  EMESSAGE: 'message.too-large',
};

/** Too many connections, letters or recipients in a time, by code (RFC 3463, X.4.5, X.7.x) or by words. */
const throttled = /\b4\.(4\.5|7\.\d+)\b|too many|rate limit|throttl|limit exceeded|greylist|grey-list/i;

/** The failure in our words; a defect of ours is given back as it came. */
export function smtpError(error: unknown, endpoint: Endpoint): unknown {
  if (error instanceof AppError) return withPlace(error, endpoint);
  if (!(error instanceof Error)) return error;
  const failure: SmtpFailure = error;
  const code = codeOf(failure);
  if (code === undefined) return error;
  const words = wordsOf(failure.response, endpoint.login);
  // "450 4.2.0 Greylisted, try again in 300 seconds"; nobody waits for a refusal to pass.
  const wait = errorCodes[code].retry === 'backoff' ? waitAskedFor(words) : {};
  return new AppError(code, { ...placeOf(endpoint), serverWords: words, ...wait }, { cause: error });
}

/**
 * Whether the server itself said no. Of everything else that may end an exchange (a route that is gone, silence, an answer that is none) nobody knows
 * whether the letter was taken.
 */
export function isRefusal(error: unknown): boolean {
  const cause: unknown = error instanceof AppError ? error.cause : undefined;
  const answer = cause instanceof Error ? (cause as SmtpFailure).responseCode : undefined;
  return answer !== undefined && answer >= 400 && answer < 600;
}

/** The server's answer for a sentence; `–` where it said nothing. */
export function wordsOf(response: string | undefined, login = ''): string {
  return serverWords(response, '–', login);
}

function codeOf(failure: SmtpFailure): ErrorCode | undefined {
  if (failure.responseCode !== undefined) return answerCode(failure, failure.responseCode);
  const line = lineErrorCode(failure.originalCode) ?? lineErrorCode(failure.code);
  if (line !== undefined) return line;
  if (failure.code === 'EAUTH') return 'server.unsupported';
  return failure.code !== undefined && Object.hasOwn(libraryCodes, failure.code)
    ? libraryCodes[failure.code]
    : undefined;
}

function answerCode({ command = '', response = '' }: SmtpFailure, answer: number): ErrorCode {
  // EHLO does not offer it, or the server will not begin it (RFC 3207, section 4).
  if (command === 'STARTTLS') return 'tls.starttls-missing';
  // 538 and 530 5.7.0 (RFC 4954, 3207): sign-in or letters only after encryption.
  if (answer === 538 || /must issue a STARTTLS/i.test(response)) return 'auth.not-encrypted';
  if (answer < 500) return throttled.test(response) ? 'server.throttled' : 'server.unavailable';
  // 530 and 535 also answer MAIL FROM where a sign-in was due.
  if (command.startsWith('AUTH') || answer === 530 || answer === 535) return 'auth.rejected';
  // 552 and X.3.4 (RFC 3463) are the letter's size; X.2.2 is a mailbox over its quota.
  if (command !== 'RCPT TO' && (answer === 552 || /\b5\.3\.4\b/.test(response))) return 'message.too-large';
  return command === 'RCPT TO' ? 'recipient.refused' : 'server.refused';
}
