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

/** Signs in over one line and tells what it sees on the way. */
export type Reach = (
  signIn: SignIn,
  options: ReachOptions & {
    readonly watch: { connected(socket: Socket): void; secured(socket: TLSSocket): void };
    /** The server's first words, without those of the protocol; only the first call counts. */
    readonly greeted: (words: string) => void;
  },
  signal: AbortSignal,
) => Promise<Reached>;

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
