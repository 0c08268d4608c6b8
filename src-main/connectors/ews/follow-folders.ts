import { firstExchangeNumbering } from '../../../src-shared/domain/folder.ts';
import { isAppError } from '../../../src-shared/errors/errors.ts';
import type { FolderState, ItemMemory, ItemNumbering, KnownItem } from '../connectors.ts';
import { goneFolder, responseCodeOf } from './errors.ts';
import type { FolderDirectory } from './folder-directory.ts';
import { type FollowedFolder, mergeItems } from './merge-items.ts';
import type { Session } from './session.ts';
import { syncItems } from './sync-items.ts';

/** The folders of a connection as far as they are followed: what the server says has happened, joined to what is remembered. */
export interface FollowedFolders {
  /** One question where nothing is new. */
  state(path: string, signal: AbortSignal): Promise<FolderState>;
  /** As just asked, unless `state` has asked and nobody has used its answer yet. */
  open(path: string, signal: AbortSignal): Promise<FollowedFolder>;
  /** Asked now. */
  look(path: string, signal: AbortSignal): Promise<FollowedFolder>;
}

interface Entry {
  readonly numbering: ItemNumbering;
  /** Null: not recalled yet. */
  readonly items: readonly KnownItem[] | null;
  /** The memory has it; what it has not is offered again. */
  readonly kept: boolean;
}

/** A folder that is gone is told in as many ways. */
const goneCodes = new Set([
  'ErrorFolderNotFound',
  'ErrorSyncFolderNotFound',
  'ErrorItemNotFound',
  'ErrorInvalidFolderId',
]);

export function followFolders(session: Session, directory: FolderDirectory, memory: ItemMemory): FollowedFolders {
  const entries = new Map<string, Entry>();
  const fresh = new Set<string>();

  const itemsOf = async (path: string, entry: Entry, signal: AbortSignal): Promise<readonly KnownItem[]> =>
    entry.items ?? (await memory.recall(path, signal));

  const follow = async (path: string, signal: AbortSignal): Promise<Entry> => {
    const { id } = await directory.find(path, signal);
    const source = `${session.source} ${id}`;
    const before = entries.get(path) ?? (await recalled(memory, path, signal));
    const state = before?.numbering.source === source ? before.numbering.syncState : null;
    const news = await syncItems(session, id, state, signal);
    const quiet = !news.fromStart && news.told.length + news.marks.length + news.gone.length === 0;
    if (before?.kept && quiet && news.syncState === state) return before;
    const known = before === null ? null : { numbering: before.numbering, items: await itemsOf(path, before, signal) };
    const { followed, change } = mergeItems(source, known, news);
    const whole = { ...change, after: 0, replace: true, put: followed.items, gone: [] };
    const kept = await memory.keep(path, before?.kept === false ? whole : change, signal);
    return { ...followed, kept };
  };
  const ask = async (path: string, signal: AbortSignal): Promise<Entry> => {
    try {
      const entry = await follow(path, signal);
      entries.set(path, entry);
      return entry;
    } catch (error) {
      entries.delete(path);
      if (!goneCodes.has(responseCodeOf(error) ?? '')) throw error;
      directory.forget();
      throw goneFolder(session.endpoint, path, error);
    }
  };
  const whole = async (path: string, entry: Entry, signal: AbortSignal): Promise<FollowedFolder> => {
    const items = await itemsOf(path, entry, signal);
    entries.set(path, { ...entry, items });
    return { numbering: entry.numbering, items };
  };
  return {
    async state(path, signal) {
      const { numbering } = await ask(path, signal);
      fresh.add(path);
      return stateOf(numbering);
    },
    async open(path, signal) {
      const asked = fresh.delete(path) ? entries.get(path) : undefined;
      return whole(path, asked ?? (await ask(path, signal)), signal);
    },
    look: async (path, signal) => whole(path, await ask(path, signal), signal),
  };
}

async function recalled(memory: ItemMemory, path: string, signal: AbortSignal): Promise<Entry | null> {
  const numbering = await memory.numbering(path, signal);
  return numbering === null ? null : { numbering, items: null, kept: true };
}

export function stateOf({ generation, lastUid, exists, unseen, revision }: ItemNumbering): FolderState {
  return {
    uidValidity: firstExchangeNumbering + generation,
    uidNext: lastUid + 1,
    exists,
    unseen,
    highestModseq: String(revision),
  };
}

/** States of those that are there. */
export async function folderStates(folders: FollowedFolders, paths: readonly string[], signal: AbortSignal) {
  const states = new Map<string, FolderState>();
  for (const path of paths) {
    try {
      states.set(path, await folders.state(path, signal));
    } catch (error) {
      if (!isAppError(error, 'folder.gone') && !isAppError(error, 'exchange.no-access')) throw error;
    }
  }
  return states;
}
