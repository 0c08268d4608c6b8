import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EffectState } from '../../src-shared/domain/effect.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { ReceivingMailbox } from '../../src-shared/domain/mailbox-directions.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { type ScriptedMaildrop, serveMaildrop } from '../support/scripted-maildrop.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import {
  addMailbox,
  eventWhen,
  letter,
  loadOnce,
  type MailboxWish,
  openConsole,
  subjectsOf,
  type TestConsole,
} from './open-console.ts';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot.stop());

const day = 24 * 60 * 60_000;
const states: EffectState[] = ['due', 'doing', 'done', 'gone', 'failed', 'cancelled'];

async function effectsOf({ store }: TestConsole, mailbox: Mailbox) {
  const rows = await store.call('effects.list', { mailboxId: mailbox.id, states, limit: 500 });
  return rows.map(({ subject, effect, leftHow }) => [subject, effect?.kind, effect?.state, leftHow]);
}

const put = (user: string, subjects: readonly string[]): void =>
  void fillMaildir(
    dovecot,
    user,
    'INBOX',
    subjects.map((subject) => ({ raw: letter(subject) })),
  );
const filesIn = (user: string): string[] =>
  ['cur', 'new'].flatMap((part) => readdirSync(join(dovecot.dir, 'mail', user, 'Maildir', part)));
const dropMailbox = (console: TestConsole, wish: Omit<MailboxWish, 'port' | 'protocol'>): Promise<ReceivingMailbox> =>
  addMailbox(console, { port: dovecot.pop3Port, protocol: 'pop3', collectsTickets: false, ...wish });
const unreadIn = async ({ store }: TestConsole, { id }: Mailbox): Promise<number> =>
  (await store.call('letters.count', { scope: { mailboxId: id, folderId: null, unreadOnly: true } })).total;

test('a mailbox is loaded, what arrives later comes with the next pass, and the server keeps all as it was', async () => {
  await using console = await openConsole();
  put('keeper', ['one', 'two']);
  // Dovecot marks what was retrieved as read, as servers do that have marks beside POP3; the letters are the same.
  const filesNow = () =>
    filesIn('keeper')
      .map((file) => file.replace(/:.*/, ''))
      .sort();
  const before = filesNow();
  const mailbox = await dropMailbox(console, { user: 'keeper' });
  expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 2, onServer: 2 }] });
  expect(filesNow()).toEqual(before);
  put('keeper', ['three']);
  expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 1, onServer: 3 }] });
  expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 0, onServer: 3 }] });
  expect((await subjectsOf(console, mailbox)).sort()).toEqual(['one', 'three', 'two']);
  expect(await console.store.call('ledger.balances', { mailboxId: mailbox.id })).toMatchObject([
    { onServer: 3, inLedger: 3, unexplained: [] },
  ]);
});

test('letters that nobody has read here stay unread, whatever another program does: POP3 does not tell', async () => {
  await using console = await openConsole();
  put('marks', ['one', 'two']);
  const mailbox = await dropMailbox(console, { user: 'marks', loading: { newMail: 'unread' } });
  expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 2, heldBack: 0 }] });
  expect(await unreadIn(console, mailbox)).toBe(2);
  await loadOnce(console, mailbox);
  expect(await unreadIn(console, mailbox)).toBe(2);
});

test('of a first load only the letters of its period come, by the server that received them; later ones come whatever their date', async () => {
  const now = Date.UTC(2026, 10, 25);
  await using console = await openConsole({}, () => now);
  const received = (days: number) => `Received: by pop.example; ${new Date(now - days * day).toUTCString()}\r\n`;
  const raws = [20, 2, 30, 1].map((days) => ({ raw: `${received(days)}${letter(`${days} days`)}` }));
  fillMaildir(dovecot, 'period', 'INBOX', raws);
  const mailbox = await dropMailbox(console, { user: 'period', loading: { firstLoadPeriod: 'week' } });
  expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 2, heldBack: 2 }] });
  expect((await subjectsOf(console, mailbox)).sort()).toEqual(['1 days', '2 days']);
  fillMaildir(dovecot, 'period', 'INBOX', [{ raw: `${received(40)}${letter('old but new')}` }]);
  expect(await loadOnce(console, mailbox)).toMatchObject({ folders: [{ fresh: 1, heldBack: 2 }] });
});

test('deleted at once: what the console has, and what arrives meanwhile stays for the next pass', async () => {
  await using console = await openConsole({}, undefined, { withRules: true });
  put('queue', ['one', 'two']);
  const mailbox = await dropMailbox(console, { user: 'queue', afterwards: { kind: 'delete', afterDays: 0 } });
  expect(await loadOnce(console, mailbox)).toMatchObject({ effectsDone: 2, effectsFailed: 0, problem: null });
  expect(filesIn('queue')).toEqual([]);
  put('queue', ['three']);
  expect(await loadOnce(console, mailbox)).toMatchObject({ effectsDone: 1, problem: null, unexplained: 0 });
  expect(filesIn('queue')).toEqual([]);
  expect((await effectsOf(console, mailbox)).sort()).toEqual(
    ['one', 'three', 'two'].map((it) => [it, 'delete', 'done', 'deleted']),
  );
  expect(await subjectsOf(console, mailbox)).toHaveLength(3);
  expect(await loadOnce(console, mailbox)).toMatchObject({ effectsDone: 0, problem: null });
});

test('more letters than one session deletes are deleted in several', async () => {
  await using console = await openConsole({}, undefined, { withRules: true });
  put(
    'many',
    Array.from({ length: 230 }, (_, at) => `no ${at}`),
  );
  const mailbox = await dropMailbox(console, { user: 'many', afterwards: { kind: 'delete', afterDays: 0 } });
  expect(await loadOnce(console, mailbox)).toMatchObject({ effectsDone: 230, effectsFailed: 0, problem: null });
  expect(filesIn('many')).toEqual([]);
});

test('deleted after days: not before; what another program took away is gone', async () => {
  let now = Date.now();
  await using console = await openConsole({}, () => now, { withRules: true });
  put('later', ['one', 'two']);
  const mailbox = await dropMailbox(console, { user: 'later', afterwards: { kind: 'delete', afterDays: 7 } });
  expect(await loadOnce(console, mailbox)).toMatchObject({ effectsDone: 0, problem: null });
  now += 6 * day;
  expect(await loadOnce(console, mailbox)).toMatchObject({ effectsDone: 0, problem: null });
  const [first = ''] = filesIn('later').sort();
  rmSync(join(dovecot.dir, 'mail', 'later', 'Maildir', 'cur', first));
  now += 2 * day;
  expect(await loadOnce(console, mailbox)).toMatchObject({ effectsDone: 1, problem: null });
  expect(filesIn('later')).toEqual([]);
  expect((await effectsOf(console, mailbox)).map(([, , state]) => state).sort()).toEqual(['done', 'gone']);
});

test.each([
  ['marked', { kind: 'mark-read' }],
  ['moved', { kind: 'move', done: 'Done', failed: null, create: true }],
] as const)('a letter that is to be %s says that the protocol cannot, and stays', async (user, afterwards) => {
  await using console = await openConsole({}, undefined, { withRules: true });
  put(user, ['one']);
  const mailbox = await dropMailbox(console, { user, afterwards });
  expect(await loadOnce(console, mailbox)).toMatchObject({ effectsDone: 0, effectsFailed: 1, problem: null });
  const [failed] = await console.store.call('effects.list', { mailboxId: mailbox.id, states: ['failed'], limit: 5 });
  expect(failed?.effect?.problem).toMatchObject({ code: 'server.unsupported' });
  expect(filesIn(user)).toHaveLength(1);
});

test('a mailbox that changes its protocol has every letter once, and what was to be deleted is deleted', async () => {
  let now = Date.now();
  await using console = await openConsole({}, () => now, { withRules: true });
  put('changer', ['one', 'two']);
  const afterwards = { kind: 'delete', afterDays: 7 } as const;
  const wish = { user: 'changer', collectsTickets: false, afterwards, port: dovecot.imapPort };
  const mailbox = await addMailbox(console, wish);
  await loadOnce(console, mailbox);
  const incoming = { ...mailbox.settings.incoming, protocol: 'pop3' as const, port: dovecot.pop3Port };
  const draft = { settings: { ...mailbox.settings, incoming }, password: null, outgoingPassword: null };
  await console.accounts.update({ ...draft, mailboxId: mailbox.id }, true);
  expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 0, onServer: 2 }] });
  expect(await subjectsOf(console, mailbox)).toHaveLength(2);
  now += 8 * day;
  expect(await loadOnce(console, mailbox)).toMatchObject({ effectsDone: 2, problem: null });
  expect(filesIn('changer')).toEqual([]);
});

test('a look before a load counts what would come, and remembers nothing', async () => {
  await using console = await openConsole();
  put('looker', ['one', 'two', 'three']);
  const mailbox = await dropMailbox(console, { user: 'looker', afterwards: { kind: 'delete', afterDays: 0 } });
  const draft = { settings: mailbox.settings, password: null, outgoingPassword: null, mailboxId: mailbox.id };
  const signal = AbortSignal.timeout(25_000);
  const look = () => console.accounts.look({ draft, folders: ['INBOX'] }, signal);
  expect(await look()).toMatchObject({ toLoad: 3, toDelete: 3, folders: [{ onServer: 3 }] });
  await loadOnce(console, mailbox);
  put('looker', ['four']);
  expect(await look()).toMatchObject({ toLoad: 1, loadedBefore: 3 });
  expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 1 }] });
});

test('a pass with deletion takes one sign-in, and one line for each letter besides', async () => {
  const drop: ScriptedMaildrop = { letters: [] };
  const server = await startScriptedServer((line) => serveMaildrop(line, drop));
  await using console = await openConsole({}, undefined, { withRules: true });
  drop.letters = ['a', 'b'].map((uidl) => ({ uidl, raw: letter(uidl) }));
  const afterwards = { kind: 'delete', afterDays: 0 } as const;
  const mailbox = await dropMailbox(console, { user: 'frugal', afterwards });
  const incoming = { ...mailbox.settings.incoming, port: server.port };
  const draft = { settings: { ...mailbox.settings, incoming }, password: null, outgoingPassword: null };
  await console.accounts.update({ ...draft, mailboxId: mailbox.id }, true);
  const { roundTrips, effectsDone } = await loadOnce(console, mailbox);
  expect([server.connections, effectsDone]).toEqual([1, 2]);
  // LIST, UIDL, RETR and DELE of each, QUIT.
  expect(roundTrips).toBe(2 + 2 + 2 + 1);
  await server.stop();
});

test('a look at another server is no reason to number the letters of this one anew', async () => {
  const drop: ScriptedMaildrop = { letters: [{ uidl: 'other', raw: letter('other') }] };
  const server = await startScriptedServer((line) => serveMaildrop(line, drop));
  await using console = await openConsole();
  put('stayer', ['one', 'two']);
  const mailbox = await dropMailbox(console, { user: 'stayer' });
  await loadOnce(console, mailbox);
  const numbering = async () =>
    (await console.store.call('folders.cursors', { mailboxId: mailbox.id })).map(({ uidValidity }) => uidValidity);
  const before = await numbering();
  const incoming = { ...mailbox.settings.incoming, login: 'someone', port: server.port };
  const draft = { settings: { ...mailbox.settings, incoming }, password: 'secret', outgoingPassword: null };
  const signal = AbortSignal.timeout(25_000);
  const look = await console.accounts.look({ draft: { ...draft, mailboxId: mailbox.id }, folders: ['INBOX'] }, signal);
  expect(look).toMatchObject({ toLoad: 1, loadedBefore: 0 });
  expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 0, onServer: 2 }] });
  expect(await numbering()).toEqual(before);
  await server.stop();
});

test.each([
  ['all', ['p', 'q']],
  ['some', ['a', 'q']],
])('what is to be deleted later is deleted, and once, though %s names have changed meanwhile', async (_, names) => {
  let now = Date.now();
  const drop: ScriptedMaildrop = { letters: ['a', 'b'].map((uidl) => ({ uidl, raw: letter(uidl) })) };
  const server = await startScriptedServer((line) => serveMaildrop(line, drop));
  await using console = await openConsole({}, () => now, { withRules: true });
  const afterwards = { kind: 'delete', afterDays: 7 } as const;
  const wish = { user: 'renamer', port: server.port, protocol: 'pop3', collectsTickets: false, afterwards } as const;
  const mailbox = await addMailbox(console, wish);
  expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 2 }] });
  drop.letters = drop.letters.map((it, at) => ({ ...it, uidl: names[at] ?? '' }));
  expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, effectsDone: 0, folders: [{ fresh: 0 }] });
  now += 8 * day;
  expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, effectsDone: 2 });
  expect([drop.letters, await subjectsOf(console, mailbox)]).toEqual([[], expect.arrayContaining(['a', 'b'])]);
  expect(await subjectsOf(console, mailbox)).toHaveLength(2);
  await server.stop();
});

test('a deletion whose end was not recorded is no sign that all names have changed', async () => {
  const drop: ScriptedMaildrop = { letters: [{ uidl: 'a', raw: letter('a') }] };
  const unheard: ScriptedMaildrop['replies'] = [
    [
      /^QUIT/,
      async (line, usual) => {
        drop.letters = [{ uidl: 'b', raw: letter('b') }];
        line.reset();
        await usual().catch(() => undefined);
      },
    ],
  ];
  const server = await startScriptedServer((line) => serveMaildrop(line, drop));
  await using console = await openConsole({}, undefined, { withRules: true });
  const afterwards = { kind: 'delete', afterDays: 0 } as const;
  const wish = { user: 'unheard', port: server.port, protocol: 'pop3', collectsTickets: false, afterwards } as const;
  const mailbox = await addMailbox(console, wish);
  drop.replies = unheard;
  expect(await loadOnce(console, mailbox)).toMatchObject({ problem: { code: 'network.dropped' } });
  drop.replies = [];
  expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, effectsDone: 1 });
  expect((await effectsOf(console, mailbox)).sort()).toEqual(
    ['a', 'b'].map((subject) => [subject, 'delete', 'done', 'deleted']),
  );
  await server.stop();
});

test('between passes nobody is kept out: the line is let go, and a pass is one sign-in', async () => {
  const drop: ScriptedMaildrop = { letters: [{ uidl: 'a', raw: letter('a') }] };
  const left = Promise.withResolvers<void>();
  drop.replies = [[/^QUIT/, async (_line, usual) => usual().then(left.resolve)]];
  const server = await startScriptedServer((line) => serveMaildrop(line, drop));
  await using console = await openConsole();
  await console.loading.start();
  const loading = { automatic: true, pollMinutes: 1440 };
  const first = eventWhen(console, 'loading.finished', () => true);
  await addMailbox(console, { user: 'sharer', port: server.port, protocol: 'pop3', loading });
  expect((await first).folders[0]).toMatchObject({ fresh: 1 });
  await left.promise;
  expect(server.connections).toBe(1);
  await console.loading.stop();
  await server.stop();
});
