import type { WritableDb } from '../process/connection.ts';

/**
 * How many letters a folder lists and a mailbox has, kept with each change: counting a million rows takes 0.3 s, and the first screen asks for both
 * (docs/notes/figures.md). Removed mailboxes whose letters stay keep their counts.
 */
export function migrate0181(db: WritableDb): void {
  db.exec(`
    ALTER TABLE folder ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE folder ADD COLUMN listed_unread INTEGER NOT NULL DEFAULT 0;
    UPDATE folder SET listed = (SELECT count(*) FROM ledger WHERE folder_id = folder.id AND listed = 1),
      listed_unread = (SELECT count(*) FROM ledger WHERE folder_id = folder.id AND listed = 1 AND unread = 1);
    CREATE TRIGGER ledger_is_listed AFTER INSERT ON ledger WHEN new.listed = 1 BEGIN
      UPDATE folder SET listed = listed + 1, listed_unread = listed_unread + new.unread WHERE id = new.folder_id;
    END;
    CREATE TRIGGER ledger_is_gone AFTER DELETE ON ledger WHEN old.listed = 1 BEGIN
      UPDATE folder SET listed = listed - 1, listed_unread = listed_unread - old.unread WHERE id = old.folder_id;
    END;
    CREATE TRIGGER ledger_was_listed AFTER UPDATE OF folder_id, listed, unread ON ledger WHEN old.listed = 1 BEGIN
      UPDATE folder SET listed = listed - 1, listed_unread = listed_unread - old.unread WHERE id = old.folder_id;
    END;
    CREATE TRIGGER ledger_stays_listed AFTER UPDATE OF folder_id, listed, unread ON ledger WHEN new.listed = 1 BEGIN
      UPDATE folder SET listed = listed + 1, listed_unread = listed_unread + new.unread WHERE id = new.folder_id;
    END;

    ALTER TABLE mailbox ADD COLUMN letters INTEGER NOT NULL DEFAULT 0;
    UPDATE mailbox SET letters = (SELECT count(*) FROM message WHERE mailbox_id = mailbox.id);
    CREATE TRIGGER message_counts AFTER INSERT ON message BEGIN
      UPDATE mailbox SET letters = letters + 1 WHERE id = new.mailbox_id;
    END;
    CREATE TRIGGER message_counts_no_more AFTER DELETE ON message BEGIN
      UPDATE mailbox SET letters = letters - 1 WHERE id = old.mailbox_id;
    END;
  `);
}
