import { responseCodeOf, unintelligible } from './errors.ts';
import { ews } from './library.ts';
import type { Session } from './session.ts';

/** The most that Exchange gives at once. */
const atATime = 512;

/** ErrorInvalidSyncStateData: what the server gave to go on from means nothing to it any more. */
const lostStates = new Set(['ErrorInvalidSyncStateData', 'ErrorSyncStateNotFound', 'ErrorInvalidSyncState']);

/** From the start where the server has forgotten `state`. */
export async function unlessLost<T>(state: string | null, read: (from: string | null) => Promise<T>): Promise<T> {
  try {
    return await read(state);
  } catch (error) {
    if (state === null || !lostStates.has(responseCodeOf(error) ?? '')) throw error;
    return read(null);
  }
}

export interface FollowedPlace {
  readonly folder: ews.FolderId;
  readonly properties: ews.PropertyDefinitionBase[];
  readonly enter: (change: ews.ItemChange) => void;
}

/** Enters every change of a folder since `from`; gives what to go on from. */
export async function readPages(
  session: Session,
  place: FollowedPlace,
  from: string | null,
  signal: AbortSignal,
): Promise<string> {
  let state = from;
  for (;;) {
    const page = await readPage(session, place, state, signal);
    if (page.last) return page.state;
    state = page.state;
  }
}

/** The same for one page; behind it there may be more. */
export async function readPage(
  session: Session,
  place: FollowedPlace,
  from: string | null,
  signal: AbortSignal,
): Promise<{ readonly state: string; readonly last: boolean }> {
  const page = await askPage(session, place, from, signal);
  for (let at = 0; at < page.Count; at += 1) place.enter(page._getItem(at));
  const next = page.SyncState;
  if (typeof next !== 'string' || next === '') throw unintelligible(session.endpoint, 'SyncState');
  if (page.MoreChangesAvailable && next === from) throw unintelligible(session.endpoint, 'IncludesLastItemInRange');
  return { state: next, last: !page.MoreChangesAvailable };
}

function askPage(session: Session, { folder, properties }: FollowedPlace, state: string | null, signal: AbortSignal) {
  const shape = new ews.PropertySet(ews.BasePropertySet.IdOnly, properties);
  return session.ask(
    (service) =>
      service.SyncFolderItems(folder, shape, [], atATime, ews.SyncFolderItemsScope.NormalItems, state as string),
    {},
    signal,
  );
}
