import type { ServerFolder } from './folder.ts';
import type { FolderId } from './ids.ts';

type Placed = Pick<ServerFolder, 'path' | 'separator' | 'role' | 'namespace' | 'prefix'>;

export interface FolderHere extends Placed {
  readonly folderId: FolderId;
}

/**
 * Which folder is which when the same mailbox is seen over another protocol or server: the inbox, then by path, then by the names of all levels whatever stands between
 * or before them, then by what the server keeps them for (Sent is called otherwise everywhere). No folder there is taken twice.
 */
export function matchFolders(
  here: readonly FolderHere[],
  listed: readonly ServerFolder[],
): ReadonlyMap<FolderId, ServerFolder> {
  const free = new Set(listed.filter(({ selectable }) => selectable));
  const matched = new Map<FolderId, ServerFolder>();
  const match = (alike: (one: FolderHere, other: ServerFolder) => boolean) => {
    for (const one of here) {
      if (matched.has(one.folderId)) continue;
      const [only, second] = [...free].filter((other) => alike(one, other));
      if (only === undefined || second !== undefined) continue;
      matched.set(one.folderId, only);
      free.delete(only);
    }
  };
  match((one, other) => isInbox(one) && isInbox(other));
  match((one, other) => one.path === other.path);
  match((one, other) => levelsOf(one) === levelsOf(other));
  match((one, other) => one.role !== null && one.role === other.role);
  return matched;
}

function isInbox({ path }: Pick<ServerFolder, 'path'>): boolean {
  return path.toUpperCase() === 'INBOX';
}

/** What is another user's is nobody's own under the same name. */
function levelsOf({ path, separator, namespace, prefix = '' }: Placed): string {
  const own = prefix !== '' && path.startsWith(prefix) ? path.slice(prefix.length) : path;
  return JSON.stringify([namespace ?? null, separator === '' ? [own] : own.split(separator)]);
}
