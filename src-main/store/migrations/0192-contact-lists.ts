import type { WritableDb } from '../process/connection.ts';

/** Lists of people beside people. Address books of Exchange are told anew: lists were passed over in them. */
export function migrate0192(db: WritableDb): void {
  db.exec(`
    ALTER TABLE contact ADD COLUMN kind TEXT NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'list'));
    -- [{"name", "address"}]
    ALTER TABLE contact ADD COLUMN members TEXT NOT NULL DEFAULT '[]';
    UPDATE address_book SET sync_state = NULL WHERE source LIKE 'http%';
  `);
}
