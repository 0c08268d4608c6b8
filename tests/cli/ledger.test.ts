import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FolderBalance, LedgerEntry, LedgerStory } from '../../src-shared/domain/ledger.ts';
import type { LoadLook, LoadReport } from '../../src-shared/domain/loading.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { Quarantined } from '../../src-shared/domain/quarantine.ts';
import type { Ticket } from '../../src-shared/domain/ticket.ts';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { makeQuickProfile } from '../support/quick-vault.ts';
import { type MailroomOptions, mailroom, mailroomJson, passphrase } from './mailroom.ts';

let dovecot: Dovecot;
let folder: string;
let options: MailroomOptions;

beforeAll(async () => {
  dovecot = await startDovecot();
  folder = mkdtempSync(join(tmpdir(), 'mailroom-ledger-'));
  options = { profile: join(folder, 'profile'), env: { NODE_EXTRA_CA_CERTS: dovecot.caFile } };
  await makeQuickProfile(options.profile, passphrase);
  await arrives('known@customer.test', 'Printer');
  await arrives('stranger@customer.test', '=1+1');
  const { imapsPort, submissionPort } = dovecot;
  const file = {
    name: 'desk',
    address: 'desk@localhost.test',
    incoming: { host: 'localhost', port: imapsPort, encryption: 'tls', login: 'desk' },
    outgoing: { host: 'localhost', port: submissionPort, encryption: 'starttls', login: 'desk' },
    firstLoadPeriod: 'all',
    collectsTickets: true,
  };
  const path = join(folder, 'desk.json');
  await writeFile(path, JSON.stringify(file));
  await mailroomJson(['mailbox', 'add', '--from', path, '--password-stdin'], { ...options, stdin: 'secret\n' });
  const template = { name: 'Request', type: 'Request', object: 'Office', workKind: 'Repair' };
  await mailroomJson(['template', 'add', '--from', '-'], { ...options, stdin: JSON.stringify(template) });
  await mailroomJson(['sender', 'add', 'known@customer.test', '--template', 'Request'], options);
});
afterAll(async () => {
  await dovecot?.stop();
  await rm(folder, { recursive: true, force: true });
});

function arrives(from: string, subject: string): Promise<void> {
  const id = `<${subject.replaceAll(/\W/g, 'x')}.${from}>`;
  const head = [`From: ${from}`, 'To: desk@localhost', `Subject: ${subject}`, `Message-ID: ${id}`];
  return deliver(
    dovecot,
    'desk',
    [...head, 'Date: Mon, 12 Oct 2026 09:00:00 +0000', '', 'Please help.', ''].join('\r\n'),
  );
}

/** Subjects and flags of a folder, as anybody sees them on the server; null: there is no such folder. */
async function onServer(path: string): Promise<readonly string[] | null> {
  const auth = { user: 'desk', pass: dovecot.password };
  const { imapPort: port } = dovecot;
  const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth, logger: false });
  await client.connect();
  try {
    if (!(await client.list()).some((listed) => listed.path === path)) return null;
    const { exists } = await client.mailboxOpen(path, { readOnly: true });
    const letters: string[] = [];
    if (exists === 0) return letters;
    for await (const { envelope, flags } of client.fetch('1:*', { envelope: true, flags: true }))
      letters.push([envelope?.subject ?? '', ...(flags ?? [])].join(' '));
    return letters.sort();
  } finally {
    client.close();
  }
}

const move = JSON.stringify({ afterwards: { kind: 'move', done: 'Done', create: true } });
const set = (...more: string[]) => ['mailbox', 'set', 'desk', '--from', '-', ...more];

test('what would happen on the server is counted, and does not happen without --confirm', async () => {
  const before = await onServer('INBOX');
  const plain = await mailroomJson<LoadLook>(['mailbox', 'look', 'desk'], options);
  expect(plain).toMatchObject({ toLoad: 2, toMark: 0, toMove: 0, toDelete: 0, automaticAnswers: 0 });

  const refused = await mailroom(set(), { ...options, stdin: move });
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('moved 2');
  expect(refused.stderr).toContain('--confirm');
  const json = await mailroom(set('--json'), { ...options, stdin: move });
  expect(JSON.parse(json.stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({ code: 'mailbox.not-confirmed' });
  const [desk] = await mailroomJson<Mailbox[]>(['mailbox', 'list'], options);
  expect(desk?.settings.afterwards).toEqual({ kind: 'leave' });
  expect(await onServer('INBOX')).toEqual(before);
  expect(await onServer('Done')).toBeNull();
});

test('what touches nothing needs no word of confirmation, and no server', async () => {
  await dovecot.halt();
  const calm = JSON.stringify({ description: 'Front desk', pollMinutes: 7, lane: 1 });
  const changed = await mailroomJson<Mailbox>(set(), { ...options, stdin: calm });
  await dovecot.restart();
  expect(changed.settings).toMatchObject({ description: 'Front desk', loading: { pollMinutes: 7, lane: 1 } });
  const wrong = await mailroom(set(), { ...options, stdin: JSON.stringify({ colour: 'red' }) });
  expect(wrong).toMatchObject({ code: 2, stdout: '' });
});

test('a letter of a known sender becomes a ticket and is moved; the ledger tells its story', async () => {
  expect((await mailroom(set('--confirm'), { ...options, stdin: move })).code).toBe(0);
  const loaded = await mailroom(['load', 'desk'], options);
  expect(loaded.code).toBe(0);
  expect(loaded.stdout).toContain('Actions on the server: done 1, failed 0.');
  expect(loaded.stdout).toContain('1 letter waits for a decision');
  expect(await onServer('Done')).toEqual([expect.stringContaining('Printer')]);
  expect(await onServer('INBOX')).toEqual([expect.stringContaining('=1+1')]);

  const [entry] = await mailroomJson<LedgerEntry[]>(['ledger', 'list', 'desk', '--query', 'printer'], options);
  expect(entry).toMatchObject({ status: 'ticket', leftHow: 'moved', effect: { kind: 'move', state: 'done' } });
  const number = String(entry?.id);
  const story = await mailroomJson<LedgerStory>(['ledger', 'show', number], options);
  expect(story.entry.messageIdHeader).toBe('<Printer.known@customer.test>');
  const { stdout } = await mailroom(['ledger', 'show', number], options);
  const told = [
    'Seen on the server',
    'bytes are safe',
    'Read:',
    'Became ticket #1',
    'matched a sender entry',
    'Moved to Done',
  ];
  for (const words of told) expect(stdout).toContain(words);
  const positions = told.map((words) => stdout.indexOf(words));
  expect(positions).toEqual(positions.toSorted((a, b) => a - b));
});

test('the balance is even, and fails the command once it is not', async () => {
  const fresh = await mailroom(['ledger', 'balance', 'desk', '--fresh'], options);
  expect(fresh).toMatchObject({ code: 0, stderr: '' });
  expect(fresh.stdout).toContain('desk, INBOX: on the server 1 = in the ledger 1, unexplained 0');
  await arrives('known@customer.test', 'Later');
  const uneven = await mailroom(['ledger', 'balance', '--fresh', '--json'], options);
  expect(uneven.code).toBe(1);
  const [balance] = JSON.parse(uneven.stdout) as FolderBalance[];
  expect(balance).toMatchObject({ path: 'INBOX', onServer: 2, inLedger: 1, unexplained: [expect.any(Number)] });

  const report = await mailroomJson<LoadReport>(['ledger', 'load', 'desk'], options);
  expect(report).toMatchObject({ ticketsCreated: 1, unexplained: 0 });
  expect((await mailroom(['ledger', 'balance', '--fresh'], options)).code).toBe(0);
});

test('actions on the server are listed; done ones cannot be called off', async () => {
  expect(await mailroomJson(['effect', 'list'], options)).toEqual([]);
  const all = await mailroomJson<LedgerEntry[]>(['effect', 'list', 'desk', '--all'], options);
  expect(all.map(({ effect }) => effect?.state)).toEqual(['done', 'done']);
  expect((await mailroom(['effect', 'list', '--all'], options)).stdout).toContain('Moved to Done');
  const late = await mailroom(['effect', 'cancel', String(all[0]?.effect?.id), '--json'], options);
  expect(late.code).toBe(1);
  expect(JSON.parse(late.stdout)).toEqual({ changed: 0 });
});

test('a failed action says why, and is done when it is tried again', async () => {
  const nowhere = JSON.stringify({ afterwards: { kind: 'move', done: 'Gone/Away' } });
  const look = await mailroom(set('--confirm'), { ...options, stdin: nowhere });
  expect(look.stderr).toMatch(/The folder Gone.Away is not on the server/);
  await arrives('known@customer.test', 'Unlucky');
  const failing = await mailroom(['load'], options);
  expect(failing.code).toBe(1);
  expect(failing.stdout).toContain('failed 1');
  const [failed] = await mailroomJson<LedgerEntry[]>(['effect', 'list', '--failed'], options);
  expect(failed?.effect).toMatchObject({ state: 'failed', problem: { code: 'folder.gone' } });

  const made = JSON.stringify({ afterwards: { kind: 'move', done: 'Gone/Away', create: true } });
  expect((await mailroom(set('--confirm'), { ...options, stdin: made })).code).toBe(0);
  expect((await mailroom(['effect', 'retry', String(failed?.effect?.id)], options)).code).toBe(0);
  expect((await mailroom(['load'], options)).code).toBe(0);
  expect(await mailroomJson(['effect', 'list'], options)).toEqual([]);
  expect(await onServer('INBOX')).toEqual([expect.stringContaining('=1+1')]);
});

test('a subject that is a formula is text to a spreadsheet', async () => {
  const csv = await mailroom(['ledger', 'list', '--status', 'quarantined', '--csv'], options);
  expect(csv).toMatchObject({ code: 0, stderr: '' });
  const [head, row, ...rest] = csv.stdout.split('\r\n');
  expect(head).toMatch(/^seen,folder,uid,/);
  expect(row).toContain(",'=1+1,");
  expect(rest).toEqual(['']);
});

test('a letter without a rule waits on the desk until somebody decides', async () => {
  const [waiting] = await mailroomJson<Quarantined[]>(['quarantine', 'list', 'desk'], options);
  expect(waiting).toMatchObject({ why: 'no-sender-entry', letter: { subject: '=1+1' } });
  expect(await mailroomJson(['quarantine', 'list', '--why', 'unreadable'], options)).toEqual([]);
  expect(await mailroomJson(['quarantine', 'retry'], options)).toEqual({ released: 0, left: 1 });
  const number = String(waiting?.letter.id);
  await mailroomJson(['quarantine', 'dismiss', number], options);
  expect(await mailroomJson(['quarantine', 'list'], options)).toEqual([]);
  expect(await mailroomJson(['quarantine', 'dismiss', number, '--undo'], options)).toEqual({ changed: 1 });
});

test('a sender is allowed, and their letter becomes a ticket that is to be moved', async () => {
  const [waiting] = await mailroomJson<Quarantined[]>(['quarantine', 'list'], options);
  const allow = ['quarantine', 'allow', String(waiting?.letter.id)];
  expect(await mailroom(allow, options)).toMatchObject({ code: 2, stdout: '' });
  const allowed = await mailroom([...allow, '--template', 'request'], options);
  expect(allowed).toMatchObject({ code: 0, stderr: '' });
  expect(allowed.stdout).toContain('stranger@customer.test');
  const [released] = await mailroomJson<LedgerEntry[]>(['ledger', 'list', '--query', 'stranger'], options);
  expect(released).toMatchObject({ status: 'ticket', effect: { kind: 'move', state: 'due' } });
  expect((await mailroom([...allow, '--template', 'request'], options)).code).toBe(1);
});

test('one letter becomes a ticket by hand, and its sender stays unknown', async () => {
  await arrives('passer-by@elsewhere.test', 'Once');
  await mailroomJson(['load'], options);
  const [waiting] = await mailroomJson<Quarantined[]>(['quarantine', 'list'], options);
  const ticket = await mailroomJson<Ticket>(
    ['quarantine', 'ticket', String(waiting?.letter.id), '--template', 'Request'],
    options,
  );
  expect(ticket.summary).toMatchObject({ subject: 'Once', templateName: 'Request' });
  await arrives('passer-by@elsewhere.test', 'Twice');
  await mailroomJson(['load'], options);
  expect(await mailroomJson(['quarantine', 'list'], options)).toMatchObject([{ letter: { subject: 'Twice' } }]);
});

test('of a large letter only the header comes, and all of it when it is asked for', async () => {
  await mailroomJson(set(), { ...options, stdin: JSON.stringify({ largestMb: 1 }) });
  const id = '<large@customer.test>';
  const head = ['From: known@customer.test', 'To: desk@localhost', 'Subject: Large', `Message-ID: ${id}`, '', 'Begin'];
  const body = Array.from({ length: 20_000 }, () => 'x'.repeat(70));
  await deliver(dovecot, 'desk', [...head, ...body, 'The very end.', ''].join('\r\n'));
  await mailroomJson(['load'], options);
  const [large] = await mailroomJson<Quarantined[]>(['quarantine', 'list', '--why', 'too-large'], options);
  const number = String(large?.letter.id);
  expect(large?.letter).toMatchObject({ subject: 'Large', state: 'too-large' });
  expect((await mailroom(['quarantine', 'fetch', number], options)).code).toBe(0);
  expect((await mailroom(['message', 'show', number, '--raw'], options)).stdout).toContain('The very end.');
  const [entry] = await mailroomJson<LedgerEntry[]>(['ledger', 'list', '--query', 'large@customer.test'], options);
  expect(entry).toMatchObject({ status: 'ticket', messageId: large?.letter.id });
});

test('the log of a mailbox names its letters from the level on that is chosen, and its dates are known after a connection', async () => {
  expect((await mailroom(['log', 'desk', '--find', 'logged@customer.test'], options)).stdout).toBe('No line fits.\n');
  await mailroomJson(['log', 'desk', '--level', 'full'], options);
  const head = ['From: known@customer.test', 'Subject: Logged', 'Message-ID: <logged@customer.test>', '', 'text', ''];
  await deliver(dovecot, 'desk', head.join('\r\n'));
  await mailroomJson(['load'], options);
  const { stdout } = await mailroom(['log', 'desk', '--find', 'logged@customer.test'], options);
  expect(stdout).toMatch(
    /done \| desk \| IMAP localhost:\d+ \| Load the letter.*INBOX · \d+ \| <logged@customer.test>/,
  );
  expect(stdout).not.toContain('Subject');
  const dates = await mailroomJson<{ kind: string; daysLeft: number }[]>(['dates', 'desk'], options);
  expect(dates).toMatchObject([{ kind: 'incoming-certificate', daysLeft: expect.any(Number) }]);
});

test('a mailbox that fails says since when and why, also to the next command', async () => {
  const well = await mailroom(['mailbox', 'list'], options);
  expect(well.stdout).toMatch(/Working, last loaded \d{4}-\d\d-\d\d \d\d:\d\d/);
  await dovecot.halt();
  expect((await mailroom(['load'], options)).code).toBe(1);
  const [desk] = await mailroomJson<{ health: object }[]>(['mailbox', 'list'], options);
  expect(desk?.health).toMatchObject({ why: { code: 'network.unreachable' }, since: expect.any(Number) });
});
