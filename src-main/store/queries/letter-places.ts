import type { FolderId, MessageId } from '../../../src-shared/domain/ids.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';
import { settleUnread } from './letter-store.ts';

export function readKnownUids(db: ReadableDb, folderId: FolderId, uidValidity: number): Uint32Array<ArrayBuffer> {
  const rows = db.all<{ uid: number }>(
    'SELECT uid FROM place WHERE folder_id = ? AND uid_validity = ? ORDER BY uid',
    folderId,
    uidValidity,
  );
  return Uint32Array.from(rows, ({ uid }) => uid);
}

/**
 * Sets the marks of a folder to what the server says; returns how many letters look different now. What still bears a number of before a renumbering has
 * left the folder: the server has no mark for it, and it would count as unread for ever.
 */
export function setUnread(db: WritableDb, folderId: FolderId, uidValidity: number, unread: Uint32Array): number {
  const uids = JSON.stringify(Array.from(unread));
  return db.transaction(() => {
    const changed = db.all<{ message_id: MessageId }>(
      `UPDATE place SET seen = 1 - seen
       WHERE folder_id = :folderId
         AND seen = (uid_validity = :uidValidity AND uid IN (SELECT value FROM json_each(:uids)))
       RETURNING message_id`,
      { folderId, uidValidity, uids },
    );
    return changed.filter(({ message_id }) => settleUnread(db, message_id)).length;
  });
}
