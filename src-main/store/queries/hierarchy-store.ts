import type { MailboxId } from '../../../src-shared/domain/ids.ts';
import { type FolderHierarchyRow, folderHierarchySchema } from '../api/folder-hierarchy.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';

interface HierarchyRow {
  readonly source: string;
  readonly sync_state: string;
  readonly folders: string;
  readonly roles: string;
}

export function recallHierarchy(db: ReadableDb, mailboxId: MailboxId): FolderHierarchyRow | null {
  const sql = 'SELECT source, sync_state, folders, roles FROM folder_hierarchy WHERE mailbox_id = ?';
  const row = db.get<HierarchyRow>(sql, mailboxId);
  if (row === undefined) return null;
  const { source, sync_state: syncState, folders, roles } = row;
  return folderHierarchySchema.parse({ source, syncState, folders: JSON.parse(folders), roles: JSON.parse(roles) });
}

export function keepHierarchy(db: WritableDb, mailboxId: MailboxId, hierarchy: FolderHierarchyRow): void {
  const { source, syncState, folders, roles } = hierarchy;
  db.run(
    `INSERT INTO folder_hierarchy (mailbox_id, source, sync_state, folders, roles)
       SELECT id, :source, :syncState, :folders, :roles FROM mailbox WHERE id = :mailboxId
     ON CONFLICT (mailbox_id) DO UPDATE SET source = :source, sync_state = :syncState, folders = :folders, roles = :roles`,
    { mailboxId, source, syncState, folders: JSON.stringify(folders), roles: JSON.stringify(roles) },
  );
}
