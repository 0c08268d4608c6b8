import type { FolderId, MailboxId, MessageId } from '../../../src-shared/domain/ids.ts';
import { headerLine } from '../../mime/header-line.ts';
import { messageIdsIn } from '../../mime/message-ids.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';
import { plausibleDate } from './letter-parsed.ts';

/** Exchange makes the bytes of a letter anew for each protocol; what its sender wrote into these two stays. */
export interface Likeness {
  readonly messageIdHeader: string;
  readonly sentAt: number;
}

/** Null: it bears no id or no date, and is known by its bytes alone. */
export function likenessOf(raw: Uint8Array, receivedAt: number): Likeness | null {
  const [messageIdHeader] = messageIdsIn(headerLine(raw, 'message-id') ?? '');
  const date = Date.parse(headerLine(raw, 'date') ?? '');
  if (messageIdHeader === undefined || Number.isNaN(date)) return null;
  return { messageIdHeader, sentAt: plausibleDate(date, receivedAt) };
}

/** Was the mailbox at another place lately, where letters may have had other bytes? */
export function hasMoved(db: ReadableDb, folderId: FolderId): boolean {
  const sql =
    'SELECT 1 AS found FROM mailbox m JOIN folder f ON f.mailbox_id = m.id WHERE f.id = ? AND m.moved_at IS NOT NULL';
  return db.get(sql, folderId) !== undefined;
}

interface Sought extends Likeness {
  readonly size: number;
  /** Else a header alone. */
  readonly whole: boolean;
  /** In which its number meant nothing any more and it was not met since; null: anywhere. */
  readonly folderId: FolderId | null;
}

/**
 * A letter that the mailbox has already, by Message-ID and date. Programs that give all their letters one id give each its date; only what waits to be met again under a new
 * number is looked for, so that a letter that has just arrived is never taken for an old one. Of several the nearest in size.
 */
export function findAlike(
  db: ReadableDb,
  mailboxId: MailboxId,
  { messageIdHeader, sentAt, size, whole, folderId }: Sought,
): MessageId | null {
  const waits = `EXISTS (SELECT 1 FROM ledger l WHERE l.message_id = m.id AND l.folder_id = :folderId AND l.left_how = 'renumbered')`;
  const found = db.get<{ id: MessageId }>(
    `SELECT m.id FROM message_header h JOIN message m ON m.id = h.message_id
     WHERE h.header = :messageIdHeader AND h.own = 1 AND m.mailbox_id = :mailboxId AND m.sent_at = :sentAt AND (m.whole_size IS NULL) = :whole
       AND (:folderId IS NULL OR ${waits}) ORDER BY abs(m.size - :size), m.id LIMIT 1`,
    { messageIdHeader, mailboxId, sentAt, size, whole: whole ? 1 : 0, folderId },
  );
  return found?.id ?? null;
}

export function keepOtherContent(
  db: WritableDb,
  known: { readonly mailboxId: MailboxId; readonly contentHash: Uint8Array; readonly messageId: MessageId },
): void {
  db.run(
    'INSERT INTO other_content (mailbox_id, content_hash, message_id) VALUES (:mailboxId, :contentHash, :messageId) ON CONFLICT DO NOTHING',
    { ...known },
  );
}
