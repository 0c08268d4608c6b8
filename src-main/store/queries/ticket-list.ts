import type { TicketFilter } from '../../../src-shared/contract/tickets.ts';
import type { TicketState, TicketSummary } from '../../../src-shared/domain/ticket.ts';
import type { ReadableDb, SqlValue } from '../process/connection.ts';
import { foldText } from '../search/fold-text.ts';
import { type FieldsRow, toFields } from './template-store.ts';

export interface TicketRow extends FieldsRow {
  readonly id: number;
  readonly subject: string;
  readonly state: TicketState;
  readonly template_id: number | null;
  readonly template_name: string;
  readonly mailbox_id: string;
  readonly requester_name: string;
  readonly requester_address: string;
  readonly requester_key: string;
  readonly assignee: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly letter_count: number;
  readonly answer_count: number;
  readonly delivery: TicketSummary['delivery'];
}

/** Of `ticket t`. A template that was renamed shows its new name. */
export const ticketColumns = `t.id, t.subject, t.state, t.type, t.customer, t.object, t.work_kind, t.criticality, t.template_id,
  ifnull((SELECT name FROM template WHERE id = t.template_id), t.template_name) AS template_name, t.mailbox_id,
  t.requester_name, t.requester_address, t.requester_key, t.assignee, t.created_at, t.updated_at, t.letter_count, t.answer_count, t.delivery`;

/** A pasted paragraph is looked up by its first words. */
const MAX_WORDS = 12;

export interface TicketPage {
  readonly filter: TicketFilter;
  readonly operator: string;
  readonly offset: number;
  readonly limit: number;
}

export function listTickets(
  db: ReadableDb,
  { filter, operator, offset, limit }: TicketPage,
): { tickets: TicketSummary[]; total: number } {
  const { where, params } = conditionsOf(filter, operator);
  const total = db.get<{ total: number }>(`SELECT count(*) AS total FROM ticket t ${where}`, params)?.total ?? 0;
  const rows = db.all<TicketRow>(
    `SELECT ${ticketColumns} FROM ticket t ${where} ORDER BY t.updated_at DESC, t.id DESC LIMIT :limit OFFSET :offset`,
    { ...params, limit, offset },
  );
  return { tickets: rows.map(toTicketSummary), total };
}

export function countTickets(db: ReadableDb): Record<TicketState, number> {
  const counts: Record<TicketState, number> = { new: 0, open: 0, waiting: 0, solved: 0, closed: 0 };
  const rows = db.all<{ state: TicketState; total: number }>(
    'SELECT state, count(*) AS total FROM ticket GROUP BY state',
  );
  for (const { state, total } of rows) counts[state] = total;
  return counts;
}

function conditionsOf({ states, templateId, mailboxId, mine, query }: TicketFilter, operator: string) {
  const conditions: string[] = [];
  const params: Record<string, SqlValue> = {};
  if (states.length > 0) {
    conditions.push(`t.state IN (${states.map((_, at) => `:state${at}`).join(', ')})`);
    states.forEach((state, at) => {
      params[`state${at}`] = state;
    });
  }
  if (templateId !== null) {
    conditions.push('t.template_id = :templateId');
    params.templateId = templateId;
  }
  if (mailboxId !== null) {
    conditions.push('t.mailbox_id = :mailboxId');
    params.mailboxId = mailboxId;
  }
  if (mine) {
    conditions.push("t.assignee = :operator AND t.assignee <> ''");
    params.operator = operator;
  }
  addQuery(query, conditions, params);
  return { where: conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '', params };
}

/** All words by prefix, in any letters or answers of one ticket; or the number, with or without its mark. */
function addQuery(query: string, conditions: string[], params: Record<string, SqlValue>): void {
  const found: string[] = [];
  const number = /^\s*\[?#?(\d{1,15})\]?\s*$/.exec(query)?.[1];
  if (number !== undefined) {
    found.push('t.id = :number');
    params.number = Number(number);
  }
  const words = (foldText(query.toWellFormed()).match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).slice(0, MAX_WORDS);
  if (words.length === 0) {
    // Only signs were typed: nothing has them.
    if (query.trim() !== '') conditions.push('0');
    return;
  }
  const inAll = words.map((word, at) => {
    params[`word${at}`] = `"${word}" *`;
    return `t.id IN (${ticketsWith(`:word${at}`)})`;
  });
  found.push(`(${inAll.join(' AND ')})`);
  conditions.push(`(${found.join(' OR ')})`);
}

function ticketsWith(word: string): string {
  return `SELECT l.ticket_id FROM ticket_index i JOIN ticket_letter l ON l.id = i.rowid / 2
      WHERE i.words MATCH ${word} AND i.rowid % 2 = 0
    UNION SELECT o.ticket_id FROM ticket_index i JOIN outgoing o ON o.id = i.rowid / 2
      WHERE i.words MATCH ${word} AND i.rowid % 2 = 1 AND o.ticket_id IS NOT NULL`;
}

export function toTicketSummary(row: TicketRow): TicketSummary {
  return {
    id: row.id as TicketSummary['id'],
    subject: row.subject,
    state: row.state,
    fields: toFields(row),
    templateId: row.template_id as TicketSummary['templateId'],
    templateName: row.template_name,
    mailboxId: row.mailbox_id as TicketSummary['mailboxId'],
    requester: { name: row.requester_name, address: row.requester_address },
    assignee: row.assignee,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    letterCount: row.letter_count,
    answerCount: row.answer_count,
    delivery: row.delivery,
  };
}
