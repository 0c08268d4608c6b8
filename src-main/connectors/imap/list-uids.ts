import { AppError } from '../../../src-shared/errors/errors.ts';
import { placeOf } from '../../net/tls.ts';
import type { Session } from './session.ts';

/** RFC 3501, section 9: a UID is a 32-bit number. */
const highestUid = 0xffff_ffff;
/** SEARCH compares days as the server's clock calls them; its day may begin this long after the same day in UTC. */
const widestZone = 12 * 60 * 60_000;

/** A server's day is not ours: a day more rather than less, the caller sees each letter's exact time. */
export async function listUids(
  session: Session,
  { afterUid, since }: { readonly afterUid: number; readonly since: number | null },
  signal: AbortSignal,
): Promise<Uint32Array> {
  if (afterUid >= highestUid) return new Uint32Array();
  const query = {
    uid: `${afterUid + 1}:*`,
    ...(since === null ? {} : { since: new Date(since - widestZone) }),
  };
  return risingUids(await search(session, query, signal), afterUid);
}

export async function listUnreadUids(session: Session, signal: AbortSignal): Promise<Uint32Array> {
  return risingUids(await search(session, { seen: false }, signal), 0);
}

async function search(session: Session, query: object, signal: AbortSignal): Promise<readonly number[]> {
  const found = await session.run((client) => client.search(query, { uid: true }), signal);
  if (Array.isArray(found)) return found;
  // The library says `false` where the server said NO.
  throw new AppError('server.refused', { ...placeOf(session.endpoint), serverWords: 'NO' });
}

/** `n:*` also names the last letter when its UID is below n (RFC 3501, 6.4.8); a broken server may name anything twice. */
function risingUids(found: readonly number[], afterUid: number): Uint32Array {
  const uids = Uint32Array.from(found.filter((uid) => uid > afterUid && uid <= highestUid)).sort();
  return uids.filter((uid, at) => at === 0 || uid !== uids[at - 1]);
}
