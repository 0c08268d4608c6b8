import { isAppError } from '../../../src-shared/errors/errors.ts';
import type { FolderDirectory } from '../named-letters/folder-directory.ts';
import { refusalOf } from './errors.ts';
import { folderPath } from './folder-directory.ts';
import type { Session } from './session.ts';

/** Level by level; one that is there is no error. */
export async function createFolder(
  session: Session,
  directory: FolderDirectory,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  let parent: string | null = null;
  let above = '';
  for (const name of path.split('/')) {
    above = above === '' ? name : `${above}/${name}`;
    const found = await directory.find(above, signal).catch((error: unknown) => {
      if (isAppError(error, 'folder.gone')) return null;
      throw error;
    });
    if (found === null) {
      await createUnder(session, parent, name, signal);
      directory.forget();
    }
    parent = (found ?? (await directory.find(above, signal))).id;
  }
}

async function createUnder(session: Session, parent: string | null, name: string, signal: AbortSignal): Promise<void> {
  const path = parent === null ? session.at('/mailFolders') : `${folderPath(session, parent)}/childFolders`;
  try {
    await session.ask({ method: 'POST', path, body: { displayName: name } }, signal);
  } catch (error) {
    if (refusalOf(error)?.code !== 'ErrorFolderExists') throw error;
  }
}
