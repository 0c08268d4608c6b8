import type { WritableDb } from '../process/connection.ts';

/** When a mailbox last went to another place, by a switch or by its page: letters may have had other bytes there. */
export function migrate0180(db: WritableDb): void {
  db.exec(`
    ALTER TABLE mailbox ADD COLUMN moved_at INTEGER;
    UPDATE mailbox SET moved_at = (SELECT max(switched_at) FROM mailbox_switch WHERE mailbox_id = mailbox.id);
  `);
}
