import { type FolderDirectory, goneFolder } from '../named-letters/folder-directory.ts';
import type { FollowRules } from '../named-letters/follow-folders.ts';
import { responseCodeOf } from './errors.ts';
import type { Session } from './session.ts';
import { syncItems } from './sync-items.ts';

/** A folder that is gone is told in as many ways. */
const goneCodes = new Set([
  'ErrorFolderNotFound',
  'ErrorSyncFolderNotFound',
  'ErrorItemNotFound',
  'ErrorInvalidFolderId',
]);

export function followRules(session: Session, directory: FolderDirectory): FollowRules {
  return {
    source: session.source,
    directory,
    sync: (folderId, state, _recall, signal) => syncItems(session, folderId, state, signal),
    goneBy: (error, path) =>
      goneCodes.has(responseCodeOf(error) ?? '') ? goneFolder(session.endpoint, path, error) : null,
  };
}
