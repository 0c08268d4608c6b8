import type { Folder, FolderRole } from '../../src-shared/domain/folder.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';

/** A folder and those that lie in it. */
export interface FolderBranch {
  readonly folder: Folder;
  readonly depth: number;
  readonly children: readonly FolderBranch[];
}

const roleOrder: readonly (FolderRole | null)[] = ['inbox', 'drafts', 'sent', null, 'archive', 'all', 'junk', 'trash'];

function inOrder(a: Folder, b: Folder): number {
  return roleOrder.indexOf(a.role) - roleOrder.indexOf(b.role) || a.name.localeCompare(b.name);
}

/** Folders worth showing: ticked for loading, or with letters in them, and whatever they lie in. */
function isShown(folder: Folder, all: readonly Folder[]): boolean {
  const inside = folder.path + folder.separator;
  return all.some(
    (other) =>
      (other === folder || (folder.separator !== '' && other.path.startsWith(inside))) &&
      (other.selected || other.total > 0),
  );
}

/** The folders of a mailbox as a tree, by their paths; the usual ones first. */
export function folderBranches(folders: readonly Folder[], mailboxId: MailboxId): readonly FolderBranch[] {
  const own = folders.filter((folder) => folder.mailboxId === mailboxId);
  const shown = own.filter((folder) => isShown(folder, own));
  const byPath = new Map(shown.map((folder) => [folder.path, folder]));
  const parentOf = ({ path, separator }: Folder): Folder | undefined => {
    if (separator === '') return undefined;
    let parent = path;
    // A level that the server does not list is passed over.
    while (parent.includes(separator)) {
      parent = parent.slice(0, parent.lastIndexOf(separator));
      const known = byPath.get(parent);
      if (known) return known;
    }
    return undefined;
  };
  const parents = new Map(shown.map((folder) => [folder, parentOf(folder)]));
  const branches = (of: Folder | undefined, depth: number): FolderBranch[] =>
    shown
      .filter((folder) => parents.get(folder) === of)
      .sort(inOrder)
      .map((folder) => ({ folder, depth, children: branches(folder, depth + 1) }));
  return branches(undefined, 0);
}
