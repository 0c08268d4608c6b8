import type { WritableDb } from '../process/connection.ts';

/** Answers on their way out. One row is one letter under one Message-ID, however many attempts it takes. */
export function migrate0050(db: WritableDb): void {
  db.exec(`
    CREATE TABLE outgoing (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      -- no foreign key: what was sent stays on record when the mailbox is removed
      mailbox_id TEXT NOT NULL,
      ticket_id INTEGER REFERENCES ticket (id) ON DELETE CASCADE,
      message_id_header TEXT NOT NULL UNIQUE,
      from_address TEXT NOT NULL,
      -- Address[]
      recipients TEXT NOT NULL,
      subject TEXT NOT NULL,
      text TEXT NOT NULL,
      -- {"name", "size"}[]
      attachments TEXT NOT NULL,
      author TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'accepted', 'failed', 'unknown', 'cancelled')),
      created_at INTEGER NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      next_attempt_at INTEGER,
      -- {"code", "params"}
      problem TEXT,
      server_words TEXT NOT NULL DEFAULT '',
      size INTEGER NOT NULL,
      CHECK ((state = 'queued') = (next_attempt_at IS NOT NULL))
    ) STRICT;
    CREATE INDEX outgoing_by_ticket ON outgoing (ticket_id) WHERE ticket_id IS NOT NULL;
    CREATE INDEX outgoing_due ON outgoing (next_attempt_at) WHERE state = 'queued';
    CREATE INDEX outgoing_by_state ON outgoing (state);

    -- Exact bytes, zstd: the same at each attempt.
    CREATE TABLE outgoing_raw (
      outgoing_id INTEGER PRIMARY KEY REFERENCES outgoing (id) ON DELETE CASCADE,
      bytes BLOB NOT NULL
    ) STRICT;

    CREATE TRIGGER outgoing_leaves_index AFTER DELETE ON outgoing BEGIN
      DELETE FROM ticket_index WHERE rowid = 2 * old.id + 1;
    END;
  `);
}
