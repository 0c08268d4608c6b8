import type { WritableDb } from '../process/connection.ts';

/** What of mailboxes ends on a day, as far as it was seen, and at which distance it has been told. */
export function migrate0120(db: WritableDb): void {
  db.exec(`
    CREATE TABLE date_fact (
      mailbox_id TEXT NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
      fact TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (mailbox_id, fact)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE date_told (
      mailbox_id TEXT NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      -- another end is another thing: it is told anew
      ends_at INTEGER NOT NULL,
      -- days before the end
      threshold INTEGER NOT NULL,
      PRIMARY KEY (mailbox_id, kind, ends_at, threshold)
    ) STRICT, WITHOUT ROWID;
  `);
}
