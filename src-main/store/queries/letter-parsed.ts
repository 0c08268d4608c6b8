import type { MailboxId, MessageId } from '../../../src-shared/domain/ids.ts';
import type { Attachment } from '../../../src-shared/domain/message.ts';
import type { WireError } from '../../../src-shared/errors/wire.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';
import type { IndexedLetter } from '../process/parser-tasks.ts';
import { joinThread } from './letter-threads.ts';

/** A letter that went through the workers: `letter` null where not even the header could be read. */
export interface ParsedResult {
  readonly id: MessageId;
  readonly mailboxId: MailboxId;
  readonly letter: IndexedLetter | null;
  readonly problem: WireError | null;
}

/** No letter was sent before e-mail programs had dates, nor a day after it arrived. */
const EARLIEST = Date.UTC(1980, 0, 1);
const TOLERANCE = 24 * 60 * 60 * 1000;

/** Rising ids: the text index starts a new segment whenever an id falls. One transaction. */
export function keepParsed(db: WritableDb, results: readonly ParsedResult[]): void {
  const rising = [...results].sort((a, b) => a.id - b.id);
  db.transaction(() => {
    for (const result of rising) keepOne(db, result);
  });
}

function keepOne(db: WritableDb, { id, mailboxId, letter, problem }: ParsedResult): void {
  const stored = db.get<{ received_at: number }>(
    `SELECT received_at FROM message WHERE id = ? AND mailbox_id = ? AND state = 'stored'`,
    id,
    mailboxId,
  );
  // The mailbox was removed while its letters were being parsed; the id may be another mailbox's letter of the same second by now.
  if (!stored) return;
  const state = problem === null ? 'parsed' : 'unreadable';
  if (letter === null) {
    db.run(
      'UPDATE message SET state = ?, problem = ?, parsed_at = ? WHERE id = ?',
      ...[state, JSON.stringify(problem), Date.now(), id],
    );
    return;
  }
  const { fields } = letter;
  const { from } = fields;
  db.run(
    `UPDATE message SET state = ?, problem = ?, from_name = ?, from_address = ?, from_key = ?, subject = ?, preview = ?, sent_at = ?,
       attachment_count = ?, automatic = ?, message_id_header = ?, suspicion = ?, parsed_at = ? WHERE id = ?`,
    ...[state, problem === null ? null : JSON.stringify(problem), from?.name ?? null, from?.address ?? null],
    ...[from?.address.toLowerCase() ?? '', fields.subject, letter.preview],
    ...[plausibleDate(fields.date, stored.received_at), fields.attachments.filter(({ inline }) => !inline).length],
    ...[fields.automatic ? 1 : 0, fields.messageIdHeader, fields.suspicion === '' ? null : fields.suspicion],
    ...[Date.now(), id],
  );
  keepDetail(db, id, letter);
  for (const attachment of fields.attachments) keepAttachment(db, id, attachment);
  const named = [...new Set([...fields.references, ...fields.inReplyTo])].filter((it) => it !== fields.messageIdHeader);
  const own = fields.messageIdHeader === '' ? [] : [fields.messageIdHeader];
  joinThread(db, mailboxId, id, [...own, ...named]);
  for (const header of own) keepHeader(db, id, header, 1);
  for (const header of named) keepHeader(db, id, header, 0);
  const { subject, sender, recipients, body, files } = letter.index;
  db.run(
    'INSERT INTO letter_index (rowid, subject, sender, recipients, body, files) VALUES (?, ?, ?, ?, ?, ?)',
    ...[id, subject, sender, recipients, body, files],
  );
}

export function plausibleDate(date: number | null, receivedAt: number): number {
  return date !== null && date >= EARLIEST && date <= receivedAt + TOLERANCE ? date : receivedAt;
}

function keepDetail(db: WritableDb, id: MessageId, { fields, text, textCut, hasHtml }: IndexedLetter): void {
  db.run(
    `INSERT INTO message_detail (message_id, to_addresses, cc_addresses, reply_to_addresses, in_reply_to, refs, text, text_cut, has_html)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[id, JSON.stringify(fields.to), JSON.stringify(fields.cc), JSON.stringify(fields.replyTo)],
    ...[JSON.stringify(fields.inReplyTo), JSON.stringify(fields.references), text, textCut ? 1 : 0, hasHtml ? 1 : 0],
  );
}

function keepAttachment(db: WritableDb, id: MessageId, it: Attachment): void {
  db.run(
    'INSERT INTO attachment (message_id, idx, name, safe_name, type, size, content_id, inline) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ...[id, it.index, it.name, it.safeName, it.type, it.size, it.contentId, it.inline ? 1 : 0],
  );
}

function keepHeader(db: WritableDb, id: MessageId, header: string, own: 0 | 1): void {
  db.run('INSERT INTO message_header (header, message_id, own) VALUES (?, ?, ?)', header, id, own);
}

export interface WaitingLetter {
  readonly id: MessageId;
  readonly mailbox_id: MailboxId;
  readonly size: number;
}

/** Letters whose raw bytes are safe and which nobody has parsed yet, from an id on: after a crash, and after a full disk. */
export function readWaiting(db: ReadableDb, after: number, limit: number): WaitingLetter[] {
  return db.all<WaitingLetter>(
    `SELECT id, mailbox_id, size FROM message WHERE state = 'stored' AND id > ? ORDER BY id LIMIT ?`,
    after,
    limit,
  );
}
