import { expect, test } from 'vitest';
import { migrations, runMigrations } from '../../src-main/store/migrations/run-migrations.ts';
import { openInMemoryDatabase, type WritableDb } from '../../src-main/store/process/connection.ts';
import { createSeededRandom, type SeededRandom } from '../bench/seeded-random.ts';

const kept = (db: WritableDb) => ({
  folders: db.all('SELECT id, listed, listed_unread AS unread FROM folder ORDER BY id'),
  mailboxes: db.all('SELECT id, letters FROM mailbox ORDER BY id'),
});
const counted = (db: WritableDb) => ({
  folders: db.all(
    `SELECT id, (SELECT count(*) FROM ledger l WHERE l.folder_id = f.id AND l.listed = 1) AS listed,
       (SELECT count(*) FROM ledger l WHERE l.folder_id = f.id AND l.listed = 1 AND l.unread = 1) AS unread FROM folder f ORDER BY id`,
  ),
  mailboxes: db.all(
    'SELECT id, (SELECT count(*) FROM message m WHERE m.mailbox_id = b.id) AS letters FROM mailbox b ORDER BY id',
  ),
});

function openCompany(): WritableDb {
  const db = openInMemoryDatabase();
  runMigrations(db);
  db.exec(`
    INSERT INTO mailbox (id, name, name_key, address, enabled, demo, collects_tickets, created_at, settings)
      VALUES ('m1', 'Support', 'support', 's@x.example', 1, 0, 1, 5, '{}'), ('m2', 'Sales', 'sales', 't@x.example', 1, 0, 1, 5, '{}');
    INSERT INTO folder (id, mailbox_id, path, name, separator, selected)
      VALUES (1, 'm1', 'INBOX', 'INBOX', '/', 1), (2, 'm1', 'Archive', 'Archive', '/', 1), (3, 'm2', 'INBOX', 'INBOX', '/', 1);
  `);
  return db;
}

/** One change of any kind that a row can go through, of any letter. */
function change(db: WritableDb, random: SeededRandom, next: number): void {
  const folder = 1 + random.integer(3);
  const some = (table: string) =>
    db.get<{ id: number }>(`SELECT id FROM ${table} ORDER BY id LIMIT 1 OFFSET ?`, random.integer(20))?.id ?? 0;
  const flag = () => random.integer(2);
  const changes = [
    () => {
      db.run(
        `INSERT INTO message (id, mailbox_id, content_hash, sent_at, received_at, size, unread, thread_id) VALUES (?, ?, ?, 1, 1, 3, ?, ?)`,
        ...[next, folder === 3 ? 'm2' : 'm1', Buffer.from(`hash of ${next}`), flag(), next],
      );
      db.run(
        'INSERT INTO ledger (folder_id, uid_validity, uid, message_id, unread, listed, seen_at) VALUES (?, 1, ?, ?, ?, ?, 1)',
        ...[folder, next, next, flag(), flag()],
      );
    },
    () => db.run('UPDATE ledger SET listed = ? WHERE id = ?', flag(), some('ledger')),
    () => db.run('UPDATE ledger SET unread = ?, listed = ? WHERE id = ?', flag(), flag(), some('ledger')),
    () => db.run('UPDATE ledger SET folder_id = ? WHERE id = ?', folder, some('ledger')),
    () => db.run('UPDATE ledger SET unread = 1 - unread WHERE folder_id = ?', folder),
    () => db.run('DELETE FROM ledger WHERE id = ?', some('ledger')),
    () => db.run('DELETE FROM message WHERE id = ?', some('message')),
  ];
  changes[random.chance(0.5) ? 0 : random.integer(changes.length)]?.();
}

test('what a folder lists and a mailbox has is counted with each change', () => {
  const db = openCompany();
  const random = createSeededRandom('letter counts');
  for (let step = 1; step <= 600; step += 1) {
    change(db, random, step);
    if (step % 20 === 0) expect([step, kept(db)]).toEqual([step, counted(db)]);
  }
  // Enough to tell: something is listed, and not everything is.
  const { folders } = counted(db) as {
    readonly folders: readonly { readonly listed: number; readonly unread: number }[];
  };
  expect(folders.every(({ listed, unread }) => listed > unread && unread > 0)).toBe(true);
  db.exec(`DELETE FROM folder WHERE id = 2; DELETE FROM mailbox WHERE id = 'm2'`);
  expect(kept(db)).toEqual(counted(db));
});

test('a change that fails counts nothing', () => {
  const db = openCompany();
  const random = createSeededRandom('undone');
  for (let step = 1; step <= 40; step += 1) change(db, random, step);
  const before = kept(db);
  expect(() =>
    db.transaction(() => {
      for (let step = 41; step <= 80; step += 1) change(db, random, step);
      throw new Error('undone');
    }),
  ).toThrow();
  expect(kept(db)).toEqual(before);
  expect(kept(db)).toEqual(counted(db));
});

test('letters of before are counted when the database is upgraded', () => {
  const upgraded = openCompany();
  const random = createSeededRandom('upgrade');
  for (let step = 1; step <= 60; step += 1) change(upgraded, random, step);
  const right = kept(upgraded);
  upgraded.exec('UPDATE folder SET listed = 0, listed_unread = 0; UPDATE mailbox SET letters = 0');
  for (const trigger of upgraded.all<{ name: string }>(
    `SELECT name FROM sqlite_schema WHERE type = 'trigger' AND (name LIKE 'ledger_%' OR name LIKE 'message_counts%')`,
  ))
    upgraded.exec(`DROP TRIGGER ${trigger.name}`);
  upgraded.exec(`
    ALTER TABLE folder DROP COLUMN listed; ALTER TABLE folder DROP COLUMN listed_unread; ALTER TABLE mailbox DROP COLUMN letters;
    PRAGMA user_version = 180;
  `);
  runMigrations(
    upgraded,
    migrations.filter(({ version }) => version === 181),
  );
  expect(kept(upgraded)).toEqual(right);
});
