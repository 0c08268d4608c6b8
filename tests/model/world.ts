import type { Change, CopyId } from './changes.ts';
import type { ModelMailbox } from './scope.ts';

/** A folder as the server shows it to another session. */
export interface FolderView {
  readonly user: string;
  readonly folder: string;
  readonly copies: ReadonlyMap<CopyId, { readonly seen: boolean; readonly flagged: boolean }>;
  /** Under numbers that nobody but the console can have caused: by serial. */
  readonly unknown: readonly { readonly uid: number; readonly serial: number; readonly seen: boolean }[];
}

/** A server to which the walk's changes are done. */
export interface World extends AsyncDisposable {
  /** False: the letter that it is about is not there any more. */
  apply(change: Change): Promise<boolean>;
  /** Every folder of every user: which letters, under which marks; a letter is known by the UID that it had before. */
  observe(): Promise<readonly FolderView[]>;
  /** The console has moved a letter: from now on it goes by the number that it has there. */
  found(copy: CopyId, place: { readonly user: string; readonly folder: string }, uid: number): void;
  /** The console has removed a letter. */
  gone(copy: CopyId): void;
  /** sha256 of the bytes that the server gives, by content. */
  readonly contents: ReadonlyMap<string, string>;
}

/** Where the walk takes place. */
export interface ModelServer {
  readonly mailboxes: readonly ModelMailbox[];
  /** Which the console speaks to. */
  readonly port: number;
  open(): Promise<World>;
}
