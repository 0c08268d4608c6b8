import { isAppError } from '../../../src-shared/errors/errors.ts';
import type { FolderDirectory } from '../named-letters/folder-directory.ts';
import { isGone, refusalOf } from './errors.ts';
import type { Session } from './session.ts';
import { askLetter, letterPath } from './told-letters.ts';

/** Letters of one folder, by their names. */
export interface LettersIn {
  readonly folderId: string;
  readonly ids: readonly string[];
}

export async function markRead(session: Session, letters: LettersIn, signal: AbortSignal): Promise<void> {
  await eachStillThere(session, letters, signal, async (id, seen) => {
    const body = { isRead: true };
    if (!seen) await session.ask({ method: 'PATCH', path: letterPath(session, id), body }, signal);
  });
}

/** Each letter is in one folder or the other, and keeps its name; its number there is given when that folder is followed. */
export async function moveLetters(
  session: Session,
  directory: FolderDirectory,
  { target, ...letters }: LettersIn & { readonly target: string },
  signal: AbortSignal,
): Promise<void> {
  const { id: destinationId } = await directory.find(target, signal);
  await eachStillThere(session, letters, signal, async (id) => {
    try {
      await session.ask({ method: 'POST', path: `${letterPath(session, id)}/move`, body: { destinationId } }, signal);
    } catch (error) {
      if (!isGone(error)) throw error;
      directory.forget();
      await directory.find(target, signal);
    }
  });
}

/**
 * Into the dumpster (Recoverable Items), as after SoftDelete of Exchange: the letter is in no folder any more, and can be given back as long as the administrator keeps it. Where that
 * move is refused it is purged: nobody but an administrator comes to it then. DELETE would leave it in Deleted Items.
 */
export async function deleteLetters(session: Session, letters: LettersIn, signal: AbortSignal): Promise<void> {
  const body = { destinationId: 'recoverableitemsdeletions' };
  await eachStillThere(session, letters, signal, async (id) => {
    try {
      await session.ask({ method: 'POST', path: `${letterPath(session, id)}/move`, body }, signal);
    } catch (error) {
      const refused = isGone(error) || onlyThisOne(error) || isAppError(error, 'graph.no-access');
      // It may be the letter that is gone, and not the dumpster that is not to be had.
      if (!refused || (await askLetter(session, id, signal))?.parentFolderId !== letters.folderId) throw error;
      await session.ask({ method: 'POST', path: `${letterPath(session, id)}/permanentDelete` }, signal);
    }
  });
}

/**
 * A letter keeps its name wherever it goes, so it is asked first whether it still lies here; one that was moved or deleted needs no change. What was refused is thrown when the
 * others are done.
 */
async function eachStillThere(
  session: Session,
  { folderId, ids }: LettersIn,
  signal: AbortSignal,
  change: (id: string, seen: boolean) => Promise<void>,
): Promise<void> {
  let refused: unknown = null;
  for (const id of ids) {
    const letter = await askLetter(session, id, signal);
    if (letter?.parentFolderId !== folderId) continue;
    try {
      await change(id, letter.isRead === true);
    } catch (error) {
      if (isGone(error)) continue;
      if (!onlyThisOne(error)) throw error;
      refused ??= error;
    }
  }
  if (refused !== null) throw refused;
}

const onlyThisOne = (error: unknown): boolean => refusalOf(error) !== null && isAppError(error, 'server.refused');
