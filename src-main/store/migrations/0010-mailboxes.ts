import type { WritableDb } from '../process/connection.ts';

/** Mailboxes and their folders. Secrets are not here: they lie in the vault, by mailbox id. */
export function migrate0010(db: WritableDb): void {
  db.exec(`
    CREATE TABLE mailbox (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      -- lower case: SQLite folds Latin letters only
      name_key TEXT NOT NULL,
      address TEXT NOT NULL,
      enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
      demo INTEGER NOT NULL CHECK (demo IN (0, 1)),
      collects_tickets INTEGER NOT NULL CHECK (collects_tickets IN (0, 1)),
      created_at INTEGER NOT NULL,
      -- removed, but its letters were kept
      removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
      -- MailboxSettings
      settings TEXT NOT NULL
    ) STRICT;
    -- The name of a removed one is free again.
    CREATE UNIQUE INDEX mailbox_by_name ON mailbox (name_key) WHERE removed = 0;

    CREATE TABLE folder (
      -- never given twice: a page may still hold the id of a folder that is gone
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      mailbox_id TEXT NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
      path TEXT NOT NULL,
      name TEXT NOT NULL,
      separator TEXT NOT NULL,
      role TEXT,
      selected INTEGER NOT NULL CHECK (selected IN (0, 1)),
      uid_validity INTEGER,
      load_since INTEGER,
      first_load_planned INTEGER NOT NULL DEFAULT 0 CHECK (first_load_planned IN (0, 1)),
      first_load_done INTEGER NOT NULL DEFAULT 0 CHECK (first_load_done IN (0, 1)),
      last_uid INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE UNIQUE INDEX folder_by_path ON folder (mailbox_id, path);
  `);
}
