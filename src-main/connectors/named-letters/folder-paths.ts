import type { FolderRole, ServerFolder } from '../../../src-shared/domain/folder.ts';

/** A folder as Exchange tells it. */
export interface ToldFolder {
  readonly id: string;
  readonly parentId: string;
  readonly name: string;
  /** IPF.Note and what is under it hold mail; empty where nobody said. */
  readonly folderClass: string;
}

export interface FoundFolder {
  readonly id: string;
  readonly folder: ServerFolder;
}

/** As POP3 and IMAP call it, whatever the user's language: a mailbox that changes its protocol keeps its letters in their place. */
const inboxName = 'INBOX';
const separator = '/';

/** Folders that hold mail, by path. `roles`: what the server keeps folders for, by their ids; `outbox` holds what is on its way and is left out. */
export function folderPaths(
  told: readonly ToldFolder[],
  roles: ReadonlyMap<string, FolderRole | 'outbox'>,
): ReadonlyMap<string, FoundFolder> {
  const byId = new Map(told.map((folder) => [folder.id, folder]));
  const nameOf = ({ id, name }: ToldFolder): string => (roles.get(id) === 'inbox' ? inboxName : pathPart(name));
  const pathOf = (folder: ToldFolder, below: ReadonlySet<string> = new Set()): string => {
    const parent = below.has(folder.id) ? undefined : byId.get(folder.parentId);
    const above = parent === undefined ? '' : `${pathOf(parent, new Set([...below, folder.id]))}${separator}`;
    return `${above}${nameOf(folder)}`;
  };
  const found = new Map<string, FoundFolder>();
  for (const of of told) {
    const role = roles.get(of.id) ?? null;
    const path = pathOf(of);
    if (!holdsMail(of) || role === 'outbox' || found.has(path)) continue;
    found.set(path, {
      id: of.id,
      folder: { path, name: nameOf(of), separator, role, selectable: true, identity: of.id },
    });
  }
  return found;
}

const holdsMail = ({ folderClass }: ToldFolder): boolean => folderClass === '' || /^IPF\.Note(\.|$)/i.test(folderClass);

/** Exchange takes the separator as part of a name: there it is shown by its double. */
export const pathPart = (name: string): string => name.replaceAll('/', '\u2215') || '\u2215';
