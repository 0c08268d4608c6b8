import type { ToldFolder } from '../named-letters/folder-paths.ts';
import { unintelligible } from './errors.ts';
import { ews } from './library.ts';
import type { Session } from './session.ts';
import { unlessLost } from './sync-pages.ts';

export interface FoldersSoFar {
  readonly syncState: string;
  readonly folders: readonly ToldFolder[];
}

export interface FolderTree extends FoldersSoFar {
  /** Another folder, name or place than before. */
  readonly changed: boolean;
}

/** All folders below `root`, of what happened since `before`; from the start where the server has forgotten that. */
export async function syncFolders(
  session: Session,
  root: ews.FolderId,
  before: FoldersSoFar | null,
  signal: AbortSignal,
): Promise<FolderTree> {
  const read = async (from: string | null): Promise<FolderTree> => {
    const known = from === null ? [] : (before?.folders ?? []);
    const folders = new Map(known.map((folder) => [folder.id, folder]));
    const gone = new Set<string>();
    let changed = from === null;
    let state = from;
    for (;;) {
      const page = await askPage(session, root, state, signal);
      for (let at = 0; at < page.Count; at += 1) {
        enter(page._getItem(at), folders, gone);
        changed = true;
      }
      const next = page.SyncState;
      if (typeof next !== 'string' || next === '') throw unintelligible(session.endpoint, 'SyncState');
      if (!page.MoreChangesAvailable) return { syncState: next, folders: standing(folders, gone), changed };
      if (next === state) throw unintelligible(session.endpoint, 'IncludesLastFolderInRange');
      state = next;
    }
  };
  return unlessLost(before?.syncState ?? null, read);
}

function askPage(session: Session, root: ews.FolderId, state: string | null, signal: AbortSignal) {
  const shape = new ews.PropertySet(ews.BasePropertySet.IdOnly, [
    ews.FolderSchema.DisplayName,
    ews.FolderSchema.ParentFolderId,
    ews.FolderSchema.FolderClass,
  ]);
  return session.ask((service) => service.SyncFolderHierarchy(root, shape, state as string), {}, signal);
}

function enter(change: ews.FolderChange, folders: Map<string, ToldFolder>, gone: Set<string>): void {
  if (change.ChangeType === ews.ChangeType.Delete) {
    folders.delete(change.FolderId.UniqueId);
    gone.add(change.FolderId.UniqueId);
    return;
  }
  const { Folder: folder } = change;
  gone.delete(folder.Id.UniqueId);
  folders.set(folder.Id.UniqueId, {
    id: folder.Id.UniqueId,
    parentId: folder.ParentFolderId.UniqueId,
    name: folder.DisplayName ?? '',
    folderClass: folder instanceof ews.SearchFolder ? 'search' : (folder.FolderClass ?? ''),
  });
}

/** Whoever takes a folder away takes what is in it: a server need not name that, and without its parent it would stand at the top. */
function standing(folders: ReadonlyMap<string, ToldFolder>, gone: ReadonlySet<string>): readonly ToldFolder[] {
  const isGone = ({ id, parentId }: ToldFolder, below: ReadonlySet<string> = new Set()): boolean => {
    if (gone.has(parentId)) return true;
    const parent = below.has(id) ? undefined : folders.get(parentId);
    return parent !== undefined && isGone(parent, new Set([...below, id]));
  };
  return [...folders.values()].filter((folder) => !isGone(folder));
}
