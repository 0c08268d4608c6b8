import type { FolderRole } from '../../../src-shared/domain/folder.ts';
import { directoryOf, type FolderDirectory } from '../named-letters/folder-directory.ts';
import { folderPaths, type ToldFolder } from '../named-letters/folder-paths.ts';
import { responseCodeOf } from './errors.ts';
import { ews } from './library.ts';
import type { Session } from './session.ts';

export function createDirectory(session: Session): FolderDirectory {
  return directoryOf(session.endpoint, async (signal) =>
    folderPaths(await toldFolders(session, signal), await rolesOf(session, signal)),
  );
}

/** A folder of the mailbox that is opened, by what the server keeps it for. */
export function keptFolder({ mailbox }: Session, name: ews.WellKnownFolderName): ews.FolderId {
  return mailbox === null ? new ews.FolderId(name) : new ews.FolderId(name, mailbox);
}

const atATime = 500;

async function toldFolders(session: Session, signal: AbortSignal): Promise<readonly ToldFolder[]> {
  const told: ToldFolder[] = [];
  const root = keptFolder(session, ews.WellKnownFolderName.MsgFolderRoot);
  for (;;) {
    const view = new ews.FolderView(atATime, told.length);
    view.Traversal = ews.FolderTraversal.Deep;
    view.PropertySet = new ews.PropertySet(ews.BasePropertySet.IdOnly, [
      ews.FolderSchema.DisplayName,
      ews.FolderSchema.ParentFolderId,
      ews.FolderSchema.FolderClass,
    ]);
    const page = await session.ask((service) => service.FindFolders(root, view), {}, signal);
    for (const folder of page.Folders)
      told.push({
        id: folder.Id.UniqueId,
        parentId: folder.ParentFolderId.UniqueId,
        name: folder.DisplayName ?? '',
        folderClass: folder instanceof ews.SearchFolder ? 'search' : (folder.FolderClass ?? ''),
      });
    if (!page.MoreAvailable || page.Folders.length === 0) return told;
  }
}

const kept: readonly (readonly [ews.WellKnownFolderName, FolderRole | 'outbox'])[] = [
  [ews.WellKnownFolderName.Inbox, 'inbox'],
  [ews.WellKnownFolderName.SentItems, 'sent'],
  [ews.WellKnownFolderName.Drafts, 'drafts'],
  [ews.WellKnownFolderName.JunkEmail, 'junk'],
  [ews.WellKnownFolderName.DeletedItems, 'trash'],
  [ews.WellKnownFolderName.Outbox, 'outbox'],
];

const notShown = new Set([
  'ErrorFolderNotFound',
  'ErrorAccessDenied',
  'ErrorItemNotFound',
  'ErrorFolderPropRequestFailed',
]);

/** One question each: a mailbox that is another's may show its inbox alone. */
async function rolesOf(session: Session, signal: AbortSignal): Promise<ReadonlyMap<string, FolderRole | 'outbox'>> {
  const roles = new Map<string, FolderRole | 'outbox'>();
  for (const [name, role] of kept) {
    try {
      const folder = await session.ask(
        (service) => ews.Folder.Bind(service, keptFolder(session, name), ews.PropertySet.IdOnly),
        {},
        signal,
      );
      roles.set(folder.Id.UniqueId, role);
    } catch (error) {
      if (!notShown.has(responseCodeOf(error) ?? '') || name === ews.WellKnownFolderName.Inbox) throw error;
    }
  }
  return roles;
}
