import type { AppError } from '../../../src-shared/errors/errors.ts';
import type { ItemNumbering, ItemsChange, KnownItem } from '../name-memory.ts';

/** A letter as a listing tells it. */
export type ToldItem = Omit<KnownItem, 'uid'>;

/** What a server says has happened in a folder since its last word, or since ever. */
export interface FolderNews {
  readonly syncState: string;
  /** From the beginning: what is not told is not there. */
  readonly fromStart: boolean;
  /** New, or changed: told whole. */
  readonly told: readonly ToldItem[];
  readonly marks: readonly { readonly id: string; readonly seen: boolean }[];
  readonly gone: readonly string[];
  /** Why the server does not tell it as it should; whatever is told here is right all the same. */
  readonly trouble?: AppError;
}

export interface FollowedFolder {
  readonly numbering: ItemNumbering;
  /** By rising number. */
  readonly items: readonly KnownItem[];
}

/**
 * What is known, and what is to be kept of it. A name has its number for good; new names get rising ones, in the order in which the letters arrived. Told from the start, known names
 * keep theirs; where not one of them is known any more, though letters were there, all mean other letters now: the numbering is a new one, and the ledger meets its letters by
 * content.
 */
export function mergeItems(
  source: string,
  known: FollowedFolder | null,
  news: FolderNews,
): { readonly followed: FollowedFolder; readonly change: ItemsChange } {
  const before = known?.numbering ?? null;
  const sameSource = before?.source === source;
  const usable = sameSource ? (known?.items ?? []) : [];
  const byId = new Map(usable.map((item) => [item.id, item]));
  const renamed = before !== null && (!sameSource || (news.fromStart && isRenamed(byId, news.told)));
  if (renamed) byId.clear();

  const put = new Map<string, KnownItem>();
  let lastUid = before?.lastUid ?? 0;
  for (const item of newestLast(news.told)) {
    const same = byId.get(item.id);
    if (same === undefined) lastUid += 1;
    put.set(item.id, { ...item, uid: same?.uid ?? lastUid });
  }
  for (const { id, seen } of news.marks) {
    const item = put.get(id) ?? byId.get(id);
    if (item !== undefined && item.seen !== seen) put.set(id, { ...item, seen });
  }
  const gone = new Set(news.fromStart ? byId.keys() : news.gone);
  for (const id of put.keys()) gone.delete(id);
  const items = [...new Map([...byId, ...put]).values()]
    .filter(({ id }) => !gone.has(id))
    .sort((one, other) => one.uid - other.uid);
  const goneUids = [...gone].flatMap((id) => byId.get(id)?.uid ?? []);
  const changed = before === null || renamed || put.size > 0 || goneUids.length > 0;
  const numbering: ItemNumbering = {
    source,
    syncState: news.syncState,
    generation: (before?.generation ?? 0) + (renamed ? 1 : 0),
    lastUid,
    revision: (before?.revision ?? 0) + (changed ? 1 : 0),
    exists: items.length,
    unseen: items.filter(({ seen }) => !seen).length,
  };
  const change = { after: before?.revision ?? 0, numbering, replace: renamed, put: [...put.values()], gone: goneUids };
  return { followed: { numbering, items }, change };
}

function isRenamed(known: ReadonlyMap<string, KnownItem>, told: readonly ToldItem[]): boolean {
  return known.size > 0 && told.length > 0 && !told.some(({ id }) => known.has(id));
}

/** A name that is told twice counts as it was told last. */
function newestLast(told: readonly ToldItem[]): readonly ToldItem[] {
  const once = new Map(told.map((item) => [item.id, item]));
  return [...once.values()].sort((one, other) => one.receivedAt - other.receivedAt);
}
