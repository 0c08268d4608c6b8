import { createGiveWay } from '../../jobs/give-way.ts';
import type { Session } from './session.ts';
import { uidSets } from './uid-set.ts';

export async function listSizes(
  session: Session,
  uids: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const sizes = new Map<number, number>();
  const giveWay = createGiveWay();
  for (const set of uidSets(uids)) {
    await session.run(async (client) => {
      for await (const { uid, size } of client.fetch(set, { uid: true, size: true }, { uid: true })) {
        if (uid !== undefined) sizes.set(uid, size ?? 0);
        await giveWay();
      }
    }, signal);
  }
  return sizes;
}
