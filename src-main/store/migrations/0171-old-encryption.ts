import type { WritableDb } from '../process/connection.ts';

/** Hosts with which TLS before 1.2 may be spoken. */
export function migrate0171(db: WritableDb): void {
  db.exec(`
    CREATE TABLE old_encryption (
      host TEXT PRIMARY KEY,
      allowed_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `);
}
