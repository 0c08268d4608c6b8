import type { SearchQuery } from './search-queries.ts';
import type { Blocks } from './watch-event-loop.ts';

/** What the bench asks of a console in a process of its own. */
export type ConsoleJob = LoadJob | SearchJob;

interface ProfileToOpen {
  readonly profile: string;
  readonly vault: 'keychain' | 'passphrase';
}

export interface LoadJob extends ProfileToOpen {
  readonly kind: 'load';
  readonly imapPort: number;
  readonly user: string;
}

export interface SearchJob extends ProfileToOpen {
  readonly kind: 'search';
  readonly queries: readonly SearchQuery[];
}

export interface LoadResult {
  readonly kind: 'load';
  /** From the wish to load until all is parsed, indexed and committed. */
  readonly ms: number;
  readonly letters: number;
  readonly unreadable: number;
  /** Of the main process, meanwhile. */
  readonly blocks: Blocks;
}

export interface SearchResult {
  readonly kind: 'search';
  /** Of each query, in order: from the main process to the store and back with a page of letters. */
  readonly ms: readonly number[];
  readonly found: readonly number[];
}

export type ConsoleResult = LoadResult | SearchResult;

/** Of the throw-away profile's vault and of the private Dovecot. */
export const benchPassphrase = 'bench passphrase';
export const dovecotPassword = 'secret';
