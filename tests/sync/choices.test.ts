import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerEntry } from '../../src-shared/domain/ledger.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { addMailbox, letter, loadOnce, openConsole, subjectsOf, type TestConsole } from './open-console.ts';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot.stop());

const day = 24 * 60 * 60_000;
const daysAgo = (days: number) => new Date(Date.now() - days * day);

async function entriesOf({ store }: TestConsole, mailbox: Mailbox): Promise<readonly LedgerEntry[]> {
  const filter = { mailboxId: mailbox.id, folderId: null, statuses: [], query: '' };
  return store.call('ledger.list', { filter, before: null, limit: 500 });
}

async function balanceOf({ store }: TestConsole, mailbox: Mailbox) {
  const [balance] = await store.call('ledger.balances', { mailboxId: mailbox.id });
  return balance;
}

function markRead(user: string, times = Number.POSITIVE_INFINITY): void {
  const cur = join(dovecot.dir, 'mail', user, 'Maildir', 'cur');
  for (const file of readdirSync(cur).sort().slice(0, times)) renameSync(join(cur, file), join(cur, `${file}S`));
}

describe('what counts as new', () => {
  test('by position: what lies before the period has its row and is not loaded; the balance explains it', async () => {
    const user = 'by-position';
    fillMaildir(dovecot, user, 'INBOX', [
      { raw: letter('old'), receivedAt: daysAgo(40) },
      { raw: letter('today'), receivedAt: daysAgo(0.01) },
    ]);
    await using console = await openConsole();
    const mailbox = await addMailbox(console, { user, port: dovecot.imapPort, loading: { firstLoadPeriod: 'week' } });
    const report = await loadOnce(console, mailbox);
    expect(report).toMatchObject({ unexplained: 0, folders: [{ onServer: 2, loaded: 1, heldBack: 1 }] });
    const rows = await entriesOf(console, mailbox);
    expect(rows.map(({ uid, status, why }) => [uid, status, why])).toEqual([
      [2, 'parsed', null],
      [1, 'held', 'before-period'],
    ]);
    expect(await balanceOf(console, mailbox)).toMatchObject({
      onServer: 2,
      inLedger: 2,
      unexplained: [],
      counts: { stored: 1, beforePeriod: 1, waiting: 0 },
    });
  });

  test('a longer period chosen later loads what the shorter one left out, and nothing twice', async () => {
    const user = 'longer';
    fillMaildir(dovecot, user, 'INBOX', [
      { raw: letter('old'), receivedAt: daysAgo(40) },
      { raw: letter('today'), receivedAt: daysAgo(0.01) },
    ]);
    await using console = await openConsole();
    const mailbox = await addMailbox(console, { user, port: dovecot.imapPort, loading: { firstLoadPeriod: 'week' } });
    await loadOnce(console, mailbox);
    const settings = {
      ...mailbox.settings,
      loading: { ...mailbox.settings.loading, firstLoadPeriod: 'quarter' as const },
    };
    await console.store.call('mailboxes.put', { mailbox: { ...mailbox, settings } });
    await console.loading.stop([mailbox.id]);
    const again = await loadOnce(console, mailbox);
    expect(again.folders[0]).toMatchObject({ loaded: 2, fresh: 1, heldBack: 0 });
    expect(await subjectsOf(console, mailbox)).toEqual(['today', 'old']);
  });

  test('unread only: a letter that somebody has read is left out, and loaded once it is unread again', async () => {
    const user = 'unread-only';
    fillMaildir(dovecot, user, 'INBOX', [{ raw: letter('read'), flags: 'S' }, { raw: letter('unread') }]);
    await using console = await openConsole();
    const mailbox = await addMailbox(console, { user, port: dovecot.imapPort, loading: { newMail: 'unread' } });
    await loadOnce(console, mailbox);
    expect(await subjectsOf(console, mailbox)).toEqual(['unread']);
    expect(await balanceOf(console, mailbox)).toMatchObject({ onServer: 2, counts: { stored: 1, read: 1 } });

    const cur = join(dovecot.dir, 'mail', user, 'Maildir', 'cur');
    for (const file of readdirSync(cur)) {
      if (file.endsWith('S')) renameSync(join(cur, file), join(cur, file.slice(0, -1)));
    }
    await loadOnce(console, mailbox);
    expect((await subjectsOf(console, mailbox)).sort()).toEqual(['read', 'unread']);
    // Read later by somebody: what is stored stays.
    markRead(user);
    await loadOnce(console, mailbox);
    expect(await subjectsOf(console, mailbox)).toHaveLength(2);
  });

  test('everything: age and marks do not matter', async () => {
    const user = 'everything';
    fillMaildir(dovecot, user, 'INBOX', [
      { raw: letter('old and read'), flags: 'S', receivedAt: daysAgo(900) },
      { raw: letter('new') },
    ]);
    await using console = await openConsole();
    const loading = { newMail: 'everything', firstLoadPeriod: 'day' } as const;
    const mailbox = await addMailbox(console, { user, port: dovecot.imapPort, loading });
    await loadOnce(console, mailbox);
    expect((await subjectsOf(console, mailbox)).sort()).toEqual(['new', 'old and read']);
  });
});

describe('letters that are too large', () => {
  test('only their header is loaded; it is listed, and the rest goes on', async () => {
    const user = 'large';
    const large = letter('large', 'x'.repeat(76).concat('\r\n').repeat(20_000));
    fillMaildir(dovecot, user, 'INBOX', [{ raw: letter('small') }, { raw: large }]);
    await using console = await openConsole();
    const mailbox = await addMailbox(console, { user, port: dovecot.imapPort, loading: { largestMb: 1 } });
    const report = await loadOnce(console, mailbox);
    expect(report.folders[0]).toMatchObject({ onServer: 2, loaded: 1, heldBack: 1, failed: 0 });
    const scope = { mailboxId: mailbox.id, folderId: null, unreadOnly: false };
    const list = await console.store.call('letters.list', { scope, before: null, limit: 10 });
    expect(new Set(list.map(({ subject, state, size }) => [subject, state, size]))).toEqual(
      new Set([
        ['large', 'too-large', large.length],
        ['small', 'parsed', expect.any(Number)],
      ]),
    );
    // Known by its header: the next pass does not ask again.
    expect((await loadOnce(console, mailbox)).folders[0]).toMatchObject({ fresh: 0, failed: 0 });
    expect(await balanceOf(console, mailbox)).toMatchObject({ counts: { stored: 1, tooLarge: 1 } });
  });
});

describe('what leaves the server', () => {
  test('a letter that was moved lies in its new folder; one that was deleted stays in the console', async () => {
    const user = 'leaving';
    fillMaildir(dovecot, user, 'INBOX', [
      { raw: letter('moved') },
      { raw: letter('deleted') },
      { raw: letter('stays') },
    ]);
    fillMaildir(dovecot, user, 'Archive', [{ raw: letter('archived') }]);
    await using console = await openConsole();
    const mailbox = await addMailbox(console, { user, port: dovecot.imapPort, folders: ['INBOX', 'Archive'] });
    await loadOnce(console, mailbox);
    const maildir = join(dovecot.dir, 'mail', user, 'Maildir');
    const [moved = '', deleted = ''] = readdirSync(join(maildir, 'cur')).sort();
    renameSync(join(maildir, 'cur', moved), join(maildir, '.Archive', 'cur', moved));
    renameSync(join(maildir, 'cur', deleted), join(dovecot.dir, deleted));
    await loadOnce(console, mailbox);

    const rows = await entriesOf(console, mailbox);
    const told = (subject: string) =>
      rows
        .filter((row) => row.subject === subject)
        .map(({ folderPath, leftHow }) => [folderPath, leftHow])
        .sort();
    expect(told('moved')).toEqual([
      ['Archive', null],
      ['INBOX', 'moved'],
    ]);
    expect(told('deleted')).toEqual([['INBOX', 'deleted']]);
    const folders = await console.store.call('folders.list', { mailboxId: mailbox.id });
    expect(folders.filter(({ total }) => total > 0).map(({ path, total }) => [path, total])).toEqual([
      ['INBOX', 2],
      ['Archive', 2],
    ]);
    expect(await subjectsOf(console, mailbox)).toHaveLength(4);
  });
});
