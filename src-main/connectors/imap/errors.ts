import type { ImapResponse } from 'imapflow/lib/handler/types.js';
import { getStatusCode } from 'imapflow/lib/tools.js';
import type { Endpoint } from '../../../src-shared/domain/mailbox.ts';
import type { ErrorCode } from '../../../src-shared/errors/codes.ts';
import { AppError, type ErrorParams } from '../../../src-shared/errors/errors.ts';
import { withPlace } from '../../net/connect.ts';
import { lineErrorCode } from '../../net/line-errors.ts';
import { serverWords } from '../../net/server-words.ts';
import { placeOf } from '../../net/tls.ts';
import { awayForNow, measureUsedUp } from '../passing-troubles.ts';
import { waitAskedFor, waitOf } from '../retry-after.ts';

/** What imapflow leaves on the errors that it throws. */
export interface ImapFailure {
  readonly message?: string;
  readonly code?: string;
  readonly authenticationFailed?: boolean;
  readonly tlsFailed?: boolean;
  readonly mailboxMissing?: boolean;
  /** Text of the server's BYE. */
  readonly reason?: string;
  readonly responseStatus?: string;
  readonly responseText?: string;
  readonly serverResponseCode?: string | false;
  /** The server's NO or BAD in parts, or as text where the library has found the code already. */
  readonly response?: ImapResponse | string | false;
  /** Milliseconds that the server asks to wait (ETHROTTLE). */
  readonly throttleReset?: number;
}

/** imapflow's own codes; `NoConnection` and its kin are told apart by whether the server said why. */
const libraryCodes: Readonly<Record<string, ErrorCode>> = {
  NoConnection: 'network.dropped',
  EConnectionClosed: 'network.dropped',
  StateLogout: 'network.dropped',
  ClosedAfterConnectText: 'network.dropped',
  ClosedAfterConnectTLS: 'network.dropped',
  CONNECT_TIMEOUT: 'network.timeout',
  GREETING_TIMEOUT: 'network.timeout',
  UPGRADE_TIMEOUT: 'network.timeout',
  ETIMEOUT: 'network.timeout',
  ETHROTTLE: 'server.throttled',
  STARTTLS_INJECTION: 'tls.failed',
  UnexpectedTag: 'server.protocol',
  MissingTag: 'server.protocol',
  InvalidResponse: 'server.protocol',
  ResponseProcessingFailed: 'server.protocol',
  MAX_IMAP_NESTING_REACHED: 'server.protocol',
  LineTooLarge: 'server.protocol',
  LiteralTooLarge: 'server.protocol',
  ResponseTooLarge: 'server.protocol',
  TooManyTokens: 'server.protocol',
  TooManyResponses: 'server.protocol',
  MissingServerExtension: 'server.unsupported',
};

/** RFC 5530 and RFC 3501 response codes in a NO or BYE. */
const responseCodes: Readonly<Record<string, ErrorCode>> = {
  AUTHENTICATIONFAILED: 'auth.rejected',
  AUTHORIZATIONFAILED: 'auth.rejected',
  EXPIRED: 'auth.rejected',
  PRIVACYREQUIRED: 'auth.not-encrypted',
  UNAVAILABLE: 'server.unavailable',
  SERVERBUG: 'server.unavailable',
  INUSE: 'server.throttled',
  LIMIT: 'server.throttled',
  OVERQUOTA: 'quota.exceeded',
  // RFC 7889, where the library does not even ask, and RFC 4469.
  APPENDLIMIT: 'message.too-large',
  TOOBIG: 'message.too-large',
  // RFC 2193 and 2221. Nobody is followed: the password was given for this server.
  REFERRAL: 'server.refers-elsewhere',
  NONEXISTENT: 'folder.gone',
  TRYCREATE: 'folder.gone',
};

/** Providers that limit the number of connections or sign-ins seldom send [LIMIT]; they say it. */
const crowded = /too many|rate limit|throttl|maximum number of connections|connection limit/i;
const isThrottled = (said = ''): boolean => crowded.test(said) || measureUsedUp.test(said);

/** The failure in our words; what is not a failure of mail, line or server (a defect of ours) is given back as it came. */
export function imapError(error: unknown, endpoint: Endpoint): unknown {
  if (error instanceof AppError) return withPlace(error, endpoint);
  if (!(error instanceof Error)) return error;
  const failure: ImapFailure = error;
  const code = codeOf(failure);
  if (code === undefined) return error;
  // Of Exchange's "authenticated but not connected" the library keeps the text alone.
  const said = failure.reason ?? failure.responseText ?? failure.response;
  const words = serverWords(said, failure.responseStatus ?? '–', endpoint.login);
  const wait = code === 'server.throttled' ? waitIn(failure, words) : {};
  return new AppError(code, { ...placeOf(endpoint), serverWords: words, ...wait }, { cause: error });
}

/** The code in a NO or BAD (`ALREADYEXISTS`), upper case; of an error as the library throws it, or of ours that it is the cause of. */
export function responseCodeOf(error: unknown): string | undefined {
  const failure = (error instanceof AppError ? error.cause : error) as ImapFailure | undefined;
  // Not all of the library's commands look for it.
  return failure?.serverResponseCode || getStatusCode(failure?.response) || undefined;
}

function waitIn({ throttleReset }: ImapFailure, words: string): ErrorParams {
  return throttleReset === undefined ? waitAskedFor(words) : waitOf(throttleReset / 1000);
}

function codeOf(failure: ImapFailure): ErrorCode | undefined {
  // Our own requirement of STARTTLS is the one failure of TLS that imapflow reports without a code.
  if (failure.tlsFailed && failure.code === undefined) return 'tls.starttls-missing';
  const line = lineErrorCode(failure.code);
  if (line !== undefined) return line;
  if (failure.code?.startsWith('ParserError')) return 'server.protocol';
  if (failure.code !== undefined && Object.hasOwn(libraryCodes, failure.code)) {
    const known = libraryCodes[failure.code];
    return known === 'network.dropped' && failure.reason !== undefined ? farewellCode(failure.reason) : known;
  }
  if (failure.tlsFailed) return 'tls.failed';
  if (failure.authenticationFailed) return signInCode(failure);
  return answerCode(failure);
}

const referral = /\[REFERRAL /i;

/** A BYE that is not an answer to LOGOUT. */
function farewellCode(reason: string): ErrorCode {
  if (referral.test(reason)) return 'server.refers-elsewhere';
  return isThrottled(reason) ? 'server.throttled' : 'server.unavailable';
}

function signInCode(failure: ImapFailure): ErrorCode {
  const named = namedCode(failure);
  if (named !== undefined) return named;
  // Both raised by imapflow before anything is sent: LOGINDISABLED (RFC 3501, 6.2.3), or no mechanism that it knows.
  if (failure.message === 'Login is disabled') return 'auth.not-encrypted';
  if (failure.message === 'No matching authentication method') return 'server.unsupported';
  if (isThrottled(failure.responseText)) return 'server.throttled';
  return awayForNow.test(failure.responseText ?? '') ? 'server.unavailable' : 'auth.rejected';
}

function answerCode(failure: ImapFailure): ErrorCode | undefined {
  if (failure.message === 'Unsupported authentication mechanism') return 'server.unsupported';
  const named = namedCode(failure);
  if (named !== undefined) return named;
  if (failure.responseStatus === undefined) return undefined;
  if (isThrottled(failure.responseText)) return 'server.throttled';
  return failure.responseStatus === 'NO' ? 'server.refused' : 'server.protocol';
}

function namedCode(failure: ImapFailure): ErrorCode | undefined {
  const code = responseCodeOf(failure);
  if (code === 'OVERQUOTA' && measureUsedUp.test(failure.responseText ?? '')) return 'server.throttled';
  return code !== undefined && Object.hasOwn(responseCodes, code) ? responseCodes[code] : undefined;
}
