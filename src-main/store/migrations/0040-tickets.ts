import type { WritableDb } from '../process/connection.ts';

/**
 * Tickets outlive letters and mailboxes: what a ticket shows is copied into it, and no foreign key leads out to the mail.
 */
export function migrate0040(db: WritableDb): void {
  db.exec(`
    CREATE TABLE template (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      type TEXT NOT NULL,
      customer TEXT NOT NULL,
      object TEXT NOT NULL,
      work_kind TEXT NOT NULL,
      criticality TEXT NOT NULL,
      demo INTEGER NOT NULL CHECK (demo IN (0, 1))
    ) STRICT;

    CREATE TABLE sender_entry (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      pattern TEXT NOT NULL,
      -- lower case, ASCII form of the domain
      pattern_key TEXT NOT NULL,
      template_id INTEGER NOT NULL REFERENCES template (id) ON DELETE RESTRICT,
      mailbox_id TEXT REFERENCES mailbox (id) ON DELETE CASCADE,
      receiving INTEGER NOT NULL CHECK (receiving IN (0, 1)),
      demo INTEGER NOT NULL CHECK (demo IN (0, 1))
    ) STRICT;
    -- NULLs differ from each other in an index: the general entry is '' here.
    CREATE UNIQUE INDEX sender_entry_by_pattern ON sender_entry (pattern_key, ifnull(mailbox_id, ''));
    CREATE INDEX sender_entry_by_template ON sender_entry (template_id);

    CREATE TABLE ticket (
      -- the number people see: never given twice
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      subject TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('new', 'open', 'waiting', 'solved', 'closed')),
      type TEXT NOT NULL,
      customer TEXT NOT NULL,
      object TEXT NOT NULL,
      work_kind TEXT NOT NULL,
      criticality TEXT NOT NULL,
      template_id INTEGER REFERENCES template (id) ON DELETE SET NULL,
      -- as it was when the ticket was made, or when the template was removed
      template_name TEXT NOT NULL,
      mailbox_id TEXT NOT NULL,
      requester_name TEXT NOT NULL,
      -- as written in the letter; the key is lower case
      requester_address TEXT NOT NULL,
      requester_key TEXT NOT NULL,
      assignee TEXT NOT NULL DEFAULT '',
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      -- counted with each change, so that a page of the list reads this table alone
      letter_count INTEGER NOT NULL DEFAULT 0,
      answer_count INTEGER NOT NULL DEFAULT 0,
      delivery TEXT,
      demo INTEGER NOT NULL CHECK (demo IN (0, 1))
    ) STRICT;
    CREATE INDEX ticket_by_change ON ticket (updated_at, id);
    CREATE INDEX ticket_by_state ON ticket (state, updated_at, id);
    CREATE INDEX ticket_by_mailbox ON ticket (mailbox_id, updated_at, id);
    CREATE INDEX ticket_by_template ON ticket (template_id, updated_at, id);
    CREATE INDEX ticket_by_assignee ON ticket (assignee, updated_at, id) WHERE assignee <> '';

    CREATE TABLE ticket_letter (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
      -- one letter, one ticket; null once the letter itself is gone
      message_id INTEGER UNIQUE,
      -- stays when the letter is gone
      first_message_id INTEGER NOT NULL,
      message_id_header TEXT NOT NULL,
      at INTEGER NOT NULL,
      from_name TEXT NOT NULL,
      from_address TEXT NOT NULL,
      subject TEXT NOT NULL,
      text TEXT NOT NULL,
      has_html INTEGER NOT NULL CHECK (has_html IN (0, 1)),
      -- Attachment[]
      attachments TEXT NOT NULL,
      reason TEXT NOT NULL
    ) STRICT;
    CREATE INDEX ticket_letter_by_ticket ON ticket_letter (ticket_id);
    CREATE INDEX ticket_letter_by_header ON ticket_letter (message_id_header) WHERE message_id_header <> '';

    CREATE TABLE ticket_change (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      ticket_id INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
      at INTEGER NOT NULL,
      -- empty: a letter did it
      author TEXT NOT NULL,
      field TEXT NOT NULL,
      before TEXT NOT NULL,
      after TEXT NOT NULL
    ) STRICT;
    CREATE INDEX ticket_change_by_ticket ON ticket_change (ticket_id);

    -- Words of tickets, apart from those of letters: they stay when the letters go. rowid: 2 × ticket_letter.id, or 2 × outgoing.id + 1.
    CREATE VIRTUAL TABLE ticket_index USING fts5 (
      words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER ticket_letter_leaves_index AFTER DELETE ON ticket_letter BEGIN
      DELETE FROM ticket_index WHERE rowid = 2 * old.id;
    END;
    CREATE TRIGGER message_leaves_ticket AFTER DELETE ON message WHEN old.ticket_id IS NOT NULL BEGIN
      UPDATE ticket_letter SET message_id = NULL WHERE message_id = old.id;
    END;
    CREATE TRIGGER ticket_leaves_messages AFTER DELETE ON ticket BEGIN
      UPDATE message SET ticket_id = NULL WHERE ticket_id = old.id;
    END;
  `);
}
