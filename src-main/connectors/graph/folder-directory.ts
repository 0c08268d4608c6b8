import type { FolderRole } from '../../../src-shared/domain/folder.ts';
import { isAppError } from '../../../src-shared/errors/errors.ts';
import { directoryOf, type FolderDirectory } from '../named-letters/folder-directory.ts';
import { folderPaths, type ToldFolder } from '../named-letters/folder-paths.ts';
import { refusalOf, unintelligible } from './errors.ts';
import type { Session } from './session.ts';
import { foldersPage, idShape, queryOf } from './shapes.ts';

export function createDirectory(session: Session): FolderDirectory {
  return directoryOf(session.endpoint, async (signal) => {
    const roles = await rolesOf(session, signal);
    return folderPaths(await toldFolders(session, signal), roles);
  });
}

export const folderPath = (session: Session, id: string): string =>
  session.at(`/mailFolders/${encodeURIComponent(id)}`);

const fields = queryOf({ $select: 'displayName,parentFolderId,childFolderCount,isHidden', $top: '100' });

/** Level by level, each in pages: hidden folders are not told without being asked for, and the delta of folders does not promise that. */
async function toldFolders(session: Session, signal: AbortSignal): Promise<readonly ToldFolder[]> {
  const told = new Map<string, ToldFolder>();
  const open = [session.at(`/mailFolders?${fields}`)];
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    const page = await session.read(foldersPage, { path }, signal);
    for (const folder of page.value) {
      if (folder.isHidden === true || told.has(folder.id)) continue;
      const { id, parentFolderId, displayName } = folder;
      const folderClass = folder['@odata.type']?.endsWith('.mailSearchFolder') ? 'search' : '';
      told.set(id, { id, parentId: parentFolderId ?? '', name: displayName ?? '', folderClass });
      if ((folder.childFolderCount ?? 0) > 0) open.push(`${folderPath(session, id)}/childFolders?${fields}`);
    }
    const next = page['@odata.nextLink'];
    if (next === undefined) continue;
    const following = session.placeIn(next);
    if (following === path) throw unintelligible(session.endpoint, '@odata.nextLink');
    open.unshift(following);
  }
  return [...told.values()];
}

const kept: readonly (readonly [name: string, role: FolderRole | 'outbox'])[] = [
  ['inbox', 'inbox'],
  ['sentitems', 'sent'],
  ['drafts', 'drafts'],
  ['junkemail', 'junk'],
  ['deleteditems', 'trash'],
  ['archive', 'archive'],
  ['outbox', 'outbox'],
];

/** One question each: a mailbox that is another's may show its inbox alone. */
async function rolesOf(session: Session, signal: AbortSignal): Promise<ReadonlyMap<string, FolderRole | 'outbox'>> {
  const roles = new Map<string, FolderRole | 'outbox'>();
  for (const [name, role] of kept) {
    try {
      const { id } = await session.read(idShape, { path: session.at(`/mailFolders/${name}?$select=id`) }, signal);
      roles.set(id, role);
    } catch (error) {
      const status = refusalOf(error)?.status;
      const notShown = status === 403 || status === 404 || isAppError(error, 'server.refused');
      if (name === 'inbox' || !notShown) throw error;
    }
  }
  return roles;
}
