import type { WritableDb } from '../process/connection.ts';

/** How old the password of a prepared connection is. Of those that lie there it is not known whether one was typed: the older date warns in time. */
export function migrate0196(db: WritableDb): void {
  db.exec(`
    -- of 'prepared': when its password was typed; NULL: not known
    ALTER TABLE mailbox_switch ADD COLUMN password_set INTEGER;
    UPDATE mailbox_switch SET password_set =
      (SELECT at FROM date_fact f WHERE f.mailbox_id = mailbox_switch.mailbox_id AND f.fact = 'password-set')
      WHERE state = 'prepared';
  `);
}
