import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { addMailbox, eventWhen, letter, loadOnce, openConsole, settingsFor, subjectsOf } from './open-console.ts';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot.stop());

/** So long that only the server's own word brings a letter in time. */
const loading = { automatic: true, pollMinutes: 1440 } as const;

describe('mail that comes by itself', () => {
  test('a mailbox that is added loads at once, and the server tells of the next letter', async () => {
    const user = 'idle';
    await deliver(dovecot, user, letter('before'));
    await using console = await openConsole();
    await console.loading.start();
    const first = eventWhen(console, 'loading.finished', () => true);
    const mailbox = await addMailbox(console, { user, port: dovecot.imapPort, loading });
    expect((await first).folders[0]).toMatchObject({ fresh: 1 });
    await eventWhen(console, 'loading.progress', ({ phase }) => phase === 'waiting');
    for (const subject of ['second', 'third']) {
      const next = eventWhen(console, 'loading.finished', ({ folders }) => folders[0]?.fresh === 1);
      await deliver(dovecot, user, letter(subject));
      await next;
    }
    expect(await subjectsOf(console, mailbox)).toHaveLength(3);
  });

  test('an inbox that always has news does not keep the other folders from their turn', async () => {
    const user = 'busy';
    let ahead = 0;
    await using console = await openConsole({}, undefined, { passed: () => performance.now() + ahead });
    await console.loading.start();
    fillMaildir(dovecot, user, 'Work', [{ raw: letter('work one') }]);
    const folders = ['INBOX', 'Work'];
    const mailbox = await addMailbox(console, { user, port: dovecot.imapPort, folders, loading });
    await eventWhen(console, 'loading.progress', ({ phase }) => phase === 'waiting');
    const news = async (subject: string) => {
      const next = eventWhen(console, 'loading.finished', ({ folders: loaded }) =>
        loaded.some(({ path, fresh }) => path === 'INBOX' && fresh === 1),
      );
      await deliver(dovecot, user, letter(subject));
      return (await next).folders.map(({ path }) => path);
    };
    fillMaildir(dovecot, user, 'Work', [{ raw: letter('work two') }]);
    expect(await news('inbox one')).toEqual(['INBOX']);
    ahead = loading.pollMinutes * 60_000;
    expect(await news('inbox two')).toEqual(['INBOX', 'Work']);
    expect(await subjectsOf(console, mailbox)).toHaveLength(4);
  });

  test('a mailbox on watch loads when it is asked to, and goes on watching', async () => {
    const user = 'asked';
    await using console = await openConsole();
    await console.loading.start();
    const mailbox = await addMailbox(console, { user, port: dovecot.imapPort, loading });
    await eventWhen(console, 'loading.progress', ({ phase }) => phase === 'waiting');
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null });
    const next = eventWhen(console, 'loading.finished', ({ folders }) => folders[0]?.fresh === 1);
    await deliver(dovecot, user, letter('one'));
    await next;
  });

  test('one that is not automatic, or disabled, is left alone', async () => {
    await deliver(dovecot, 'manual', letter('one'));
    await using console = await openConsole();
    await console.loading.start();
    const manual = await addMailbox(console, { user: 'manual', port: dovecot.imapPort });
    expect(await loadOnce(console, manual)).toMatchObject({ problem: null });
    const disabled = await addMailbox(console, { user: 'disabled', port: dovecot.imapPort, loading });
    await console.accounts.setEnabled(disabled.id, false);
    await eventWhen(
      console,
      'loading.progress',
      ({ mailboxId, phase }) => mailboxId === disabled.id && phase === 'off',
    );
    expect(await console.loading.run(null, AbortSignal.timeout(20_000))).toHaveLength(1);
  });

  test('a mailbox that is removed is let go', async () => {
    await using console = await openConsole();
    await console.loading.start();
    const mailbox = await addMailbox(console, { user: 'removed', port: dovecot.imapPort, loading });
    await eventWhen(console, 'loading.progress', ({ phase }) => phase === 'waiting');
    await console.accounts.remove(mailbox.id, false);
    await expect(console.loading.run([mailbox.id], AbortSignal.timeout(20_000))).rejects.toMatchObject({
      code: 'mailbox.unknown',
    });
    expect(console.loading.status()).toEqual([]);
  });
});

describe('trouble', () => {
  test('a mailbox whose server is silent does not hold up another', async () => {
    const proxy = await startFaultProxy(dovecot.imapPort, { kind: 'stall', afterBytes: 0 });
    try {
      await deliver(dovecot, 'quick', letter('one'));
      await using console = await openConsole();
      const stuck = await addMailbox(console, { user: 'stuck', port: proxy.port });
      const quick = await addMailbox(console, { user: 'quick', port: dovecot.imapPort });
      const end = new AbortController();
      const waiting = console.loading.run([stuck.id], end.signal);
      expect((await loadOnce(console, quick)).folders[0]).toMatchObject({ fresh: 1 });
      expect(console.loading.status().find(({ mailboxId }) => mailboxId === stuck.id)?.phase).toBe('connecting');
      end.abort();
      expect((await waiting)[0]?.problem?.code).toBe('cancelled');
    } finally {
      await proxy.stop();
    }
  });

  test('a rejected password waits for a person and is not tried again by itself', async () => {
    const proxy = await startFaultProxy(dovecot.imapPort);
    try {
      await using console = await openConsole();
      await console.loading.start();
      const wish = { user: 'rejected', port: proxy.port, loading };
      const mailbox = await addMailbox(console, { ...wish, password: 'wrong' });
      const stopped = await eventWhen(console, 'loading.progress', ({ phase }) => phase === 'needs-you');
      expect(stopped).toMatchObject({ nextAttemptAt: null, problem: { code: 'auth.rejected' } });
      expect(proxy.connections).toBe(1);
      const mended = eventWhen(console, 'loading.finished', ({ problem }) => problem === null);
      const settings = settingsFor(wish);
      await console.accounts.update({ settings, password: 'secret', outgoingPassword: null, mailboxId: mailbox.id });
      await mended;
      expect(proxy.connections).toBe(2);
    } finally {
      await proxy.stop();
    }
  });

  test('a line that breaks in the middle of a letter leaves nothing half stored, and the next pass completes', async () => {
    const user = 'dropped';
    const filler = 'x'.repeat(70).concat('\r\n').repeat(400);
    const letters = Array.from({ length: 40 }, (_, at) => ({ raw: letter(`no ${at}`, filler) }));
    fillMaildir(dovecot, user, 'INBOX', letters);
    // In the middle of the 1.1 MB of letters, well after greeting and listing.
    const proxy = await startFaultProxy(dovecot.imapPort, { kind: 'reset', afterBytes: 300_000 });
    try {
      await using console = await openConsole();
      const mailbox = await addMailbox(console, { user, port: proxy.port });
      const broken = await loadOnce(console, mailbox);
      expect(broken.problem?.code).toBe('network.dropped');
      const scope = { mailboxId: mailbox.id, folderId: null, unreadOnly: false };
      const kept = await console.store.call('letters.list', { scope, before: null, limit: 100 });
      expect(kept.length).toBeGreaterThan(0);
      expect(kept.length).toBeLessThan(40);
      expect(new Set(kept.map(({ state }) => state))).toEqual(new Set(['parsed']));
      expect(Math.min(...kept.map(({ size }) => size))).toBeGreaterThan(filler.length);
      proxy.set({ kind: 'none' });
      const rest = await loadOnce(console, mailbox);
      expect(rest.folders[0]).toMatchObject({ loaded: 40, fresh: 40 - kept.length, problem: null });
    } finally {
      await proxy.stop();
    }
  });

  test('a line that breaks while it is on watch is opened again', async () => {
    const user = 'watch-lost';
    const proxy = await startFaultProxy(dovecot.imapPort);
    try {
      await using console = await openConsole();
      await console.loading.start();
      await addMailbox(console, { user, port: proxy.port, loading });
      await eventWhen(console, 'loading.progress', ({ phase }) => phase === 'waiting');
      const next = eventWhen(console, 'loading.finished', ({ folders }) => folders[0]?.fresh === 1);
      proxy.breakLines();
      await deliver(dovecot, user, letter('meanwhile'));
      await next;
      expect(proxy.connections).toBe(2);
    } finally {
      await proxy.stop();
    }
  });

  test('a pass that cannot reach the server says so and will try again by itself', async () => {
    const proxy = await startFaultProxy(dovecot.imapPort, { kind: 'refuse' });
    try {
      await using console = await openConsole();
      await console.loading.start();
      await addMailbox(console, { user: 'unreachable', port: proxy.port, loading });
      const { nextAttemptAt, problem } = await eventWhen(
        console,
        'loading.progress',
        ({ phase }) => phase === 'retrying',
      );
      expect(nextAttemptAt).toBeGreaterThan(Date.now());
      expect(problem?.code).toMatch(/^network\./);
      proxy.set({ kind: 'none' });
      await eventWhen(console, 'loading.finished', (report) => report.problem === null);
    } finally {
      await proxy.stop();
    }
  });
});
