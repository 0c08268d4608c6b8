import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCredentials } from '../../src-main/credentials/credentials.ts';
import { openForReading } from '../../src-main/store/process/connection.ts';
import { mailboxIdSchema } from '../../src-shared/domain/ids.ts';
import type { LoadReport } from '../../src-shared/domain/loading.ts';
import { createCertificates, type TestCertificates } from '../support/certificates.ts';
import { commandLinesOf } from '../support/command-lines.ts';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { takingTokensOf } from '../support/dovecot-tokens.ts';
import { createFalseClock } from '../support/false-clock.ts';
import { freePorts } from '../support/free-ports.ts';
import { issueCertificate } from '../support/issue-certificate.ts';
import { browse } from '../support/scripted-browser.ts';
import { clients, type SignInJudge, startSignInJudge } from '../support/sign-in-judge.ts';
import { type MailroomOptions, mailroom, mailroomJson, passphrase } from './mailroom.ts';

const address = 'desk@company.example';
let dir: string;
let certificates: TestCertificates;
let judge: SignInJudge;
let dovecot: Dovecot;
let options: MailroomOptions;
/** All that the program ever printed. */
const printed: string[] = [];
/** The command lines of every process of the program, whenever it said something. */
const commandLines = new Set<string>();

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'mailroom-cli-'));
  certificates = begunYesterday(join(dir, 'certificates'));
  judge = await startSignInJudge({ certificates, applicationMailbox: address });
  dovecot = await startDovecot({ certificate: certificates.valid, extraConfig: takingTokensOf(judge) });
  options = { profile: join(dir, 'profile'), env: { NODE_EXTRA_CA_CERTS: certificates.caFile } };
});
afterAll(async () => {
  await dovecot?.stop();
  await judge?.stop();
  await rm(dir, { recursive: true, force: true });
});

/** A clock that is behind by an hour must meet no certificate of tomorrow. */
function begunYesterday(place: string): TestCertificates {
  const period = { from: new Date(Date.now() - 86_400_000), to: new Date(Date.now() + 86_400_000) };
  const authority = { subject: 'Yesterday', extensions: ['basicConstraints=critical,CA:TRUE'], issuer: null };
  const own = createCertificates(place);
  const root = issueCertificate(place, 'yesterday-root', { ...authority, ...period });
  const names = ['subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const wish = { subject: 'localhost', extensions: names, issuer: root, ...period };
  const valid = issueCertificate(place, 'yesterday-valid', wish);
  return { ...own, valid, caFile: root.cert, caPem: readFileSync(root.cert, 'utf8') };
}

async function fileOf(name: string, oauth: object): Promise<string> {
  const { imapsPort, submissionPort } = dovecot;
  const path = join(dir, `${name}.json`);
  const settings = {
    name,
    address,
    incoming: { host: 'localhost', port: imapsPort, encryption: 'tls' },
    outgoing: { host: 'localhost', port: submissionPort, encryption: 'starttls' },
    oauth,
    firstLoadPeriod: 'all',
  };
  await writeFile(path, JSON.stringify(settings));
  return path;
}

/** Runs it, and is the browser for the address that it prints. */
async function withBrowser(args: readonly string[], env: NodeJS.ProcessEnv = {}, login = address) {
  const program = join(import.meta.dirname, '../../src-main/cli/cli.ts');
  const child = spawn(process.execPath, [program, ...args, '--profile', options.profile, '--vault', 'passphrase'], {
    env: { ...process.env, ...options.env, LANG: 'en_US.UTF-8', LC_ALL: '', MAILROOM_PASSPHRASE: passphrase, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let browsing: Promise<unknown> | null = null;
  const hear = (chunk: Buffer) => {
    said += chunk.toString();
    for (const line of commandLinesOf(child.pid ?? 0)) commandLines.add(line);
    const [, url] = said.match(/Open this address in a browser on this computer: (\S+)\n/) ?? [];
    if (url !== undefined) browsing ??= browse(url, { login, caPem: certificates.caPem });
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  await browsing;
  printed.push(said.replace(/(Open this address in a browser on this computer: )\S+/g, '$1'));
  return code;
}

async function run(args: readonly string[], stdin = '') {
  const ended = await mailroom(args, { ...options, stdin });
  printed.push(ended.stdout, ended.stderr);
  return ended;
}

test('a mailbox is added with the provider’s sign-in, and loaded', async () => {
  const [redirectPort] = await freePorts(1);
  const oauth = { authority: 'other', issuer: judge.issuer, clientId: clients.public, redirectPort };
  const path = await fileOf('by-person', oauth);
  await deliver(dovecot, 'desk', 'From: vera@firma.test\r\nSubject: By token\r\n\r\nText.\r\n');
  expect(await withBrowser(['mailbox', 'add', '--from', path])).toBe(0);
  expect(printed.join('')).toContain(`Signed in as ${address}.`);
  const [report] = await mailroomJson<LoadReport[]>(['load', 'by-person'], options);
  expect(report).toMatchObject({ problem: null, folders: [{ fresh: 1 }] });
});

test('an account that is neither the mailbox’s nor of who was to sign in for it is named in a warning', async () => {
  const [redirectPort] = await freePorts(1);
  const oauth = { authority: 'other', issuer: judge.issuer, clientId: clients.public, redirectPort };
  const add = async (name: string, signInAs: string) =>
    withBrowser(['mailbox', 'add', '--from', await fileOf(name, { ...oauth, signInAs })], {}, 'anna@company.example');
  const warning = `Warning: signed in as anna@company.example, but the mailbox is ${address}.`;
  await add('by-anna', 'Anna@company.example');
  expect(printed.join('')).not.toContain(warning);
  await add('by-somebody', '');
  expect(printed.join('')).toContain(warning);
});

test('a sign-in that was withdrawn is said, and made again', async () => {
  judge.revokeAll();
  const refused = await run(['load', 'by-person']);
  expect(refused.code).toBe(1);
  expect(refused.stdout + refused.stderr).toContain('is no longer good');
  expect(await withBrowser(['mailbox', 'sign-in', 'by-person'])).toBe(0);
  expect((await run(['load', 'by-person'])).code).toBe(0);
});

test('an application’s secret comes by standard input, or the mailbox is not added', async () => {
  const { id: clientId, secret } = clients.secret;
  const oauth = { authority: 'microsoft', issuer: judge.issuer, clientId, flow: 'application' };
  const path = await fileOf('by-application', oauth);
  expect((await run(['mailbox', 'add', '--from', path])).code).toBe(2);
  expect((await run(['mailbox', 'add', '--from', path, '--client-secret-stdin'], 'a guess\n')).code).toBe(1);
  const added = await run(['mailbox', 'add', '--from', path, '--client-secret-stdin'], `${secret}\n`);
  expect(added.stderr).not.toContain('error');
  expect(added.code).toBe(0);
  expect((await run(['load', 'by-application'])).code).toBe(0);
});

test.each([
  ['ahead', 'other', 1.5],
  ['ahead', 'microsoft', 1.5],
  ['behind', 'other', -1.5],
  ['behind', 'microsoft', -1.5],
])('a computer whose clock is %s by more than an hour signs in all the same (%s)', async (which, authority, hours) => {
  const clock = createFalseClock(dir);
  // The judge's identity tokens live an hour: by this clock they have ended, or have not begun.
  clock.set(hours / 24);
  const [redirectPort] = await freePorts(1);
  const path = await fileOf(`${which}-${authority}`, {
    authority,
    issuer: judge.issuer,
    clientId: clients.public,
    ...(authority === 'other' ? { redirectPort } : {}),
  });
  expect(await withBrowser(['mailbox', 'add', '--from', path], clock.env)).toBe(0);
  const loaded = await mailroom(['load', `${which}-${authority}`], {
    ...options,
    env: { ...options.env, ...clock.env },
  });
  expect(loaded.code).toBe(0);
});

test('a switch is prepared, tried, made and taken back by commands; nothing is loaded twice', async () => {
  const path = join(dir, 'by-password.json');
  const { imapsPort } = dovecot;
  const incoming = { host: 'localhost', port: imapsPort, encryption: 'tls', login: address };
  await writeFile(path, JSON.stringify({ incoming, outgoing: null }));
  const words = ['mailbox', 'switch'];
  const early = await run([...words, 'apply', 'by-person']);
  expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('There is no connection to switch to')]);
  expect((await run([...words, 'prepare', 'by-person', '--from', path, '--password-stdin'], 'wrong\n')).code).toBe(1);
  const prepared = await run([...words, 'prepare', 'by-person', '--from', path, '--password-stdin'], 'secret\n');
  expect([prepared.code, prepared.stdout]).toEqual([0, expect.stringContaining('is prepared')]);
  expect((await run([...words, 'try', 'by-person'])).stdout).toMatch(/INBOX +1 +1 +1 +1: the same 1, by ID and date 0/);
  expect((await run([...words, 'apply', 'by-person'])).stdout).toContain('is kept until');
  const loaded = () => mailroomJson<LoadReport[]>(['load', 'by-person'], options);
  expect(await loaded()).toMatchObject([{ problem: null, folders: [{ fresh: 0, onServer: 1 }] }]);
  expect((await run([...words, 'back', 'by-person'])).code).toBe(0);
  expect(await loaded()).toMatchObject([{ problem: null, folders: [{ fresh: 0, onServer: 1 }] }]);
});

test('nothing secret is in the database, the logs, what was printed, or the arguments of a process', async () => {
  const { profile } = options;
  const files = { database: join(profile, 'mailroom.db'), mark: join(profile, 'profile.json') };
  const vaultFile = (await readdir(profile)).find((name) => name.includes('vault')) ?? '';
  const credentials = await openCredentials(
    { ...files, passphraseVault: join(profile, vaultFile) },
    { vault: 'passphrase', passphrase },
  );
  const databaseKey = await credentials.databaseKey();
  const database = openForReading({ path: files.database, key: databaseKey });
  const tables = database.all<{ readonly name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'",
  );
  const rows = tables.flatMap(({ name }) => database.all<Readonly<Record<string, unknown>>>(`SELECT * FROM "${name}"`));
  const mailboxes = database.all<{ readonly id: string }>("SELECT id FROM mailbox WHERE name = 'by-person'");
  database.close();
  // Letters may hold bytes of any kind; a secret in one of them would be found as text.
  const dump = rows
    .map((row) =>
      Object.values(row)
        .map((value) => textOf(value))
        .join('\n'),
    )
    .join('\n');
  const logs = await Promise.all(
    (await readdir(join(profile, 'logs'), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')),
  );
  const places = [dump, ...logs, ...printed, ...commandLines];
  // The control: the same search finds what is allowed to be there, and the vault has what is looked for.
  expect(dump).toContain(clients.public);
  const grant = await credentials.secret(mailboxIdSchema.parse(mailboxes[0]?.id), 'grant');
  expect([...judge.secrets].some((secret) => grant?.includes(secret))).toBe(true);

  expect([...commandLines].filter((line) => line.includes('--profile'))).not.toEqual([]);
  expect([...commandLines].filter((line) => line.includes('store-process'))).not.toEqual([]);

  expect(judge.secrets.size).toBeGreaterThan(10);
  for (const key of [passphrase, databaseKey]) for (const text of places) expect(text).not.toContain(key);
  for (const secret of judge.secrets) for (const text of places) expect(text).not.toContain(secret);
});

function textOf(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
}
