import type { WritableDb } from '../process/connection.ts';

/**
 * The ledger takes the place of `place`: one row for each message that a server's folder holds or held, stored or not, and what was done about it there.
 * What a load still has to bring is a row without a letter, so the cursor may follow the listing.
 */
export function migrate0080(db: WritableDb): void {
  db.exec(`
    CREATE TABLE ledger (
      -- never given twice: a page may still hold the id of a row that went with its mailbox
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      folder_id INTEGER NOT NULL REFERENCES folder (id) ON DELETE CASCADE,
      uid_validity INTEGER NOT NULL,
      uid INTEGER NOT NULL,
      message_id INTEGER REFERENCES message (id) ON DELETE CASCADE,
      -- as the server marks it
      unread INTEGER NOT NULL CHECK (unread IN (0, 1)),
      -- shown in the folder's list: stored, and not known to lie elsewhere by now
      listed INTEGER NOT NULL DEFAULT 0 CHECK (listed IN (0, 1)),
      seen_at INTEGER NOT NULL,
      stored_at INTEGER,
      left_at INTEGER,
      left_how TEXT CHECK (left_how IN ('moved', 'deleted', 'renumbered')),
      held TEXT CHECK (held IN ('before-period', 'read', 'too-large', 'refused')),
      attempts INTEGER NOT NULL DEFAULT 0,
      tried_at INTEGER,
      size INTEGER,
      -- {"code", "params"} of the last attempt that failed
      problem TEXT,
      -- of its letter, which one trigger below keeps in step: lists and counts by status read one index
      outcome TEXT,
      -- 'loaded': the rules have not decided on its letter
      status TEXT GENERATED ALWAYS AS (
        CASE WHEN message_id IS NOT NULL THEN ifnull(outcome, 'loaded') WHEN left_at IS NOT NULL THEN 'left' WHEN held IS NOT NULL THEN 'held' ELSE 'waiting' END
      ) VIRTUAL,
      CHECK ((left_at IS NULL) = (left_how IS NULL))
    ) STRICT;
    CREATE UNIQUE INDEX ledger_by_uid ON ledger (folder_id, uid_validity, uid);
    -- What bears a number of before a renumbering was not met again since.
    INSERT INTO ledger (folder_id, uid_validity, uid, message_id, unread, listed, seen_at, stored_at, left_at, left_how, size)
      SELECT p.folder_id, p.uid_validity, p.uid, p.message_id, 1 - p.seen, 1, m.received_at, m.received_at,
        CASE WHEN p.uid_validity <> f.uid_validity THEN unixepoch() * 1000 END, CASE WHEN p.uid_validity <> f.uid_validity THEN 'renumbered' END, m.size
      FROM place p JOIN message m ON m.id = p.message_id JOIN folder f ON f.id = p.folder_id ORDER BY p.folder_id, p.uid_validity, p.uid;
    DROP TABLE place;
    CREATE INDEX ledger_by_message ON ledger (message_id, folder_id) WHERE message_id IS NOT NULL;
    CREATE INDEX ledger_in_folder ON ledger (folder_id, message_id) WHERE listed = 1;
    CREATE INDEX ledger_unread ON ledger (folder_id, message_id) WHERE listed = 1 AND unread = 1;
    CREATE INDEX ledger_waiting ON ledger (folder_id, uid_validity, uid) WHERE message_id IS NULL AND left_at IS NULL AND held IS NULL;
    CREATE INDEX ledger_refused ON ledger (folder_id, tried_at) WHERE held = 'refused';
    -- Pages of the ledger by status, each already in order; what follows the id lets a balance be counted without the table.
    CREATE INDEX ledger_by_status ON ledger (folder_id, status, id, uid_validity, left_at, held, message_id);

    -- What judged the rows of a folder: "position/week". NULL: nothing yet.
    ALTER TABLE folder ADD COLUMN judged_by TEXT;
    -- Up to this UID the period decides; above it everything is new mail.
    ALTER TABLE folder ADD COLUMN period_uid INTEGER NOT NULL DEFAULT 0;
    -- MAILBOXID (RFC 8474)
    ALTER TABLE folder ADD COLUMN identity TEXT;
    -- {"uidValidity", "uidNext", "exists", "unseen", "highestModseq"} when all of it was last in the ledger and nothing was left to do
    ALTER TABLE folder ADD COLUMN settled_state TEXT;
    ALTER TABLE folder ADD COLUMN balance_at INTEGER;
    ALTER TABLE folder ADD COLUMN on_server INTEGER NOT NULL DEFAULT 0;
    -- JSON array of UIDs
    ALTER TABLE folder ADD COLUMN unexplained TEXT NOT NULL DEFAULT '[]';
    -- Of before: the first pass gives every letter of the folder its row, those of the period not taken again by their numbers. A first load that was not done is
    -- planned once more, with the period that was fixed: as yet its cursor says nothing of what is new mail.
    UPDATE folder SET period_uid = last_uid, last_uid = 0, uid_validity = CASE first_load_done WHEN 1 THEN uid_validity END, judged_by = 'position/' ||
      (SELECT settings ->> '$.loading.firstLoadPeriod' FROM mailbox WHERE id = folder.mailbox_id) WHERE first_load_planned = 1;
    ALTER TABLE folder DROP COLUMN first_load_planned;
    ALTER TABLE folder DROP COLUMN first_load_done;

    ALTER TABLE message ADD COLUMN parsed_at INTEGER;
    -- Bytes on the server of a letter of which only the header was loaded.
    ALTER TABLE message ADD COLUMN whole_size INTEGER;
    -- Why its sender may be false, as the receiving server saw it.
    ALTER TABLE message ADD COLUMN suspicion TEXT;
    ALTER TABLE message ADD COLUMN outcome TEXT CHECK (outcome IN ('ticket', 'appended', 'kept', 'quarantined'));
    ALTER TABLE message ADD COLUMN outcome_why TEXT;
    ALTER TABLE message ADD COLUMN outcome_note TEXT NOT NULL DEFAULT '';
    -- Taken off the quarantine desk by a person.
    ALTER TABLE message ADD COLUMN dismissed_at INTEGER;
    -- Decided before outcomes were kept: what made no ticket then was mail like any other.
    UPDATE message SET outcome = ifnull((SELECT CASE WHEN reason IN ('sender-entry', 'by-hand') THEN 'ticket' ELSE 'appended' END
      FROM ticket_letter WHERE message_id = message.id), 'ticket') WHERE ticket_id IS NOT NULL;
    UPDATE message SET outcome = 'kept', outcome_why = 'not-collecting' WHERE sorted_at IS NOT NULL AND ticket_id IS NULL;
    UPDATE ledger SET outcome = (SELECT outcome FROM message WHERE id = ledger.message_id);
    CREATE TRIGGER message_tells_ledger AFTER UPDATE OF outcome ON message WHEN old.outcome IS NOT new.outcome BEGIN
      UPDATE ledger SET outcome = new.outcome WHERE message_id = new.id;
    END;
    -- The desk, newest first, for each mailbox and reason; what follows the id lets it be counted without the table.
    CREATE INDEX message_quarantined ON message (mailbox_id, outcome_why, id, dismissed_at, sorted_at) WHERE outcome = 'quarantined';
    -- Unreadable letters are looked at by the rules as well.
    DROP INDEX message_unsorted;
    CREATE INDEX message_unsorted ON message (mailbox_id) WHERE sorted_at IS NULL AND state <> 'stored';

    CREATE TABLE allowed_sender (
      -- lower case
      address TEXT PRIMARY KEY,
      at INTEGER NOT NULL
    ) STRICT;
  `);
}
