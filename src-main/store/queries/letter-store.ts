import type { FolderId, MailboxId, MessageId } from '../../../src-shared/domain/ids.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';
import { type PlacedRow, placeLetter, reconcilePlaces } from './ledger-rows.ts';
import { findAlike, keepOtherContent, type Likeness } from './letter-likeness.ts';
import { settleUnread } from './letter-places.ts';

/** A letter off the wire with what was worked out before the transaction. */
export interface LetterToStore {
  readonly uid: number;
  readonly receivedAt: number;
  readonly seen: boolean;
  readonly size: number;
  /** Of only the header of a larger letter: the size of the whole. */
  readonly wholeSize?: number;
  readonly contentHash: Uint8Array;
  /** The raw bytes, zstd. */
  readonly packed: Uint8Array;
  /** Of a mailbox that has changed its connection: what a letter is known by that another protocol writes otherwise. */
  readonly likeness?: Likeness | null;
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
  const now = Date.now();
  return db.transaction(() => {
    const mailboxId = mailboxOf(db, folderId);
    const fresh: { at: number; id: MessageId }[] = [];
    letters.forEach((letter, at) => {
      if (isPlaced(db, folderId, uidValidity, letter.uid)) return;
      const same = findSame(db, mailboxId, letter.contentHash) ?? findOtherwise(db, { mailboxId, folderId }, letter);
      const messageId = same ?? insertLetter(db, mailboxId, letter);
      if (same === null) fresh.push({ at, id: messageId });
      const row = {
        ...{ folderId, uidValidity, uid: letter.uid, messageId, unread: !letter.seen, at: now },
        size: letter.wholeSize ?? letter.size,
      };
      placeLetter(db, row);
      if (letter.wholeSize !== undefined) holdTooLarge(db, row);
      if (same === null) return;
      reconcilePlaces(db, row);
      settleUnread(db, messageId);
    });
    return { mailboxId, fresh, known: letters.length - fresh.length };
  });
}

function mailboxOf(db: ReadableDb, folderId: FolderId): MailboxId {
  const folder = db.get<{ mailbox_id: MailboxId }>('SELECT mailbox_id FROM folder WHERE id = ?', folderId);
  if (!folder) throw new AppError('folder.gone');
  return folder.mailbox_id;
}

function isPlaced(db: ReadableDb, folderId: FolderId, uidValidity: number, uid: number): boolean {
  const sql =
    'SELECT 1 AS found FROM ledger WHERE folder_id = ? AND uid_validity = ? AND uid = ? AND message_id IS NOT NULL';
  return db.get(sql, folderId, uidValidity, uid) !== undefined;
}

export function findSame(db: ReadableDb, mailboxId: MailboxId, contentHash: Uint8Array): MessageId | null {
  const sql = 'SELECT id FROM message WHERE mailbox_id = ? AND content_hash = ?';
  const other = 'SELECT message_id AS id FROM other_content WHERE mailbox_id = ? AND content_hash = ?';
  const find = (by: string) => db.get<{ id: MessageId }>(by, mailboxId, contentHash)?.id ?? null;
  return find(sql) ?? find(other);
}

/** After a change of protocol, and not met since: from then on it is known by these bytes too. */
function findOtherwise(
  db: WritableDb,
  { mailboxId, folderId }: { readonly mailboxId: MailboxId; readonly folderId: FolderId },
  { likeness, size, wholeSize, contentHash }: LetterToStore,
): MessageId | null {
  if (!likeness) return null;
  const messageId = findAlike(db, mailboxId, { ...likeness, size, whole: wholeSize === undefined, folderId });
  if (messageId !== null) keepOtherContent(db, { mailboxId, contentHash, messageId });
  return messageId;
}

/** Its header is kept; the letter itself is still on the server alone. */
function holdTooLarge(db: WritableDb, { folderId, uidValidity, uid }: PlacedRow): void {
  db.run(
    `UPDATE ledger SET held = 'too-large', stored_at = NULL WHERE folder_id = ? AND uid_validity = ? AND uid = ?`,
    ...[folderId, uidValidity, uid],
  );
}

function insertLetter(db: WritableDb, mailboxId: MailboxId, letter: LetterToStore): MessageId {
  const id = nextId(db, letter.receivedAt);
  db.run(
    `INSERT INTO message (id, mailbox_id, content_hash, sent_at, received_at, size, whole_size, unread, thread_id)
     VALUES (:id, :mailboxId, :contentHash, :receivedAt, :receivedAt, :size, :wholeSize, :unread, :id)`,
    {
      ...{ id, mailboxId, contentHash: letter.contentHash, receivedAt: letter.receivedAt, size: letter.size },
      ...{ wholeSize: letter.wholeSize ?? null, unread: letter.seen ? 0 : 1 },
    },
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

/**
 * The whole of a letter of which the header was kept, under the same id: to be parsed and judged anew. When the mailbox has the whole already (it came by another way), the
 * header goes and its rows belong to that letter.
 */
export function completeLetter(
  db: WritableDb,
  messageId: MessageId,
  letter: LetterToStore,
): { readonly fresh: boolean } {
  return db.transaction(() => {
    const header = db.get<{ mailbox_id: MailboxId; whole_size: number | null }>(
      'SELECT mailbox_id, whole_size FROM message WHERE id = ?',
      messageId,
    );
    if (!header) throw new AppError('message.gone');
    if (header.whole_size === null) return { fresh: false };
    const same = findSame(db, header.mailbox_id, letter.contentHash);
    const kept = same ?? messageId;
    db.run(
      `UPDATE ledger SET message_id = :kept, outcome = (SELECT outcome FROM message WHERE id = :kept), stored_at = :now, held = NULL, size = :size
       WHERE message_id = :messageId`,
      { kept, now: Date.now(), size: letter.size, messageId },
    );
    if (same !== null) {
      db.run('DELETE FROM message WHERE id = ?', messageId);
      settleUnread(db, same);
      return { fresh: false };
    }
    forgetParsed(db, messageId);
    db.run(
      'UPDATE message SET content_hash = ?, size = ?, whole_size = NULL WHERE id = ?',
      ...[letter.contentHash, letter.size, messageId],
    );
    db.run('UPDATE raw SET bytes = ? WHERE message_id = ?', letter.packed, messageId);
    return { fresh: true };
  });
}

/** Back to `stored`: what parsing found is to be found again. A ticket that was made of it stays. */
export function forgetParsed(db: WritableDb, id: MessageId): void {
  for (const table of ['message_detail', 'attachment', 'message_header'])
    db.run(`DELETE FROM ${table} WHERE message_id = ?`, id);
  db.run('DELETE FROM letter_index WHERE rowid = ?', id);
  db.run(
    `UPDATE message SET state = 'stored', problem = NULL, parsed_at = NULL,
       sorted_at = CASE WHEN ticket_id IS NULL THEN NULL ELSE sorted_at END,
       outcome = CASE WHEN ticket_id IS NULL THEN NULL ELSE outcome END WHERE id = ?`,
    id,
  );
}

/** The letter of a row that has one. */
export function entryAt(
  db: ReadableDb,
  folderId: FolderId,
  { uidValidity, uid }: { readonly uidValidity: number; readonly uid: number },
): { readonly messageId: MessageId } {
  const row = db.get<{ messageId: MessageId | null }>(
    'SELECT message_id AS messageId FROM ledger WHERE folder_id = ? AND uid_validity = ? AND uid = ?',
    ...[folderId, uidValidity, uid],
  );
  if (!row?.messageId) throw new AppError('folder.gone');
  return { messageId: row.messageId };
}
