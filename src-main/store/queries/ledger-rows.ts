import type { FolderId, LedgerEntryId, MessageId } from '../../../src-shared/domain/ids.ts';
import type { WritableDb } from '../process/connection.ts';
import { settleUnread } from './letter-places.ts';

export interface LeavingRow {
  readonly id: LedgerEntryId;
  readonly message_id: MessageId | null;
}

/**
 * The folder does not name it any more. A letter that lies elsewhere by now was moved; one that lies nowhere was deleted, and stays in the folder's list: the console
 * loses no letter because a server did. What was to be done about it there is done or has no object.
 */
export function leaveRow(db: WritableDb, { id, message_id }: LeavingRow, at: number): void {
  const elsewhere = message_id !== null && liesElsewhere(db, message_id, id);
  db.run(
    'UPDATE ledger SET left_at = ?, left_how = ?, listed = ? WHERE id = ?',
    ...[at, elsewhere ? 'moved' : 'deleted', message_id !== null && !elsewhere ? 1 : 0, id],
  );
  db.run(
    `UPDATE effect SET state = CASE state WHEN 'doing' THEN 'done' ELSE 'gone' END, done_at = ?
     WHERE entry_id = ? AND state IN ('due', 'doing', 'failed')`,
    ...[at, id],
  );
  if (elsewhere) settleUnread(db, message_id);
}

/** A listing names it again. What was not done about it because it had left is to be done. */
export function returnRow(db: WritableDb, { id, message_id }: LeavingRow): void {
  db.run('UPDATE ledger SET left_at = NULL, left_how = NULL, listed = message_id IS NOT NULL WHERE id = ?', id);
  db.run(`UPDATE effect SET state = 'due', done_at = NULL WHERE entry_id = ? AND state = 'gone'`, id);
  if (message_id !== null) settleUnread(db, message_id);
}

function liesElsewhere(db: WritableDb, messageId: MessageId, id: LedgerEntryId): boolean {
  const sql = 'SELECT 1 AS found FROM ledger WHERE message_id = ? AND id <> ? AND left_at IS NULL LIMIT 1';
  return db.get(sql, messageId, id) !== undefined;
}

export interface PlacedRow {
  readonly folderId: FolderId;
  readonly uidValidity: number;
  readonly uid: number;
  readonly messageId: MessageId;
  readonly unread: boolean;
  readonly size: number;
  readonly at: number;
}

/** The row gets its letter; one that no listing has seen is made. */
export function placeLetter(db: WritableDb, row: PlacedRow): void {
  db.run(
    `INSERT INTO ledger (folder_id, uid_validity, uid, message_id, outcome, unread, listed, seen_at, stored_at, size)
     VALUES (:folderId, :uidValidity, :uid, :messageId, (SELECT outcome FROM message WHERE id = :messageId), :unread, 1, :at, :at, :size)
     ON CONFLICT (folder_id, uid_validity, uid) DO UPDATE SET message_id = excluded.message_id, outcome = excluded.outcome, unread = excluded.unread,
       listed = 1, stored_at = excluded.stored_at, size = excluded.size, held = NULL, problem = NULL, left_at = NULL, left_how = NULL`,
    { ...row, unread: row.unread ? 1 : 0 },
  );
}

interface OtherRow {
  readonly id: LedgerEntryId;
  readonly folder_id: FolderId;
  readonly uid_validity: number;
  readonly left_at: number | null;
  readonly seen_at: number;
  readonly stored_at: number | null;
}

/**
 * A letter that the mailbox has already was met once more. In a folder that was renumbered it is the same place under a new number: its times and what was done about
 * it go along, those of one row with each new number, as there may be two copies. Where it had left another folder, it was moved.
 */
export function reconcilePlaces(db: WritableDb, { folderId, uidValidity, uid, messageId }: PlacedRow): void {
  const others = db.all<OtherRow>(
    `SELECT id, folder_id, uid_validity, left_at, seen_at, stored_at FROM ledger
     WHERE message_id = ? AND NOT (folder_id = ? AND uid_validity = ? AND uid = ?) ORDER BY id`,
    ...[messageId, folderId, uidValidity, uid],
  );
  const old = others.filter((other) => other.folder_id === folderId && other.uid_validity !== uidValidity);
  for (const [at, other] of old.entries()) {
    if (at === 0) inherit(db, other, uid, uidValidity);
    else db.run('UPDATE ledger SET listed = 0 WHERE id = ?', other.id);
  }
  for (const { id, folder_id, left_at } of others.filter((other) => !old.includes(other))) {
    if (left_at === null) continue;
    if (folder_id === folderId) resumeChange(db, id, { folderId, uidValidity, uid });
    db.run(`UPDATE ledger SET listed = 0, left_how = 'moved' WHERE id = ? AND left_how <> 'renumbered'`, id);
  }
}

/** It left this folder and is back under another number, or a POP3 server calls it otherwise: what was not done about it because it had left is to be done. */
function resumeChange(
  db: WritableDb,
  id: LedgerEntryId,
  { folderId, uidValidity, uid }: Pick<PlacedRow, 'folderId' | 'uidValidity' | 'uid'>,
): void {
  db.run(
    `UPDATE OR IGNORE effect SET state = 'due', done_at = NULL, entry_id = (SELECT id FROM ledger WHERE folder_id = ? AND uid_validity = ? AND uid = ?)
     WHERE entry_id = ? AND state = 'gone'`,
    ...[folderId, uidValidity, uid, id],
  );
}

function inherit(db: WritableDb, old: OtherRow, uid: number, uidValidity: number): void {
  const renewed = db.get<{ id: LedgerEntryId }>(
    'SELECT id FROM ledger WHERE folder_id = ? AND uid_validity = ? AND uid = ?',
    ...[old.folder_id, uidValidity, uid],
  );
  if (!renewed) return;
  db.run(
    'UPDATE ledger SET seen_at = ?, stored_at = ? WHERE id = ?',
    ...[old.seen_at, old.stored_at ?? old.seen_at, renewed.id],
  );
  // It was called gone when its number meant nothing any more; the letter is there.
  db.run(
    `UPDATE OR IGNORE effect SET entry_id = ?, done_at = CASE state WHEN 'gone' THEN NULL ELSE done_at END,
       state = CASE state WHEN 'gone' THEN 'due' ELSE state END WHERE entry_id = ?`,
    ...[renewed.id, old.id],
  );
  db.run('DELETE FROM ledger WHERE id = ?', old.id);
}
