import { throwIfCancelled } from '../../net/deadline.ts';
import type { FetchedHeader, FetchedLetter, OpenFolder } from '../connectors.ts';
import type { Maildrop } from './maildrop.ts';
import { receivedAtOf } from './received-at.ts';
import { retrieveLetter } from './retrieve-letter.ts';
import type { Session } from './session.ts';
import { headerOf, topHeader } from './top-header.ts';

/** The mailbox as the session found it. Nothing is marked and nothing deleted; POP3 keeps no marks and tells of no news. */
export function openDrop(session: Session, maildrop: Maildrop, path: string): OpenFolder {
  return {
    path,
    uidValidity: maildrop.uidValidity,
    exists: maildrop.uids.length,
    uidNext: maildrop.lastUid + 1,
    highestModseq: null,
    async listUids({ afterUid, since }, signal) {
      throwIfCancelled(signal);
      const uids = since === null ? maildrop.uids : await maildrop.uidsSince(since, signal);
      return uids.filter((uid) => uid > afterUid);
    },
    fetchLetters: (uids, signal) => fetchLetters(session, maildrop, uids, signal),
    async listSizes(uids) {
      return new Map(
        uids.flatMap((uid) => {
          const letter = maildrop.letter(uid);
          return letter === undefined ? [] : [[uid, letter.size] as const];
        }),
      );
    },
    fetchHeader: (uid, signal) => fetchHeader(session, maildrop, uid, signal),
  };
}

/** One RETR each, as the letters are taken; one that the server does not give is left out. */
async function* fetchLetters(
  session: Session,
  maildrop: Maildrop,
  uids: readonly number[],
  signal: AbortSignal,
): AsyncGenerator<FetchedLetter, void, undefined> {
  for (const uid of uids) {
    const letter = maildrop.letter(uid);
    const raw = letter && (await retrieveLetter(session, letter, signal));
    if (!raw) continue;
    maildrop.noteRead(uid);
    yield { uid, receivedAt: receivedAtOf(raw), seen: false, raw };
  }
}

/** Without TOP the whole letter is read for its header: once for each letter that is too large, and then never again. */
async function fetchHeader(
  session: Session,
  maildrop: Maildrop,
  uid: number,
  signal: AbortSignal,
): Promise<FetchedHeader | null> {
  const letter = maildrop.letter(uid);
  if (letter === undefined) return null;
  const readWhole = async (): Promise<Buffer | null> => {
    const raw = await retrieveLetter(session, letter, signal);
    if (raw !== null) maildrop.noteRead(uid);
    return raw;
  };
  const header = (await topHeader(session, letter.number, signal)) ?? (await readWhole());
  if (header === null) return null;
  return { uid, receivedAt: receivedAtOf(header), seen: false, size: letter.size, header: headerOf(header) };
}
