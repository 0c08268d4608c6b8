import { expect, test } from 'vitest';
import { migrations, runMigrations } from '../../src-main/store/migrations/run-migrations.ts';
import { openInMemoryDatabase } from '../../src-main/store/process/connection.ts';

test('whether an answer is wished for becomes a fact of its own; where it was never said, it is', () => {
  const db = openInMemoryDatabase();
  runMigrations(
    db,
    migrations.filter(({ version }) => version <= 196),
  );
  db.run(
    `INSERT INTO mailbox (id, name, name_key, address, enabled, demo, collects_tickets, created_at, settings)
       VALUES ('m', 'm', 'm', 'm@x.example', 1, 0, 1, 5, '{}')`,
  );
  for (const answerable of [0, 1, 2])
    db.run(
      `INSERT INTO meeting (mailbox_id, item_id, mark, uid, starts_at, ends_at, all_day, zone, subject, location, organizer, attendees, response, cancelled, recurring, answerable, html, body)
         VALUES ('m', ?, 'k', '', 1, 2, 0, '', '', '', NULL, '[]', 'none', 0, 0, ?, NULL, '')`,
      ...[String(answerable), answerable],
    );
  runMigrations(db);
  expect(db.all('SELECT item_id, answerable, response_requested FROM meeting ORDER BY item_id')).toEqual([
    { item_id: '0', answerable: 0, response_requested: 1 },
    { item_id: '1', answerable: 1, response_requested: 1 },
    { item_id: '2', answerable: 1, response_requested: 0 },
  ]);
});
