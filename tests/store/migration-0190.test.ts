import { expect, test } from 'vitest';
import { migrations, runMigrations } from '../../src-main/store/migrations/run-migrations.ts';
import { openInMemoryDatabase } from '../../src-main/store/process/connection.ts';

test('meetings of whole days lose the mark by which they would not be fetched again, all others keep it', () => {
  const db = openInMemoryDatabase();
  runMigrations(
    db,
    migrations.filter(({ version }) => version <= 180),
  );
  db.exec(
    `INSERT INTO mailbox (id, name, name_key, address, enabled, demo, collects_tickets, created_at, settings)
       VALUES ('m1', 'Support', 'support', 's@x.example', 1, 0, 1, 5, '{}')`,
  );
  for (const allDay of [0, 1])
    db.run(
      `INSERT INTO meeting (mailbox_id, item_id, mark, uid, starts_at, ends_at, all_day, zone, subject, location, organizer, attendees, response, cancelled, recurring, answerable, html, body)
         VALUES ('m1', 'item' || ?, 'as it was', '', 1, 2, ?, '', 'Fair', '', NULL, '[]', 'none', 0, 0, 0, NULL, '')`,
      ...[allDay, allDay],
    );
  runMigrations(db);
  expect(db.all('SELECT all_day, mark, subject FROM meeting ORDER BY all_day')).toEqual([
    { all_day: 0, mark: 'as it was', subject: 'Fair' },
    { all_day: 1, mark: '', subject: 'Fair' },
  ]);
});
