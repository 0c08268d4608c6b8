import type { WritableDb } from '../process/connection.ts';

/** What has been sent and is to stand in the Sent folder too. Planned in the transaction that keeps the server's yes. */
export function migrate0131(db: WritableDb): void {
  db.exec(`
    CREATE TABLE sent_copy (
      outgoing_id INTEGER PRIMARY KEY REFERENCES outgoing (id) ON DELETE CASCADE,
      state TEXT NOT NULL CHECK (state IN ('due', 'done', 'there', 'failed')),
      attempts INTEGER NOT NULL DEFAULT 0,
      next_attempt_at INTEGER,
      -- {"code", "params"}
      problem TEXT,
      CHECK ((state = 'due') = (next_attempt_at IS NOT NULL))
    ) STRICT;
    CREATE INDEX sent_copy_due ON sent_copy (next_attempt_at) WHERE state = 'due';
  `);
}
