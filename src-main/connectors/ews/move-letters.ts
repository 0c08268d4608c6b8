import { isAppError } from '../../../src-shared/errors/errors.ts';
import type { FolderDirectory } from '../named-letters/folder-directory.ts';
import { goneFolder } from '../named-letters/folder-directory.ts';
import { responseCodeOf } from './errors.ts';
import { ews } from './library.ts';
import { throwRefusals } from './mark-read.ts';
import type { Session } from './session.ts';

const missing = new Set(['ErrorToFolderNotFound', 'ErrorFolderNotFound', 'ErrorInvalidFolderId']);

/** Below the library's own call, which is for Exchange 2010 SP1 and later because of a parameter that is not wanted here; MoveItem itself is as old as the service. */
interface Moving {
  InternalMoveItems(
    ids: readonly ews.ItemId[],
    target: ews.FolderId,
    returnNewItemIds: boolean | null,
    errors: ews.ServiceErrorHandling,
  ): Promise<ews.ServiceResponseCollection<ews.ServiceResponse>>;
}

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
        (service as unknown as Moving).InternalMoveItems(
          ids.map((item) => new ews.ItemId(item)),
          new ews.FolderId(id),
          null,
          ews.ServiceErrorHandling.ReturnErrors,
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
