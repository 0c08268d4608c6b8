import type { TicketId } from '../../../src-shared/domain/ids.ts';
import type { TicketState } from '../../../src-shared/domain/ticket.ts';
import { emptyDraft, type TicketDraft } from '../../../src-shared/domain/ticket-draft.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';
import { readTicketRow } from './ticket-read.ts';

export function readDraft(db: ReadableDb, ticketId: TicketId): TicketDraft {
  const row = db.get<{ text: string; next_state: TicketState | null }>(
    'SELECT text, next_state FROM ticket_draft WHERE ticket_id = ?',
    ticketId,
  );
  return row ? { text: row.text, nextState: row.next_state } : emptyDraft;
}

/** An empty one is none. */
export function putDraft(db: WritableDb, ticketId: TicketId, { text, nextState }: TicketDraft): void {
  db.transaction(() => {
    readTicketRow(db, ticketId);
    if (text.trim() === '') db.run('DELETE FROM ticket_draft WHERE ticket_id = ?', ticketId);
    else
      db.run(
        `INSERT INTO ticket_draft (ticket_id, text, next_state) VALUES (:ticketId, :text, :nextState)
         ON CONFLICT (ticket_id) DO UPDATE SET text = excluded.text, next_state = excluded.next_state`,
        { ticketId, text, nextState },
      );
  });
}
