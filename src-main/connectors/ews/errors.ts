import type { Endpoint } from '../../../src-shared/domain/mailbox.ts';
import type { ErrorCode } from '../../../src-shared/errors/codes.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { serverWords } from '../../net/server-words.ts';
import { placeOf } from '../../net/tls.ts';
import { waitOf } from '../retry-after.ts';

/** ResponseCodes of Exchange that mean something to us; all others are a no (`server.refused`). */
const codes: Readonly<Record<string, ErrorCode>> = {
  ErrorServerBusy: 'server.throttled',
  ErrorExceededConnectionCount: 'server.throttled',
  ErrorExceededFindCountLimit: 'server.throttled',
  ErrorTooManyObjectsOpened: 'server.throttled',
  ErrorMailboxMoveInProgress: 'server.unavailable',
  ErrorMailboxStoreUnavailable: 'server.unavailable',
  ErrorMailboxFailover: 'server.unavailable',
  ErrorTimeoutExpired: 'server.unavailable',
  ErrorConnectionFailed: 'server.unavailable',
  ErrorADUnavailable: 'server.unavailable',
  ErrorADOperation: 'server.unavailable',
  ErrorInternalServerTransientError: 'server.unavailable',
  ErrorInternalServerError: 'server.unavailable',
  ErrorInsufficientResources: 'server.unavailable',
  ErrorNotEnoughMemory: 'server.unavailable',
  ErrorDataSourceOperation: 'server.unavailable',
  ErrorServiceUnavailable: 'server.unavailable',
  ErrorBatchProcessingStopped: 'server.unavailable',
  ErrorRequestAborted: 'server.unavailable',
  ErrorClientDisconnected: 'server.unavailable',
  ErrorNoRespondingCASInDestinationSite: 'server.unavailable',
  ErrorNoApplicableProxyCASServersAvailable: 'server.unavailable',
  ErrorProxyCallFailed: 'server.unavailable',
  ErrorProxyRequestProcessingFailed: 'server.unavailable',
  ErrorProxyTokenExpired: 'server.unavailable',
  ErrorAccessDenied: 'exchange.no-access',
  ErrorDelegateNoUser: 'exchange.no-access',
  ErrorImpersonateUserDenied: 'exchange.no-access',
  ErrorImpersonationDenied: 'exchange.no-access',
  ErrorImpersonationFailed: 'exchange.no-access',
  ErrorSendAsDenied: 'exchange.no-access',
  ErrorNonExistentMailbox: 'exchange.no-mailbox',
  ErrorNonPrimarySmtpAddress: 'exchange.no-mailbox',
  ErrorMissingEmailAddress: 'exchange.no-mailbox',
  ErrorMailboxConfiguration: 'exchange.no-mailbox',
  ErrorPasswordExpired: 'auth.rejected',
  ErrorPasswordChangeRequired: 'auth.rejected',
  ErrorAccountDisabled: 'auth.rejected',
  ErrorAccountLocked: 'auth.rejected',
  ErrorQuotaExceeded: 'quota.exceeded',
  ErrorSubmissionQuotaExceeded: 'quota.exceeded',
  ErrorMessageSizeExceeded: 'message.too-large',
  ErrorInvalidServerVersion: 'server.unsupported',
  ErrorIncorrectSchemaVersion: 'server.unsupported',
  ErrorInvalidSchemaVersionForMailboxVersion: 'server.unsupported',
  ErrorInvalidRecipients: 'recipient.refused',
  ErrorMissingRecipients: 'recipient.refused',
  ErrorRecipientNotFound: 'recipient.refused',
};

/** The cause of an error that the service gave a name to. */
export class ExchangeRefusal extends Error {
  override readonly name = 'ExchangeRefusal';
  readonly responseCode: string;

  constructor(responseCode: string) {
    super(responseCode);
    this.responseCode = responseCode;
  }
}

export interface Refusal {
  readonly responseCode: string;
  readonly words: string;
  /** BackOffMilliseconds, where said. */
  readonly backOff: number | null;
}

export function refusalError({ responseCode, words, backOff }: Refusal, endpoint: Endpoint): AppError {
  const code = Object.hasOwn(codes, responseCode) ? (codes[responseCode] as ErrorCode) : 'server.refused';
  const wait = backOff !== null && code === 'server.throttled' ? waitOf(backOff / 1000) : {};
  const said = serverWords(`${responseCode}: ${words}`, responseCode, endpoint.login);
  return new AppError(
    code,
    { ...placeOf(endpoint), serverWords: said, ...wait },
    { cause: new ExchangeRefusal(responseCode) },
  );
}

/** What the service called it, if that is what an error is about. */
export function responseCodeOf(error: unknown): string | null {
  return error instanceof AppError && error.cause instanceof ExchangeRefusal ? error.cause.responseCode : null;
}

const nosToOne: ReadonlySet<ErrorCode> = new Set(['server.refused', 'exchange.no-access', 'message.too-large']);

/**
 * A no to one of several things that were asked for, which says nothing of the others: a broken item, or a private one in another's calendar. ErrorInternalServerError is what
 * Exchange answers to some that it cannot read; a server that is down says it of everything at once, as a fault.
 */
export function isNoToOne(refusal: AppError): boolean {
  return nosToOne.has(refusal.code) || responseCodeOf(refusal) === 'ErrorInternalServerError';
}

/** Exchange has another word for an occurrence that its series has not got any more, as after it was declined; and one more where it is named by its series. */
export function isGoneMeeting(error: unknown, { occurrence = false }: { readonly occurrence?: boolean }): boolean {
  const code = responseCodeOf(error);
  if (code === 'ErrorInvalidOperation') return occurrence;
  return code === 'ErrorItemNotFound' || code === 'ErrorCalendarOccurrenceIsDeletedFromRecurrence';
}

export function unintelligible(endpoint: Endpoint, words: string, cause?: unknown): AppError {
  return new AppError(
    'server.protocol',
    { ...placeOf(endpoint), serverWords: serverWords(words, 'XML', endpoint.login) },
    { cause },
  );
}
