import type { FolderId } from '../../../src-shared/domain/ids.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { ItemColumns, ItemNumberingRow, ItemPlaceRow, ItemsKept } from '../api/items.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';

interface NumberingRow {
  readonly source: string;
  readonly sync_state: string | null;
  readonly generation: number;
  readonly last_uid: number;
  readonly revision: number;
}

interface ItemRow {
  readonly uid: number;
  readonly item_id: string;
  readonly seen: number;
  readonly received_at: number;
  readonly size: number;
}

export function readItemNumbering(db: ReadableDb, place: ItemPlaceRow): ItemNumberingRow | null {
  const folderId = findFolder(db, place);
  const row = folderId === null ? undefined : numberingOf(db, folderId);
  if (folderId === null || row === undefined) return null;
  const counts = db.get<{ exists: number; unseen: number }>(
    'SELECT count(*) AS "exists", count(*) FILTER (WHERE seen = 0) AS unseen FROM item WHERE folder_id = ?',
    folderId,
  );
  return {
    source: row.source,
    syncState: row.sync_state,
    generation: row.generation,
    lastUid: row.last_uid,
    revision: row.revision,
    exists: counts?.exists ?? 0,
    unseen: counts?.unseen ?? 0,
  };
}

export function recallItems(db: ReadableDb, place: ItemPlaceRow): ItemColumns {
  const sql = 'SELECT uid, item_id, seen, received_at, size FROM item WHERE folder_id = ? ORDER BY uid';
  const folderId = findFolder(db, place);
  const rows = folderId === null ? [] : db.all<ItemRow>(sql, folderId);
  return {
    uids: Uint32Array.from(rows, ({ uid }) => uid),
    ids: rows.map(({ item_id }) => item_id),
    seen: Uint8Array.from(rows, ({ seen }) => seen),
    receivedAt: rows.map(({ received_at }) => received_at),
    sizes: rows.map(({ size }) => size),
  };
}

export function keepItems(db: WritableDb, kept: ItemsKept): boolean {
  return db.transaction(() => {
    const folderId = findFolder(db, kept);
    if (folderId === null) return false;
    if ((numberingOf(db, folderId)?.revision ?? 0) !== kept.after) throw new AppError('state.conflict');
    const { source, syncState, generation, lastUid, revision } = kept.numbering;
    db.run(
      `INSERT INTO item_numbering (folder_id, source, sync_state, generation, last_uid, revision)
         VALUES (:folderId, :source, :syncState, :generation, :lastUid, :revision)
       ON CONFLICT (folder_id) DO UPDATE SET source = :source, sync_state = :syncState, generation = :generation,
         last_uid = :lastUid, revision = :revision`,
      { folderId, source, syncState, generation, lastUid, revision },
    );
    if (kept.replace) db.run('DELETE FROM item WHERE folder_id = ?', folderId);
    for (const uid of kept.gone) db.run('DELETE FROM item WHERE folder_id = ? AND uid = ?', folderId, uid);
    putItems(db, folderId, kept.put);
    return true;
  });
}

function putItems(db: WritableDb, folderId: FolderId, { uids, ids, seen, receivedAt, sizes }: ItemColumns): void {
  uids.forEach((uid, at) => {
    db.run(
      `INSERT INTO item (folder_id, uid, item_id, seen, received_at, size) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (folder_id, uid) DO UPDATE SET seen = excluded.seen, received_at = excluded.received_at, size = excluded.size`,
      ...[folderId, uid, ids[at] ?? '', seen[at] ?? 0, receivedAt[at] ?? 0, sizes[at] ?? 0],
    );
  });
}

function findFolder(db: ReadableDb, { mailboxId, path }: ItemPlaceRow): FolderId | null {
  const sql = 'SELECT id FROM folder WHERE mailbox_id = ? AND path = ?';
  return db.get<{ id: FolderId }>(sql, mailboxId, path)?.id ?? null;
}

function numberingOf(db: ReadableDb, folderId: FolderId): NumberingRow | undefined {
  const sql = 'SELECT source, sync_state, generation, last_uid, revision FROM item_numbering WHERE folder_id = ?';
  return db.get<NumberingRow>(sql, folderId);
}
