import type { WritableDb } from '../process/connection.ts';

/** People in the address books of the mailboxes whose contacts are followed. */
export function migrate0160(db: WritableDb): void {
  db.exec(`
    CREATE TABLE address_book (
      mailbox_id TEXT PRIMARY KEY REFERENCES mailbox (id) ON DELETE CASCADE,
      -- server, login and mailbox: names of another address book mean other people
      source TEXT NOT NULL,
      -- what the server gave to go on from, perhaps from the middle of a first look; null: nothing yet
      sync_state TEXT,
      -- how often everybody was told anew
      round INTEGER NOT NULL,
      -- when it was last looked at to the end
      looked_at INTEGER,
      -- {"code", "params"}
      problem TEXT
    ) STRICT;
    CREATE TABLE contact (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      mailbox_id TEXT NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
      item_id TEXT NOT NULL,
      -- in which round it was told last
      round INTEGER NOT NULL,
      -- folded name, company or address: its place in the list
      sort_key TEXT NOT NULL,
      name TEXT NOT NULL,
      company TEXT NOT NULL,
      department TEXT NOT NULL,
      job_title TEXT NOT NULL,
      -- [{"name", "address"}]
      addresses TEXT NOT NULL,
      -- [{"kind", "number"}]
      phones TEXT NOT NULL,
      loaded_at INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX contact_by_name ON contact (mailbox_id, item_id);
    CREATE INDEX contact_by_round ON contact (mailbox_id, round);
    CREATE INDEX contact_in_order ON contact (sort_key, id, mailbox_id);

    -- What a contact is found by, folded; phone numbers from the beginning of each group of digits on.
    CREATE TABLE contact_word (
      word TEXT NOT NULL,
      contact_id INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
      PRIMARY KEY (word, contact_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX contact_word_of ON contact_word (contact_id);
  `);
}
