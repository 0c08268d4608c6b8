import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { FolderClues } from '../../src-shared/doctor/clues.ts';
import type { Trust } from '../net/tls.ts';
import type { SignIn } from './connectors.ts';
import type { Gates } from './graph/gate.ts';
import type { ConnectionTimes } from './limits.ts';

export interface ReachOptions {
  readonly trust: Trust;
  readonly times: ConnectionTimes;
  /** Graph counts what is asked at once by mailbox, whoever asks. */
  readonly gates: Gates;
}

/** Told as a line comes up. */
export interface LineWatch {
  connected(socket: Socket): void;
  secured(socket: TLSSocket): void;
}

interface WatchedReachOptions extends ReachOptions {
  readonly watch: LineWatch;
  /** The server's first words, without those of the protocol; only the first call counts. */
  readonly greeted: (words: string) => void;
}

/** Signs in over one line and tells what it sees on the way. */
export type Reach = (signIn: SignIn, options: WatchedReachOptions, signal: AbortSignal) => Promise<Reached>;

/** Signs in where letters are handed over, hands over none and ends the line. Resolves with what the sign-in showed. */
export type ReachToSend = (signIn: SignIn, options: WatchedReachOptions, signal: AbortSignal) => Promise<string>;

export interface Reached {
  readonly signInSeen: string;
  /** Asks for what there is to load from. */
  list(signal: AbortSignal): Promise<{ readonly seen: string; readonly folders?: FolderClues }>;
  /** Reads the newest letter, or its header, without a trace; null where there is no folder to read from. */
  read(signal: AbortSignal): Promise<{ readonly seen: string; readonly serverTime?: number } | null>;
  /** Puts a mark on a letter and takes it back; absent where the protocol has no marks. */
  readonly mark?: (signal: AbortSignal) => Promise<string>;
  close(): Promise<void>;
}
