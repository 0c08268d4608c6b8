import type { WritableDb } from '../process/connection.ts';

/** Meetings of the mailboxes whose calendar is followed, and what a person wants answered to them. */
export function migrate0150(db: WritableDb): void {
  db.exec(`
    CREATE TABLE calendar (
      mailbox_id TEXT PRIMARY KEY REFERENCES mailbox (id) ON DELETE CASCADE,
      -- server, login and mailbox: names of another calendar mean other meetings
      source TEXT NOT NULL,
      -- what the server gave to go on from; null: never looked at to the end
      sync_state TEXT,
      -- the span of time that was looked at
      span_from INTEGER NOT NULL,
      span_to INTEGER NOT NULL,
      looked_at INTEGER,
      -- {"code", "params"}
      problem TEXT
    ) STRICT;
    CREATE TABLE meeting (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      mailbox_id TEXT NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
      item_id TEXT NOT NULL,
      -- another after each change on the server
      mark TEXT NOT NULL,
      -- iCalendar UID; empty where the server tells none
      uid TEXT NOT NULL,
      starts_at INTEGER NOT NULL,
      ends_at INTEGER NOT NULL,
      all_day INTEGER NOT NULL,
      zone TEXT NOT NULL,
      subject TEXT NOT NULL,
      location TEXT NOT NULL,
      -- {"name", "address"}
      organizer TEXT,
      attendees TEXT NOT NULL,
      response TEXT NOT NULL,
      cancelled INTEGER NOT NULL,
      recurring INTEGER NOT NULL,
      answerable INTEGER NOT NULL,
      html TEXT,
      body TEXT NOT NULL,
      -- no longer in the calendar of the server; kept for the answer that it got
      left_at INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX meeting_by_name ON meeting (mailbox_id, item_id);
    CREATE INDEX meeting_by_start ON meeting (starts_at);
    CREATE INDEX meeting_by_uid ON meeting (mailbox_id, uid, starts_at) WHERE uid <> '';

    CREATE TABLE meeting_file (
      meeting_id INTEGER NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      media_type TEXT NOT NULL,
      size INTEGER NOT NULL,
      -- null: known by name alone
      bytes BLOB,
      PRIMARY KEY (meeting_id, position)
    ) STRICT;

    CREATE TABLE meeting_reply (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      meeting_id INTEGER NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
      answer TEXT NOT NULL CHECK (answer IN ('accept', 'tentative', 'decline')),
      tell INTEGER NOT NULL,
      message TEXT NOT NULL,
      series INTEGER NOT NULL,
      state TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'doing', 'done', 'gone', 'failed', 'cancelled')),
      planned_at INTEGER NOT NULL,
      -- how the answer stood on the server before this one was begun
      stood TEXT,
      -- {"code", "params"}
      problem TEXT,
      done_at INTEGER
    ) STRICT;
    CREATE INDEX meeting_reply_of ON meeting_reply (meeting_id, id);
    CREATE INDEX meeting_reply_open ON meeting_reply (id) WHERE state IN ('due', 'doing');
  `);
}
