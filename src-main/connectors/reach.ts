import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Trust } from '../net/tls.ts';
import type { SignIn } from './connectors.ts';
import type { ConnectionTimes } from './limits.ts';

export interface ReachOptions {
  readonly trust: Trust;
  readonly times: ConnectionTimes;
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
  /** Asks for what there is to load from, and says how much it is. */
  list(signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}
