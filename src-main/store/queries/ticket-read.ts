import type { MessageId, OutgoingId, TicketId } from '../../../src-shared/domain/ids.ts';
import type { Attachment } from '../../../src-shared/domain/message.ts';
import type { OutgoingState } from '../../../src-shared/domain/outgoing.ts';
import type { AttachReason, Ticket, TicketEntry } from '../../../src-shared/domain/ticket.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { ReadableDb } from '../process/connection.ts';
import { toAddresses } from './letter-rows.ts';
import { readRecipients } from './outbox-recipients.ts';
import { readSentCopy } from './sent-copy-fate.ts';
import { type TicketRow, ticketColumns, toTicketSummary } from './ticket-list.ts';

/** More of one ticket than a page can show or anybody read; a robot's endless thread must not fill the memory. */
const MAX_ENTRIES = 1000;

interface LetterRow {
  readonly message_id: MessageId;
  readonly at: number;
  readonly from_name: string;
  readonly from_address: string;
  readonly subject: string;
  readonly text: string;
  readonly has_html: number;
  readonly attachments: string;
  readonly reason: AttachReason;
}

interface AnswerRow {
  readonly id: OutgoingId;
  readonly created_at: number;
  readonly author: string;
  readonly recipients: string;
  readonly text: string;
  readonly attachments: string;
  readonly state: OutgoingState;
  readonly server_words: string;
  readonly attempts: number;
  readonly next_attempt_at: number | null;
  readonly gives_up_at: number | null;
}

type Change = Extract<TicketEntry, { kind: 'change' }>;

export function readTicketRow(db: ReadableDb, ticketId: TicketId): TicketRow {
  const row = db.get<TicketRow>(`SELECT ${ticketColumns} FROM ticket t WHERE t.id = ?`, ticketId);
  if (!row) throw new AppError('ticket.unknown', { number: ticketId });
  return row;
}

/** The latest entries, oldest first. */
export function readTicket(db: ReadableDb, ticketId: TicketId): Ticket {
  const summary = toTicketSummary(readTicketRow(db, ticketId));
  const entries = [...readLetters(db, ticketId), ...readChanges(db, ticketId), ...readAnswers(db, ticketId)];
  return { summary, entries: entries.toSorted((a, b) => a.at - b.at).slice(-MAX_ENTRIES) };
}

/** Message-IDs of letters and answers in the order of the conversation; the last ones. */
export function readHeaders(db: ReadableDb, ticketId: TicketId): string[] {
  readTicketRow(db, ticketId);
  return db
    .all<{ header: string }>(
      `SELECT header FROM (
         SELECT at, message_id_header AS header FROM ticket_letter WHERE ticket_id = :ticketId AND message_id_header <> ''
         UNION ALL SELECT created_at AS at, message_id_header AS header FROM outgoing WHERE ticket_id = :ticketId
         ORDER BY at DESC LIMIT ${MAX_ENTRIES}
       ) ORDER BY at`,
      { ticketId },
    )
    .map(({ header }) => header);
}

function readLetters(db: ReadableDb, ticketId: TicketId): TicketEntry[] {
  return db
    .all<LetterRow>(
      `SELECT ifnull(message_id, first_message_id) AS message_id, at, from_name, from_address, subject, text, has_html, attachments, reason
       FROM ticket_letter WHERE ticket_id = ? ORDER BY at DESC, id DESC LIMIT ${MAX_ENTRIES}`,
      ticketId,
    )
    .toReversed()
    .map((row) => ({
      kind: 'letter',
      at: row.at,
      messageId: row.message_id,
      from: { name: row.from_name, address: row.from_address },
      subject: row.subject,
      text: row.text,
      hasHtml: row.has_html === 1,
      attachments: JSON.parse(row.attachments) as Attachment[],
      reason: row.reason,
    }));
}

function readAnswers(db: ReadableDb, ticketId: TicketId): TicketEntry[] {
  return db
    .all<AnswerRow>(
      `SELECT * FROM outgoing WHERE ticket_id = ? ORDER BY created_at DESC, id DESC LIMIT ${MAX_ENTRIES}`,
      ticketId,
    )
    .toReversed()
    .map((row) => ({ row, to: toAddresses(row.recipients) }))
    .map(({ row, to }) => ({
      kind: 'answer',
      at: row.created_at,
      outgoingId: row.id,
      author: row.author,
      to,
      recipients: readRecipients(db, { ...row, to }),
      text: row.text,
      attachments: JSON.parse(row.attachments) as { name: string; size: number }[],
      state: row.state,
      serverWords: row.server_words,
      attempts: row.attempts,
      nextAttemptAt: row.next_attempt_at,
      givesUpAt: row.gives_up_at,
      sentCopy: readSentCopy(db, row.id),
    }));
}

function readChanges(db: ReadableDb, ticketId: TicketId): TicketEntry[] {
  return db
    .all<Omit<Change, 'kind'>>(
      `SELECT at, author, field, before, after FROM ticket_change WHERE ticket_id = ? ORDER BY id DESC LIMIT ${MAX_ENTRIES}`,
      ticketId,
    )
    .toReversed()
    .map((row) => ({ kind: 'change', ...row }));
}
