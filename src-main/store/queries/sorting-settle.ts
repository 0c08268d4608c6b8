import type { MailboxId, MessageId, TemplateId, TicketId } from '../../../src-shared/domain/ids.ts';
import type { AttachReason } from '../../../src-shared/domain/ticket.ts';
import { stateAfterLetter } from '../../../src-shared/domain/ticket-states.ts';
import { AppError, isAppError } from '../../../src-shared/errors/errors.ts';
import type { SortingDecision } from '../api/tickets.ts';
import type { WritableDb } from '../process/connection.ts';
import { foldText } from '../search/fold-text.ts';
import { planEffects } from './effect-store.ts';
import { type AttachmentRow, toAttachment } from './letter-rows.ts';
import { readTemplate } from './template-store.ts';
import { changeTicket } from './ticket-change.ts';
import { readTicketRow } from './ticket-read.ts';

/** A ticket shows and finds the beginning of a text; the letter itself has the rest. */
const MAX_TEXT = 64_000;

export interface Settled {
  readonly ticketId: TicketId | null;
  /** It was settled before; nothing was changed. */
  readonly already: boolean;
}

interface LetterRow {
  readonly id: MessageId;
  readonly mailbox_id: MailboxId;
  readonly from_name: string | null;
  readonly from_address: string | null;
  readonly from_key: string;
  readonly subject: string;
  readonly message_id_header: string;
  readonly received_at: number;
  readonly automatic: number;
  readonly sorted_at: number | null;
  readonly ticket_id: TicketId | null;
  readonly text: string | null;
  readonly has_html: number | null;
}

/** What the ledger says of a letter from now on. */
interface Outcome {
  readonly name: 'ticket' | 'appended' | 'kept' | 'quarantined';
  readonly why: string | null;
  readonly note: string;
  readonly ticketId: TicketId | null;
}

/** All or nothing; throws message.gone, ticket.unknown, template.unknown. */
export function settleLetter(db: WritableDb, { messageId, outcome, effect }: SortingDecision, demo: boolean): Settled {
  return db.transaction(() => {
    const letter = readLetter(db, messageId);
    if (letter.ticket_id !== null) return { ticketId: letter.ticket_id, already: true };
    const byHand = (outcome.kind === 'ticket' || outcome.kind === 'append') && outcome.reason === 'by-hand';
    if (letter.sorted_at !== null && !byHand) return { ticketId: null, already: true };
    if (effect !== null) planEffects(db, messageId, effect);
    if (outcome.kind === 'kept' || outcome.kind === 'quarantined') {
      const note = outcome.kind === 'quarantined' ? outcome.note : '';
      mark(db, messageId, { name: outcome.kind, why: outcome.why, note, ticketId: null });
      return { ticketId: null, already: false };
    }
    const known = takeBack(db, letter);
    if (known !== null) return { ticketId: known, already: true };
    const ticketId = outcome.kind === 'ticket' ? insertTicket(db, letter, outcome.templateId, demo) : outcome.ticketId;
    if (outcome.kind === 'append') appendTo(db, ticketId, letter);
    insertLetter(db, ticketId, letter, outcome.reason);
    const name = outcome.kind === 'ticket' ? 'ticket' : 'appended';
    mark(db, messageId, { name, why: outcome.reason, note: '', ticketId });
    return { ticketId, already: false };
  });
}

/** What is gone meanwhile is left out; the rest is one transaction. */
export function settleLetters(
  db: WritableDb,
  decisions: readonly SortingDecision[],
  demo: boolean,
): (Settled & { messageId: MessageId })[] {
  return db.transaction(() =>
    decisions.flatMap((decision) => {
      try {
        return [{ messageId: decision.messageId, ...settleLetter(db, decision, demo) }];
      } catch (error) {
        if (isAppError(error, 'message.gone') || isAppError(error, 'ticket.unknown')) return [];
        if (isAppError(error, 'template.unknown')) return [];
        throw error;
      }
    }),
  );
}

function readLetter(db: WritableDb, messageId: MessageId): LetterRow {
  const row = db.get<LetterRow>(
    `SELECT m.*, substr(d.text, 1, ${MAX_TEXT}) AS text, d.has_html FROM message m
       LEFT JOIN message_detail d ON d.message_id = m.id WHERE m.id = ?`,
    messageId,
  );
  if (!row) throw new AppError('message.gone');
  return row;
}

/**
 * A mailbox was removed (its letters kept or not) and added again: the letter goes back to the ticket that it had, not into a second one, and the
 * ticket can be answered from the mailbox that is there now.
 */
function takeBack(db: WritableDb, letter: LetterRow): TicketId | null {
  if (letter.message_id_header === '') return null;
  const entry = db.get<{ id: number; ticket_id: TicketId }>(
    `SELECT l.id, l.ticket_id FROM ticket_letter l
       LEFT JOIN message m ON m.id = l.message_id LEFT JOIN mailbox b ON b.id = m.mailbox_id
     WHERE l.message_id_header = ? AND ifnull(b.removed, 1) = 1 AND l.at = ? AND l.from_address = ? AND l.subject = ? LIMIT 1`,
    ...[letter.message_id_header, letter.received_at, letter.from_address ?? '', letter.subject],
  );
  if (!entry) return null;
  db.run(
    'UPDATE ticket_letter SET message_id = ?, first_message_id = ? WHERE id = ?',
    ...[letter.id, letter.id, entry.id],
  );
  db.run(
    'UPDATE ticket SET mailbox_id = ? WHERE id = ? AND mailbox_id NOT IN (SELECT id FROM mailbox WHERE removed = 0)',
    ...[letter.mailbox_id, entry.ticket_id],
  );
  mark(db, letter.id, { name: 'appended', why: null, note: '', ticketId: entry.ticket_id });
  return entry.ticket_id;
}

function insertTicket(db: WritableDb, letter: LetterRow, templateId: TemplateId | null, demo: boolean): TicketId {
  const template = templateId === null ? null : readTemplate(db, templateId).settings;
  const fields = template?.fields ?? { type: '', customer: '', object: '', workKind: '', criticality: '' };
  const { lastInsertRowid } = db.run(
    `INSERT INTO ticket (subject, state, type, customer, object, work_kind, criticality, template_id, template_name, mailbox_id,
       requester_name, requester_address, requester_key, created_at, updated_at, demo)
     VALUES (:subject, 'new', :type, :customer, :object, :workKind, :criticality, :templateId, :templateName, :mailboxId,
       :name, :address, :key, :at, :at, :demo)`,
    {
      ...fields,
      subject: letter.subject,
      templateId,
      templateName: template?.name ?? '',
      mailboxId: letter.mailbox_id,
      name: letter.from_name ?? '',
      address: letter.from_address ?? '',
      key: letter.from_key,
      at: letter.received_at,
      demo: demo ? 1 : 0,
    },
  );
  return lastInsertRowid as TicketId;
}

function appendTo(db: WritableDb, ticketId: TicketId, letter: LetterRow): void {
  const ticket = readTicketRow(db, ticketId);
  const state = stateAfterLetter(ticket.state, {
    automatic: letter.automatic === 1,
    fromRequester: letter.from_key === ticket.requester_key,
  });
  // A letter of last month that is loaded today opens the ticket today, after what people did to it meanwhile.
  const at = Math.max(ticket.updated_at, letter.received_at);
  changeTicket(db, { ticketId, author: '', at, state, fields: null, assignee: null });
  db.run('UPDATE ticket SET updated_at = ? WHERE id = ?', at, ticketId);
}

function insertLetter(db: WritableDb, ticketId: TicketId, letter: LetterRow, reason: AttachReason): void {
  const attachments = db
    .all<AttachmentRow>('SELECT * FROM attachment WHERE message_id = ? ORDER BY idx', letter.id)
    .map(toAttachment);
  const text = letter.text ?? '';
  const { lastInsertRowid } = db.run(
    `INSERT INTO ticket_letter (ticket_id, message_id, first_message_id, message_id_header, at, from_name, from_address, subject, text,
       has_html, attachments, reason)
     VALUES (:ticketId, :id, :id, :header, :at, :name, :address, :subject, :text, :hasHtml, :attachments, :reason)`,
    {
      ticketId,
      id: letter.id,
      header: letter.message_id_header,
      at: letter.received_at,
      name: letter.from_name ?? '',
      address: letter.from_address ?? '',
      subject: letter.subject,
      text,
      hasHtml: letter.has_html ?? 0,
      attachments: JSON.stringify(attachments),
      reason,
    },
  );
  const words = [letter.subject, letter.from_name ?? '', letter.from_address ?? '', text].join('\n');
  db.run('INSERT INTO ticket_index (rowid, words) VALUES (?, ?)', 2 * lastInsertRowid, foldText(words));
  db.run('UPDATE ticket SET letter_count = letter_count + 1 WHERE id = ?', ticketId);
}

function mark(db: WritableDb, messageId: MessageId, { name, why, note, ticketId }: Outcome): void {
  db.run(
    `UPDATE message SET sorted_at = ?, ticket_id = ?, outcome = ?, outcome_why = ?, outcome_note = ?, dismissed_at = NULL WHERE id = ?`,
    ...[Date.now(), ticketId, name, why, note, messageId],
  );
}
