import { formatDate } from 'imapflow/lib/tools.js';
import { searchUids } from './search-uids.ts';
import { atom, setOf } from './send-command.ts';
import type { Session } from './session.ts';
import { highestUid } from './uid-set.ts';

/** SEARCH compares days as the server's clock calls them; its day may begin this long after the same day in UTC. */
const widestZone = 12 * 60 * 60_000;

/** A server's day is not ours: a day more rather than less, the caller sees each letter's exact time. */
export async function listUids(
  session: Session,
  { afterUid, since }: { readonly afterUid: number; readonly since: number | null },
  signal: AbortSignal,
): Promise<Uint32Array> {
  if (afterUid >= highestUid) return new Uint32Array();
  const arrived = since === null ? [] : [atom('SINCE'), atom(formatDate(new Date(since - widestZone)) ?? '')];
  const found = await searchUids(session, [atom('UID'), setOf(`${afterUid + 1}:*`), ...arrived], signal);
  // `n:*` also names the last letter when its UID is below n (RFC 3501, 6.4.8).
  return found.filter((uid) => uid > afterUid);
}

export function listUnreadUids(session: Session, signal: AbortSignal): Promise<Uint32Array> {
  return searchUids(session, [atom('UNSEEN')], signal);
}
