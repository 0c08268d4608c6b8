import { isAppError } from '../../../src-shared/errors/errors.ts';
import type { FolderDirectory } from '../named-letters/folder-directory.ts';
import { goneFolder } from '../named-letters/folder-directory.ts';
import { responseCodeOf } from './errors.ts';
import { ews } from './library.ts';
import { throwRefusals } from './mark-read.ts';
import type { Session } from './session.ts';

const missing = new Set(['ErrorToFolderNotFound', 'ErrorFolderNotFound', 'ErrorInvalidFolderId']);

/** MoveItem: each letter is in one folder or the other. It gets another name there, which is met when that folder is followed. */
export async function moveLetters(
  session: Session,
  directory: FolderDirectory,
  { ids, target }: { readonly ids: readonly string[]; readonly target: string },
  signal: AbortSignal,
): Promise<void> {
  const { id } = await directory.find(target, signal);
  try {
    const moved = await session.ask(
      (service) =>
        service.MoveItems(
          ids.map((item) => new ews.ItemId(item)),
          new ews.FolderId(id),
        ),
      { changes: true },
      signal,
    );
    throwRefusals(session, moved.Responses, ids.length);
  } catch (error) {
    if (!isAppError(error) || !missing.has(responseCodeOf(error) ?? '')) throw error;
    directory.forget();
    throw goneFolder(session.endpoint, target, error);
  }
}
