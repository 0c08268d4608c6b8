import { createGiveWay } from '../../jobs/give-way.ts';
import { endOfAnswer } from './fetched.ts';
import type { Session } from './session.ts';
import { uidSets, uidsOf } from './uid-set.ts';

export async function listSizes(
  session: Session,
  uids: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const sizes = new Map<number, number>();
  const giveWay = createGiveWay();
  for (const set of uidSets(uids)) {
    const awaited = new Set(uidsOf(set));
    await session
      .run(async (client) => {
        for await (const { uid, size } of client.fetch(set, { uid: true, size: true }, { uid: true })) {
          if (uid !== undefined && size !== undefined && awaited.has(uid)) sizes.set(uid, size);
          await giveWay();
        }
      }, signal)
      .catch(endOfAnswer);
  }
  return sizes;
}
