import { isLoadedUnasked, type ServerFolder } from '../../src-shared/domain/folder.ts';
import type { FolderId, MailboxId } from '../../src-shared/domain/ids.ts';
import type { IncomingConnector } from '../connectors/connectors.ts';
import type { Logger } from '../logs/logs.ts';
import type { FolderCursor } from '../store/api/mailboxes.ts';
import type { Store } from '../store/store.ts';

export interface KnownFolder {
  readonly folderId: FolderId;
  readonly path: string;
  readonly identity: string | null;
  readonly uidValidity: number | null;
}

export interface AppearedFolder {
  readonly folder: ServerFolder;
  readonly uidValidity: number | null;
}

/**
 * Which folder that vanished is which that appeared: by the server's identity (RFC 8474), else by a UIDVALIDITY that one of each alone has, since servers give a folder
 * that they make a new one and keep it over a rename.
 */
export function matchRenamed(
  vanished: readonly KnownFolder[],
  appeared: readonly AppearedFolder[],
): ReadonlyMap<FolderId, ServerFolder> {
  const renamed = new Map<FolderId, ServerFolder>();
  for (const known of vanished) {
    const byIdentity = appeared.filter(({ folder }) => known.identity !== null && folder.identity === known.identity);
    const rivals = vanished.filter(({ uidValidity }) => uidValidity === known.uidValidity);
    const byNumbering = appeared.filter(
      ({ folder, uidValidity }) =>
        (known.identity === null || folder.identity === null) &&
        known.uidValidity !== null &&
        uidValidity === known.uidValidity,
    );
    const [match] = byIdentity.length === 1 ? byIdentity : rivals.length === 1 ? byNumbering : [];
    const alone = byIdentity.length === 1 || byNumbering.length === 1;
    if (match && alone) renamed.set(known.folderId, match.folder);
  }
  return renamed;
}

interface FollowParts {
  readonly store: Pick<Store, 'call'>;
  readonly connector: IncomingConnector;
  readonly mailboxId: MailboxId;
  /** Folders that are new are loaded as well, but for those of the system and those that letters are moved to after processing: these would come back from there. */
  readonly loadNew: boolean;
  readonly movedTo: readonly string[];
  readonly log: Logger;
}

/** The rows of the folders in line with a fresh listing; answers whether anything became other than before. */
export async function followFolders(
  cursors: readonly FolderCursor[],
  { store, connector, mailboxId, loadNew, movedTo, log }: FollowParts,
  signal: AbortSignal,
): Promise<void> {
  const listed = await connector.listFolders(signal);
  const known = await store.call('folders.known', { mailboxId });
  const listedPaths = new Set(listed.map(({ path }) => path));
  const knownPaths = new Set(known.map(({ path }) => path));
  const vanished = known.filter(({ path }) => !listedPaths.has(path));
  const fresh = listed.filter(({ path, selectable }) => selectable && !knownPaths.has(path));
  if (vanished.length > 0 && fresh.length > 0) {
    const { states } = await connector.folderStates(
      fresh.map(({ path }) => path),
      signal,
    );
    const appeared = fresh.map((folder) => ({ folder, uidValidity: states.get(folder.path)?.uidValidity ?? null }));
    for (const [folderId, folder] of matchRenamed(vanished, appeared)) {
      log.info('folder was renamed', { folder: folder.path });
      await store.call('folders.rename', { folderId, folder });
    }
  }
  const unasked = new Set([...cursors.map(({ path }) => path), ...movedTo]);
  const folders = listed.map((folder) => ({
    ...folder,
    selected: loadNew && isLoadedUnasked(folder) && !unasked.has(folder.path) ? true : null,
  }));
  await store.call('folders.put', { mailboxId, folders });
}
