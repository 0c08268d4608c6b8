import type { WritableDb } from '../process/connection.ts';

/** Answers that were begun: text of people's work, so it lies where the mail lies, encrypted. */
export function migrate0070(db: WritableDb): void {
  db.exec(`
    CREATE TABLE ticket_draft (
      ticket_id INTEGER PRIMARY KEY REFERENCES ticket (id) ON DELETE CASCADE,
      text TEXT NOT NULL,
      -- state of the ticket once the answer is queued; NULL leaves it
      next_state TEXT
    ) STRICT;
  `);
}
