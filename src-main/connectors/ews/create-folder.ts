import { isAppError } from '../../../src-shared/errors/errors.ts';
import type { FolderDirectory } from '../named-letters/folder-directory.ts';
import { responseCodeOf } from './errors.ts';
import { keptFolder } from './folder-directory.ts';
import { ews } from './library.ts';
import type { Session } from './session.ts';

/** Level by level; one that is there is no error. */
export async function createFolder(
  session: Session,
  directory: FolderDirectory,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  let parent = keptFolder(session, ews.WellKnownFolderName.MsgFolderRoot);
  let above = '';
  for (const name of path.split('/')) {
    above = above === '' ? name : `${above}/${name}`;
    const found = await directory.find(above, signal).catch((error: unknown) => {
      if (isAppError(error, 'folder.gone')) return null;
      throw error;
    });
    if (found === null) await createUnder(session, parent, name, signal);
    parent = new ews.FolderId((await directory.find(above, signal)).id);
  }
}

async function createUnder(session: Session, parent: ews.FolderId, name: string, signal: AbortSignal): Promise<void> {
  try {
    await session.ask(
      (service) => {
        const folder = new ews.Folder(service);
        folder.DisplayName = name;
        folder.FolderClass = 'IPF.Note';
        return folder.Save(parent);
      },
      { changes: true },
      signal,
    );
  } catch (error) {
    if (responseCodeOf(error) !== 'ErrorFolderExists') throw error;
  }
}
