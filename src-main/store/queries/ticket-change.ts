import type { TicketId } from '../../../src-shared/domain/ids.ts';
import type { TicketFields, TicketState } from '../../../src-shared/domain/ticket.ts';
import type { WritableDb } from '../process/connection.ts';
import { toFields } from './template-store.ts';
import { readTicketRow } from './ticket-read.ts';

/** Null leaves a thing as it is. */
export interface TicketChange {
  readonly ticketId: TicketId;
  /** Empty: a letter did it. */
  readonly author: string;
  readonly at: number;
  readonly state: TicketState | null;
  readonly fields: TicketFields | null;
  readonly assignee: string | null;
}

const fieldNames = ['type', 'customer', 'object', 'workKind', 'criticality'] as const;

/** What differs from before becomes an entry each; nothing new leaves the ticket where it stands in the list. */
export function changeTicket(db: WritableDb, { ticketId, author, at, state, fields, assignee }: TicketChange): void {
  db.transaction(() => {
    const row = readTicketRow(db, ticketId);
    const before = toFields(row);
    const after = fields ?? before;
    let changed = false;
    const note = (field: string, from: string, to: string) => {
      if (from === to) return;
      changed = true;
      db.run(
        'INSERT INTO ticket_change (ticket_id, at, author, field, before, after) VALUES (?, ?, ?, ?, ?, ?)',
        ...[ticketId, at, author, field, from, to],
      );
    };
    note('state', row.state, state ?? row.state);
    note('assignee', row.assignee, assignee ?? row.assignee);
    for (const field of fieldNames) note(field, before[field], after[field]);
    if (!changed) return;
    db.run(
      `UPDATE ticket SET state = :state, assignee = :assignee, type = :type, customer = :customer, object = :object,
         work_kind = :workKind, criticality = :criticality, updated_at = max(updated_at, :at) WHERE id = :ticketId`,
      { ticketId, at, state: state ?? row.state, assignee: assignee ?? row.assignee, ...after },
    );
  });
}
