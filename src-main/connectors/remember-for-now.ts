import { firstPop3Numbering } from '../../src-shared/domain/folder.ts';
import type { NameMemory, NumberedUidls, NumberUidls } from './name-memory.ts';

/** For a look at a mailbox that is not saved: the memory ends with the connection. */
export function rememberForNow(): NameMemory {
  return {
    numberUidls: numberForNow(),
    items: { numbering: async () => null, recall: async () => [], keep: async () => false },
    hierarchy: { recall: async () => null, keep: async () => {} },
  };
}

function numberForNow(): NumberUidls {
  const known = new Map<string, number>();
  return async (uidls): Promise<NumberedUidls> => {
    const repeated = new Set<number>();
    const times = new Map<string, number>();
    const uids = uidls.map((uidl) => {
      const nth = (times.get(uidl) ?? 0) + 1;
      times.set(uidl, nth);
      const name = `${nth} ${uidl}`;
      const uid = known.get(name) ?? known.size + 1;
      known.set(name, uid);
      return uid;
    });
    uidls.forEach((uidl, at) => {
      if ((times.get(uidl) ?? 0) > 1) repeated.add(uids[at] ?? 0);
    });
    return {
      uidValidity: firstPop3Numbering,
      uids: Uint32Array.from(uids),
      lastUid: known.size,
      repeated: Uint32Array.from(repeated),
    };
  };
}
