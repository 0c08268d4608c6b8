import { expect, test } from 'vitest';
import { parseMessage } from '../../src-main/mime/parse-message.ts';
import { runMigrations } from '../../src-main/store/migrations/run-migrations.ts';
import { openInMemoryDatabase } from '../../src-main/store/process/connection.ts';
import { toIndexedLetter } from '../../src-main/store/process/letter-digest.ts';
import { keepParsed } from '../../src-main/store/queries/letter-parsed.ts';
import type { MailboxId, MessageId } from '../../src-shared/domain/ids.ts';
import { composeRaw } from '../support/compose-raw.ts';

const newsletter = (issue: number) =>
  composeRaw({
    subject: `Issue ${issue}`,
    messageId: `issue-${issue}@news.example`,
    headers: ['References: <news@news.example>'],
  });

function openMailboxes(...ids: readonly string[]) {
  const db = openInMemoryDatabase();
  runMigrations(db);
  for (const id of ids)
    db.run(
      `INSERT INTO mailbox (id, name, name_key, address, enabled, demo, collects_tickets, created_at, settings)
       VALUES (:id, :id, :id, :id, 1, 0, 1, 0, '{}')`,
      { id },
    );
  const store = (id: number, mailboxId: string) =>
    db.run(
      `INSERT INTO message (id, mailbox_id, content_hash, sent_at, received_at, size, unread, thread_id) VALUES (?, ?, ?, 0, 0, 1, 0, ?)`,
      ...[id, mailboxId, Buffer.from(`${mailboxId} ${id}`), id],
    );
  const keep = async (id: number, mailboxId: string, raw: Uint8Array) => {
    const letter = toIndexedLetter(await parseMessage(raw));
    keepParsed(db, [{ id: id as MessageId, mailboxId: mailboxId as MailboxId, letter, problem: null }]);
  };
  return { db, store, keep };
}

test.each([
  ['oldest', (at: number) => at],
  ['newest', (at: number) => 1000 - at],
])(
  'every issue of a newsletter joins one conversation, loaded from the %s on, whoever else gets it',
  async (_from, order) => {
    const { db, store, keep } = openMailboxes('ours', 'theirs');
    for (let at = 1; at <= 450; at += 1) {
      const id = order(at) * 2;
      store(id, 'ours');
      await keep(id, 'ours', newsletter(id));
      store(id + 1, 'theirs');
      await keep(id + 1, 'theirs', newsletter(id));
    }
    const threads = db.all<{ mailbox_id: string; letters: number }>(
      'SELECT mailbox_id, count(*) AS letters FROM message GROUP BY thread_id ORDER BY mailbox_id',
    );
    expect(threads).toEqual([
      { mailbox_id: 'ours', letters: 450 },
      { mailbox_id: 'theirs', letters: 450 },
    ]);
  },
);

test('what was parsed for a mailbox that is gone is not kept for the letter that has its number now', async () => {
  const { db, store, keep } = openMailboxes('gone', 'here');
  store(7, 'gone');
  db.run(`DELETE FROM mailbox WHERE id = 'gone'`);
  store(7, 'here');
  await keep(7, 'gone', composeRaw({ subject: 'Secret of another' }));
  expect(db.get('SELECT subject, state FROM message')).toEqual({ subject: '', state: 'stored' });
});
