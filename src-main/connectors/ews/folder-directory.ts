import type { FolderRole } from '../../../src-shared/domain/folder.ts';
import { isAppError } from '../../../src-shared/errors/errors.ts';
import type { HierarchyMemory, KnownHierarchy } from '../name-memory.ts';
import { directoryOf, type FolderDirectory } from '../named-letters/folder-directory.ts';
import { folderPaths } from '../named-letters/folder-paths.ts';
import { responseCodeOf } from './errors.ts';
import { ews } from './library.ts';
import type { Session } from './session.ts';
import { syncFolders } from './sync-folders.ts';

/** One question where nothing is new among the folders, whatever was asked of other connections before. */
export function createDirectory(session: Session, memory: HierarchyMemory): FolderDirectory {
  let known: KnownHierarchy | null = null;
  let suspect = false;
  const directory = directoryOf(session.endpoint, async (signal) => {
    const before = suspect ? null : (known ?? (await ownRecalled(memory, session, signal)));
    const root = keptFolder(session, ews.WellKnownFolderName.MsgFolderRoot);
    const { syncState, folders, changed } = await syncFolders(session, root, before, signal);
    const roles = before === null || changed ? await rolesOf(session, signal) : before.roles;
    known = { source: session.source, syncState, folders, roles };
    if (changed || syncState !== before?.syncState) await memory.keep(known, signal);
    suspect = false;
    return folderPaths(folders, new Map(roles.map(({ id, role }) => [id, role])));
  });
  return {
    ...directory,
    // Whoever forgets has met a folder that is not as it was told.
    forget() {
      suspect = true;
      directory.forget();
    },
  };
}

async function ownRecalled(
  memory: HierarchyMemory,
  { source }: Session,
  signal: AbortSignal,
): Promise<KnownHierarchy | null> {
  const recalled = await memory.recall(signal);
  return recalled?.source === source ? recalled : null;
}

/** A folder of the mailbox that is opened, by what the server keeps it for. */
export function keptFolder({ mailbox }: Session, name: ews.WellKnownFolderName): ews.FolderId {
  return mailbox === null ? new ews.FolderId(name) : new ews.FolderId(name, mailbox);
}

const kept: readonly (readonly [ews.WellKnownFolderName, FolderRole | 'outbox'])[] = [
  [ews.WellKnownFolderName.Inbox, 'inbox'],
  [ews.WellKnownFolderName.SentItems, 'sent'],
  [ews.WellKnownFolderName.Drafts, 'drafts'],
  [ews.WellKnownFolderName.JunkEmail, 'junk'],
  [ews.WellKnownFolderName.DeletedItems, 'trash'],
  [ews.WellKnownFolderName.Outbox, 'outbox'],
];

/** No such folder, no right to it, or none that can be read. */
function isNotShown(error: unknown): boolean {
  const refused = isAppError(error, 'server.refused') || isAppError(error, 'exchange.no-access');
  return refused && responseCodeOf(error) !== null;
}

/** One question each: a mailbox that is another's may show its inbox alone. */
async function rolesOf(session: Session, signal: AbortSignal): Promise<KnownHierarchy['roles']> {
  const roles: { id: string; role: FolderRole | 'outbox' }[] = [];
  for (const [name, role] of kept) {
    try {
      const folder = await session.ask(
        (service) => ews.Folder.Bind(service, keptFolder(session, name), ews.PropertySet.IdOnly),
        {},
        signal,
      );
      roles.push({ id: folder.Id.UniqueId, role });
    } catch (error) {
      if (!isNotShown(error) || name === ews.WellKnownFolderName.Inbox) throw error;
    }
  }
  return roles;
}
