import type { Endpoint } from '../../../src-shared/domain/mailbox.ts';
import type { ErrorCode } from '../../../src-shared/errors/codes.ts';
import { AppError, isAppError } from '../../../src-shared/errors/errors.ts';
import { serverWords } from '../../net/server-words.ts';
import { placeOf } from '../../net/tls.ts';
import type { HttpAnswer } from '../http-line.ts';
import { passesByItself } from '../passing-status.ts';
import { waitInHeader } from '../retry-after.ts';

/** What Graph calls an error (`error.code`), where that says more than the status. */
const codes: Readonly<Record<string, ErrorCode>> = {
  ApplicationThrottled: 'server.throttled',
  ErrorServerBusy: 'server.throttled',
  ErrorExceededConnectionCount: 'server.throttled',
  ErrorMailboxMoveInProgress: 'server.unavailable',
  ErrorMailboxStoreUnavailable: 'server.unavailable',
  ErrorMailboxFailover: 'server.unavailable',
  ErrorInternalServerTransientError: 'server.unavailable',
  ErrorInternalServerError: 'server.unavailable',
  ErrorTimeoutExpired: 'server.unavailable',
  ErrorConnectionFailed: 'server.unavailable',
  ErrorADUnavailable: 'server.unavailable',
  ErrorInsufficientResources: 'server.unavailable',
  ErrorNotEnoughMemory: 'server.unavailable',
  ErrorDataSourceOperation: 'server.unavailable',
  ErrorServiceUnavailable: 'server.unavailable',
  ErrorNoRespondingCASInDestinationSite: 'server.unavailable',
  ErrorAccessDenied: 'graph.no-access',
  ErrorSendAsDenied: 'graph.no-access',
  Authorization_RequestDenied: 'graph.no-access',
  ErrorInvalidUser: 'graph.no-mailbox',
  ErrorNonExistentMailbox: 'graph.no-mailbox',
  MailboxNotEnabledForRESTAPI: 'graph.no-mailbox',
  MailboxNotSupportedForRESTAPI: 'graph.no-mailbox',
  MailboxNotHostedInExchangeOnline: 'graph.no-mailbox',
  ResourceNotFound: 'graph.no-mailbox',
  Request_ResourceNotFound: 'graph.no-mailbox',
  ErrorQuotaExceeded: 'quota.exceeded',
  ErrorSubmissionQuotaExceeded: 'quota.exceeded',
  ErrorMessageSizeExceeded: 'message.too-large',
  RequestEntityTooLarge: 'message.too-large',
  ErrorInvalidRecipients: 'recipient.refused',
  ErrorMissingRecipients: 'recipient.refused',
  ErrorRecipientNotFound: 'recipient.refused',
};

const byStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'auth.rejected',
  403: 'graph.no-access',
  413: 'message.too-large',
  429: 'server.throttled',
  503: 'server.throttled',
  507: 'quota.exceeded',
  509: 'server.throttled',
};

/** These statuses mean the same whatever the service calls it. */
const settled = new Set([401, 413, 429, 503, 509]);

/** The cause of an error that the service itself gave. */
export class GraphRefusal extends Error {
  override readonly name = 'GraphRefusal';
  readonly status: number;
  /** Empty where it gave no name. */
  readonly code: string;

  constructor(status: number, code: string) {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
  }
}

export function refusalError(answer: HttpAnswer, endpoint: Endpoint): AppError {
  const { status, headers } = answer;
  const { code, message } = errorIn(answer.text);
  const named = settled.has(status) || !Object.hasOwn(codes, code) ? undefined : codes[code];
  const meaning = named ?? byStatus[status] ?? (passesByItself(status) ? 'server.unavailable' : 'server.refused');
  const redirect = status >= 300 && status < 400 ? ` ${headers.location ?? ''}` : '';
  const words = code === '' ? `HTTP ${status}${redirect}` : `${code}: ${message}`;
  const wait = meaning === 'server.throttled' ? waitInHeader(headers['retry-after']) : {};
  return new AppError(
    meaning,
    { ...placeOf(endpoint), serverWords: serverWords(words, `HTTP ${status}`, endpoint.login), ...wait },
    { cause: new GraphRefusal(status, code) },
  );
}

function errorIn(text: string): { readonly code: string; readonly message: string } {
  try {
    const { error } = JSON.parse(text) as { readonly error?: { readonly code?: unknown; readonly message?: unknown } };
    const word = (said: unknown): string => (typeof said === 'string' ? said : '');
    return { code: word(error?.code), message: word(error?.message) };
  } catch {
    return { code: '', message: '' };
  }
}

export function refusalOf(error: unknown): GraphRefusal | null {
  return error instanceof AppError && error.cause instanceof GraphRefusal ? error.cause : null;
}

const notFound = new Set(['ErrorItemNotFound', 'ErrorFolderNotFound', 'ErrorToFolderNotFound', 'ErrorInvalidFolderId']);

/** The letter or folder that was asked for is not there; a mailbox that is not there is another thing. */
export function isGone(error: unknown): boolean {
  const refusal = refusalOf(error);
  return refusal !== null && refusal.status === 404 && notFound.has(refusal.code);
}

const nosToOne: ReadonlySet<ErrorCode> = new Set(['server.refused', 'server.protocol', 'graph.no-access']);

/**
 * A question about one thing failed by that thing, which says nothing of the others: it is refused, makes no sense, or is the broken one that the service answers 500 to. A name
 * that means the whole mailbox is another matter, whatever its status.
 */
export function isNoToOne(error: unknown): error is AppError {
  if (!isAppError(error)) return false;
  const refusal = refusalOf(error);
  const ownFault = refusal?.status === 500 && (codes[refusal.code] ?? 'server.refused') === 'server.refused';
  return nosToOne.has(error.code) || ownFault || refusal?.code === 'ErrorInternalServerError';
}

/** What the server gave to go on from means nothing to it any more. */
export function isLostState(error: unknown): boolean {
  const refusal = refusalOf(error);
  return refusal !== null && (refusal.status === 410 || /^(resync|syncState)/i.test(refusal.code));
}

export function unintelligible(endpoint: Endpoint, words: string, cause?: unknown): AppError {
  const said = serverWords(words, 'JSON', endpoint.login);
  return new AppError('server.protocol', { ...placeOf(endpoint), serverWords: said }, { cause });
}

/** Delta writes its marks into the mailbox; one over its quota refuses that, and is read as before. */
export function isRefusedWhileFull(error: unknown): error is AppError {
  return isAppError(error, 'quota.exceeded') && refusalOf(error)?.status === 403;
}
