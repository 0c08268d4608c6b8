import type { KnownItem } from '../name-memory.ts';
import type { FolderNews, ToldItem } from '../named-letters/merge-items.ts';
import { isLostState, isRefusedWhileFull, unintelligible } from './errors.ts';
import { folderPath } from './folder-directory.ts';
import { listedAlone, listLetters } from './list-letters.ts';
import type { Session } from './session.ts';
import { letterFields, lettersPage, queryOf, type ToldLetter } from './shapes.ts';
import { askLetter, toldItem } from './told-letters.ts';

const atATime = 500;

type Recall = () => Promise<readonly KnownItem[]>;

export interface Followed {
  readonly folderId: string;
  /** A deltaLink; `listedAlone` after a listing; null: nothing is known. */
  readonly state: string | null;
  readonly recall: Recall;
}

/** What happened in a folder since `state`; all pages of it, so that nothing is known in halves. A mailbox that is full is listed. */
export async function syncLetters(session: Session, followed: Followed, signal: AbortSignal): Promise<FolderNews> {
  try {
    return await askDelta(session, followed, signal);
  } catch (error) {
    if (!isRefusedWhileFull(error)) throw error;
    return { ...(await listLetters(session, followed, signal)), trouble: error };
  }
}

async function askDelta(
  session: Session,
  { folderId, state, recall }: Followed,
  signal: AbortSignal,
): Promise<FolderNews> {
  const from = (link: string | null) => readPages(session, { folderId, link, recall }, signal);
  if (state === null || state === listedAlone) return from(null);
  try {
    return await from(state);
  } catch (error) {
    if (!isLostState(error)) throw error;
    return from(null);
  }
}

async function readPages(
  session: Session,
  { folderId, link, recall }: { readonly folderId: string; readonly link: string | null; readonly recall: Recall },
  signal: AbortSignal,
): Promise<FolderNews> {
  const told = new Map<string, ToldLetter>();
  const first = `${folderPath(session, folderId)}/messages/delta?${queryOf(letterFields)}`;
  let path = link === null ? first : session.placeIn(link);
  for (;;) {
    const page = await session.read(lettersPage, { path, pageSize: atATime }, signal);
    // In the order of the pages: what came back after it went is there, and a change joins what was told before.
    for (const letter of page.value) {
      const before = told.get(letter.id);
      told.set(letter.id, before && !before['@removed'] && !letter['@removed'] ? { ...before, ...letter } : letter);
    }
    const done = page['@odata.deltaLink'];
    if (done !== undefined) {
      session.placeIn(done);
      return newsOf(session, { told: [...told.values()], syncState: done, fromStart: link === null, recall }, signal);
    }
    const next = session.placeIn(page['@odata.nextLink'] ?? '');
    if (next === path) throw unintelligible(session.endpoint, '@odata.nextLink');
    path = next;
  }
}

interface Told {
  readonly told: readonly ToldLetter[];
  readonly syncState: string;
  readonly fromStart: boolean;
  readonly recall: Recall;
}

/** Of a letter that is known a change may be told alone; of one that is not, it is asked for whole. */
async function newsOf(
  session: Session,
  { told, syncState, fromStart, recall }: Told,
  signal: AbortSignal,
): Promise<FolderNews> {
  const gone = told.filter((letter) => letter['@removed']).map(({ id }) => id);
  const there = told.filter((letter) => !letter['@removed']);
  const parts = there.filter((letter) => toldItem(letter) === null);
  const known = parts.length === 0 ? new Set() : new Set((await recall()).map(({ id }) => id));
  const whole: ToldItem[] = there.flatMap((letter) => toldItem(letter) ?? []);
  const marks: { readonly id: string; readonly seen: boolean }[] = [];
  for (const part of parts) {
    if (known.has(part.id) && !fromStart) {
      if (typeof part.isRead === 'boolean') marks.push({ id: part.id, seen: part.isRead });
      continue;
    }
    const asked = await askLetter(session, part.id, signal);
    if (asked === null) continue;
    const item = toldItem(asked);
    if (item === null) throw unintelligible(session.endpoint, 'receivedDateTime');
    whole.push(item);
  }
  return { syncState, fromStart, told: whole, marks, gone };
}
