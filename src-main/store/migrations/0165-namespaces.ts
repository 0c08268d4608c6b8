import type { WritableDb } from '../process/connection.ts';

/** Whose a folder is (RFC 2342), and what the server puts before such folders; null: the mailbox's own, and nothing. */
export function migrate0165(db: WritableDb): void {
  db.exec(`
    ALTER TABLE folder ADD COLUMN namespace TEXT CHECK (namespace IN ('others', 'shared'));
    ALTER TABLE folder ADD COLUMN prefix TEXT;
  `);
}
