import type { WritableDb } from '../process/connection.ts';

/** The console's own settings, and what people taught it about domains (R102). */
export function migrate0060(db: WritableDb): void {
  db.exec(`
    CREATE TABLE setting (
      key TEXT PRIMARY KEY,
      -- JSON
      value TEXT NOT NULL
    ) STRICT;
    CREATE TABLE provider_domain (
      domain TEXT PRIMARY KEY,
      provider_id TEXT NOT NULL
    ) STRICT;
  `);
}
