import { searchUids } from './search-uids.ts';
import { atom, sendCommand, setOf } from './send-command.ts';
import type { Session } from './session.ts';
import { uidSets } from './uid-set.ts';

export async function presentUids(
  session: Session,
  uids: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlySet<number>> {
  const present = new Set<number>();
  const asked = new Set(uids);
  if (asked.size === 0) return present;
  // A server tells what others have deleted meanwhile at the end of a command; SEARCH may still name it.
  await sendCommand(session, { name: 'NOOP', attributes: [] }, signal);
  for (const set of uidSets(uids)) {
    for (const uid of await searchUids(session, [atom('UID'), setOf(set)], signal))
      if (asked.has(uid)) present.add(uid);
  }
  return present;
}
