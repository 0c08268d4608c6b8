import type { WritableDb } from '../process/connection.ts';

/** What is to be done on servers, who works on which mailbox, and how each mailbox fares. */
export function migrate0090(db: WritableDb): void {
  db.exec(`
    CREATE TABLE effect (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      -- one change for each row: whatever is done again finds it
      entry_id INTEGER NOT NULL UNIQUE REFERENCES ledger (id) ON DELETE CASCADE,
      mailbox_id TEXT NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('mark-read', 'move', 'delete')),
      -- path of the folder to move to
      target TEXT,
      state TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'doing', 'done', 'gone', 'failed', 'cancelled')),
      planned_at INTEGER NOT NULL,
      not_before INTEGER NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      -- {"code", "params"}
      problem TEXT,
      done_at INTEGER,
      CHECK ((kind = 'move') = (target IS NOT NULL))
    ) STRICT;
    CREATE INDEX effect_open ON effect (mailbox_id, not_before, id) WHERE state IN ('due', 'doing');
    CREATE INDEX effect_by_state ON effect (mailbox_id, state);

    CREATE TABLE lease (
      mailbox_id TEXT PRIMARY KEY REFERENCES mailbox (id) ON DELETE CASCADE,
      owner TEXT NOT NULL,
      taken_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE mailbox_health (
      mailbox_id TEXT PRIMARY KEY REFERENCES mailbox (id) ON DELETE CASCADE,
      last_loaded_at INTEGER,
      -- when the first of the failures in a row happened
      failing_since INTEGER,
      -- {"code", "params"}
      problem TEXT,
      -- {"code", "params"} for which the console disabled it
      disabled_because TEXT
    ) STRICT;
  `);
}
