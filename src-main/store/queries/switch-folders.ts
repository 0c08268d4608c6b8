import { z } from 'zod';
import { type ServerFolder, serverFolderSchema } from '../../../src-shared/domain/folder.ts';
import { type FolderId, folderIdSchema, type MailboxId } from '../../../src-shared/domain/ids.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';
import { renameFolder } from './folder-store.ts';

/** A folder's row, as far as a connection decides it. */
export const folderSnapshotSchema = serverFolderSchema
  .unwrap()
  .omit({ selectable: true })
  .extend({ id: folderIdSchema, selected: z.boolean() });
export type FolderSnapshot = z.infer<typeof folderSnapshotSchema>;

type Place = Omit<ServerFolder, 'selectable'>;

interface FolderRow extends Omit<FolderSnapshot, 'selected' | 'namespace' | 'prefix'> {
  readonly selected: number;
  readonly namespace: 'others' | 'shared' | null;
  readonly prefix: string | null;
}

export function readFolders(db: ReadableDb, mailboxId: MailboxId): FolderSnapshot[] {
  return db
    .all<FolderRow>(
      'SELECT id, path, name, separator, role, identity, selected, namespace, prefix FROM folder WHERE mailbox_id = ? ORDER BY id',
      mailboxId,
    )
    .map(({ selected, namespace, prefix, ...folder }) => ({
      ...folder,
      selected: selected === 1,
      ...(namespace === null ? {} : { namespace }),
      ...(prefix === null ? {} : { prefix }),
    }));
}

/** A ticked folder without letters was forgotten while its tick was taken off: it is to be loaded again. Its name it gets with the others. */
export function bringBack(db: WritableDb, mailboxId: MailboxId, folders: readonly FolderSnapshot[]): void {
  for (const { id, name, separator, role, selected } of folders)
    if (selected)
      db.run(
        `INSERT INTO folder (id, mailbox_id, path, name, separator, role, selected) VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT (id) DO NOTHING`,
        ...[id, mailboxId, betweenNames(id), name, separator, role],
      );
}

const betweenNames = (id: FolderId): string => `moving ${id}`;

/** Of those that are still there. */
export function placesOf(db: ReadableDb, folders: readonly FolderSnapshot[]): ReadonlyMap<FolderId, Place> {
  const there = folders.filter(({ id }) => db.get('SELECT 1 AS found FROM folder WHERE id = ?', id) !== undefined);
  return new Map(there.map(({ id, ...place }) => [id, place]));
}

/** The folders under the names that the other connection has for them; what waits to be moved into one goes along. Gives new paths by old. */
export function moveFolders(
  db: WritableDb,
  mailboxId: MailboxId,
  places: ReadonlyMap<FolderId, Place>,
): ReadonlyMap<string, string> {
  const rows = readFolders(db, mailboxId);
  const taken = new Set([...places.values()].map(({ path }) => path));
  const moving = rows.filter(({ id }) => places.has(id));
  const renamed = new Map(moving.map(({ id, path }) => [path, places.get(id)?.path ?? path]));
  // Two may change places: nobody is in the way while all are between names.
  for (const { id } of moving) db.run('UPDATE folder SET path = ? WHERE id = ?', betweenNames(id), id);
  for (const row of rows) if (!places.has(row.id) && taken.has(row.path)) giveWay(db, row);
  for (const [id, place] of places) renameFolder(db, id, place);
  for (const { id, target } of db.all<{ id: number; target: string }>(
    `SELECT id, target FROM effect WHERE mailbox_id = ? AND target IS NOT NULL AND state IN ('due', 'doing', 'failed')`,
    mailboxId,
  ))
    db.run('UPDATE effect SET target = ? WHERE id = ?', renamed.get(target) ?? target, id);
  return renamed;
}

/** Another folder bears its name from now on; what was loaded from it stays, under a name of its own. */
function giveWay(db: WritableDb, { id, path }: FolderSnapshot): void {
  if (db.get('SELECT 1 AS found FROM ledger WHERE folder_id = ? LIMIT 1', id) === undefined)
    db.run('DELETE FROM folder WHERE id = ?', id);
  else db.run('UPDATE folder SET path = ?, selected = 0 WHERE id = ?', `${path} (${id})`, id);
}

export function untick(db: WritableDb, ids: readonly FolderId[]): void {
  for (const id of ids) db.run('UPDATE folder SET selected = 0 WHERE id = ?', id);
}

export function tickAgain(db: WritableDb, ids: readonly FolderId[]): void {
  for (const id of ids) db.run('UPDATE folder SET selected = 1 WHERE id = ?', id);
}
