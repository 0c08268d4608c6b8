import type { WritableDb } from '../process/connection.ts';

/** What Exchange calls the letters of a folder, the numbers that stand for it everywhere else, and how far the folder has been followed. */
export function migrate0110(db: WritableDb): void {
  db.exec(`
    CREATE TABLE item_numbering (
      folder_id INTEGER PRIMARY KEY REFERENCES folder (id) ON DELETE CASCADE,
      -- server, login, mailbox and folder: names of another folder mean other letters
      source TEXT NOT NULL,
      -- what the server gave to go on from; null: from the beginning
      sync_state TEXT,
      -- counts how often all names meant nothing any more; makes the UIDVALIDITY of the ledger
      generation INTEGER NOT NULL,
      -- the highest number that was ever given
      last_uid INTEGER NOT NULL,
      -- rises with each change, marks included
      revision INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE item (
      folder_id INTEGER NOT NULL REFERENCES item_numbering (folder_id) ON DELETE CASCADE,
      uid INTEGER NOT NULL,
      item_id TEXT NOT NULL,
      seen INTEGER NOT NULL,
      received_at INTEGER NOT NULL,
      -- as the server counts it, which is not the length of the letter
      size INTEGER NOT NULL,
      PRIMARY KEY (folder_id, uid)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX item_by_name ON item (folder_id, item_id);
  `);
}
