import { describe, expect, test } from 'vitest';
import { migrations, runMigrations } from '../../src-main/store/migrations/run-migrations.ts';
import { type OpenDatabase, openInMemoryDatabase } from '../../src-main/store/process/connection.ts';

describe('step 100, names of POP3 letters', () => {
  const opened = () => {
    const db = openInMemoryDatabase();
    const upTo90 = migrations.filter((step) => step.version <= 90);
    runMigrations(db, upTo90);
    db.exec(`
      INSERT INTO mailbox (id, name, name_key, address, enabled, demo, collects_tickets, created_at, settings)
        VALUES ('m1', 'Support', 'support', 's@x.example', 1, 0, 1, 5, '{}');
      INSERT INTO folder (id, mailbox_id, path, name, separator, role, selected) VALUES (3, 'm1', 'INBOX', 'INBOX', '/', 'inbox', 1);
    `);
    runMigrations(db);
    db.exec(`
      INSERT INTO uidl_numbering (folder_id, source, generation, last_uid) VALUES (3, 'bob@pop.example', 0, 2);
      INSERT INTO uidl (folder_id, uidl, nth, uid) VALUES (3, 'a', 1, 1), (3, 'A', 1, 2);
    `);
    return db;
  };
  const name = (db: OpenDatabase, uidl: string, uid: number) =>
    db.run('INSERT INTO uidl (folder_id, uidl, nth, uid) VALUES (3, ?, 1, ?)', uidl, uid);

  test('refuses a name and a number twice; names differ by their case', () => {
    const db = opened();
    expect(() => name(db, 'a', 3)).toThrow('UNIQUE');
    expect(() => name(db, 'b', 2)).toThrow('UNIQUE');
    name(db, 'b', 3);
    db.close();
  });

  test('goes with its folder', () => {
    const db = opened();
    db.run('DELETE FROM folder WHERE id = 3');
    expect(db.get('SELECT (SELECT count(*) FROM uidl) + (SELECT count(*) FROM uidl_numbering) AS n')).toEqual({ n: 0 });
    db.close();
  });
});
