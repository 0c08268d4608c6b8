import { mkdtempSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoadReport } from '../../src-shared/domain/loading.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { Letter, MessageSummary } from '../../src-shared/domain/message.ts';
import type { Outgoing } from '../../src-shared/domain/outgoing.ts';
import type { Ticket, TicketSummary } from '../../src-shared/domain/ticket.ts';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type MailroomOptions, mailroom, mailroomJson } from './mailroom.ts';

const letter = [
  'From: "Client \u001b[31m" <client@localhost>',
  'To: desk@localhost',
  'Subject: =?utf-8?B?UHJpbnRlciAbWzJKIGJyb2tlbg==?=',
  'Message-ID: <first@localhost>',
  'Date: Mon, 12 Oct 2026 09:00:00 +0000',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: 8bit',
  '',
  'It prints \u001b]0;owned\u0007 nothing. Помогите!',
  '',
].join('\r\n');

let dovecot: Dovecot;
let folder: string;
let options: MailroomOptions;

beforeAll(async () => {
  dovecot = await startDovecot();
  folder = mkdtempSync(join(tmpdir(), 'mailroom-cli-'));
  options = { profile: join(folder, 'profile'), env: { NODE_EXTRA_CA_CERTS: dovecot.caFile } };
  await deliver(dovecot, 'desk', letter);
});
afterAll(async () => {
  await dovecot?.stop();
  await rm(folder, { recursive: true, force: true });
});

function file(name: string, more: object = {}) {
  const { imapsPort, submissionPort } = dovecot;
  return JSON.stringify({
    name,
    address: `${name}@localhost.test`,
    incoming: { host: 'localhost', port: imapsPort, encryption: 'tls', login: name },
    outgoing: { host: 'localhost', port: submissionPort, encryption: 'starttls', login: name },
    sender: { fromAddress: 'desk@localhost.test', fromName: 'Desk', replyTo: 'desk@localhost.test' },
    firstLoadPeriod: 'all',
    collectsTickets: true,
    ...more,
  });
}

async function added(name: string): Promise<Mailbox> {
  const path = join(folder, `${name}.json`);
  await writeFile(path, file(name));
  return mailroomJson(['mailbox', 'add', '--from', path, '--password-stdin'], { ...options, stdin: 'secret\n' });
}

test('the main job: a mailbox, its mail, a ticket, an answer, its arrival', async () => {
  expect(await added('desk')).toMatchObject({ enabled: true, demo: false, settings: { name: 'desk' } });

  const fields = { name: 'Request', type: 'Request', object: 'Office', workKind: 'Repair' };
  await mailroomJson(['template', 'add', '--from', '-'], { ...options, stdin: JSON.stringify(fields) });
  await mailroomJson(['sender', 'add', '*@localhost', '--template', 'request'], options);

  const [report] = await mailroomJson<LoadReport[]>(['load', 'desk'], options);
  expect(report).toMatchObject({ ticketsCreated: 1, problem: null });
  expect(report?.folders).toMatchObject([{ path: 'INBOX', onServer: 1, loaded: 1, fresh: 1, failed: 0 }]);

  const { tickets } = await mailroomJson<{ tickets: TicketSummary[] }>(['ticket', 'list'], options);
  expect(tickets).toMatchObject([
    { state: 'new', requester: { address: 'client@localhost' }, templateName: 'Request' },
  ]);
  const number = String(tickets[0]?.id);

  await mailroomJson(['ticket', 'reply', number], { ...options, stdin: 'Попробуйте ещё раз.\n' });

  const [sent] = await mailroomJson<Outgoing[]>(['outbox', 'flush'], options);
  expect(sent).toMatchObject({ state: 'accepted', to: [{ address: 'client@localhost' }] });

  const arrived = await inbox('client');
  expect(arrived).toContain('In-Reply-To: <first@localhost>');
  const ticket = await mailroomJson<Ticket>(['ticket', 'show', number], options);
  expect(ticket.entries.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['letter', 'answer']));
});

async function inbox(user: string): Promise<string> {
  const auth = { user, pass: dovecot.password };
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: dovecot.imapPort,
    secure: false,
    doSTARTTLS: false,
    auth,
    logger: false,
  });
  try {
    await client.connect();
    await client.mailboxOpen('INBOX', { readOnly: true });
    const newest = await client.fetchOne('*', { source: true });
    return newest ? (newest.source?.toString() ?? '') : '';
  } finally {
    client.close();
  }
}

test('what foreign text could do to a terminal is shown, not done', async () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
  const dangerous = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
  const [summary] = await mailroomJson<MessageSummary[]>(['message', 'list'], options);
  for (const args of [
    ['message', 'list'],
    ['message', 'show', String(summary?.id)],
    ['search', 'prints'],
    ['ticket', 'list'],
    ['ticket', 'show', '1'],
  ]) {
    const { code, stdout, stderr } = await mailroom(args, options);
    expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: '' });
    expect(stdout).not.toMatch(dangerous);
    expect(stdout).not.toBe('');
  }
  expect((await mailroom(['message', 'list'], options)).stdout).toContain('Printer ␛[2J broken');
});

test('a letter is found, shown, and given out byte for byte', async () => {
  const [found] = await mailroomJson<MessageSummary[]>(['search', 'помог'], options);
  const id = String(found?.id);
  const shown = await mailroomJson<Letter>(['message', 'show', id], options);
  expect(shown.text).toContain('Помогите!');
  const { stdout } = await mailroom(['message', 'show', id, '--raw'], options);
  // The server put its own lines above what was delivered.
  expect(stdout.endsWith(letter)).toBe(true);
});

test('a mailbox is listed, checked, disabled, enabled and removed by its name', async () => {
  await added('spare');
  expect(await mailroom(['mailbox', 'list'], options)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^spare .*localhost/m),
  });
  const check = await mailroom(['mailbox', 'check', 'spare'], options);
  expect(check).toMatchObject({ code: 0, stdout: expect.stringContaining('Sign in') });
  expect(check.stderr).toMatch(/^Find the server.*: ok\nFind the server.*: ok\nConnect.*: ok\n/);
  const report = await mailroom(['mailbox', 'check', 'spare', '--write-flag', '--report'], options);
  expect(report).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Mailroom, connection report/) });
  expect(report.stdout).toMatch(/Set a mark and take it back .*INBOX 0/);
  expect(await mailroomJson<Mailbox>(['mailbox', 'disable', 'spare'], options)).toMatchObject({ enabled: false });
  expect(await mailroomJson<Mailbox>(['mailbox', 'enable', 'SPARE'], options)).toMatchObject({ enabled: true });
  const folders = await mailroomJson<{ path: string; selected: boolean }[]>(['folder', 'list', 'spare'], options);
  expect(folders.filter(({ selected }) => selected).map(({ path }) => path)).toEqual(['INBOX']);
  await mailroomJson(['mailbox', 'remove', 'spare'], options);
  expect(await mailroom(['load', 'spare', '--json'], options)).toMatchObject({ code: 1, stdout: '' });
});

test('a letter to oneself is sent and seen to arrive; it is loaded, and becomes no ticket', async () => {
  await added('mirror');
  // Without the rule for own letters this entry would make a ticket of it.
  await mailroomJson(['sender', 'add', 'desk@localhost.test', '--template', 'request'], options);
  const run = await mailroom(['mailbox', 'test-letter', 'mirror'], options);
  expect(run).toMatchObject({ code: 0, stdout: expect.stringMatching(/^See it arrive +[\d,]+ ms +ok INBOX UID \d+/m) });
  const [report] = await mailroomJson<LoadReport[]>(['load', 'mirror'], options);
  expect(report).toMatchObject({ ticketsCreated: 0, quarantined: 0, folders: [{ path: 'INBOX', loaded: 1 }] });
});

test('a wrong password is said in a sentence, and nothing is saved', async () => {
  const path = join(folder, 'wrong.json');
  await writeFile(path, file('wrong'));
  const run = await mailroom(['mailbox', 'add', '--from', path, '--password-stdin'], { ...options, stdin: 'guess\n' });
  expect(run).toMatchObject({ code: 1, stdout: '' });
  expect(run.stderr).not.toContain('guess');
  const json = await mailroom(['mailbox', 'add', '--from', path, '--password-stdin', '--json'], {
    ...options,
    stdin: 'guess\n',
  });
  const last = json.stderr.trim().split('\n').at(-1) ?? '';
  const error = JSON.parse(last) as { code: string; message: string };
  expect(error.code).toBe('auth.rejected');
  expect(error.message).toMatch(/ /);
  expect(run.stderr).toContain(error.message);
  const mailboxes = await mailroomJson<Mailbox[]>(['mailbox', 'list'], options);
  expect(mailboxes.some(({ settings }) => settings.name === 'wrong')).toBe(false);
});

test('a file that does not fit is wrong usage, and its values are not repeated', async () => {
  const bad = JSON.stringify({ address: 'desk@localhost.test', password: 'topsecret' });
  const run = await mailroom(['mailbox', 'add', '--from', '-'], { ...options, stdin: bad });
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).not.toContain('topsecret');
  expect(run.stderr).toMatch(/^-: .*password/);
});

test('without its passphrase, or with another, the profile stays closed', async () => {
  const other = await mailroom(['mailbox', 'list', '--json'], { ...options, env: { MAILROOM_PASSPHRASE: 'wrong' } });
  expect(other.code).toBe(1);
  expect(JSON.parse(other.stderr)).toMatchObject({ code: 'vault.wrong-passphrase' });
  const none = await mailroom(['mailbox', 'list', '--json'], { ...options, env: { MAILROOM_PASSPHRASE: '' } });
  expect(none.code).toBe(1);
  expect(JSON.parse(none.stderr)).toMatchObject({ code: 'vault.passphrase-needed' });
});

test('detection answers without a network, and the doctor is content', async () => {
  expect(await mailroom(['detect', 'someone@gmail.com'], options)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('imap.gmail.com:993'),
  });
  const doctor = await mailroom(['doctor'], options);
  expect(doctor).toMatchObject({ code: 0, stderr: '' });
  expect(doctor.stdout).toContain(options.profile);
});

test('a mailbox that only receives lets one answer that only sends, and its letter arrives', async () => {
  await deliver(dovecot, 'intake', letter.replaceAll('first@', 'intake@').replaceAll('desk@', 'intake@'));
  const outgoing = { host: 'localhost', port: dovecot.submissionPort, encryption: 'starttls', login: 'voice' };
  const path = join(folder, 'voice.json');
  await writeFile(path, file('voice', { incoming: null, outgoing }));
  const adding = ['mailbox', 'add', '--from', path, '--password-stdin'];
  const added = await mailroom(adding, { ...options, stdin: 'secret\n' });
  expect([added.code, added.stderr.match(/^[A-Z].*? for sending|^Sign in\b/gm)]).toEqual([
    0,
    ['Find the server', 'Connect', 'Greeting', 'Encrypt', 'Sign in'].map((step) => `${step} for sending`),
  ]);
  const sender = { fromAddress: 'intake@localhost.test', fromName: 'Intake', replyTo: 'intake@localhost.test' };
  await writeFile(path, file('intake', { outgoing: null, answeredBy: 'VOICE', sender }));
  await mailroomJson(adding, { ...options, stdin: 'secret\n' });
  expect((await mailroom(['mailbox', 'list'], options)).stdout).toMatch(/^voice .*only sends +no +Working$/m);

  const reports = await mailroomJson<LoadReport[]>(['load'], options);
  expect(reports.map(({ mailboxName }) => mailboxName)).not.toContain('voice');
  const { tickets } = await mailroomJson<{ tickets: TicketSummary[] }>(['ticket', 'list'], options);
  const number = String(Math.max(...tickets.map(({ id }) => id)));
  await mailroomJson(['ticket', 'reply', number], { ...options, stdin: 'By another way.\n' });
  const [sent] = await mailroomJson<Outgoing[]>(['outbox', 'flush'], options);
  expect(sent).toMatchObject({ state: 'accepted', sentCopy: null });
  const arrived = await inbox('client');
  expect(arrived).toContain('From: Intake <intake@localhost.test>');
  expect(arrived).toContain('In-Reply-To: <intake@localhost>');
});

test('nothing of a secret lies in the profile in the clear', async () => {
  const vault = await readFile(join(options.profile, 'vault.json'), 'utf8');
  expect(vault).not.toContain('secret"');
  const database = await readFile(join(options.profile, 'mailroom.db'));
  expect(database.includes('Printer')).toBe(false);
});
