import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { MailboxId, OutgoingId, TicketId } from '../../../src-shared/domain/ids.ts';
import type { Outgoing, OutgoingState } from '../../../src-shared/domain/outgoing.ts';
import type { TicketState } from '../../../src-shared/domain/ticket.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { WireError } from '../../../src-shared/errors/wire.ts';
import type { NewOutgoing } from '../api/outbox.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';
import { foldText } from '../search/fold-text.ts';
import { toAddresses } from './letter-rows.ts';
import { readRecipients } from './outbox-recipients.ts';
import { readSentCopy } from './sent-copy-fate.ts';
import { changeTicket } from './ticket-change.ts';
import { readTicketRow } from './ticket-read.ts';

export interface OutgoingRow {
  readonly id: OutgoingId;
  readonly mailbox_id: MailboxId;
  readonly ticket_id: TicketId | null;
  readonly from_address: string;
  readonly recipients: string;
  readonly subject: string;
  readonly state: OutgoingState;
  readonly created_at: number;
  readonly attempts: number;
  readonly next_attempt_at: number | null;
  readonly gives_up_at: number | null;
  readonly problem: string | null;
  readonly server_words: string;
  readonly size: number;
}

/** Told twice (the store died before it could answer), the second finds what the first has kept: one Message-ID, one answer. */
export function putOutgoing(db: WritableDb, outgoing: NewOutgoing, nextState: TicketState | null): Outgoing {
  const { mailboxId, ticketId, raw, to, attachments } = outgoing;
  const at = Date.now();
  return db.transaction(() => {
    const known = db.get<OutgoingRow>('SELECT * FROM outgoing WHERE message_id_header = ?', outgoing.messageIdHeader);
    if (known) return toOutgoing(db, known);
    if (ticketId !== null) readTicketRow(db, ticketId);
    if (!db.get('SELECT 1 AS found FROM mailbox WHERE id = ? AND removed = 0', mailboxId))
      throw new AppError('mailbox.unknown');
    const { lastInsertRowid } = db.run(
      `INSERT INTO outgoing (mailbox_id, ticket_id, message_id_header, from_address, recipients, subject, text, attachments, author, state,
         created_at, next_attempt_at, size)
       VALUES (:mailboxId, :ticketId, :header, :from, :recipients, :subject, :text, :attachments, :author, 'queued', :at, :at, :size)`,
      {
        mailboxId,
        ticketId,
        header: outgoing.messageIdHeader,
        from: outgoing.from,
        recipients: JSON.stringify(to),
        subject: outgoing.subject,
        text: outgoing.text,
        attachments: JSON.stringify(attachments),
        author: outgoing.author,
        at,
        size: raw.length,
      },
    );
    const id = lastInsertRowid as OutgoingId;
    db.run('INSERT INTO outgoing_raw (outgoing_id, bytes) VALUES (?, ?)', id, zstdCompressSync(raw));
    const queued = readOutgoing(db, id);
    joinTicket(db, queued, outgoing);
    if (ticketId !== null)
      changeTicket(db, { ticketId, author: outgoing.author, at, state: nextState, fields: null, assignee: null });
    return queued;
  });
}

function joinTicket(db: WritableDb, { id, ticketId, createdAt: at }: Outgoing, { text }: NewOutgoing): void {
  if (ticketId === null) return;
  db.run('INSERT INTO ticket_index (rowid, words) VALUES (?, ?)', 2 * id + 1, foldText(text));
  db.run(
    'UPDATE ticket SET answer_count = answer_count + 1, updated_at = max(updated_at, ?) WHERE id = ?',
    ...[at, ticketId],
  );
  noteDelivery(db, ticketId);
}

export function listOutgoing(db: ReadableDb, states: readonly OutgoingState[], limit: number): Outgoing[] {
  return db
    .all<OutgoingRow>(
      `SELECT * FROM outgoing WHERE :states = '[]' OR state IN (SELECT value FROM json_each(:states)) ORDER BY id DESC LIMIT :limit`,
      { states: JSON.stringify(states), limit },
    )
    .map((row) => toOutgoing(db, row));
}

export function readOutgoing(db: ReadableDb, outgoingId: OutgoingId): Outgoing {
  const row = db.get<OutgoingRow>('SELECT * FROM outgoing WHERE id = ?', outgoingId);
  if (!row) throw new AppError('message.gone');
  return toOutgoing(db, row);
}

export function readOutgoingBytes(db: ReadableDb, outgoingId: OutgoingId): Uint8Array<ArrayBuffer> {
  const row = db.get<{ bytes: Buffer }>('SELECT bytes FROM outgoing_raw WHERE outgoing_id = ?', outgoingId);
  if (!row) throw new AppError('message.gone');
  return zstdDecompressSync(row.bytes);
}

/** The worst among a ticket's answers, so that a failed one is seen in the list. */
export function noteDelivery(db: WritableDb, ticketId: TicketId): void {
  db.run(
    `UPDATE ticket SET delivery = (
       SELECT state FROM outgoing WHERE ticket_id = ticket.id ORDER BY CASE state
         WHEN 'failed' THEN 0 WHEN 'unknown' THEN 1 WHEN 'sending' THEN 2 WHEN 'queued' THEN 3 WHEN 'accepted' THEN 4 ELSE 5 END LIMIT 1
     ) WHERE id = ?`,
    ticketId,
  );
}

export function toOutgoing(db: ReadableDb, row: OutgoingRow): Outgoing {
  const to = toAddresses(row.recipients);
  return {
    id: row.id,
    mailboxId: row.mailbox_id,
    ticketId: row.ticket_id,
    to,
    recipients: readRecipients(db, { ...row, to }),
    subject: row.subject,
    state: row.state,
    createdAt: row.created_at,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    givesUpAt: row.gives_up_at,
    sentCopy: readSentCopy(db, row.id),
    problem: row.problem === null ? null : (JSON.parse(row.problem) as WireError),
    serverWords: row.server_words,
    size: row.size,
  };
}
