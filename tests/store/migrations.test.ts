import { describe, expect, test } from 'vitest';
import { migrations, newestSchema, runMigrations } from '../../src-main/store/migrations/run-migrations.ts';
import { type OpenDatabase, openInMemoryDatabase } from '../../src-main/store/process/connection.ts';
import { listCursors } from '../../src-main/store/queries/folder-store.ts';
import { planScope } from '../../src-main/sync/plan-load.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';

const week = 7 * 24 * 60 * 60_000;
const upTo = (version: number) => migrations.filter((step) => step.version <= version);
const version = (db: OpenDatabase) => db.get<{ user_version: number }>('PRAGMA user_version')?.user_version;
const tables = (db: OpenDatabase) =>
  db
    .all<{ name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'letter_index_%' ORDER BY name`,
    )
    .map(({ name }) => name);

/** A mailbox with a folder, in the schema of step 10. */
function addMailbox(db: OpenDatabase): void {
  db.exec(`
    INSERT INTO mailbox (id, name, name_key, address, enabled, demo, collects_tickets, created_at, settings)
      VALUES ('m1', 'Support', 'support', 's@x.example', 1, 0, 1, 5, '{"name":"Support"}');
    INSERT INTO folder (id, mailbox_id, path, name, separator, role, selected) VALUES (3, 'm1', 'INBOX', 'INBOX', '/', 'inbox', 1);
  `);
}

/** A letter as `letters.store` leaves it, in the schema of step 20. */
function addLetter(db: OpenDatabase, id: number): void {
  db.run(
    `INSERT INTO message (id, mailbox_id, content_hash, sent_at, received_at, size, unread, thread_id) VALUES (?, 'm1', ?, 1, 1, 3, 1, ?)`,
    ...[id, Buffer.from(`hash of ${id}`), id],
  );
  db.run('INSERT INTO raw (message_id, bytes) VALUES (?, ?)', id, Buffer.from('abc'));
  db.run('INSERT INTO place (folder_id, uid_validity, uid, message_id, seen) VALUES (3, 1, ?, ?, 0)', id, id);
}

test('the steps are these, and rise', () => {
  const first =
    '10 20 30 40 50 60 70 80 90 100 110 120 130 150 160 165 170 171 175 180 181 182 190 191 192 195 196 197';
  expect(migrations.map((step) => step.version).join(' ')).toBe(first);
  expect(migrations).toEqual(migrations.toSorted((one, other) => one.version - other.version));
});

test('a database of any older step arrives at the same schema as a new one, with its rows', () => {
  const fresh = openInMemoryDatabase();
  runMigrations(fresh);
  for (const { version: from } of migrations.slice(0, -1)) {
    const db = openInMemoryDatabase();
    runMigrations(db, upTo(from));
    addMailbox(db);
    if (from >= 20 && from < 80) addLetter(db, 7);
    runMigrations(db);
    expect([from, version(db), tables(db)]).toEqual([from, newestSchema, tables(fresh)]);
    const sql = (it: OpenDatabase) => it.all('SELECT type, name, sql FROM sqlite_schema ORDER BY name');
    expect(sql(db)).toEqual(sql(fresh));
    expect(db.get('SELECT name, settings FROM mailbox')).toEqual({ name: 'Support', settings: '{"name":"Support"}' });
    if (from >= 20 && from < 80)
      expect(db.get('SELECT id, state, thread_id, sorted_at FROM message')).toEqual({
        id: 7,
        state: 'stored',
        thread_id: 7,
        sorted_at: null,
      });
    expect(db.all('PRAGMA foreign_key_check')).toEqual([]);
    db.close();
  }
  fresh.close();
});

test('every table is STRICT', () => {
  const db = openInMemoryDatabase();
  runMigrations(db);
  const loose = db
    .all<{ name: string; strict: number; type: string }>('PRAGMA table_list')
    .filter(({ name, strict, type }) => type === 'table' && strict === 0 && !name.startsWith('sqlite_'));
  expect(loose).toEqual([]);
  db.close();
});

test('an upgrade that fails leaves the database as it was', () => {
  const db = openInMemoryDatabase();
  runMigrations(db, upTo(10));
  addMailbox(db);
  const broken = [
    ...upTo(20),
    {
      version: 25,
      run: () => {
        throw new Error('half way');
      },
    },
  ];
  expect(() => runMigrations(db, broken)).toThrow('half way');
  expect(version(db)).toBe(10);
  expect(tables(db)).toEqual(['folder', 'mailbox']);
  runMigrations(db);
  expect(db.get('SELECT count(*) AS n FROM mailbox')).toEqual({ n: 1 });
  db.close();
});

test('a database from a newer program is refused, not touched', () => {
  const db = openInMemoryDatabase();
  db.exec(`CREATE TABLE from_the_future (x); PRAGMA user_version = ${newestSchema + 5}`);
  expect(() => runMigrations(db)).toThrow(expect.objectContaining({ code: 'store.from-future' }));
  expect(tables(db)).toEqual(['from_the_future']);
  db.close();
});

describe('step 20, letters', () => {
  const opened = () => {
    const db = openInMemoryDatabase();
    runMigrations(db, upTo(20));
    addMailbox(db);
    addLetter(db, 7);
    return db;
  };

  test('refuses a second letter of one content and a second letter in one place', () => {
    const db = opened();
    const again = () =>
      db.run(
        `INSERT INTO message (id, mailbox_id, content_hash, sent_at, received_at, size, unread, thread_id) VALUES (8, 'm1', ?, 1, 1, 3, 1, 8)`,
        Buffer.from('hash of 7'),
      );
    expect(again).toThrow(/UNIQUE/);
    expect(() => db.run('INSERT INTO place VALUES (3, 1, 7, 7, 1)')).toThrow(/UNIQUE/);
    db.close();
  });

  test('takes everything of a letter away with its mailbox', () => {
    const db = opened();
    db.run(`DELETE FROM mailbox WHERE id = 'm1'`);
    for (const table of ['folder', 'message', 'raw', 'place'])
      expect([table, db.get(`SELECT count(*) AS n FROM ${table}`)]).toEqual([table, { n: 0 }]);
    db.close();
  });

  test('keeps a letter whose folder has gone', () => {
    const db = opened();
    db.run('DELETE FROM folder WHERE id = 3');
    expect(db.get('SELECT (SELECT count(*) FROM message) AS letters, (SELECT count(*) FROM place) AS places')).toEqual({
      letters: 1,
      places: 0,
    });
    db.close();
  });
});

describe('step 30, search', () => {
  test('forgets a letter with its row', () => {
    const db = openInMemoryDatabase();
    runMigrations(db, upTo(30));
    addMailbox(db);
    addLetter(db, 7);
    db.run(`UPDATE message SET state = 'parsed'`);
    db.run(
      `INSERT INTO letter_index (rowid, subject, sender, recipients, body, files) VALUES (7, 'Привет', '', '', '', '')`,
    );
    const found = () =>
      db.all<{ rowid: number }>(`SELECT rowid FROM letter_index WHERE letter_index MATCH 'прив*'`).length;
    expect(found()).toBe(1);
    db.run('DELETE FROM message WHERE id = 7');
    expect(found()).toBe(0);
    db.close();
  });
});

describe('step 80, the ledger', () => {
  /** As the program of step 70 left it: two folders, of which one was renumbered and one is half loaded, and a folder that was never looked at. */
  const filled = () => {
    const db = openInMemoryDatabase();
    runMigrations(db, upTo(70));
    db.exec(`
      INSERT INTO mailbox (id, name, name_key, address, enabled, demo, collects_tickets, created_at, settings)
        VALUES ('m1', 'Support', 'support', 's@x.example', 1, 0, 1, 5, '{"loading":{"firstLoadPeriod":"week"}}');
      INSERT INTO folder (id, mailbox_id, path, name, separator, role, selected, uid_validity, load_since, first_load_planned, first_load_done, last_uid) VALUES
        (3, 'm1', 'INBOX', 'INBOX', '/', 'inbox', 1, 8, 700, 1, 1, 40),
        (4, 'm1', 'Archive', 'Archive', '/', NULL, 1, 9, 700, 1, 0, 0),
        (5, 'm1', 'New', 'New', '/', NULL, 0, NULL, NULL, 0, 0, 0);
      INSERT INTO ticket (id, subject, state, type, customer, object, work_kind, criticality, template_name, mailbox_id, requester_name,
          requester_address, requester_key, created_at, updated_at, demo)
        VALUES (6, 'Printer', 'new', '', '', '', '', '', 'Mail', 'm1', 'Anna', 'a@x', 'a@x', 1, 1, 0);
    `);
    const letter = (id: number, columns: Readonly<Record<string, number | string | null>>) => {
      const values = { state: 'parsed', sorted_at: null, ticket_id: null, unread: 0, ...columns };
      db.run(
        `INSERT INTO message (id, mailbox_id, content_hash, state, sent_at, received_at, size, unread, thread_id, sorted_at, ticket_id)
         VALUES (:id, 'm1', :hash, :state, 1, :at, :size, :unread, :id, :sorted_at, :ticket_id)`,
        { ...values, id, hash: Buffer.from(`hash of ${id}`), at: id * 100, size: id * 10 },
      );
      db.run('INSERT INTO raw (message_id, bytes) VALUES (?, ?)', id, Buffer.from('abc'));
    };
    letter(1, { sorted_at: 111, ticket_id: 6 });
    letter(2, { sorted_at: 222, ticket_id: 6 });
    letter(3, { sorted_at: 333, unread: 1 });
    letter(4, { state: 'stored', unread: 1 });
    letter(5, { state: 'unreadable' });
    db.exec(`
      INSERT INTO ticket_letter (ticket_id, message_id, first_message_id, message_id_header, at, from_name, from_address, subject, text, has_html, attachments, reason)
        VALUES (6, 1, 1, '', 1, '', '', '', '', 0, '[]', 'sender-entry'), (6, 2, 2, '', 1, '', '', '', '', 0, '[]', 'in-reply-to');
      INSERT INTO place (folder_id, uid_validity, uid, message_id, seen) VALUES
        (3, 8, 39, 1, 1), (3, 8, 40, 2, 1), (3, 7, 12, 3, 0), (4, 9, 6, 2, 1), (4, 9, 7, 4, 0), (4, 9, 8, 5, 1);
    `);
    return db;
  };

  test('each place becomes a row, and what bears a number of before a renumbering has left', () => {
    const db = filled();
    const before = Date.now();
    runMigrations(db, upTo(80));
    const rows = db.all<{ left_at: number | null }>(
      `SELECT folder_id, uid_validity, uid, message_id, unread, listed, seen_at, stored_at, left_at, left_how, held, attempts, tried_at, size, problem, status
       FROM ledger ORDER BY id`,
    );
    const row = (folder_id: number, uid_validity: number, uid: number, message_id: number, status: string) => ({
      ...{ folder_id, uid_validity, uid, message_id, status, unread: 0, listed: 1, left_at: null, left_how: null },
      ...{ seen_at: message_id * 100, stored_at: message_id * 100, size: message_id * 10 },
      ...{ held: null, attempts: 0, tried_at: null, problem: null },
    });
    expect(rows).toEqual([
      { ...row(3, 7, 12, 3, 'kept'), unread: 1, left_at: expect.any(Number), left_how: 'renumbered' },
      row(3, 8, 39, 1, 'ticket'),
      row(3, 8, 40, 2, 'appended'),
      row(4, 9, 6, 2, 'appended'),
      { ...row(4, 9, 7, 4, 'loaded'), unread: 1 },
      row(4, 9, 8, 5, 'loaded'),
    ]);
    expect(rows[0]?.left_at).toBeGreaterThanOrEqual(Math.floor(before / 1000) * 1000);
    expect(tables(db)).not.toContain('place');
    expect(db.all('PRAGMA foreign_key_check')).toEqual([]);
    db.close();
  });

  test('what the rules decided is told as far as it was kept', () => {
    const db = filled();
    runMigrations(db, upTo(80));
    expect(
      db.all(
        'SELECT id, outcome, outcome_why, outcome_note, sorted_at, dismissed_at, whole_size, suspicion FROM message',
      ),
    ).toEqual(
      [
        { id: 1, outcome: 'ticket', outcome_why: null, sorted_at: 111 },
        { id: 2, outcome: 'appended', outcome_why: null, sorted_at: 222 },
        { id: 3, outcome: 'kept', outcome_why: 'not-collecting', sorted_at: 333 },
        { id: 4, outcome: null, outcome_why: null, sorted_at: null },
        { id: 5, outcome: null, outcome_why: null, sorted_at: null },
      ].map((letter) => ({ ...letter, outcome_note: '', dismissed_at: null, whole_size: null, suspicion: null })),
    );
    db.close();
  });

  test('a first load that was done is not done again, one that was half done keeps its period, one that was not begun begins', () => {
    const db = filled();
    runMigrations(db, upTo(80));
    const cursors = () =>
      db.all(
        'SELECT id, uid_validity, judged_by, load_since, period_uid, last_uid, settled_state, balance_at, on_server, unexplained, identity FROM folder ORDER BY id',
      );
    const untold = { settled_state: null, balance_at: null, on_server: 0, unexplained: '[]', identity: null };
    expect(cursors()).toEqual([
      { id: 3, uid_validity: 8, judged_by: 'position/week', load_since: 700, period_uid: 40, last_uid: 0, ...untold },
      { id: 4, uid_validity: null, judged_by: 'position/week', load_since: 700, period_uid: 0, last_uid: 0, ...untold },
      { id: 5, uid_validity: null, judged_by: null, load_since: null, period_uid: 0, last_uid: 0, ...untold },
    ]);
    db.close();
  });

  test('the loader asks for what it would have asked for: the period where it was not done, the news where it was', () => {
    const db = filled();
    runMigrations(db);
    db.run('UPDATE folder SET selected = 1');
    const choice = { newMail: 'position', firstLoadPeriod: 'week' } as const;
    const scopes = listCursors(db, 'm1' as MailboxId).map((cursor) => {
      const uidValidity = cursor.path === 'INBOX' ? 8 : 9;
      const { since, judge, periodUid } = planScope(cursor, { uidValidity, choice, now: 10 * week, newsOnly: false });
      return [cursor.path, since, judge, periodUid];
    });
    expect(scopes).toEqual([
      ['INBOX', 700, 'new', 40],
      ['Archive', 700, 'all', null],
      ['New', 9 * week, 'all', null],
    ]);
    db.close();
  });
});

describe('step 90, changes on servers', () => {
  const opened = () => {
    const db = openInMemoryDatabase();
    runMigrations(db, upTo(80));
    addMailbox(db);
    db.run('INSERT INTO ledger (id, folder_id, uid_validity, uid, unread, seen_at) VALUES (1, 3, 1, 7, 0, 5)');
    runMigrations(db);
    return db;
  };
  const plan = (db: OpenDatabase, kind: string, target: string | null) =>
    db.run(
      `INSERT INTO effect (entry_id, mailbox_id, kind, target, planned_at, not_before) VALUES (1, 'm1', ?, ?, 5, 5)`,
      ...[kind, target],
    );

  test('a row has one change at most, a move has a target and nothing else has', () => {
    const db = opened();
    expect(() => plan(db, 'move', null)).toThrow(/CHECK/);
    expect(() => plan(db, 'delete', 'Done')).toThrow(/CHECK/);
    plan(db, 'move', 'Done');
    expect(() => plan(db, 'mark-read', null)).toThrow(/UNIQUE/);
    expect(db.get('SELECT state, attempts, problem, done_at FROM effect')).toEqual({
      ...{ state: 'due', attempts: 0, problem: null, done_at: null },
    });
    db.close();
  });

  test('takes changes, lease and health away with their mailbox', () => {
    const db = opened();
    plan(db, 'mark-read', null);
    db.exec(`INSERT INTO lease VALUES ('m1', 'one', 1, 2); INSERT INTO mailbox_health (mailbox_id) VALUES ('m1')`);
    db.run(`DELETE FROM mailbox WHERE id = 'm1'`);
    for (const table of ['ledger', 'effect', 'lease', 'mailbox_health'])
      expect([table, db.get(`SELECT count(*) AS n FROM ${table}`)]).toEqual([table, { n: 0 }]);
    db.close();
  });
});
