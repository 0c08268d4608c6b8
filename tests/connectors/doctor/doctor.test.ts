import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionCheck } from '../../../src-shared/domain/connection-check.ts';
import { findingSentence } from '../../../src-shared/i18n/finding-sentence.ts';
import { createTranslate } from '../../../src-shared/i18n/i18n.ts';
import { type Dovecot, startDovecot } from '../../support/dovecot.ts';
import { fillMaildir } from '../../support/fill-maildir.ts';
import { freePorts } from '../../support/free-ports.ts';
import { issueCertificate } from '../../support/issue-certificate.ts';
import { connectorsFor, imapOf, impatientTimes, password, pop3Of, signInTo, soon } from '../sign-in.ts';
import { connectionFaults } from './connection-faults.ts';
import { mailboxFaults } from './mailbox-faults.ts';
import type { Patient, Ward } from './patient.ts';

let dir: string;
let ward: Ward;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'mailroom-doctor-'));
  const dovecot = await startDovecot();
  fillMaildir(dovecot, 'bob', 'INBOX', [{ raw: 'Subject: one\r\n\r\n' }, { raw: 'Subject: two\r\n\r\n' }]);
  const [closedPort = 0] = await freePorts(1);
  ward = { dovecot, certificates: certificatesFor(dovecot, dir), closedPort };
});
afterAll(async () => {
  await ward.dovecot.stop();
  rmSync(dir, { recursive: true });
});

const day = 24 * 60 * 60_000;
const at = (days: number): Date => new Date(Date.now() + days * day);

function certificatesFor({ certificates }: Dovecot, place: string): Ward['certificates'] {
  const authority = { cert: certificates.caFile, key: certificates.caFile.replace(/\.pem$/, '.key') };
  const names = ['subjectAltName=DNS:localhost'];
  const ca = ['basicConstraints=critical,CA:TRUE'];
  const now = { from: at(-1), to: at(30) };
  const leaf = { subject: 'localhost', extensions: names, ...now };
  const root = (name: string, subject: string) =>
    issueCertificate(place, name, { subject, extensions: ca, ...now, issuer: null });
  const link = issueCertificate(place, 'link', { subject: 'Test Link', extensions: ca, ...now, issuer: authority });
  const fetchable = [...names, 'authorityInfoAccess=caIssuers;URI:http://ca.test/link.crt'];
  const issued = (name: string, changes: object) =>
    issueCertificate(place, name, { ...leaf, issuer: authority, ...changes });
  return {
    notYet: issued('not-yet', { from: at(300), to: at(600) }),
    ended: issued('ended', { from: at(-90), to: at(-1) }),
    inspected: issued('inspected', { issuer: root('scanner', 'Kaspersky Anti-Virus Personal Root Certificate') }),
    unchained: issued('unchained', { issuer: link, extensions: fetchable }),
    foreign: issued('foreign', { issuer: root('company', 'Contoso Internal CA') }),
    selfSigned: certificates.selfSigned,
    otherName: certificates.otherName,
    expired: certificates.expired,
  };
}

async function examine({ incoming, outgoing = null, wishes, patience = 0, stop }: Patient): Promise<ConnectionCheck> {
  try {
    const times = patience > 0 ? { greeting: patience, answer: patience, silence: patience } : {};
    const connectors = connectorsFor([ward.dovecot.caPem], { ...impatientTimes, ...times });
    return await connectors.checkConnection(incoming, outgoing, soon(), wishes);
  } finally {
    await stop?.();
  }
}

function sentencesOf({ steps }: ConnectionCheck, language: 'en' | 'ru'): readonly string[] {
  const translate = createTranslate(language);
  return steps.flatMap(({ finding }) => (finding === null ? [] : Object.values(findingSentence(translate, finding))));
}

const found = ({ steps }: ConnectionCheck) => steps.flatMap(({ finding }) => (finding === null ? [] : [finding.code]));

const faults = [...connectionFaults, ...mailboxFaults];

describe('every fault is named', () => {
  let named = 0;
  test.each(faults)('$what: $finding', async ({ finding, arrange }) => {
    const check = await examine(await arrange(ward));
    expect(found(check)).toEqual([finding]);
    expect(JSON.stringify(check).replace(/client secret|entra-secret/g, '')).not.toContain(password);
    for (const language of ['en', 'ru'] as const) {
      for (const sentence of sentencesOf(check, language)) expect(sentence).not.toMatch(/\{\{|^finding\./);
    }
    named += 1;
  });
  afterAll(() => console.info(`${named} of ${faults.length} faults named`));
});

test('there are faults enough to trust the count', () => {
  expect(faults.length).toBeGreaterThanOrEqual(30);
});

/** Connections with nothing wrong, which must be found well. */
const healthy: readonly (readonly [string, (dovecot: Dovecot) => Patient])[] = [
  [
    'IMAP and SMTP over TLS',
    (dovecot) => ({ incoming: imapOf(dovecot, 'tls'), outgoing: signInTo(dovecot.submissionPort, 'starttls') }),
  ],
  ['POP3 over STARTTLS', (dovecot) => ({ incoming: pop3Of(dovecot, 'starttls') })],
  ['IMAP with a mark', (dovecot) => ({ incoming: imapOf(dovecot, 'starttls'), wishes: { writeFlag: true } })],
];

test.each(healthy)('nothing is found where nothing is wrong: %s', async (_what, arrange) => {
  const check = await examine({ ...arrange(ward.dovecot), patience: 10_000 });
  expect([check.ok, found(check)]).toEqual([true, []]);
});

test.each([
  ['IMAP, with a mark on request', imapOf],
  ['POP3', pop3Of],
] as const)('a check leaves no trace on a letter: %s', async (_what, signInFor) => {
  const { dovecot } = ward;
  const user = signInFor === imapOf ? 'traceless' : 'traceless-pop3';
  fillMaildir(dovecot, user, 'INBOX', [{ raw: 'Subject: unread\r\n\r\nx\r\n' }]);
  const incoming = signInFor(dovecot, 'none', { login: user });
  const check = await examine({ incoming, wishes: { writeFlag: true }, patience: 10_000 });
  const marked = check.steps.find(({ name }) => name === 'write-flag')?.seen;
  expect(marked ?? null).toEqual(signInFor === imapOf ? expect.stringContaining('$MailroomCheck') : null);
  expect(await flagsIn(user)).toEqual([[]]);
});

/** Without \\Recent, which is of the session. */
async function flagsIn(user: string): Promise<readonly (readonly string[])[]> {
  const { dovecot } = ward;
  const client = new ImapFlow({
    host: 'localhost',
    port: dovecot.imapPort,
    secure: false,
    doSTARTTLS: false,
    auth: { user, pass: dovecot.password },
    logger: false,
  });
  await client.connect();
  await client.mailboxOpen('INBOX', { readOnly: true });
  const letters = await client.fetchAll('1:*', { flags: true });
  await client.logout();
  return letters.map(({ flags }) => [...(flags ?? [])].filter((flag) => flag !== '\\Recent'));
}

test('steps are told as they end, and all of them are in the result', async () => {
  const told: string[] = [];
  const wishes = { onStep: ({ name }: { readonly name: string }) => void told.push(name) };
  const check = await examine({ incoming: imapOf(ward.dovecot, 'tls'), wishes, patience: 10_000 });
  expect(told).toEqual(check.steps.map(({ name }) => name));
});
