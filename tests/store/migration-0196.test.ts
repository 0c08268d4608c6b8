import { expect, test } from 'vitest';
import { migrations, runMigrations } from '../../src-main/store/migrations/run-migrations.ts';
import { openInMemoryDatabase } from '../../src-main/store/process/connection.ts';

test('a connection that lies prepared has a password as old as the mailbox’s; of a former one it stands elsewhere', () => {
  const db = openInMemoryDatabase();
  runMigrations(
    db,
    migrations.filter(({ version }) => version <= 195),
  );
  for (const id of ['m1', 'm2'])
    db.run(
      `INSERT INTO mailbox (id, name, name_key, address, enabled, demo, collects_tickets, created_at, settings)
         VALUES (?, ?, ?, 's@x.example', 1, 0, 1, 5, '{}')`,
      ...[id, id, id],
    );
  db.exec(`
    INSERT INTO date_fact (mailbox_id, fact, at) VALUES ('m1', 'password-set', 7), ('m1', 'grant-renewed', 8);
    INSERT INTO mailbox_switch (mailbox_id, state, vault_id, connection, prepared_at, keep_until, before) VALUES
      ('m1', 'prepared', 'v1', '{}', 9, NULL, NULL), ('m1', 'former', 'v2', '{}', 6, 99, '{}'),
      ('m2', 'prepared', 'v3', '{}', 9, NULL, NULL);`);
  runMigrations(db);
  expect(db.all('SELECT vault_id, prepared_at, password_set FROM mailbox_switch ORDER BY vault_id')).toEqual([
    { vault_id: 'v1', prepared_at: 9, password_set: 7 },
    { vault_id: 'v2', prepared_at: 6, password_set: null },
    { vault_id: 'v3', prepared_at: 9, password_set: null },
  ]);
});
