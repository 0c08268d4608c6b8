import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliver } from '../support/deliver.ts';
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

describe('loading a mailbox', () => {
  test('the first load brings the letters of its period, later ones only what is new', async () => {
    const user = 'period';
    fillMaildir(dovecot, user, 'INBOX', [
      { raw: letter('today'), receivedAt: daysAgo(0.01) },
      { raw: letter('five days'), receivedAt: daysAgo(5) },
      { raw: letter('forty days'), receivedAt: daysAgo(40) },
    ]);
    await using console = await openConsole();
    const wish = { user, port: dovecot.imapPort, loading: { firstLoadPeriod: 'week' } } as const;
    const mailbox = await addMailbox(console, wish);
    const first = await loadOnce(console, mailbox);
    expect(first).toMatchObject({
      problem: null,
      folders: [{ path: 'INBOX', onServer: 3, loaded: 2, fresh: 2, failed: 0, problem: null }],
    });
    expect(await subjectsOf(console, mailbox)).toEqual(['today', 'five days']);

    expect((await loadOnce(console, mailbox)).folders[0]).toMatchObject({ onServer: 3, fresh: 0 });

    fillMaildir(dovecot, user, 'INBOX', [{ raw: letter('moved here, old'), receivedAt: daysAgo(300) }]);
    await deliver(dovecot, user, letter('new'));
    expect((await loadOnce(console, mailbox)).folders[0]).toMatchObject({ onServer: 5, fresh: 2 });
    expect(await subjectsOf(console, mailbox)).toEqual(['new', 'today', 'five days', 'moved here, old']);
    expect(console.sorted).toHaveLength(3);
  });

  test('a pass that is asked for goes by the settings as they are saved by then, though nobody tells of changes', async () => {
    const user = 'changed';
    fillMaildir(dovecot, user, 'INBOX', [
      { raw: letter('today'), receivedAt: daysAgo(0.01) },
      { raw: letter('forty days'), receivedAt: daysAgo(40) },
    ]);
    await using console = await openConsole();
    const mailbox = await addMailbox(console, { user, port: dovecot.imapPort, loading: { firstLoadPeriod: 'week' } });
    expect((await loadOnce(console, mailbox)).folders[0]).toMatchObject({ fresh: 1 });
    const { settings, id: mailboxId } = mailbox;
    const changed = { ...settings, loading: { ...settings.loading, firstLoadPeriod: 'all' as const } };
    await console.accounts.update({ settings: changed, password: null, outgoingPassword: null, mailboxId });
    expect((await loadOnce(console, mailbox)).folders[0]).toMatchObject({ fresh: 1, loaded: 2 });
  });

  test('leaves what lies outside the period alone for good, even with a high UID', async () => {
    const user = 'old-on-top';
    fillMaildir(dovecot, user, 'INBOX', [
      { raw: letter('recent'), receivedAt: daysAgo(0.01) },
      { raw: letter('old, moved in'), receivedAt: daysAgo(400) },
    ]);
    await using console = await openConsole();
    const mailbox = await addMailbox(console, { user, port: dovecot.imapPort, loading: { firstLoadPeriod: 'day' } });
    await loadOnce(console, mailbox);
    await loadOnce(console, mailbox);
    expect(await subjectsOf(console, mailbox)).toEqual(['recent']);
  });

  test('ends when it only sends from now on; what is loaded stays', async () => {
    fillMaildir(dovecot, 'leaver', 'INBOX', [{ raw: letter('kept') }]);
    await using console = await openConsole();
    const mailbox = await addMailbox(console, { user: 'leaver', port: dovecot.imapPort });
    await loadOnce(console, mailbox);
    const outgoing = { ...mailbox.settings.incoming, protocol: 'smtp' as const };
    const settings = { ...mailbox.settings, incoming: null, outgoing };
    await console.accounts.update({ settings, password: null, outgoingPassword: null, mailboxId: mailbox.id });
    await expect(loadOnce(console, mailbox)).rejects.toMatchObject({ code: 'mailbox.only-sends' });
    expect(await console.loading.run(null, AbortSignal.timeout(20_000))).toEqual([]);
    expect(await console.loading.statusOfAll()).toEqual([]);
    expect(await subjectsOf(console, mailbox)).toEqual(['kept']);
  });

  test('changes nothing on the server', async () => {
    const user = 'untouched';
    fillMaildir(dovecot, user, 'INBOX', [
      { raw: letter('unread') },
      { raw: letter('read'), flags: 'S' },
      { raw: letter('answered'), flags: 'RS' },
    ]);
    const cur = join(dovecot.dir, 'mail', user, 'Maildir', 'cur');
    const before = readdirSync(cur).sort();
    await using console = await openConsole();
    const mailbox = await addMailbox(console, { user, port: dovecot.imapPort });
    await loadOnce(console, mailbox);
    expect(await subjectsOf(console, mailbox)).toHaveLength(3);
    expect(readdirSync(cur).sort()).toEqual(before);
    const scope = { mailboxId: mailbox.id, folderId: null, unreadOnly: true };
    expect(await console.store.call('letters.count', { scope })).toEqual({ total: 1 });
  });

  test('stores the newest letters first', async () => {
    const user = 'newest';
    const letters = Array.from({ length: 1200 }, (_, at) => ({
      raw: letter(`no ${at}`),
      receivedAt: daysAgo(2 - at / 1200),
    }));
    fillMaildir(dovecot, user, 'INBOX', letters);
    await using console = await openConsole();
    const mailbox = await addMailbox(console, { user, port: dovecot.imapPort });
    const cancelled = new AbortController();
    afterFirstBatch(console, () => cancelled.abort());
    await loadOnce(console, mailbox, cancelled.signal);
    await console.store.call('letters.settle', { mailboxId: mailbox.id });
    const subjects = await subjectsOf(console, mailbox);
    expect(subjects[0]).toBe('no 1199');
    expect(subjects).not.toContain('no 0');
  });

  test('cancelled in the middle it goes on there, and nothing is doubled', async () => {
    const user = 'cancelled';
    const letters = Array.from({ length: 1500 }, (_, at) => ({ raw: letter(`no ${at}`) }));
    fillMaildir(dovecot, user, 'INBOX', letters);
    await using console = await openConsole();
    const mailbox = await addMailbox(console, { user, port: dovecot.imapPort });
    afterFirstBatch(console, () => console.loading.cancel(mailbox.id));
    const cut = await loadOnce(console, mailbox);
    expect(cut.problem?.code).toBe('cancelled');
    const came = cut.folders[0]?.fresh ?? 0;
    expect(came).toBeGreaterThan(0);
    expect(came).toBeLessThan(1500);
    const rest = await loadOnce(console, mailbox);
    expect(rest.folders[0]).toMatchObject({ loaded: 1500, fresh: 1500 - came, problem: null });
    const scope = { mailboxId: mailbox.id, folderId: null, unreadOnly: false };
    expect(await console.store.call('letters.count', { scope })).toEqual({ total: 1500 });
  });

  test('a folder that was renumbered is read again and nothing is doubled', async () => {
    const user = 'renumbered';
    fillMaildir(dovecot, user, 'INBOX', [{ raw: letter('one') }, { raw: letter('two') }]);
    await using console = await openConsole();
    const mailbox = await addMailbox(console, { user, port: dovecot.imapPort });
    await loadOnce(console, mailbox);
    const [before] = await console.store.call('folders.cursors', { mailboxId: mailbox.id });
    const maildir = join(dovecot.dir, 'mail', user, 'Maildir');
    // Without its list of UIDs Dovecot numbers the folder anew, under another UIDVALIDITY.
    await dovecot.halt();
    for (const file of readdirSync(maildir)) if (file.startsWith('dovecot')) rmSync(join(maildir, file));
    await dovecot.restart();
    fillMaildir(dovecot, user, 'INBOX', [{ raw: letter('three') }]);
    const again = await loadOnce(console, mailbox);
    const [after] = await console.store.call('folders.cursors', { mailboxId: mailbox.id });
    expect(after?.uidValidity).not.toBe(before?.uidValidity);
    expect(again.folders[0]).toMatchObject({ onServer: 3, loaded: 3, fresh: 1 });
    expect((await subjectsOf(console, mailbox)).sort()).toEqual(['one', 'three', 'two']);
  });

  test('a folder that is gone is said, and the others go on', async () => {
    const user = 'folder-gone';
    fillMaildir(dovecot, user, 'INBOX', [{ raw: letter('here') }]);
    await using console = await openConsole();
    const folders = ['Gone', 'INBOX'];
    const mailbox = await addMailbox(console, { user, port: dovecot.imapPort, folders });
    const report = await loadOnce(console, mailbox);
    expect(report.problem).toBeNull();
    expect(report.folders.find(({ path }) => path === 'Gone')?.problem?.code).toBe('folder.gone');
    expect(report.folders.find(({ path }) => path === 'INBOX')).toMatchObject({ fresh: 1, problem: null });
  });

  test('read marks follow the server', async () => {
    const user = 'marks';
    fillMaildir(dovecot, user, 'INBOX', [{ raw: letter('one') }]);
    await using console = await openConsole();
    const mailbox = await addMailbox(console, { user, port: dovecot.imapPort });
    await loadOnce(console, mailbox);
    const scope = { mailboxId: mailbox.id, folderId: null, unreadOnly: true };
    expect(await console.store.call('letters.count', { scope })).toEqual({ total: 1 });
    const cur = join(dovecot.dir, 'mail', user, 'Maildir', 'cur');
    for (const file of readdirSync(cur)) renameSync(join(cur, file), join(cur, `${file}S`));
    await loadOnce(console, mailbox);
    expect(await console.store.call('letters.count', { scope })).toEqual({ total: 0 });
  });
});

/** Calls `then` once, as soon as the first batch is committed: progress is told too seldom to cut a fast load. */
function afterFirstBatch({ store }: TestConsole, then: () => void): void {
  const call = store.call.bind(store) as (...request: unknown[]) => Promise<unknown>;
  let first = true;
  const watched = async (...request: unknown[]) => {
    const answer = await call(...request);
    if (first && request[0] === 'letters.store') {
      first = false;
      then();
    }
    return answer;
  };
  Object.assign(store, { call: watched });
}
