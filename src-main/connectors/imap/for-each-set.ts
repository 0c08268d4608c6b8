import { responseCodeOf } from './errors.ts';
import { presentUids } from './present-uids.ts';
import type { Session } from './session.ts';
import { uidSets, uidsOf } from './uid-set.ts';

/**
 * Sends a command for these letters, in sets that a line can hold. A server that refuses it because others have deleted some of them meanwhile
 * (RFC 5530, EXPUNGEISSUED) is asked again for those that are left; that ends, because they become fewer.
 */
export async function forEachSet(
  session: Session,
  uids: readonly number[],
  send: (set: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (const set of uidSets(uids)) {
    try {
      await send(set);
    } catch (error) {
      if (responseCodeOf(error) !== 'EXPUNGEISSUED') throw error;
      const asked = Array.from(uidsOf(set) ?? []);
      const left = await presentUids(session, asked, signal);
      if (left.size === asked.length) throw error;
      await forEachSet(session, [...left], send, signal);
    }
  }
}
