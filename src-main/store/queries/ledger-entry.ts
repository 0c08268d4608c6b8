import type { Effect } from '../../../src-shared/domain/effect.ts';
import type { LedgerEntry, LedgerStatus } from '../../../src-shared/domain/ledger.ts';
import type { WireError } from '../../../src-shared/errors/wire.ts';

/** Ledger `l` with its folder, mailbox, letter and effect. */
export const entrySource = `ledger l CROSS JOIN folder f ON f.id = l.folder_id CROSS JOIN mailbox b ON b.id = f.mailbox_id
  LEFT JOIN message m ON m.id = l.message_id LEFT JOIN effect e ON e.entry_id = l.id`;

export const entryColumns = `l.id, f.mailbox_id, l.folder_id, f.path, l.uid_validity, l.uid, l.message_id, l.held, l.problem, l.attempts,
  ifnull(m.whole_size, l.size) AS size, l.seen_at, l.stored_at, l.left_at, l.left_how, m.state, m.problem AS letter_problem, m.from_name, m.from_address,
  m.subject, m.message_id_header, m.ticket_id, m.received_at, m.parsed_at, m.sorted_at, m.outcome, m.outcome_why,
  e.id AS effect_id, e.kind, e.target, e.state AS effect_state, e.planned_at, e.not_before, e.attempts AS effect_attempts,
  e.problem AS effect_problem, e.done_at`;

export interface EntryRow {
  readonly id: LedgerEntry['id'];
  readonly mailbox_id: LedgerEntry['mailboxId'];
  readonly folder_id: LedgerEntry['folderId'];
  readonly path: string;
  readonly uid_validity: number;
  readonly uid: number;
  readonly message_id: LedgerEntry['messageId'];
  readonly held: string | null;
  readonly problem: string | null;
  readonly attempts: number;
  readonly size: number | null;
  readonly seen_at: number;
  readonly stored_at: number | null;
  readonly left_at: number | null;
  readonly left_how: LedgerEntry['leftHow'];
  readonly state: 'stored' | 'parsed' | 'unreadable' | null;
  readonly letter_problem: string | null;
  readonly from_name: string | null;
  readonly from_address: string | null;
  readonly subject: string | null;
  readonly message_id_header: string | null;
  readonly ticket_id: LedgerEntry['ticketId'];
  readonly received_at: number | null;
  readonly parsed_at: number | null;
  readonly sorted_at: number | null;
  readonly outcome: 'ticket' | 'appended' | 'kept' | 'quarantined' | null;
  readonly outcome_why: string | null;
  readonly effect_id: Effect['id'] | null;
  readonly kind: Effect['kind'];
  readonly target: string | null;
  readonly effect_state: Effect['state'];
  readonly planned_at: number;
  readonly not_before: number;
  readonly effect_attempts: number;
  readonly effect_problem: string | null;
  readonly done_at: number | null;
}

export function toEntry(row: EntryRow): LedgerEntry {
  const status = statusOf(row);
  return {
    id: row.id,
    mailboxId: row.mailbox_id,
    folderId: row.folder_id,
    folderPath: row.path,
    uidValidity: row.uid_validity,
    uid: row.uid,
    messageId: row.message_id,
    status,
    why: whyOf(row, status),
    problem: toProblem(row.letter_problem ?? row.problem),
    from: row.from_address === null ? null : { name: row.from_name ?? '', address: row.from_address },
    subject: row.subject ?? '',
    messageIdHeader: row.message_id_header ?? '',
    ticketId: row.ticket_id,
    size: row.size,
    attempts: row.attempts,
    receivedAt: row.received_at,
    seenAt: row.seen_at,
    storedAt: row.stored_at,
    parsedAt: row.parsed_at,
    ruledAt: row.sorted_at,
    leftAt: row.left_at,
    leftHow: row.left_how,
    effect: row.effect_id === null ? null : toEffect(row, row.effect_id),
  };
}

function statusOf({ message_id, held, left_at, state, outcome }: EntryRow): LedgerStatus {
  if (message_id === null) return left_at !== null ? 'left' : held !== null ? 'held' : 'waiting';
  if (outcome !== null) return outcome;
  return state === 'stored' ? 'stored' : 'parsed';
}

function whyOf({ held, outcome_why }: EntryRow, status: LedgerStatus): LedgerEntry['why'] {
  if (status === 'held') return held as LedgerEntry['why'];
  return status === 'kept' || status === 'quarantined' ? (outcome_why as LedgerEntry['why']) : null;
}

function toEffect(row: EntryRow, id: Effect['id']): Effect {
  return {
    id,
    kind: row.kind,
    target: row.target,
    state: row.effect_state,
    plannedAt: row.planned_at,
    notBefore: row.not_before,
    attempts: row.effect_attempts,
    problem: toProblem(row.effect_problem),
    doneAt: row.done_at,
  };
}

function toProblem(json: string | null): WireError | null {
  return json === null ? null : (JSON.parse(json) as WireError);
}
