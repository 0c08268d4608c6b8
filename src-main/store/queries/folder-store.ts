import type { Folder, FolderRole, ServerFolder } from '../../../src-shared/domain/folder.ts';
import type { FolderId, MailboxId } from '../../../src-shared/domain/ids.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { FolderCursor, SettledState } from '../api/mailboxes.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';

interface FolderRow {
  readonly id: FolderId;
  readonly mailbox_id: MailboxId;
  readonly path: string;
  readonly name: string;
  readonly separator: string;
  readonly role: FolderRole | null;
  readonly selected: number;
  readonly total: number;
  readonly unread: number;
  readonly namespace: Exclude<Folder['namespace'], undefined> | null;
  readonly prefix: string | null;
}

/** The inbox, then what has a role, then the rest by name: the order in which people look. */
const order = `mailbox_id, CASE role WHEN 'inbox' THEN 0 WHEN 'drafts' THEN 1 WHEN 'sent' THEN 2 WHEN 'archive' THEN 3
  WHEN 'junk' THEN 4 WHEN 'trash' THEN 5 WHEN 'all' THEN 6 ELSE 7 END, path`;

/** A letter with two rows in a folder counts twice: rare, and cheaper than DISTINCT. */
const columns = `f.id, f.mailbox_id, f.path, f.name, f.separator, f.role, f.selected, f.namespace, f.prefix,
  f.listed AS total, f.listed_unread AS unread`;

export function listFolders(db: ReadableDb, mailboxId: MailboxId): Folder[] {
  return db
    .all<FolderRow>(`SELECT ${columns} FROM folder f WHERE mailbox_id = ? ORDER BY ${order}`, mailboxId)
    .map(toFolder);
}

export function listAllFolders(db: ReadableDb): Folder[] {
  return db.all<FolderRow>(`SELECT ${columns} FROM folder f ORDER BY ${order}`).map(toFolder);
}

export type ListedFolder = ServerFolder & { readonly selected: boolean | null };

/** A level that only holds others (\Noselect) gets no row: it has no letters, and the paths below it name it. */
export function putFolders(db: WritableDb, mailboxId: MailboxId, folders: readonly ListedFolder[]): Folder[] {
  return db.transaction(() => {
    if (!db.get('SELECT 1 AS found FROM mailbox WHERE id = ?', mailboxId)) throw new AppError('mailbox.unknown');
    const listed = folders.filter(({ selectable }) => selectable);
    for (const { path, name, separator, role, identity, selected, namespace = null, prefix = null } of listed) {
      db.run(
        `INSERT INTO folder (mailbox_id, path, name, separator, role, identity, selected, namespace, prefix)
         VALUES (:mailboxId, :path, :name, :separator, :role, :identity, ifnull(:selected, 0), :namespace, :prefix)
         ON CONFLICT (mailbox_id, path) DO UPDATE
           SET name = :name, separator = :separator, role = :role, identity = :identity, selected = ifnull(:selected, selected),
             namespace = :namespace, prefix = :prefix`,
        {
          ...{ mailboxId, path, name, separator, role, identity, namespace, prefix },
          selected: selected === null ? null : Number(selected),
        },
      );
    }
    forgetEmptyFolders(db, mailboxId, new Set(listed.map(({ path }) => path)));
    return listFolders(db, mailboxId);
  });
}

/** One that left the server goes only when nobody wanted it and nothing lies in it. */
function forgetEmptyFolders(db: WritableDb, mailboxId: MailboxId, listed: ReadonlySet<string>): void {
  for (const { id, path, selected, total } of listFolders(db, mailboxId))
    if (!listed.has(path) && !selected && total === 0) db.run('DELETE FROM folder WHERE id = ?', id);
}

export function listKnown(db: ReadableDb, mailboxId: MailboxId) {
  return db
    .all<{ id: FolderId; path: string; identity: string | null; uid_validity: number | null }>(
      'SELECT id, path, identity, uid_validity FROM folder WHERE mailbox_id = ?',
      mailboxId,
    )
    .map(({ id, uid_validity, ...folder }) => ({ folderId: id, uidValidity: uid_validity, ...folder }));
}

export function renameFolder(db: WritableDb, folderId: FolderId, folder: Omit<ServerFolder, 'selectable'>): void {
  db.run(
    'UPDATE folder SET path = ?, name = ?, separator = ?, role = ?, identity = ?, namespace = ?, prefix = ? WHERE id = ?',
    ...[folder.path, folder.name, folder.separator, folder.role, folder.identity],
    ...[folder.namespace ?? null, folder.prefix ?? null, folderId],
  );
}

export function selectFolders(db: WritableDb, mailboxId: MailboxId, selected: readonly FolderId[]): Folder[] {
  return db.transaction(() => {
    db.run(
      'UPDATE folder SET selected = id IN (SELECT value FROM json_each(?)) WHERE mailbox_id = ?',
      ...[JSON.stringify(selected), mailboxId],
    );
    return listFolders(db, mailboxId);
  });
}

interface CursorRow {
  readonly id: FolderId;
  readonly path: string;
  readonly role: FolderRole | null;
  readonly uid_validity: number | null;
  readonly judged_by: string | null;
  readonly load_since: number | null;
  readonly period_uid: number;
  readonly last_uid: number;
  readonly settled_state: string | null;
}

export function listCursors(db: ReadableDb, mailboxId: MailboxId): FolderCursor[] {
  return db
    .all<CursorRow>(`SELECT * FROM folder WHERE mailbox_id = ? AND selected = 1 ORDER BY ${order}`, mailboxId)
    .map((row) => ({
      folderId: row.id,
      path: row.path,
      role: row.role,
      uidValidity: row.uid_validity,
      judgedBy: row.judged_by,
      loadSince: row.load_since,
      periodUid: row.period_uid,
      lastUid: row.last_uid,
      settled: row.settled_state === null ? null : (JSON.parse(row.settled_state) as SettledState),
    }));
}

export function settleFolder(db: WritableDb, folderId: FolderId, state: SettledState | null): void {
  db.run('UPDATE folder SET settled_state = ? WHERE id = ?', state === null ? null : JSON.stringify(state), folderId);
}

function toFolder(row: FolderRow): Folder {
  return {
    id: row.id,
    mailboxId: row.mailbox_id,
    path: row.path,
    name: row.name,
    separator: row.separator,
    role: row.role,
    selected: row.selected === 1,
    total: row.total,
    unread: row.unread,
    ...(row.namespace === null ? {} : { namespace: row.namespace }),
    ...(row.prefix === null ? {} : { prefix: row.prefix }),
  };
}
