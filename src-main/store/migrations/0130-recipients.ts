import type { WritableDb } from '../process/connection.ts';

/** What the server said to each recipient of an answer, where it took some and refused others. */
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
  `);
}
