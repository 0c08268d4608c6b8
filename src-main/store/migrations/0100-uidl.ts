import type { WritableDb } from '../process/connection.ts';

/** What POP3 servers call their letters, and the numbers that stand for it everywhere else. */
export function migrate0100(db: WritableDb): void {
  db.exec(`
    CREATE TABLE uidl_numbering (
      folder_id INTEGER PRIMARY KEY REFERENCES folder (id) ON DELETE CASCADE,
      -- login@host: the names of another server mean other letters
      source TEXT NOT NULL,
      -- counts how often all names meant nothing any more; makes the UIDVALIDITY of the ledger
      generation INTEGER NOT NULL,
      -- the highest number that was ever given
      last_uid INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE uidl (
      folder_id INTEGER NOT NULL REFERENCES uidl_numbering (folder_id) ON DELETE CASCADE,
      uidl TEXT NOT NULL,
      -- of several letters that a listing calls by one name: which of them, from 1
      nth INTEGER NOT NULL,
      uid INTEGER NOT NULL,
      PRIMARY KEY (folder_id, uidl, nth)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX uidl_by_uid ON uidl (folder_id, uid);
  `);
}
