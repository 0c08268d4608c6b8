import type { WritableDb } from '../process/connection.ts';

/** What follows from a server's answer to a letter: who of its recipients has it, and its copy in the Sent folder. */
export function migrate0130(db: WritableDb): void {
  db.exec(`
    CREATE TABLE outgoing_recipient (
      outgoing_id INTEGER NOT NULL REFERENCES outgoing (id) ON DELETE CASCADE,
      address TEXT NOT NULL,
      -- 'accepted' is never taken back: whoever has the letter does not get it again.
      state TEXT NOT NULL CHECK (state IN ('accepted', 'refused', 'deferred')),
      server_words TEXT NOT NULL,
      PRIMARY KEY (outgoing_id, address)
    ) STRICT, WITHOUT ROWID;

    -- When the last attempt of those that are planned will be about; null: never given up, or nothing is planned.
    ALTER TABLE outgoing ADD COLUMN gives_up_at INTEGER;

    -- What has been sent and is to stand in the Sent folder too; planned in the transaction that keeps the server's yes.
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
