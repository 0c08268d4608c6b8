import { describe, expect, test } from 'vitest';
import { migrations, newestSchema, runMigrations } from '../../src-main/store/migrations/run-migrations.ts';
import { type OpenDatabase, openInMemoryDatabase } from '../../src-main/store/process/connection.ts';

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

test('the steps rise by tens', () => {
  expect(migrations.map((step) => step.version)).toEqual([10, 20, 30, 40, 50, 60, 70]);
});

test('a database of any older step arrives at the same schema as a new one, with its rows', () => {
  const fresh = openInMemoryDatabase();
  runMigrations(fresh);
  for (const { version: from } of migrations.slice(0, -1)) {
    const db = openInMemoryDatabase();
    runMigrations(db, upTo(from));
    addMailbox(db);
    if (from >= 20) addLetter(db, 7);
    runMigrations(db);
    expect([from, version(db), tables(db)]).toEqual([from, newestSchema, tables(fresh)]);
    const sql = (it: OpenDatabase) => it.all('SELECT type, name, sql FROM sqlite_schema ORDER BY name');
    expect(sql(db)).toEqual(sql(fresh));
    expect(db.get('SELECT name, settings FROM mailbox')).toEqual({ name: 'Support', settings: '{"name":"Support"}' });
    if (from >= 20)
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

test('lists, counts and the search read an index, never a whole table', () => {
  const db = openInMemoryDatabase();
  runMigrations(db);
  const plan = (sql: string) =>
    db
      .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .map(({ detail }) => detail)
      .join(' | ');
  expect(plan(`SELECT id FROM message WHERE mailbox_id = 'm' AND id < 5 ORDER BY id DESC LIMIT 9`)).not.toContain(
    'TEMP B-TREE',
  );
  expect(
    plan(
      'SELECT DISTINCT message_id FROM place WHERE folder_id = 1 AND message_id < 5 ORDER BY message_id DESC LIMIT 9',
    ),
  ).not.toContain('TEMP B-TREE');
  expect(plan('SELECT id FROM message NOT INDEXED ORDER BY id DESC LIMIT 9')).not.toContain('TEMP B-TREE');
  expect(plan('SELECT id FROM message WHERE unread = 1 ORDER BY id DESC LIMIT 9')).not.toContain('TEMP B-TREE');
  expect(plan(`SELECT id FROM message WHERE mailbox_id = 'm' AND unread = 1 ORDER BY id DESC LIMIT 9`)).toContain(
    'message_unread',
  );
  expect(plan('SELECT count(*) FROM place WHERE folder_id = 1 AND seen = 0')).toContain('place_unseen');
  db.close();
});
