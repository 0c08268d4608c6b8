import type { KnownItem } from '../name-memory.ts';
import type { FolderNews, ToldItem } from '../named-letters/merge-items.ts';
import { unintelligible } from './errors.ts';
import { folderPath } from './folder-directory.ts';
import type { Session } from './session.ts';
import { letterFields, lettersPage, queryOf, type ToldLetter } from './shapes.ts';
import { toldItem } from './told-letters.ts';

/** The state of a folder that delta has not told of yet: its letters are known from listings. */
export const listedAlone = '';

export interface ListedFolder {
  readonly folderId: string;
  readonly state: string | null;
  readonly recall: () => Promise<readonly KnownItem[]>;
}

/**
 * What is otherwise than it is remembered, found by looking at every letter. The state stays what it was: once delta answers again it tells what happened since then, and what of that
 * is known already changes nothing.
 */
export async function listLetters(
  session: Session,
  { folderId, state, recall }: ListedFolder,
  signal: AbortSignal,
): Promise<FolderNews> {
  const there = await allThere(session, folderId, signal);
  const told = [...there.values()];
  const whole: FolderNews = { syncState: state ?? listedAlone, fromStart: true, told, marks: [], gone: [] };
  if (state === null) return whole;
  const known = new Map((await recall()).map((item) => [item.id, item]));
  // Not one that is known: names mean other letters now, and all of them are to be told.
  if (!told.some(({ id }) => known.has(id))) return whole;
  const marks = told.filter(({ id, seen }) => known.has(id) && known.get(id)?.seen !== seen);
  return {
    ...whole,
    fromStart: false,
    told: told.filter(({ id }) => !known.has(id)),
    marks: marks.map(({ id, seen }) => ({ id, seen })),
    gone: [...known.keys()].filter((id) => !there.has(id)),
  };
}

const atATime = '500';

/**
 * In the order of arrival. Each page begins at the time at which the last one ended, not after so many letters: one that is deleted meanwhile would move another over the edge, unseen.
 */
async function allThere(
  session: Session,
  folderId: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ToldItem>> {
  const letters = `${folderPath(session, folderId)}/messages`;
  const order = { ...letterFields, $orderby: 'receivedDateTime', $top: atATime };
  const there = new Map<string, ToldItem>();
  let from: string | null = null;
  let path = `${letters}?${queryOf(order)}`;
  for (;;) {
    const page = await session.read(lettersPage, { path }, signal);
    for (const letter of page.value) there.set(letter.id, wholeItem(session, letter));
    const link = page['@odata.nextLink'];
    if (link === undefined) return there;
    const reached: string | null = page.value.at(-1)?.receivedDateTime ?? from;
    // More of one moment than a page holds are read on by the link.
    const next =
      reached === from
        ? session.placeIn(link)
        : `${letters}?${queryOf({ $filter: `receivedDateTime ge ${reached}`, ...order })}`;
    if (next === path) throw unintelligible(session.endpoint, '@odata.nextLink');
    from = reached;
    path = next;
  }
}

function wholeItem({ endpoint }: Session, letter: ToldLetter): ToldItem {
  const item = toldItem(letter);
  if (item === null) throw unintelligible(endpoint, 'receivedDateTime');
  return item;
}
