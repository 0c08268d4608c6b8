import { expect, test } from 'vitest';
import { migrations, runMigrations } from '../../src-main/store/migrations/run-migrations.ts';
import { openInMemoryDatabase } from '../../src-main/store/process/connection.ts';

test('meetings of whole days and those with pictures lose the mark by which they would not be fetched again, all others keep it', () => {
  const db = openInMemoryDatabase();
  runMigrations(
    db,
    migrations.filter(({ version }) => version <= 180),
  );
  db.exec(
    `INSERT INTO mailbox (id, name, name_key, address, enabled, demo, collects_tickets, created_at, settings)
       VALUES ('m1', 'Support', 'support', 's@x.example', 1, 0, 1, 5, '{}')`,
  );
  for (const [at, html] of [null, '<p>', '<img src="cid:a">', null].entries())
    db.run(
      `INSERT INTO meeting (mailbox_id, item_id, mark, uid, starts_at, ends_at, all_day, zone, subject, location, organizer, attendees, response, cancelled, recurring, answerable, html, body)
         VALUES ('m1', ?, 'as it was', '', 1, 2, ?, '', 'Fair', '', NULL, '[]', 'none', 0, 0, 0, ?, '')`,
      ...[`item${at}`, at === 3 ? 1 : 0, html],
    );
  runMigrations(db);
  expect(db.all('SELECT item_id, mark, subject FROM meeting ORDER BY item_id')).toEqual([
    { item_id: 'item0', mark: 'as it was', subject: 'Fair' },
    { item_id: 'item1', mark: 'as it was', subject: 'Fair' },
    { item_id: 'item2', mark: '', subject: 'Fair' },
    { item_id: 'item3', mark: '', subject: 'Fair' },
  ]);
});
