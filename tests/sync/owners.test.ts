import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLogs } from '../../src-main/logs/logs.ts';
import { createLoading } from '../../src-main/sync/sync.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { addMailbox, letter, loadOnce, openConsole, soon, subjectsOf } from './open-console.ts';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot.stop());

const minute = 60_000;
const hour = 60 * minute;

test('a mailbox on which another console works is left to it, and taken over within a minute after its crash', async () => {
  const user = 'leased';
  fillMaildir(dovecot, user, 'INBOX', [{ raw: letter('one') }]);
  let now = Date.now();
  await using console = await openConsole({}, () => now);
  const mailbox = await addMailbox(console, { user, port: dovecot.imapPort });
  // As a console that has crashed in the middle of a pass leaves it.
  const other = { mailboxId: mailbox.id, owner: 'the other one', now, until: now + 45_000 };
  expect(await console.store.call('leases.take', other)).toEqual({ by: null });
  expect((await loadOnce(console, mailbox)).problem?.code).toBe('mailbox.leased');
  expect(await subjectsOf(console, mailbox)).toEqual([]);
  now += minute;
  expect((await loadOnce(console, mailbox)).problem).toBeNull();
  expect(await subjectsOf(console, mailbox)).toEqual(['one']);
  // Given back after the pass: the other one may work now.
  expect(await console.store.call('leases.take', { ...other, now, until: now + 45_000 })).toEqual({ by: null });
});

test('two consoles that load one mailbox at once load each letter once', async () => {
  const user = 'two-consoles';
  fillMaildir(
    dovecot,
    user,
    'INBOX',
    Array.from({ length: 300 }, (_, at) => ({ raw: letter(`no ${at}`) })),
  );
  await using console = await openConsole();
  const mailbox = await addMailbox(console, { user, port: dovecot.imapPort });
  const { store, events, accounts } = console;
  const second = createLoading({
    store,
    events,
    session: accounts,
    logs: silentLogs,
    sortMailbox: async () => ({ created: 0, appended: 0, quarantined: 0 }),
  });
  const [one, [two]] = await Promise.all([loadOnce(console, mailbox), second.run([mailbox.id], soon())]);
  await second.stop();
  const codes = [one.problem?.code, two?.problem?.code].sort();
  expect(codes).toEqual(['mailbox.leased', undefined]);
  const scope = { mailboxId: mailbox.id, folderId: null, unreadOnly: false };
  expect(await store.call('letters.count', { scope })).toEqual({ total: 300 });
});

test('after an outage what was missed is loaded and said, over a restart as well', async () => {
  const user = 'outage';
  fillMaildir(dovecot, user, 'INBOX', [{ raw: letter('before') }]);
  let now = Date.now();
  await using console = await openConsole({}, () => now);
  const mailbox = await addMailbox(console, { user, port: dovecot.imapPort });
  const first = await loadOnce(console, mailbox);
  expect(first.caughtUp).toBeNull();
  const began = now;
  await dovecot.halt();
  now += hour;
  expect((await loadOnce(console, mailbox)).problem?.code).toBe('network.unreachable');
  expect(await console.store.call('records.list', undefined)).toMatchObject([
    { lastLoadedAt: began, failingSince: now, problem: { code: 'network.unreachable' } },
  ]);
  await dovecot.restart();
  // Another runner, as after a restart: it knows from its record.
  await console.loading.stop([mailbox.id]);
  fillMaildir(dovecot, user, 'INBOX', [{ raw: letter('missed') }, { raw: letter('missed too') }]);
  now += 71 * hour;
  expect((await loadOnce(console, mailbox)).caughtUp).toEqual({ letters: 2, since: began });
  expect(await console.store.call('records.list', undefined)).toMatchObject([
    { lastLoadedAt: now, failingSince: null, problem: null },
  ]);
});

test('three days of failure disable a mailbox and say why; enabled again it loads', async () => {
  const user = 'given-up';
  fillMaildir(dovecot, user, 'INBOX', [{ raw: letter('one') }]);
  let now = Date.now();
  let passed = 0;
  await using console = await openConsole({}, () => now, { passed: () => passed });
  await dovecot.halt();
  const mailbox = await addMailbox(console, { user, port: dovecot.imapPort });
  const enabledAfter = async (wall: number, steady = wall) => {
    now += wall;
    passed += steady;
    await loadOnce(console, mailbox);
    return (await console.accounts.get(mailbox.id)).enabled;
  };
  expect(await enabledAfter(0)).toBe(true);
  // A clock that is set forward, or a machine that sleeps.
  expect(await enabledAfter(365 * 24 * hour, minute)).toBe(true);
  // Another runner, as after a restart: it knows from its record, and has not seen much of it.
  await console.loading.stop([mailbox.id]);
  expect(await enabledAfter(73 * hour)).toBe(true);
  expect(await enabledAfter(hour)).toBe(false);
  await dovecot.restart();
  await console.accounts.setEnabled(mailbox.id, true);
  expect((await loadOnce(console, mailbox)).problem).toBeNull();
  expect(await subjectsOf(console, mailbox)).toEqual(['one']);
  expect(console.loading.status()).toMatchObject([{ disabledBecause: null, failingSince: null }]);
});
