import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { IncomingConnector, SignIn } from '../../src-main/connectors/connectors.ts';
import { createConnectors } from '../../src-main/connectors/open-connector.ts';
import { cleanEntry } from '../../src-main/logs/clean-entry.ts';
import { type ConnectionLog, createConnectionLog } from '../../src-main/logs/connection-log.ts';
import { openLogs } from '../../src-main/logs/open-logs.ts';
import { connectionReport } from '../../src-shared/doctor/connection-report.ts';
import type { CheckStep } from '../../src-shared/domain/connection-check.ts';
import type { LogEntry, LogFilter } from '../../src-shared/domain/connection-log.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { LogLevel } from '../../src-shared/domain/mailbox.ts';
import { createTranslate } from '../../src-shared/i18n/i18n.ts';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { addItem } from '../support/exchange/mailboxes.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { type ScriptedMaildrop, serveMaildrop } from '../support/scripted-maildrop.ts';
import { type ScriptedLine, startScriptedServer } from '../support/scripted-server.ts';
import { settingsFor } from '../sync/open-console.ts';
import { bob, ewsTo, startDouble } from './exchange-desk.ts';
import { letters } from './over-maildrop.ts';
import { imapOf, password, pop3Of, pop3To, signInTo, soon } from './sign-in.ts';

const mailboxId = '55555555-5555-4555-8555-555555555555' as MailboxId;
const token = 'canary-token.of-nobody';
const canaries = { subject: 'CanarySubject', body: 'CanaryBody', person: 'canary-person' };
const raw = [
  `From: <${canaries.person}@elsewhere.test>`,
  `Subject: ${canaries.subject}`,
  'Message-ID: <named@elsewhere.test>',
  '',
  canaries.body,
  '',
].join('\r\n');
const everything: LogFilter = { mailboxId: null, severity: 'all', words: '', since: null, until: null };

let dovecot: Dovecot;
const folder = temporaryFolder();
beforeAll(async () => {
  dovecot = await startDovecot({ submitted: 'keep' });
  await deliver(dovecot, 'bob', raw, `${canaries.person}@elsewhere.test`);
});
afterAll(() => dovecot.stop());

interface Desk {
  readonly connectors: ReturnType<typeof createConnectors>;
  readonly log: ConnectionLog;
  readonly entries: () => Promise<readonly LogEntry[]>;
  /** Everything that is in any log file. */
  readonly written: () => Promise<string>;
}

function openDesk(name: string, level: LogLevel, clean = cleanEntry): Desk {
  const place = join(folder.path, name);
  const logs = openLogs(place, { level: 'debug' });
  const log = createConnectionLog({ folder: join(place, 'mailboxes'), clean });
  log.setLevel(mailboxId, level);
  const connectors = createConnectors({
    logs: logs.logger,
    connectionLog: log,
    extraCertificates: [dovecot.caPem],
    times: { farewell: 200 },
  });
  return {
    connectors,
    log,
    entries: async () => (await log.read(everything, { before: null, limit: 1000 })).entries,
    async written() {
      await log.settle();
      await logs.close();
      const files = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      return files.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8')).join('\n');
    },
  };
}

const own = (signIn: SignIn): SignIn => ({ ...signIn, mailboxId });
const byToken = (signIn: SignIn): SignIn => ({
  ...own(signIn),
  endpoint: { ...signIn.endpoint, signIn: 'oauth2' },
  password: '',
  askToken: async () => token,
});

async function readOne(connector: IncomingConnector): Promise<void> {
  await connector.listFolders(soon());
  const inbox = await connector.openFolder('INBOX', soon());
  const uids = await inbox.listUids({ afterUid: 0, since: null }, soon());
  for await (const _ of inbox.fetchLetters([...uids], soon()));
  await connector.close();
}

interface QuotingServer {
  readonly greeting: string;
  /** Answers to what is no sign-in; null: it is one. */
  readonly usual: (said: string) => string | null;
  /** To a sign-in whose secret comes with the next line. */
  readonly goOn: string;
  readonly refuse: (tag: string, quoted: string) => string;
}

/** Refuses whatever sign-in comes, quoting all of it, as it came and decoded. */
const quoting =
  ({ greeting, usual, goOn, refuse }: QuotingServer) =>
  async (line: ScriptedLine) => {
    await line.send(greeting);
    for (;;) {
      const said = await line.nextLine();
      const bare = /AUTH(ENTICATE)? \w+$/.test(said);
      if (bare) await line.send(goOn);
      const proof = bare ? await line.nextLine() : said;
      const [tag = ''] = said.split(' ');
      await line.send(usual(said) ?? refuse(tag, `${proof} ${decoded(proof)}`));
    }
  };
const decoded = (line: string): string =>
  Buffer.from(line.split(' ').at(-1) ?? '', 'base64')
    .toString('latin1')
    .replace(/[^\x20-\x7e]+/g, ' ');
const tagOf = (line: string): string => line.split(' ')[0] ?? '';
const quotingImap = quoting({
  greeting: '* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2 AUTH=PLAIN] ready\r\n',
  usual: (said) => (/AUTHENTICATE|LOGIN/.test(said) ? null : `${tagOf(said)} OK done\r\n`),
  goOn: '+ \r\n',
  refuse: (tag, quoted) => `${tag} NO [AUTHENTICATIONFAILED] not ${quoted}\r\n`,
});
const quotingPop3 = quoting({
  greeting: '+OK ready\r\n',
  usual: (said) =>
    said === 'CAPA' ? '+OK\r\nSASL XOAUTH2\r\nUSER\r\nUIDL\r\n.\r\n' : said.startsWith('USER') ? '+OK\r\n' : null,
  goOn: '+ \r\n',
  refuse: (_tag, quoted) => `-ERR not ${quoted}\r\n`,
});
const quotingSmtp = quoting({
  greeting: '220 ready\r\n',
  usual: (said) => (said.startsWith('EHLO') ? '250-localhost\r\n250 AUTH XOAUTH2 PLAIN\r\n' : null),
  goOn: '334 \r\n',
  refuse: (_tag, quoted) => `535 5.7.8 not ${quoted}\r\n`,
});

/** Every protocol with every sign-in, once well and once refused by a server that quotes what it was told. */
async function useEverything({ connectors }: Desk): Promise<void> {
  const letter = { from: `${canaries.person}@localhost`, to: ['carol@localhost'], raw: Buffer.from(raw) };
  await readOne(await connectors.openIncoming(own(imapOf(dovecot, 'tls')), soon()));
  await readOne(await connectors.openIncoming(own(pop3Of(dovecot, 'tls')), soon()));
  await connectors.submitLetter(own(signInTo(dovecot.submissionPort, 'starttls')), letter, soon());
  for (const windows of [false, true]) {
    const double = await startDouble({ ways: [windows ? 'ntlm' : 'basic'] });
    addItem(double.folder(bob.address, 'inbox'), { raw });
    const login = windows ? 'CORP\\bob' : 'bob';
    await readOne(await connectors.openIncoming(own(ewsTo(double.port, { windows }, { login })), soon()));
    const refused = [{ ...own(ewsTo(double.port, { windows }, { login })), password: 'secret-but-wrong' }];
    for (const signIn of [...refused, byToken(ewsTo(double.port))])
      await expect(connectors.openIncoming(signIn, soon())).rejects.toMatchObject({ name: 'AppError' });
    await double.stop();
  }
  for (const script of [quotingImap, quotingPop3, quotingSmtp]) {
    const server = await startScriptedServer(script);
    const to = script === quotingPop3 ? pop3To(server.port) : signInTo(server.port);
    for (const signIn of [own(to), byToken(to)]) {
      expect(leaks(await checked(connectors, signIn, script === quotingSmtp))).toEqual([]);
      const use =
        script === quotingSmtp
          ? connectors.submitLetter(signIn, letter, soon())
          : connectors.openIncoming(signIn, soon());
      const error: unknown = await use.catch((reason: unknown) => reason);
      // What is kept of a refusal anywhere, the database included, are its values.
      expect(leaks(JSON.stringify((error as { readonly params?: unknown }).params))).toEqual([]);
    }
    await server.stop();
  }
}

/** All that anybody sees of a check: its steps as they end, its result and its report. */
async function checked({ checkConnection }: Desk['connectors'], signIn: SignIn, sending: boolean): Promise<string> {
  const told: CheckStep[] = [];
  const wishes = { onStep: (step: CheckStep) => told.push(step) };
  const check = await checkConnection(sending ? null : signIn, sending ? signIn : null, soon(), wishes);
  expect(check.steps.at(-1)).toMatchObject({ problem: { code: 'auth.rejected' }, finding: {} });
  expect(told).toEqual(check.steps);
  const report = connectionReport(createTranslate('en'), {
    check,
    settings: settingsFor({ user: 'bob', port: 1 }),
    at: 0,
  });
  return JSON.stringify(check) + report;
}

/** What must not be found, as it stands and as it goes over a line. */
function leaks(text: string): readonly string[] {
  const secrets = [password, token];
  const said = [
    ...secrets,
    ...secrets.map((secret) => Buffer.from(secret).toString('base64')),
    Buffer.from(`\0bob\0${password}`).toString('base64'),
    Buffer.from(`bob:${password}`).toString('base64'),
    Buffer.from(`user=bob\x01auth=Bearer ${token}\x01\x01`).toString('base64'),
    ...Object.values(canaries),
  ];
  return said.filter((canary) => text.includes(canary));
}

test('at full details no secret, and nothing of what is in a letter, is in any log', async () => {
  const desk = openDesk('full', 'full');
  await useEverything(desk);
  const entries = await desk.entries();
  const protocols = new Set(entries.map(({ protocol, problem }) => `${protocol} ${problem ? 'failed' : 'done'}`));
  expect([...protocols].sort()).toEqual([
    ...['ews done', 'ews failed', 'imap done', 'imap failed', 'pop3 done', 'pop3 failed', 'smtp done', 'smtp failed'],
  ]);
  const checks = entries.filter(({ event }) => event === 'checked');
  expect(checks.map(({ protocol, problem }) => `${protocol} ${problem?.code}`)).toEqual([
    ...['smtp auth.rejected', 'smtp auth.rejected', 'pop3 auth.rejected', 'pop3 auth.rejected'],
    ...['imap auth.rejected', 'imap auth.rejected'],
  ]);
  const text = await desk.written();
  expect(text).toContain('<named@elsewhere.test>');
  expect(leaks(text)).toEqual([]);
}, 60_000);

test('a connector that logs a line as it came is found by the same search', async () => {
  const desk = openDesk('raw', 'full');
  const server = await startScriptedServer(quotingImap);
  await desk.connectors.openIncoming(own(signInTo(server.port)), soon()).catch(() => {});
  desk.log.write(mailboxId, 'opened', { folder: server.received() });
  await server.stop();
  expect(leaks(await desk.written())).not.toEqual([]);
});

test('each letter is named by folder, number and Message-ID; at errors only, and off, it is not', async () => {
  const levels: readonly LogLevel[] = ['full', 'errors', 'off'];
  const fetched = levels.map(async (level) => {
    const desk = openDesk(`named-${level}`, level);
    await readOne(await desk.connectors.openIncoming(own(imapOf(dovecot, 'none')), soon()));
    const wrong = { ...own(imapOf(dovecot, 'none')), password: 'wrong' };
    await desk.connectors.openIncoming(wrong, soon()).catch(() => {});
    const entries = await desk.entries();
    const letter = entries.find(({ event }) => event === 'letter-fetched');
    return [letter?.folder, letter?.uid, letter?.messageId, entries.filter(({ problem }) => problem !== null).length];
  });
  expect(await Promise.all(fetched)).toEqual([
    ['INBOX', 1, '<named@elsewhere.test>', 1],
    [undefined, undefined, undefined, 1],
    [undefined, undefined, undefined, 0],
  ]);
});

test('a check of the sending server that fails before its sign-in stands in the log as that server’s', async () => {
  const silent = await startScriptedServer((line) => line.send('554 no service here\r\n'));
  const failing = [
    ['smtp-resolve', own(signInTo(587, 'starttls', { host: 'smtp.nowhere.invalid' }))],
    ['smtp-greet', own(signInTo(silent.port, 'starttls'))],
  ] as const;
  for (const [step, outgoing] of failing) {
    const desk = openDesk(`sending-${step}`, 'errors');
    for (const incoming of [null, own(imapOf(dovecot, 'tls'))]) {
      const { steps } = await desk.connectors.checkConnection(incoming, outgoing, soon());
      expect(steps.find(({ problem }) => problem !== null)?.name).toBe(step);
    }
    const named = { event: 'checked', protocol: 'smtp', host: outgoing.endpoint.host };
    expect(await desk.entries()).toMatchObject([named, named]);
  }
  await silent.stop();
});

test('a line that is lost names the letter that did not come', async () => {
  const desk = openDesk('lost', 'errors');
  const fetch = /^(\S+) UID FETCH/;
  const server = await startScriptedServer(async (line) => {
    await line.send('* OK [CAPABILITY IMAP4rev1] ready\r\n');
    for (;;) {
      const said = await line.nextLine();
      if (fetch.test(said)) return line.send('* 1 FETCH (UID 41 BODY[] {500}\r\nFrom: a');
      const opened = said.includes('EXAMINE') ? '* 2 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n* OK [UIDNEXT 43]\r\n' : '';
      await line.send(`${opened}${tagOf(said)} OK done\r\n`);
    }
  });
  const connector = await desk.connectors.openIncoming(own(signInTo(server.port)), soon());
  const inbox = await connector.openFolder('INBOX', soon());
  const reading = async () => {
    for await (const _ of inbox.fetchLetters([41, 42], soon()));
  };
  await expect(reading()).rejects.toMatchObject({ name: 'AppError' });
  await server.stop();
  expect(await desk.entries()).toMatchObject([{ event: 'letter-fetched', folder: 'INBOX', uid: 41 }]);
});

test('a letter whose deletion was refused is noted as refused, never as deleted', async () => {
  const noted = async (level: LogLevel, uids: readonly number[]) => {
    const desk = openDesk(`refused-${level}-${uids.join()}`, level);
    const drop: ScriptedMaildrop = { letters, replies: [[/^DELE 1/, '-ERR not this one\r\n']] };
    const server = await startScriptedServer((line) => serveMaildrop(line, drop));
    const connector = await desk.connectors.openIncoming(own(pop3To(server.port)), soon());
    await (await connector.openForChange('INBOX', soon())).delete(uids, soon());
    await connector.close();
    await server.stop();
    const deletions = (await desk.entries()).filter(({ event }) => event === 'deleted');
    return deletions.map(({ uid, count, problem }) => [uid, count, problem?.code ?? null]).reverse();
  };
  const refusal = [1, null, 'server.refused'];
  expect(await noted('full', [1])).toEqual([[null, 0, null], refusal]);
  expect(await noted('full', [1, 2])).toEqual([[null, 1, null], refusal, [2, null, null]]);
  expect(await noted('full', [2])).toEqual([[2, 1, null]]);
  expect(await noted('errors', [1])).toEqual([refusal]);
});
