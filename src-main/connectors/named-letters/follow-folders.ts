import { firstExchangeNumbering } from '../../../src-shared/domain/folder.ts';
import { type AppError, isAppError } from '../../../src-shared/errors/errors.ts';
import type { FolderState } from '../connectors.ts';
import { isOfFolder, mostUnanswered } from '../folder-refusals.ts';
import type { ItemMemory, ItemNumbering, KnownItem } from '../name-memory.ts';
import type { FolderDirectory } from './folder-directory.ts';
import { type FolderNews, type FollowedFolder, mergeItems } from './merge-items.ts';

/** The folders of a connection as far as they are followed: what the server says has happened, joined to what is remembered. */
export interface FollowedFolders {
  /** One question where nothing is new. */
  state(path: string, signal: AbortSignal): Promise<FolderState>;
  /** As just asked, unless `state` has asked and nobody has used its answer yet. */
  open(path: string, signal: AbortSignal): Promise<FollowedFolder>;
  /** Asked now. */
  look(path: string, signal: AbortSignal): Promise<FollowedFolder>;
  /** What stood in the way when it was asked last; null: nothing. */
  trouble(path: string): AppError | null;
}

interface Entry {
  readonly numbering: ItemNumbering;
  /** Null: not recalled yet. */
  readonly items: readonly KnownItem[] | null;
  /** The memory has it; what it has not is offered again. */
  readonly kept: boolean;
}

/** What a protocol knows of following. */
export interface FollowRules {
  /** Server, login and mailbox in one word. */
  readonly source: string;
  readonly directory: FolderDirectory;
  /** What happened since `state`; null: all there is. `recall`: what is known of the folder so far. */
  sync(
    folderId: string,
    state: string | null,
    recall: () => Promise<readonly KnownItem[]>,
    signal: AbortSignal,
  ): Promise<FolderNews>;
  /** `folder.gone` where an error of `sync` means that; else null. */
  goneBy(error: unknown, path: string): AppError | null;
}

export function followFolders(
  { source: place, directory, sync, goneBy }: FollowRules,
  memory: ItemMemory,
): FollowedFolders {
  const entries = new Map<string, Entry>();
  const fresh = new Set<string>();
  const troubles = new Map<string, AppError | null>();

  const itemsOf = async (path: string, entry: Entry, signal: AbortSignal): Promise<readonly KnownItem[]> =>
    entry.items ?? (await memory.recall(path, signal));

  const follow = async (path: string, signal: AbortSignal): Promise<Entry> => {
    const { id } = await directory.find(path, signal);
    const source = `${place} ${id}`;
    const before = entries.get(path) ?? (await recalled(memory, path, signal));
    const state = before?.numbering.source === source ? before.numbering.syncState : null;
    const recall = async () => (before === null ? [] : itemsOf(path, before, signal));
    const news = await sync(id, state, recall, signal);
    troubles.set(path, news.trouble ?? null);
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
      const gone = goneBy(error, path);
      if (gone === null) throw error;
      directory.forget();
      throw gone;
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
    trouble: (path) => troubles.get(path) ?? null,
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

/** States of those that are there. One that the server has no answer for is left out like one that it refuses, as long as others are answered. */
export async function folderStates(folders: FollowedFolders, paths: readonly string[], signal: AbortSignal) {
  const states = new Map<string, FolderState>();
  let unanswered: AppError | null = null;
  let inARow = 0;
  for (const path of paths) {
    try {
      states.set(path, await folders.state(path, signal));
      inARow = 0;
    } catch (error) {
      // Whoever opens it hears it again, as that folder's problem.
      if (isOfFolder(error)) continue;
      inARow += 1;
      if (!isAppError(error, 'server.unavailable') || inARow === mostUnanswered) throw error;
      unanswered = error;
    }
  }
  if (unanswered !== null && states.size === 0) throw unanswered;
  return states;
}
