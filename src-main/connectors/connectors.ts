import type { CheckStep, ConnectionCheck } from '../../src-shared/domain/connection-check.ts';
import type { ServerFolder } from '../../src-shared/domain/folder.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import {
  type Endpoint,
  type IncomingEndpoint,
  type IncomingProtocol,
  isOverHttp,
  type OutgoingEndpoint,
  type OutgoingProtocol,
} from '../../src-shared/domain/mailbox.ts';
import type { OAuthSettings } from '../../src-shared/domain/oauth.ts';
import type { Provider } from '../../src-shared/domain/provider.ts';
import type { AppError } from '../../src-shared/errors/errors.ts';
import type { CalendarDesk } from './calendar.ts';
import type { ContactsDesk } from './contacts.ts';
import type { LookUp } from './host-addresses.ts';
import type { NameMemory } from './name-memory.ts';
import type { RefusedRecipient } from './recipients-refused.ts';

/** Asks for an access token (RFC 6749, 1.4). `refused`: one that the server did not take, so that another is got; null at first. */
export interface AskToken {
  (refused: string | null, signal: AbortSignal): Promise<string>;
  /** Whether it would give one that was got before; not known without it. */
  readonly isHeld?: () => Promise<boolean>;
}

/** Everything needed to reach one server. Lives as long as a connection does; never stored, never logged. */
export interface SignIn {
  /** Letters are received from one that names its protocol; without a name it is IMAP's. */
  readonly endpoint: Endpoint | IncomingEndpoint | OutgoingEndpoint;
  /** Whose connection it is, for its log; of a draft nothing is logged. */
  readonly mailboxId?: MailboxId;
  /** Empty where a token or nothing is wanted. */
  readonly password: string;
  /** Where the endpoint signs in by `oauth2`. */
  readonly askToken?: AskToken;
  /** What `askToken` gave for this connection: with it there is no password (`with-token.ts`). */
  readonly accessToken?: string;
  /** Address of the mailbox for which an application asks that signs in for itself; over Exchange it has none of its own. */
  readonly actsAs?: string;
}

export function protocolOf({ endpoint }: SignIn): IncomingProtocol {
  return 'protocol' in endpoint && endpoint.protocol !== 'smtp' ? (endpoint.protocol ?? 'imap') : 'imap';
}

export function sendingProtocolOf({ endpoint }: SignIn): OutgoingProtocol {
  return 'protocol' in endpoint && isOverHttp(endpoint.protocol) ? endpoint.protocol : 'smtp';
}

/** A letter as it came off the wire; `receivedAt` is INTERNALDATE in milliseconds, or what its header says where the protocol has none. */
export interface FetchedLetter {
  readonly uid: number;
  readonly receivedAt: number;
  readonly seen: boolean;
  readonly raw: Uint8Array;
}

/** The header of a letter whose text is not wanted; `size` is RFC822.SIZE, which a server may get wrong. */
export interface FetchedHeader {
  readonly uid: number;
  readonly receivedAt: number;
  readonly seen: boolean;
  readonly size: number;
  /** With the empty line at its end, where the letter has one. */
  readonly header: Uint8Array;
}

/** What a server says of a folder without opening it. */
export interface FolderState {
  readonly uidValidity: number;
  readonly uidNext: number;
  readonly exists: number;
  readonly unseen: number | null;
  /** CONDSTORE (RFC 7162), decimal; null where not offered: then marks may have changed unseen. */
  readonly highestModseq: string | null;
}

/** A folder opened for reading only (EXAMINE): nothing done through it can change a flag. */
export interface OpenFolder {
  readonly path: string;
  readonly uidValidity: number;
  readonly exists: number;
  /** Null where the server does not say. */
  readonly uidNext: number | null;
  /** As in `FolderState`. */
  readonly highestModseq: string | null;
  /** UIDs above `afterUid` that arrived on or after the day of `since` (null: any day); rising. */
  listUids(
    question: { readonly afterUid: number; readonly since: number | null },
    signal: AbortSignal,
  ): Promise<Uint32Array>;
  /** Absent where the protocol keeps no marks (POP3): nobody has read anything then, as far as the server knows. */
  readonly listUnreadUids?: (signal: AbortSignal) => Promise<Uint32Array>;
  /** In the order of `uids` as far as the server keeps it; a letter that is gone meanwhile is left out. */
  fetchLetters(uids: readonly number[], signal: AbortSignal): AsyncIterable<FetchedLetter>;
  /**
   * Sizes (RFC822.SIZE) by UID, so that batches are cut by bytes before they are asked for. A server may lie: the number is an estimate.
   */
  listSizes(uids: readonly number[], signal: AbortSignal): Promise<ReadonlyMap<number, number>>;
  /** BODY.PEEK[HEADER] and size of one letter; null when it is gone. */
  fetchHeader(uid: number, signal: AbortSignal): Promise<FetchedHeader | null>;
  /** Resolves when the server says that something is new here (IDLE), rejects `cancelled` or with the connection's end. */
  readonly waitForNews?: (signal: AbortSignal) => Promise<void>;
}

/** What the server would not do, by UID, and its word for it; all else of what was asked is done. */
export type Refusals = ReadonlyMap<number, AppError>;

export const noRefusals: Refusals = new Map();

/** What a letter is known by without its text. */
export interface ExpectedLetter {
  readonly uid: number;
  /** With angle brackets; empty: it has none. */
  readonly messageIdHeader: string;
  readonly size: number;
}

/**
 * A folder opened for changes (SELECT). Everything addresses by UID; UIDs that are not there (any more) are left out of the answers. No mark is
 * changed but the one that is named.
 */
export interface ChangeableFolder {
  readonly path: string;
  readonly uidValidity: number;
  /** MOVE (RFC 6851): a letter is in one folder or the other, never in both. Without it an interrupted move may leave a copy. */
  readonly movesAtOnce: boolean;
  /** Which of these UIDs are in the folder now; over POP3, Exchange and Graph: were when it was opened. */
  present(uids: readonly number[], signal: AbortSignal): Promise<ReadonlySet<number>>;
  /** UID STORE +FLAGS.SILENT (\Seen). */
  markRead(uids: readonly number[], signal: AbortSignal): Promise<void>;
  /**
   * UID MOVE, else COPY and UID EXPUNGE of exactly these; `server.unsupported` where neither is safe, `folder.gone` when the target is missing
   * (TRYCREATE). Gives new UIDs by old where the server says them (COPYUID).
   */
  move(uids: readonly number[], target: string, signal: AbortSignal): Promise<ReadonlyMap<number, number>>;
  /**
   * \Deleted and UID EXPUNGE of exactly these; `server.unsupported` without UIDPLUS: a plain EXPUNGE would take what others have marked. Resolves with those that the
   * server refused while it deleted the others.
   */
  delete(uids: readonly number[], signal: AbortSignal): Promise<Refusals>;
  /** Where a number may stand for another letter by now (POP3: RFC 1939, 7): those of which it certainly does. Asked before anything is deleted. */
  strangers?(letters: readonly ExpectedLetter[], signal: AbortSignal): Promise<ReadonlySet<number>>;
  /** UIDs in it whose Message-ID header is this: to find a copy that an interrupted COPY left. */
  findByMessageId(messageId: string, signal: AbortSignal): Promise<readonly number[]>;
}

/** An open, signed-in connection for receiving. One folder is open at a time; calls are made one after another. */
export interface IncomingConnector {
  listFolders(signal: AbortSignal): Promise<readonly ServerFolder[]>;
  openFolder(path: string, signal: AbortSignal): Promise<OpenFolder>;
  /**
   * One LIST-STATUS (RFC 5819) for all where offered, else a STATUS each; a folder that is gone or refused is left out. `roundTrips` is how many
   * commands it took.
   */
  folderStates(
    paths: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly states: ReadonlyMap<string, FolderState>; readonly roundTrips: number }>;
  openForChange(path: string, signal: AbortSignal): Promise<ChangeableFolder>;
  /** What a person should know of a folder though its letters come (`quota.exceeded`), as it was asked about last; null: nothing. */
  readonly trouble?: (path: string) => AppError | null;
  /** Made with its parents; one that is there already is no error. */
  createFolder(path: string, signal: AbortSignal): Promise<void>;
  /** APPEND, marked as read; absent where the protocol cannot be given a letter to keep. After `network.*` nobody knows whether it is there. */
  readonly appendLetter?: (path: string, raw: Uint8Array, signal: AbortSignal) => Promise<void>;
  /** Absent where the protocol has no calendar, or this console does not speak of it there. */
  readonly calendar?: CalendarDesk;
  /** The same of the address book. */
  readonly contacts?: ContactsDesk;
  /** False: the line is gone, whatever the last answer said. Absent where each question makes its line. */
  readonly usable?: () => boolean;
  /** Commands sent so far on this line, for figures. */
  readonly roundTrips: () => number;
  /** Never fails; a connection that is down already is closed all the same. */
  close(): Promise<void>;
}

/** What the server said to a letter handed over. */
export interface SubmissionReceipt {
  readonly serverWords: string;
  /** Addresses that were refused while others were taken. */
  readonly refused: readonly RefusedRecipient[];
}

export interface LetterToSubmit {
  readonly from: string;
  readonly to: readonly string[];
  /** Comes back in delivery reports (ENVID, RFC 3461, 4.4), which are asked for where the server offers them; none are asked for without it. */
  readonly envelopeId?: string;
  /** Exact bytes, the same at each attempt. */
  readonly raw: Uint8Array;
}

/**
 * Throws `delivery.unknown` when the line was lost after the text had been handed over and before the server answered; every other error means that
 * the server does not have the letter; `RecipientsRefused` tells the reason of each of several. The server's words stand in `params.serverWords` where it spoke.
 */
export type SubmitLetter = (signIn: SignIn, letter: LetterToSubmit, signal: AbortSignal) => Promise<SubmissionReceipt>;
/** `memory` is asked by POP3, Exchange and Graph alone; without it numbers hold for this connection. */
export type OpenIncoming = (signIn: SignIn, signal: AbortSignal, memory?: NameMemory) => Promise<IncomingConnector>;

/** A letter to oneself, to be known again by its Message-ID. */
export interface TestLetter extends LetterToSubmit {
  /** With angle brackets. */
  readonly messageId: string;
}

/** What the person who asks for a check knows and wants. */
export interface CheckWishes {
  /** Told as each step ends. */
  readonly onStep?: (step: CheckStep) => unknown;
  /** The mailbox's own, for the administrator's commands. */
  readonly address?: string | null;
  readonly provider?: Pick<Provider, 'name' | 'appPasswordUrl' | 'login'> | null;
  /** Who signs in at the provider. */
  readonly oauth?: Pick<OAuthSettings, 'flow' | 'signInAs'> | null;
  /** Puts a mark on the newest letter and takes it back. */
  readonly writeFlag?: boolean;
  /** Sent and waited for when both directions work. */
  readonly testLetter?: TestLetter | null;
  /** The world as it is, unless a test has another. */
  readonly lookup?: LookUp;
  readonly online?: () => boolean;
  readonly now?: () => number;
}

/**
 * Walks DNS, TCP, TLS, greeting, sign-in, folders and one letter, and the same way for sending; a failed step ends its direction and is part of the result, with what it
 * means. Null: that direction is not there.
 */
export type CheckConnection = (
  incoming: SignIn | null,
  outgoing: SignIn | null,
  signal: AbortSignal,
  wishes?: CheckWishes,
) => Promise<ConnectionCheck>;

/** What the program needs of mail servers; chosen by protocol in open-connector.ts. */
export interface Connectors {
  readonly openIncoming: OpenIncoming;
  readonly submitLetter: SubmitLetter;
  readonly checkConnection: CheckConnection;
}
