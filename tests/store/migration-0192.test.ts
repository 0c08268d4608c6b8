import { expect, test } from 'vitest';
import { migrations, runMigrations } from '../../src-main/store/migrations/run-migrations.ts';
import { openInMemoryDatabase } from '../../src-main/store/process/connection.ts';

test('address books of Exchange are told anew, in which lists of people were passed over; those of Graph go on where they were', () => {
  const db = openInMemoryDatabase();
  runMigrations(
    db,
    migrations.filter(({ version }) => version <= 191),
  );
  const books = { m1: 'https://mail.x.example/ews/exchange.asmx bob contacts', m2: 'graph.microsoft.com bob contacts' };
  for (const [id, source] of Object.entries(books)) {
    db.run(
      `INSERT INTO mailbox (id, name, name_key, address, enabled, demo, collects_tickets, created_at, settings)
         VALUES (?, ?, ?, 's@x.example', 1, 0, 1, 5, '{}')`,
      ...[id, id, id],
    );
    db.run(
      `INSERT INTO address_book (mailbox_id, source, sync_state, round) VALUES (?, ?, 'as it was', 1)`,
      id,
      source,
    );
  }
  db.exec(`INSERT INTO contact (mailbox_id, item_id, round, sort_key, name, company, department, job_title, addresses, phones, loaded_at)
    VALUES ('m1', 'i', 1, 'anna', 'Anna', '', '', '', '[]', '[]', 7)`);
  runMigrations(db);
  expect(db.all('SELECT mailbox_id, sync_state, round FROM address_book ORDER BY mailbox_id')).toEqual([
    { mailbox_id: 'm1', sync_state: null, round: 1 },
    { mailbox_id: 'm2', sync_state: 'as it was', round: 1 },
  ]);
  expect(db.all('SELECT name, kind, members FROM contact')).toEqual([{ name: 'Anna', kind: 'person', members: '[]' }]);
});
