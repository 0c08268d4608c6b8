import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FolderReport, LoadReport } from '../../src-shared/domain/loading.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { ErrorCode } from '../../src-shared/errors/codes.ts';
import { serveUntil } from '../connectors/scripted-imap.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { freePorts } from '../support/free-ports.ts';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';
import { letter } from '../sync/open-console.ts';
import {
  addMailbox,
  changeMailbox,
  lettersOf,
  loadAll,
  type MailboxPlan,
  type MainProcess,
  openMain,
  subjectsOf,
} from './main-process.ts';
import { expectSaid } from './said.ts';

/** Long enough for a busy machine, and the two silent servers are given up in the same seconds. */
const connectionTimes = { connect: 5_000, greeting: 5_000, answer: 10_000, silence: 3_000, farewell: 200 };
/** A line through a proxy breaks inside the first megabyte of letters. */
const inTheMiddle = 300_000;
const filler = 'x'.repeat(70).concat('\r\n').repeat(400);
const plenty = Array.from({ length: 40 }, (_, at) => `meanwhile ${at}`);

interface Trouble {
  readonly user: string;
  /** How its settings, or the way to its server, go wrong. */
  readonly broken: Partial<MailboxPlan>;
  readonly codes: readonly ErrorCode[];
  /** What the sentence must name. */
  readonly says: RegExp;
  readonly letters?: readonly string[];
}

let dovecot: Dovecot;
let main: MainProcess;
let silent: FaultProxy;
let cut: FaultProxy;
let farewell: ScriptedServer;
let breaksOff: ScriptedServer;
let troubles: readonly Trouble[];
const mailboxes = new Map<string, Mailbox>();
let broken: (mailbox: Mailbox) => LoadReport;
let afterwards: (mailbox: Mailbox) => LoadReport;
const between = new Map<string, readonly string[]>();

const mailbox = (user: string) => mailboxes.get(user) as Mailbox;
const deliver = (user: string, subjects: readonly string[], text = '') =>
  fillMaildir(
    dovecot,
    user,
    'INBOX',
    subjects.map((subject) => ({ raw: letter(subject, text) })),
  );

/** In the middle of the literal, and a tag that never comes. */
const halfALetter =
  '* 1 FETCH (UID 9 FLAGS () INTERNALDATE "01-Mar-2026 10:00:00 +0000" BODY[] {5000}\r\nSubject: half\r\n\r\nOnly ha';

async function troublesOf(): Promise<readonly Trouble[]> {
  const [closed = 0] = await freePorts(1);
  const unknown = { host: 'no-such-host.invalid' };
  return [
    { user: 'password', broken: { password: 'guess' }, codes: ['auth.rejected'], says: /localhost.*“.+”/ },
    {
      user: 'host',
      broken: { endpoint: unknown },
      // Where there is no resolver at all the name may yet exist.
      codes: ['network.unknown-host', 'network.unreachable'],
      says: /no-such-host\.invalid/,
    },
    {
      user: 'port',
      broken: { port: closed },
      codes: ['network.unreachable'],
      says: new RegExp(`localhost.*${closed}`),
    },
    {
      user: 'starttls',
      broken: { endpoint: { encryption: 'starttls' } },
      codes: ['tls.starttls-missing'],
      says: /localhost.*STARTTLS/,
    },
    { user: 'bye', broken: { port: farewell.port }, codes: ['server.unavailable'], says: /“Down for repairs”/ },
    { user: 'literal', broken: { port: breaksOff.port }, codes: ['network.dropped'], says: /localhost.*lost/ },
    { user: 'silent', broken: { port: silent.port }, codes: ['network.timeout'], says: /in time/, letters: plenty },
    { user: 'cut', broken: { port: cut.port }, codes: ['network.dropped'], says: /lost/, letters: plenty },
  ];
}

/** Each mailbox has loaded a letter when its trouble begins; another one arrives meanwhile; then the trouble ends. */
beforeAll(async () => {
  dovecot = await startDovecot({ tls: 'no' });
  silent = await startFaultProxy(dovecot.imapPort, { kind: 'stall', afterBytes: inTheMiddle });
  cut = await startFaultProxy(dovecot.imapPort, { kind: 'cut', afterBytes: inTheMiddle });
  farewell = await startScriptedServer(async (line) => {
    await serveUntil(line, /^LOGIN/);
    await line.send('* BYE Down for repairs\r\n');
  });
  breaksOff = await startScriptedServer(async (line) => {
    const listing = await serveUntil(line, /^UID SEARCH/);
    await line.send(`* SEARCH 9\r\n${listing} OK done\r\n`);
    const sizes = await serveUntil(line, /^UID FETCH/, { greet: false });
    await line.send(`* 1 FETCH (UID 9 RFC822.SIZE 5000)\r\n${sizes} OK done\r\n`);
    await serveUntil(line, /^UID FETCH/, { greet: false });
    await line.send(halfALetter);
  });
  troubles = await troublesOf();
  main = await openMain({ connectionTimes });

  const users = ['healthy', ...troubles.map(({ user }) => user)];
  for (const user of users) {
    deliver(user, ['before']);
    mailboxes.set(user, await addMailbox(main, { user, port: dovecot.imapPort }));
  }
  fillMaildir(dovecot, 'folder', 'INBOX', [{ raw: letter('before') }]);
  fillMaildir(dovecot, 'folder', 'Projects', [{ raw: letter('project') }]);
  const folders = ['Projects', 'INBOX'];
  mailboxes.set('folder', await addMailbox(main, { user: 'folder', port: dovecot.imapPort, folders }));
  await loadAll(main);

  for (const { user, broken: change } of troubles) {
    await changeMailbox(main, mailbox(user), { user, port: dovecot.imapPort, ...change });
  }
  await removeFolder('folder', 'Projects');
  for (const { user, letters = ['meanwhile'] } of troubles) deliver(user, letters, letters === plenty ? filler : '');
  deliver('healthy', ['meanwhile']);
  deliver('folder', ['meanwhile']);
  broken = await loadAll(main);
  for (const [user, it] of mailboxes) between.set(user, await subjectsOf(main, it));

  for (const { user } of troubles) await changeMailbox(main, mailbox(user), { user, port: dovecot.imapPort });
  await main.call('folders.refresh', { mailboxId: mailbox('folder').id });
  afterwards = await loadAll(main);
});
afterAll(async () => {
  await main?.close();
  for (const server of [silent, cut, farewell, breaksOff, dovecot]) await server?.stop();
});

async function removeFolder(user: string, path: string): Promise<void> {
  const { imapPort: port } = dovecot;
  const auth = { user, pass: dovecot.password };
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth, logger: false });
  await client.connect();
  await client.mailboxDelete(path);
  await client.logout();
}

const inboxOf = ({ folders }: LoadReport): FolderReport | undefined => folders.find(({ path }) => path === 'INBOX');

describe.each([
  ['a wrong password', 'password'],
  ['a host that does not exist', 'host'],
  ['a port where nobody listens', 'port'],
  ['STARTTLS asked for and not offered', 'starttls'],
  ['a server that says BYE', 'bye'],
  ['a server that hangs up inside a letter', 'literal'],
  ['a server that falls silent inside the letters', 'silent'],
  ['a line that ends inside the letters', 'cut'],
])('%s', (_, user) => {
  const trouble = () => troubles.find((one) => one.user === user) as Trouble;

  test('has its code, and says where and what in both languages', () => {
    const { codes, says } = trouble();
    expect(expectSaid(broken(mailbox(user)).problem, ...codes)).toMatch(says);
  });

  test('takes nothing away, leaves nothing half stored, and is made up for afterwards', async () => {
    const { letters = ['meanwhile'] } = trouble();
    const kept = between.get(user) ?? [];
    expect(kept).toContain('before');
    expect(afterwards(mailbox(user))).toMatchObject({ problem: null, unreadable: 0 });
    expect(await subjectsOf(main, mailbox(user))).toEqual(['before', ...letters].sort());
    expect(inboxOf(afterwards(mailbox(user)))?.fresh).toBe(letters.length + 1 - kept.length);
    const listed = await lettersOf(main, mailbox(user));
    expect(new Set(listed.map(({ state }) => state))).toEqual(new Set(['parsed']));
  });
});

test('what came whole before a line ended is kept', () => {
  for (const user of ['silent', 'cut']) {
    expect(between.get(user)?.length, user).toBeGreaterThan(1);
    expect(between.get(user)?.length, user).toBeLessThan(1 + plenty.length);
  }
});

test('a healthy mailbox beside all of them goes on', async () => {
  expect(broken(mailbox('healthy'))).toMatchObject({ problem: null, folders: [{ fresh: 1, problem: null }] });
  expect(await subjectsOf(main, mailbox('healthy'))).toEqual(['before', 'meanwhile']);
});

test('a folder that is gone: said by name, its letters stay, the other folders go on', async () => {
  const { problem, folders } = broken(mailbox('folder'));
  expect(problem).toBeNull();
  const gone = folders.find(({ path }) => path === 'Projects')?.problem;
  expectSaid(gone, 'folder.gone');
  expect(gone?.params.folder).toBe('Projects');
  expect(folders.find(({ path }) => path === 'INBOX')).toMatchObject({ fresh: 1, problem: null });
  expect(await subjectsOf(main, mailbox('folder'))).toEqual(['before', 'meanwhile', 'project']);
  const project = (await lettersOf(main, mailbox('folder'))).find(({ subject }) => subject === 'project');
  const { text } = await main.call('mail.letter', { messageId: project?.id as NonNullable<typeof project>['id'] });
  expect(text).toContain('Text of project.');
});
