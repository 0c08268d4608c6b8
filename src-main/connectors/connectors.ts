import type { ConnectionCheck } from '../../src-shared/domain/connection-check.ts';
import type { ServerFolder } from '../../src-shared/domain/folder.ts';
import type { Endpoint } from '../../src-shared/domain/mailbox.ts';

/** Everything needed to reach one server. Lives as long as a connection does; never stored, never logged. */
export interface SignIn {
  readonly endpoint: Endpoint;
  readonly password: string;
}

/** A letter as it came off the wire; `receivedAt` is INTERNALDATE in milliseconds. */
export interface FetchedLetter {
  readonly uid: number;
  readonly receivedAt: number;
  readonly seen: boolean;
  readonly raw: Uint8Array;
}

/** A folder opened for reading only (EXAMINE): nothing done through it can change a flag. */
export interface OpenFolder {
  readonly path: string;
  readonly uidValidity: number;
  readonly exists: number;
  /** UIDs above `afterUid` that arrived on or after the day of `since` (null: any day); rising. */
  listUids(
    question: { readonly afterUid: number; readonly since: number | null },
    signal: AbortSignal,
  ): Promise<Uint32Array>;
  listUnreadUids(signal: AbortSignal): Promise<Uint32Array>;
  /** In the order of `uids` as far as the server keeps it; a letter that is gone meanwhile is left out. */
  fetchLetters(uids: readonly number[], signal: AbortSignal): AsyncIterable<FetchedLetter>;
  /**
   * Sizes (RFC822.SIZE) by UID, so that batches are cut by bytes before they are asked for. A server may lie: the number is an estimate.
   */
  listSizes(uids: readonly number[], signal: AbortSignal): Promise<ReadonlyMap<number, number>>;
  /** Resolves when the server says that something is new here (IDLE), rejects `cancelled` or with the connection's end. */
  readonly waitForNews?: (signal: AbortSignal) => Promise<void>;
}

/** An open, signed-in connection for receiving. One folder is open at a time; calls are made one after another. */
export interface IncomingConnector {
  listFolders(signal: AbortSignal): Promise<readonly ServerFolder[]>;
  openFolder(path: string, signal: AbortSignal): Promise<OpenFolder>;
  /** Never fails; a connection that is down already is closed all the same. */
  close(): Promise<void>;
}

/** What the server said to a letter handed over. */
export interface SubmissionReceipt {
  readonly serverWords: string;
  /** Addresses that were refused while others were taken. */
  readonly refused: readonly { readonly address: string; readonly serverWords: string }[];
}

export interface LetterToSubmit {
  readonly from: string;
  readonly to: readonly string[];
  /** Exact bytes, the same at each attempt. */
  readonly raw: Uint8Array;
}

/**
 * Throws `delivery.unknown` when the line was lost after the text had been handed over and before the server answered; every other error means that
 * the server does not have the letter. The server's words stand in `params.serverWords` where it spoke.
 */
export type SubmitLetter = (signIn: SignIn, letter: LetterToSubmit, signal: AbortSignal) => Promise<SubmissionReceipt>;
export type OpenIncoming = (signIn: SignIn, signal: AbortSignal) => Promise<IncomingConnector>;

/** Walks DNS, TCP, TLS, greeting, sign-in and folders of both directions; a failed step ends its direction and is part of the result. */
export type CheckConnection = (
  incoming: SignIn,
  outgoing: SignIn | null,
  signal: AbortSignal,
) => Promise<ConnectionCheck>;

/** What the program needs of mail servers; chosen by protocol in open-connector.ts. */
export interface Connectors {
  readonly openIncoming: OpenIncoming;
  readonly submitLetter: SubmitLetter;
  readonly checkConnection: CheckConnection;
}
