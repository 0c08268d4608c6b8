import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { Client } from '../../src-shared/contract/define-contract.ts';

/** How the terminal wants the console opened. */
export interface ConsoleWish {
  /** Null: the person's own. */
  readonly profile: string | null;
  /** Null: the one that the profile was made with; for a new profile the keychain. */
  readonly vault: 'keychain' | 'passphrase' | null;
  readonly passphrase: string | null;
  /** Loads, sends and waits for mail by itself; without, only what is asked for happens. */
  readonly automatic: boolean;
  readonly person: {
    askWhereToSave(suggested: string): Promise<string | null>;
    openLink(url: string): Promise<void>;
  };
}

export interface TerminalConsole {
  readonly client: Client<AppContract>;
  close(): Promise<void>;
}

/** The same services as the window's, without a window. Throws what keeps a profile from being opened: `profile.in-use`, `vault.…`, `store.…`. */
export type OpenConsole = (wish: ConsoleWish) => Promise<TerminalConsole>;
