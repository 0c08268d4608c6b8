import type { WritableDb } from '../process/connection.ts';

/** What Exchange said of the folders of a mailbox as a whole, and where to go on from. */
export function migrate0195(db: WritableDb): void {
  db.exec(`
    CREATE TABLE folder_hierarchy (
      mailbox_id TEXT PRIMARY KEY REFERENCES mailbox (id) ON DELETE CASCADE,
      -- Server, login and mailbox in one word: what another place said means nothing.
      source TEXT NOT NULL,
      sync_state TEXT NOT NULL,
      -- [{"id", "parentId", "name", "folderClass"}]
      folders TEXT NOT NULL,
      -- [{"id", "role"}]
      roles TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `);
}
