import type { WritableDb } from '../process/connection.ts';

/**
 * Letters. `message.id` is seconds of arrival × 2^20 + a running number: newest first is the key read backwards.
 * `place` is the transport key (RFC 9051, 2.3.1.1); `message (mailbox_id, content_hash)` is the content key.
 */
export function migrate0020(db: WritableDb): void {
  db.exec(`
    CREATE TABLE message (
      id INTEGER PRIMARY KEY,
      mailbox_id TEXT NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
      -- sha256 of the raw bytes less transport-added lines
      content_hash BLOB NOT NULL,
      state TEXT NOT NULL DEFAULT 'stored' CHECK (state IN ('stored', 'parsed', 'unreadable')),
      -- {"code", "params"} of an unreadable letter
      problem TEXT,
      -- both null together: no sender
      from_name TEXT,
      from_address TEXT,
      subject TEXT NOT NULL DEFAULT '',
      preview TEXT NOT NULL DEFAULT '',
      sent_at INTEGER NOT NULL,
      received_at INTEGER NOT NULL,
      size INTEGER NOT NULL,
      attachment_count INTEGER NOT NULL DEFAULT 0,
      -- unseen in any of its places
      unread INTEGER NOT NULL CHECK (unread IN (0, 1)),
      automatic INTEGER NOT NULL DEFAULT 0 CHECK (automatic IN (0, 1)),
      -- smallest id of the conversation; its own id while alone
      thread_id INTEGER NOT NULL,
      -- when the rules looked at it; null: not yet
      sorted_at INTEGER,
      ticket_id INTEGER,
      -- lower case, for sender patterns
      from_key TEXT NOT NULL DEFAULT '',
      message_id_header TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE UNIQUE INDEX message_by_content ON message (mailbox_id, content_hash);
    CREATE INDEX message_by_mailbox ON message (mailbox_id);
    CREATE INDEX message_by_thread ON message (thread_id);
    CREATE INDEX message_unread ON message (mailbox_id) WHERE unread = 1;
    CREATE INDEX message_unread_anywhere ON message (unread) WHERE unread = 1;
    CREATE INDEX message_to_parse ON message (id) WHERE state = 'stored';
    CREATE INDEX message_unsorted ON message (mailbox_id) WHERE sorted_at IS NULL AND state = 'parsed';
    CREATE INDEX message_by_sender ON message (from_key);
    CREATE INDEX message_in_ticket ON message (ticket_id) WHERE ticket_id IS NOT NULL;

    -- Exact bytes, zstd. A table of its own: lists never page through it.
    CREATE TABLE raw (
      message_id INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
      bytes BLOB NOT NULL
    ) STRICT;

    -- What of a parsed letter the list does not show. Addresses and ids are JSON.
    CREATE TABLE message_detail (
      message_id INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
      to_addresses TEXT NOT NULL,
      cc_addresses TEXT NOT NULL,
      reply_to_addresses TEXT NOT NULL,
      -- arrays of ids with angle brackets, in the header's order
      in_reply_to TEXT NOT NULL,
      refs TEXT NOT NULL,
      text TEXT NOT NULL,
      -- 1: the text here is only the beginning
      text_cut INTEGER NOT NULL CHECK (text_cut IN (0, 1)),
      has_html INTEGER NOT NULL CHECK (has_html IN (0, 1))
    ) STRICT;

    CREATE TABLE attachment (
      message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
      idx INTEGER NOT NULL,
      name TEXT NOT NULL,
      safe_name TEXT NOT NULL,
      type TEXT NOT NULL,
      size INTEGER NOT NULL,
      content_id TEXT,
      inline INTEGER NOT NULL CHECK (inline IN (0, 1)),
      PRIMARY KEY (message_id, idx)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE place (
      folder_id INTEGER NOT NULL REFERENCES folder (id) ON DELETE CASCADE,
      uid_validity INTEGER NOT NULL,
      uid INTEGER NOT NULL,
      message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
      seen INTEGER NOT NULL CHECK (seen IN (0, 1)),
      PRIMARY KEY (folder_id, uid_validity, uid)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX place_by_message ON place (message_id, folder_id);
    CREATE INDEX place_in_folder ON place (folder_id, message_id);
    CREATE INDEX place_unseen ON place (folder_id, message_id) WHERE seen = 0;

    -- Message-IDs a letter bears (own = 1) or names in In-Reply-To and References (own = 0).
    CREATE TABLE message_header (
      header TEXT NOT NULL,
      message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
      own INTEGER NOT NULL CHECK (own IN (0, 1)),
      PRIMARY KEY (header, message_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX message_header_by_message ON message_header (message_id);
  `);
}
