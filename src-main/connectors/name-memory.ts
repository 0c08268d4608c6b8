import type { FolderRole } from '../../src-shared/domain/folder.ts';
import type { ToldFolder } from './named-letters/folder-paths.ts';

/** Of the names that a listing gave, in its order. */
export interface NumberedUidls {
  readonly uidValidity: number;
  /** One for each name, no two alike. */
  readonly uids: Uint32Array;
  /** The highest that was ever given. */
  readonly lastUid: number;
  /** Those whose name the server has used for several letters, now or before. */
  readonly repeated: Uint32Array;
}

/**
 * POP3 calls its letters by names (UIDL), the rest of the program by numbers: the memory of which is which. The same name has the same number for good; new names get rising
 * numbers, in the order of the listing; no number is given twice. Durable when it resolves.
 */
export type NumberUidls = (uidls: readonly string[], signal: AbortSignal) => Promise<NumberedUidls>;

/** A letter of an Exchange or Graph folder: its name there (ItemId, id), and what stands for it everywhere else. */
export interface KnownItem {
  readonly uid: number;
  readonly id: string;
  readonly seen: boolean;
  readonly receivedAt: number;
  /** As the server counts it, which is not the length of the letter. */
  readonly size: number;
}

/** How far a folder has been followed. */
export interface ItemNumbering {
  /** Whose names they are: server, login, mailbox and folder in one word. */
  readonly source: string;
  /** What the server gave to go on from (SyncState, deltaLink); null: from the beginning. */
  readonly syncState: string | null;
  /** Rises when all names mean nothing any more. */
  readonly generation: number;
  /** The highest number that was ever given. */
  readonly lastUid: number;
  /** Rises with each change, marks included. */
  readonly revision: number;
  readonly exists: number;
  readonly unseen: number;
}

export interface ItemsChange {
  /** The revision that the change was made of; 0: nothing was known. */
  readonly after: number;
  readonly numbering: ItemNumbering;
  /** All that was known goes, before `put`. */
  readonly replace: boolean;
  readonly put: readonly KnownItem[];
  readonly gone: readonly number[];
}

/** What is remembered of the folders of an Exchange or Graph mailbox, by path. Durable when `keep` resolves. */
export interface ItemMemory {
  numbering(path: string, signal: AbortSignal): Promise<ItemNumbering | null>;
  /** By rising number. */
  recall(path: string, signal: AbortSignal): Promise<readonly KnownItem[]>;
  /** False: nothing is remembered of this folder beyond the connection. */
  keep(path: string, change: ItemsChange, signal: AbortSignal): Promise<boolean>;
}

/** All folders of an Exchange mailbox as the server told them, and where to go on from. */
export interface KnownHierarchy {
  /** Server, login and mailbox in one word. */
  readonly source: string;
  readonly syncState: string;
  readonly folders: readonly ToldFolder[];
  readonly roles: readonly { readonly id: string; readonly role: FolderRole | 'outbox' }[];
}

/** What is remembered of an Exchange mailbox beside its letters. Durable when `keep` resolves. */
export interface HierarchyMemory {
  recall(signal: AbortSignal): Promise<KnownHierarchy | null>;
  keep(hierarchy: KnownHierarchy, signal: AbortSignal): Promise<void>;
}

/** What the protocols whose letters have names instead of numbers ask for; without it numbers hold for the connection. */
export interface NameMemory {
  readonly numberUidls: NumberUidls;
  readonly items: ItemMemory;
  readonly hierarchy: HierarchyMemory;
}
