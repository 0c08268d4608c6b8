import type { FolderId, MessageId } from '../../../src-shared/domain/ids.ts';
import type { WritableDb } from '../process/connection.ts';

/** A letter is unread while any of its places is unseen; says whether that changed. */
export function settleUnread(db: WritableDb, id: MessageId): boolean {
  const { changes } = db.run(
    `UPDATE message SET unread = 1 - unread
     WHERE id = ? AND unread <> EXISTS (SELECT 1 FROM ledger WHERE message_id = message.id AND listed = 1 AND unread = 1)`,
    id,
  );
  return changes > 0;
}

/**
 * Sets the marks of a folder to what the server says; returns how many letters look different now. What still bears a number of before a renumbering has
 * left the folder: the server has no mark for it, and it would count as unread for ever. Only marked rows and named ones are looked at, never the whole folder.
 */
export function setUnread(db: WritableDb, folderId: FolderId, uidValidity: number, unread: Uint32Array): number {
  const named = { folderId, uidValidity, uids: JSON.stringify(Array.from(unread)) };
  return db.transaction(() => {
    const read = db.all<{ message_id: MessageId }>(
      `UPDATE ledger SET unread = 0 WHERE folder_id = :folderId AND listed = 1 AND unread = 1
         AND NOT (uid_validity = :uidValidity AND uid IN (SELECT value FROM json_each(:uids))) RETURNING message_id`,
      named,
    );
    const unseen = db.all<{ message_id: MessageId }>(
      `UPDATE ledger SET unread = 1 WHERE folder_id = :folderId AND uid_validity = :uidValidity AND uid IN (SELECT value FROM json_each(:uids))
         AND listed = 1 AND unread = 0 RETURNING message_id`,
      named,
    );
    return [...read, ...unseen].filter(({ message_id }) => settleUnread(db, message_id)).length;
  });
}
