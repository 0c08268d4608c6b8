import type { FolderId, MailboxId, MessageId } from '../../../src-shared/domain/ids.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';

/** A letter off the wire with what was worked out before the transaction. */
export interface LetterToStore {
  readonly uid: number;
  readonly receivedAt: number;
  readonly seen: boolean;
  readonly size: number;
  readonly contentHash: Uint8Array;
  /** The raw bytes, zstd. */
  readonly packed: Uint8Array;
}

export interface StoredLetters {
  readonly mailboxId: MailboxId;
  /** Those that are new, by their place in the batch: they are to be parsed. */
  readonly fresh: readonly { readonly at: number; readonly id: MessageId }[];
  readonly known: number;
}

const SECOND = 2 ** 20;
/** 2^33 seconds × 2^20 stay below 2^53: the year 2242. */
const MAX_SECOND = 2 ** 33 - 1;

/** All or nothing: rows, raw bytes and transport keys of a batch. */
export function storeLetters(
  db: WritableDb,
  folderId: FolderId,
  uidValidity: number,
  letters: readonly LetterToStore[],
): StoredLetters {
  return db.transaction(() => {
    const mailboxId = mailboxOf(db, folderId);
    const fresh: { at: number; id: MessageId }[] = [];
    letters.forEach((letter, at) => {
      if (isPlaced(db, folderId, uidValidity, letter.uid)) return;
      const same = db.get<{ id: MessageId }>(
        'SELECT id FROM message WHERE mailbox_id = ? AND content_hash = ?',
        mailboxId,
        letter.contentHash,
      );
      const id = same?.id ?? insertLetter(db, mailboxId, letter);
      if (!same) fresh.push({ at, id });
      else leaveOldNumbering(db, folderId, uidValidity, id);
      db.run(
        'INSERT INTO place (folder_id, uid_validity, uid, message_id, seen) VALUES (?, ?, ?, ?, ?)',
        ...[folderId, uidValidity, letter.uid, id, letter.seen ? 1 : 0],
      );
      if (same) settleUnread(db, id);
    });
    return { mailboxId, fresh, known: letters.length - fresh.length };
  });
}

/** A letter is unread while any of its places is unseen; says whether that changed. */
export function settleUnread(db: WritableDb, id: MessageId): boolean {
  const { changes } = db.run(
    `UPDATE message SET unread = 1 - unread
     WHERE id = ? AND unread <> EXISTS (SELECT 1 FROM place WHERE message_id = message.id AND seen = 0)`,
    id,
  );
  return changes > 0;
}

function mailboxOf(db: ReadableDb, folderId: FolderId): MailboxId {
  const folder = db.get<{ mailbox_id: MailboxId }>('SELECT mailbox_id FROM folder WHERE id = ?', folderId);
  if (!folder) throw new AppError('folder.gone');
  return folder.mailbox_id;
}

function isPlaced(db: ReadableDb, folderId: FolderId, uidValidity: number, uid: number): boolean {
  const sql = 'SELECT 1 AS found FROM place WHERE folder_id = ? AND uid_validity = ? AND uid = ?';
  return db.get(sql, folderId, uidValidity, uid) !== undefined;
}

/** The server has renumbered the folder: what is met again has left its old number (RFC 9051, 2.3.1.1). */
function leaveOldNumbering(db: WritableDb, folderId: FolderId, uidValidity: number, id: MessageId): void {
  db.run(
    'DELETE FROM place WHERE message_id = ? AND folder_id = ? AND uid_validity <> ?',
    ...[id, folderId, uidValidity],
  );
}

function insertLetter(db: WritableDb, mailboxId: MailboxId, letter: LetterToStore): MessageId {
  const id = nextId(db, letter.receivedAt);
  db.run(
    `INSERT INTO message (id, mailbox_id, content_hash, sent_at, received_at, size, unread, thread_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[id, mailboxId, letter.contentHash, letter.receivedAt, letter.receivedAt, letter.size, letter.seen ? 0 : 1, id],
  );
  db.run('INSERT INTO raw (message_id, bytes) VALUES (?, ?)', id, letter.packed);
  return id;
}

function nextId(db: ReadableDb, receivedAt: number): MessageId {
  const second = Math.min(Math.max(Math.floor(receivedAt / 1000), 1), MAX_SECOND);
  const first = second * SECOND;
  const last = db.get<{ id: number | null }>(
    'SELECT max(id) AS id FROM message WHERE id >= ? AND id < ?',
    first,
    first + SECOND,
  );
  return ((last?.id ?? first - 1) + 1) as MessageId;
}
