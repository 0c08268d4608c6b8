import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { type CertificateFiles, createCertificates, type TestCertificates } from '../support/certificates.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { letter } from '../sync/open-console.ts';
import {
  addMailbox,
  changeMailbox,
  loadAll,
  type MailboxPlan,
  type MainProcess,
  openMain,
  settingsOf,
  subjectsOf,
} from './main-process.ts';
import { expectSaid } from './said.ts';

let dir: string;
let certificates: TestCertificates;
let healthy: Dovecot;
let strange: Dovecot;
/** What the strange server shows; it reads it at its start. */
let shown: CertificateFiles;
let main: MainProcess;
let good: Mailbox;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'mailroom-certificates-'));
  certificates = createCertificates(dir);
  shown = { cert: join(dir, 'shown.pem'), key: join(dir, 'shown.key') };
  copy(certificates.valid);
  [healthy, strange] = await Promise.all([
    startDovecot({ certificate: certificates.valid }),
    startDovecot({ certificate: shown }),
  ]);
  main = await openMain({ extraCertificates: [certificates.caPem] });
  good = await addMailbox(main, plan('good', healthy));
});
afterAll(async () => {
  await main?.close();
  for (const server of [healthy, strange]) await server?.stop();
  rmSync(dir, { recursive: true });
});

function copy({ cert, key }: CertificateFiles): void {
  copyFileSync(cert, shown.cert);
  copyFileSync(key, shown.key);
}

async function show(certificate: CertificateFiles): Promise<void> {
  copy(certificate);
  await strange.restart();
}

function plan(user: string, { imapsPort }: Dovecot, pinnedCertificate: string | null = null): MailboxPlan {
  return { user, port: imapsPort, endpoint: { encryption: 'tls', pinnedCertificate } };
}

const deliver = (server: Dovecot, user: string, subject: string) =>
  fillMaildir(server, user, 'INBOX', [{ raw: letter(subject) }]);

/** The wizard's check of these settings. */
async function check(wanted: MailboxPlan, mailboxId: Mailbox['id'] | null = null) {
  const password = mailboxId === null ? 'secret' : null;
  const draft = { settings: settingsOf(wanted), password, outgoingPassword: null, mailboxId };
  return main.call('mailboxes.check', { draft });
}

/** Both are loaded together: the mailbox in trouble, and the good one, which gets its new letter. */
async function loadBeside(mailbox: Mailbox) {
  const subject = `good ${crypto.randomUUID()}`;
  deliver(healthy, 'good', subject);
  const report = await loadAll(main);
  expect(report(good)).toMatchObject({ problem: null, folders: [{ fresh: 1 }] });
  expect(await subjectsOf(main, good)).toContain(subject);
  return report(mailbox);
}

test.each([
  ['expired', 'tls.certificate-expired', /localhost/],
  ['otherName', 'tls.certificate-other-name', /localhost.*another name/],
  ['selfSigned', 'tls.certificate-untrusted', /localhost/],
] as const)(
  'a certificate %s: %s, nothing lost, taken when it is accepted on purpose, refused when it is another',
  async (name, code, says) => {
    deliver(strange, name, 'before');
    const mailbox = await addMailbox(main, plan(name, strange));
    expect(await loadBeside(mailbox)).toMatchObject({ problem: null });

    await show(certificates[name]);
    deliver(strange, name, 'meanwhile');
    const refused = await loadBeside(mailbox);
    expect(expectSaid(refused.problem, code)).toMatch(says);
    expect(await subjectsOf(main, mailbox)).toEqual(['before']);

    const seen = await check(plan(name, strange), mailbox.id);
    expect(seen.ok).toBe(false);
    expect(expectSaid(seen.steps.at(-1)?.problem, code)).toMatch(says);
    const pin = seen.certificate?.sha256 ?? null;
    expect(pin).toMatch(/^[0-9a-f]{64}$/);

    await changeMailbox(main, mailbox, plan(name, strange, pin));
    expect(await check(plan(name, strange, pin), mailbox.id)).toMatchObject({ ok: true, certificate: null });
    expect(await loadBeside(mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 1 }] });
    expect(await subjectsOf(main, mailbox)).toEqual(['before', 'meanwhile']);

    // Even one that the system trusts: a person said "this one".
    await show(certificates.valid);
    deliver(strange, name, 'after');
    const changed = await loadBeside(mailbox);
    expect(expectSaid(changed.problem, 'tls.certificate-changed')).toMatch(/localhost.*another certificate/);
    expect(await subjectsOf(main, mailbox)).toEqual(['before', 'meanwhile']);
    await changeMailbox(main, mailbox, plan(name, strange));
    expect(await loadBeside(mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 1 }] });
    await main.call('mailboxes.setEnabled', { mailboxId: mailbox.id, enabled: false });
  },
);

test("a company's own authority, added for the host, lets letters in; its end is watched; removed, they stay where they are", async () => {
  const own = createCertificates(join(dir, 'own'));
  await show(own.valid);
  deliver(strange, 'own', 'first');
  const mailbox = await addMailbox(main, plan('own', strange));
  expect(expectSaid((await loadBeside(mailbox)).problem, 'tls.certificate-untrusted')).toMatch(/localhost/);

  const elsewhere = await main.call('authorities.add', { host: '*.corp.example', file: Buffer.from(own.caPem) });
  expect((await loadBeside(mailbox)).problem?.code).toBe('tls.certificate-untrusted');
  const [authority] = await main.call('authorities.add', { host: 'LocalHost', file: Buffer.from(own.caPem) });
  if (!authority) throw new Error('not added');
  // Once more changes nothing.
  expect(await main.call('authorities.add', { host: 'localhost', file: Buffer.from(own.caPem) })).toEqual([authority]);
  expect(await check(plan('own', strange), mailbox.id)).toMatchObject({ ok: true, certificate: null });
  expect(await loadBeside(mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 1 }] });
  expect(await main.call('dates.list', undefined)).toContainEqual(
    expect.objectContaining({ mailboxId: mailbox.id, kind: 'authority', endsAt: authority.validTo }),
  );

  await main.call('authorities.remove', { authorityId: authority.id });
  deliver(strange, 'own', 'second');
  expect((await loadBeside(mailbox)).problem?.code).toBe('tls.certificate-untrusted');
  expect(await subjectsOf(main, mailbox)).toEqual(['first']);
  expect((await main.call('authorities.list', undefined)).map(({ id }) => id)).toEqual(elsewhere.map(({ id }) => id));
  await main.call('mailboxes.setEnabled', { mailboxId: mailbox.id, enabled: false });
});

test('of a file with a private key, and of one with no authority, nothing is kept', async () => {
  const before = await main.call('authorities.list', undefined);
  const key = readFileSync(certificates.valid.key);
  const add = (file: Uint8Array<ArrayBuffer>, host = 'localhost') => main.call('authorities.add', { host, file });
  const refused = (code: string) => expect.objectContaining({ code });
  await expect(add(Buffer.concat([Buffer.from(certificates.caPem), key]))).rejects.toEqual(
    refused('authority.private-key'),
  );
  const chain = Buffer.concat([Buffer.from(certificates.caPem), readFileSync(certificates.valid.cert)]);
  await expect(add(chain)).rejects.toEqual(refused('authority.not-ca'));
  await expect(add(Buffer.from(certificates.caPem), '*.com')).rejects.toEqual(refused('authority.host-invalid'));
  expect(await main.call('authorities.list', undefined)).toEqual(before);
  const log = readFileSync(join(main.profile, 'logs', 'mailroom.log'), 'utf8');
  const [, line = ''] = key.toString().split('\n');
  expect(line.length).toBeGreaterThan(40);
  expect(log).not.toContain(line);
});

test('an authority that is taken back closes the line that it was good for, and given again it mends the mailbox by itself', async () => {
  const own = createCertificates(join(dir, 'watched'));
  await show(own.valid);
  await using watching = await openMain({ automatic: true });
  const add = () => watching.call('authorities.add', { host: 'localhost', file: Buffer.from(own.caPem) });
  const [authority] = await add();
  if (!authority) throw new Error('not added');
  const rests = watching.when('loading.progress', ({ phase }) => phase === 'waiting');
  const mailbox = await addMailbox(watching, { ...plan('watched', strange), automatic: true });
  await rests;
  const stopped = watching.when('loading.progress', ({ problem }) => problem?.code === 'tls.certificate-untrusted');
  await watching.call('authorities.remove', { authorityId: authority.id });
  await stopped;
  deliver(strange, 'watched', 'meanwhile');
  const loaded = watching.when('loading.finished', ({ problem }) => problem === null);
  await add();
  await loaded;
  expect(await subjectsOf(watching, mailbox)).toEqual(['meanwhile']);
});
