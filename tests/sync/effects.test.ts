import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EffectState } from '../../src-shared/domain/effect.ts';
import type { Afterwards, Mailbox } from '../../src-shared/domain/mailbox.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { addMailbox, letter, loadOnce, openConsole, type TestConsole } from './open-console.ts';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot.stop());

const states: EffectState[] = ['due', 'doing', 'done', 'gone', 'failed', 'cancelled'];

async function effectsOf({ store }: TestConsole, mailbox: Mailbox) {
  const rows = await store.call('effects.list', { mailboxId: mailbox.id, states, limit: 500 });
  return rows.map(({ subject, effect, leftHow }) => [subject, effect?.kind, effect?.state, leftHow]);
}

function filesIn(user: string, folder = ''): string[] {
  try {
    return ['cur', 'new'].flatMap((part) => readdirSync(join(dovecot.dir, 'mail', user, 'Maildir', folder, part)));
  } catch {
    return [];
  }
}

/** A mailbox that does not collect, with two letters of which one is read: what is done on the server hangs on no rule. */
async function twoLetters(console: TestConsole, user: string, afterwards: Afterwards): Promise<Mailbox> {
  fillMaildir(dovecot, user, 'INBOX', [{ raw: letter('unread') }, { raw: letter('read'), flags: 'S' }]);
  return addMailbox(console, { user, port: dovecot.imapPort, afterwards, collectsTickets: false });
}

test('left alone, nothing is recorded and nothing happens', async () => {
  await using console = await openConsole({}, undefined, { withRules: true });
  const mailbox = await twoLetters(console, 'left-alone', { kind: 'leave' });
  const before = filesIn('left-alone').sort();
  expect(await loadOnce(console, mailbox)).toMatchObject({ effectsDone: 0, problem: null });
  expect(await effectsOf(console, mailbox)).toEqual([]);
  expect(filesIn('left-alone').sort()).toEqual(before);
});

test('marked read: the unread one alone, once, and the console knows it at once', async () => {
  await using console = await openConsole({}, undefined, { withRules: true });
  const mailbox = await twoLetters(console, 'marked', { kind: 'mark-read' });
  expect(await loadOnce(console, mailbox)).toMatchObject({ effectsDone: 1, effectsFailed: 0, problem: null });
  expect(await effectsOf(console, mailbox)).toEqual([['unread', 'mark-read', 'done', null]]);
  expect(filesIn('marked').every((file) => file.endsWith('S'))).toBe(true);
  const scope = { mailboxId: mailbox.id, folderId: null, unreadOnly: true };
  expect(await console.store.call('letters.count', { scope })).toEqual({ total: 0 });
  expect(await loadOnce(console, mailbox)).toMatchObject({ effectsDone: 0 });
});

test('moved: into a folder that is made where that was asked for; the letters stay in the console', async () => {
  await using console = await openConsole({}, undefined, { withRules: true });
  const afterwards = { kind: 'move', done: 'Обработано', failed: null, create: true } as const;
  const mailbox = await twoLetters(console, 'moved', afterwards);
  expect(await loadOnce(console, mailbox)).toMatchObject({ effectsDone: 2, effectsFailed: 0, problem: null });
  expect(filesIn('moved')).toEqual([]);
  expect(await effectsOf(console, mailbox)).toEqual([
    ['unread', 'move', 'done', 'moved'],
    ['read', 'move', 'done', 'moved'],
  ]);
  const scope = { mailboxId: mailbox.id, folderId: null, unreadOnly: false };
  expect(await console.store.call('letters.count', { scope })).toEqual({ total: 2 });
  expect(await loadOnce(console, mailbox)).toMatchObject({ effectsDone: 0, unexplained: 0, problem: null });
  expect(await console.store.call('ledger.balances', { mailboxId: mailbox.id })).toMatchObject([
    { onServer: 0, inLedger: 0, unexplained: [] },
  ]);
});

test('a folder that is missing and is not to be made fails the effect in words, and it can be tried again', async () => {
  await using console = await openConsole({}, undefined, { withRules: true });
  const afterwards = { kind: 'move', done: 'Nowhere', failed: null, create: false } as const;
  const mailbox = await twoLetters(console, 'nowhere', afterwards);
  expect(await loadOnce(console, mailbox)).toMatchObject({ effectsDone: 0, effectsFailed: 2, problem: null });
  expect(filesIn('nowhere')).toHaveLength(2);
  const failed = await console.store.call('effects.list', { mailboxId: mailbox.id, states: ['failed'], limit: 10 });
  expect(failed.map(({ effect }) => effect?.problem?.code)).toEqual(['folder.gone', 'folder.gone']);

  fillMaildir(dovecot, 'nowhere', 'Nowhere', []);
  const effectIds = failed.flatMap(({ effect }) => (effect ? [effect.id] : []));
  await console.store.call('effects.retry', { effectIds });
  expect(await loadOnce(console, mailbox)).toMatchObject({ effectsDone: 2, effectsFailed: 0 });
  expect(filesIn('nowhere')).toEqual([]);
  expect(filesIn('nowhere', '.Nowhere')).toHaveLength(2);
});

test('deleted: at once or after some days, never what the console does not have, and never what another has marked', async () => {
  await using console = await openConsole({}, undefined, { withRules: true });
  fillMaildir(dovecot, 'deleted', 'INBOX', [{ raw: letter('old'), receivedAt: new Date(0), flags: 'T' }]);
  fillMaildir(dovecot, 'deleted', 'INBOX', [{ raw: letter('new') }]);
  const mailbox = await addMailbox(console, {
    user: 'deleted',
    port: dovecot.imapPort,
    loading: { firstLoadPeriod: 'day' },
    collectsTickets: false,
    afterwards: { kind: 'delete', afterDays: 0 },
  });
  expect(await loadOnce(console, mailbox)).toMatchObject({ effectsDone: 1, problem: null });
  // The old one is marked deleted by somebody else and lies before the period: it is nobody's to expunge.
  expect(filesIn('deleted')).toHaveLength(1);
  expect(await effectsOf(console, mailbox)).toEqual([['new', 'delete', 'done', 'deleted']]);
});

test('deleted after days: not before', async () => {
  let now = Date.now();
  await using console = await openConsole({}, () => now, { withRules: true });
  const mailbox = await twoLetters(console, 'later', { kind: 'delete', afterDays: 7 });
  expect(await loadOnce(console, mailbox)).toMatchObject({ effectsDone: 0 });
  expect(filesIn('later')).toHaveLength(2);
  now += 8 * 24 * 60 * 60_000;
  expect(await loadOnce(console, mailbox)).toMatchObject({ effectsDone: 2 });
  expect(filesIn('later')).toEqual([]);
});

test('a letter that somebody took away meanwhile is gone, and the others are done', async () => {
  let now = Date.now();
  await using console = await openConsole({}, () => now, { withRules: true });
  const mailbox = await twoLetters(console, 'taken', { kind: 'delete', afterDays: 1 });
  await loadOnce(console, mailbox);
  const cur = join(dovecot.dir, 'mail', 'taken', 'Maildir', 'cur');
  const read = readdirSync(cur).find((file) => file.endsWith('S')) ?? '';
  rmSync(join(cur, read));
  now += 2 * 24 * 60 * 60_000;
  await loadOnce(console, mailbox);
  expect(await effectsOf(console, mailbox)).toEqual([
    ['unread', 'delete', 'done', 'deleted'],
    ['read', 'delete', 'gone', 'deleted'],
  ]);
  expect(filesIn('taken')).toEqual([]);
});
