import type { NumberUidls } from '../name-memory.ts';
import { listSizes } from './list-sizes.ts';
import { listUidls } from './list-uidls.ts';
import { receivedAtOf } from './received-at.ts';
import type { Session } from './session.ts';
import { topHeader } from './top-header.ts';

export interface DropLetter {
  /** In this session only. */
  readonly number: number;
  readonly size: number;
}

/** What lay in the mailbox when the session began; it stays so until its end (RFC 1939, 8). */
export interface Maildrop {
  readonly uidValidity: number;
  /** Rising. */
  readonly uids: Uint32Array;
  /** The highest that was ever given. */
  readonly lastUid: number;
  letter(uid: number): DropLetter | undefined;
  /** The server has used its name for several letters: which of them it is nobody can tell. */
  isAmbiguous(uid: number): boolean;
  /** Its text came over this session. */
  wasRead(uid: number): boolean;
  noteRead(uid: number): void;
  /** Of any letter. */
  hasRead(): boolean;
  /** Those that arrived since. */
  uidsSince(since: number, signal: AbortSignal): Promise<Uint32Array>;
}

export async function readMaildrop(session: Session, numberUidls: NumberUidls, signal: AbortSignal): Promise<Maildrop> {
  const sizes = await listSizes(session, signal);
  const names = sizes.size === 0 ? new Map<number, string>() : await listUidls(session, sizes.keys(), signal);
  const { uidValidity, uids, lastUid, repeated } = await numberUidls([...names.values()], signal);
  const letters = new Map<number, DropLetter>();
  [...names.keys()].forEach((number, at) => {
    letters.set(uids[at] ?? 0, { number, size: sizes.get(number) ?? 0 });
  });
  const ambiguous = new Set(repeated);
  const read = new Set<number>();
  const arrivals = createArrivals(session, letters);
  return {
    uidValidity,
    uids: Uint32Array.from(uids).sort(),
    lastUid,
    letter: (uid) => letters.get(uid),
    isAmbiguous: (uid) => ambiguous.has(uid),
    wasRead: (uid) => read.has(uid),
    noteRead: (uid) => void read.add(uid),
    hasRead: () => read.size > 0,
    uidsSince: arrivals.since,
  };
}

/** So many letters in a row that arrived before it: those below them did too. */
const olderInARow = 100;

/**
 * POP3 does not say when a letter arrived; its header does, a TOP for each. Numbers rise as letters arrive, so it is asked from the newest down until a hundred in a row are
 * older; an old letter put in yesterday does not end the search, a hundred of them do. Without TOP every letter counts as new: rather too much than one too few.
 */
function createArrivals(session: Session, letters: ReadonlyMap<number, DropLetter>) {
  const known = new Map<number, number>();
  const arrivedAt = async (number: number, signal: AbortSignal): Promise<number> => {
    const before = known.get(number);
    if (before !== undefined) return before;
    const header = await topHeader(session, number, signal);
    const time = header === null ? Number.POSITIVE_INFINITY : receivedAtOf(header);
    known.set(number, time);
    return time;
  };
  return {
    async since(since: number, signal: AbortSignal): Promise<Uint32Array> {
      const newestFirst = [...letters].sort(([, one], [, other]) => other.number - one.number);
      const found: number[] = [];
      let older = 0;
      for (const [uid, { number }] of newestFirst) {
        if ((await arrivedAt(number, signal)) >= since) {
          found.push(uid);
          older = 0;
        } else {
          older += 1;
          if (older >= olderInARow) break;
        }
      }
      return Uint32Array.from(found).sort();
    },
  };
}
