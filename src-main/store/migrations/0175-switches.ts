import type { WritableDb } from '../process/connection.ts';

/** Connections that a mailbox could have beside its own, whose secrets are whose, and by what else a letter is known. */
export function migrate0175(db: WritableDb): void {
  db.exec(`
    CREATE TABLE mailbox_switch (
      mailbox_id TEXT NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
      state TEXT NOT NULL CHECK (state IN ('prepared', 'former')),
      -- whose entries of the vault it signs in with
      vault_id TEXT NOT NULL UNIQUE,
      -- Connection
      connection TEXT NOT NULL,
      prepared_at INTEGER NOT NULL,
      -- SwitchTrial
      trial TEXT,
      -- when the mailbox was last switched from it
      switched_at INTEGER,
      keep_until INTEGER,
      -- of 'former': {"settings": MailboxSettings, "folders": the rows of the folders as they were}
      before TEXT,
      PRIMARY KEY (mailbox_id, state),
      CHECK ((state = 'former') = (before IS NOT NULL)),
      CHECK ((state = 'former') = (keep_until IS NOT NULL))
    ) STRICT;

    -- Whose entries of the vault it signs in with; NULL: its own id's.
    ALTER TABLE mailbox ADD COLUMN vault_id TEXT;

    -- Entries of the vault that nobody needs; a row goes when they are gone. Written before them, so that no crash leaves a secret that nobody can find.
    CREATE TABLE vault_leftover (vault_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

    -- The same letter as another protocol writes it: known by these bytes too.
    CREATE TABLE other_content (
      mailbox_id TEXT NOT NULL,
      content_hash BLOB NOT NULL,
      message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
      PRIMARY KEY (mailbox_id, content_hash)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX other_content_by_message ON other_content (message_id);
  `);
}
