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

export interface ListedFolder {
  readonly folder: ServerFolder;
  readonly uidValidity: number | null;
}

/**
 * Which folder that vanished is which that appeared: by the server's identity (RFC 8474), else by a UIDVALIDITY that no other folder has, neither here nor there. Servers
 * give a folder that they make a new one and keep it over a rename; some give all folders the same, which says nothing.
 */
export function matchRenamed(
  known: readonly KnownFolder[],
  listed: readonly ListedFolder[],
): ReadonlyMap<FolderId, ServerFolder> {
  const listedPaths = new Set(listed.map(({ folder }) => folder.path));
  const knownPaths = new Set(known.map(({ path }) => path));
  const vanished = known.filter(({ path }) => !listedPaths.has(path));
  const appeared = listed.filter(({ folder }) => !knownPaths.has(folder.path));
  const renamed = new Map<FolderId, ServerFolder>();
  const taken = new Set<ServerFolder>();
  const match = (of: KnownFolder, found: readonly ListedFolder[]) => {
    const [only] = found;
    if (only === undefined || found.length > 1 || taken.has(only.folder) || renamed.has(of.folderId)) return;
    renamed.set(of.folderId, only.folder);
    taken.add(only.folder);
  };
  for (const of of vanished)
    if (of.identity !== null)
      match(
        of,
        appeared.filter(({ folder }) => folder.identity === of.identity),
      );
  for (const of of vanished) {
    const alike = (it: { readonly uidValidity: number | null }) => it.uidValidity === of.uidValidity;
    if (of.uidValidity === null || known.filter(alike).length > 1 || listed.filter(alike).length > 1) continue;
    match(
      of,
      appeared.filter((it) => alike(it) && (of.identity === null || it.folder.identity === null)),
    );
  }
  return renamed;
}

interface FollowParts {
  readonly store: Pick<Store, 'call'>;
  readonly connector: IncomingConnector;
  readonly mailboxId: MailboxId;
  /** Folders that are new are loaded as well, but for those of the system and those that letters are moved to after processing: they would come back from there. */
  readonly loadNew: boolean;
  readonly movedTo: readonly string[];
  readonly log: Logger;
}

/** The rows of the folders in line with a fresh listing. */
export async function followFolders(
  cursors: readonly FolderCursor[],
  { store, connector, mailboxId, loadNew, movedTo, log }: FollowParts,
  signal: AbortSignal,
): Promise<void> {
  const listed = await connector.listFolders(signal);
  const known = await store.call('folders.known', { mailboxId });
  const renamed = await findRenamed(known, listed, { connector, signal });
  for (const [folderId, folder] of renamed) {
    log.info('folder was renamed', { folder: folder.path });
    await store.call('folders.rename', { folderId, folder });
  }
  // A folder that letters are moved to is still that under another name, until a person has said where they go now.
  const moved = known.filter(({ path }) => movedTo.includes(path)).map(({ folderId }) => renamed.get(folderId)?.path);
  const unasked = new Set([...movedTo, ...moved]);
  const ticked = new Set(cursors.map(({ path }) => path));
  const folders = listed.map((folder) => ({
    ...folder,
    selected: loadNew && isLoadedUnasked(folder) && !unasked.has(folder.path) && !ticked.has(folder.path) ? true : null,
  }));
  await store.call('folders.put', { mailboxId, folders });
}

interface Asking {
  readonly connector: IncomingConnector;
  readonly signal: AbortSignal;
}

/** Asks for the numbers of the folders only where one has vanished and one has appeared. */
async function findRenamed(
  known: readonly KnownFolder[],
  listed: readonly ServerFolder[],
  { connector, signal }: Asking,
): Promise<ReadonlyMap<FolderId, ServerFolder>> {
  const [listedPaths, knownPaths] = [listed, known].map((all) => new Set(all.map(({ path }) => path)));
  const selectable = listed.filter((folder) => folder.selectable);
  const vanished = known.some(({ path }) => !listedPaths?.has(path));
  if (!vanished || selectable.every(({ path }) => knownPaths?.has(path))) return new Map();
  const { states } = await connector.folderStates(
    selectable.map(({ path }) => path),
    signal,
  );
  return matchRenamed(
    known,
    selectable.map((folder) => ({ folder, uidValidity: states.get(folder.path)?.uidValidity ?? null })),
  );
}
