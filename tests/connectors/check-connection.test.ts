import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionCheckSchema } from '../../src-shared/domain/connection-check.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { freePorts } from '../support/free-ports.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { connectorsFor, failureOf, imapOf, signInTo, soon } from './sign-in.ts';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot.stop());

const trusting = () => connectorsFor([dovecot.caPem]);
const hasty = connectorsFor([], { connect: 2_000, greeting: 1_000, answer: 1_500, silence: 1_000, farewell: 100 });
const summary = (check: Awaited<ReturnType<ReturnType<typeof trusting>['checkConnection']>>) =>
  check.steps.map(({ name, problem }) => (problem === null ? name : `${name}: ${problem.code}`));

describe('both directions of a mailbox that works', () => {
  test.each([
    ['tls', ['resolve', 'connect', 'encrypt', 'greet', 'sign-in', 'list-folders', 'read-letter']],
    ['starttls', ['resolve', 'connect', 'greet', 'encrypt', 'sign-in', 'list-folders', 'read-letter']],
    ['none', ['resolve', 'connect', 'greet', 'sign-in', 'list-folders', 'read-letter']],
  ] as const)('with encryption %s each step is named, timed and shows what was seen', async (encryption, incoming) => {
    const outgoing = encryption === 'none' ? 'none' : 'starttls';
    const check = await trusting().checkConnection(
      imapOf(dovecot, encryption),
      signInTo(dovecot.submissionPort, outgoing),
      soon(),
    );
    expect(connectionCheckSchema.parse(check)).toEqual(check);
    expect(check).toMatchObject({ ok: true, certificate: null });
    const encrypt = outgoing === 'none' ? [] : ['smtp-encrypt'];
    expect(summary(check)).toEqual([
      ...incoming,
      'smtp-resolve',
      'smtp-connect',
      'smtp-greet',
      ...encrypt,
      'smtp-sign-in',
    ]);
    for (const step of check.steps) {
      expect(step.seen, step.name).not.toBe('');
      expect(step.milliseconds).toBeGreaterThanOrEqual(0);
    }
    const seen = Object.fromEntries(check.steps.map((step) => [step.name, step.seen]));
    expect(seen.resolve).toContain('127.0.0.1');
    if (encryption !== 'none') expect(seen.encrypt).toMatch(/^TLSv1\.[23], CN=.*, ≤ \d{4}-/);
    expect(seen.greet).toContain('Dovecot');
    expect([seen['smtp-resolve'], seen['smtp-greet']]).toEqual([seen.resolve, expect.stringContaining('Dovecot')]);
    expect(JSON.stringify(check)).not.toContain('secret');
  });

  test('without an outgoing server only the incoming one is checked', async () => {
    const check = await trusting().checkConnection(imapOf(dovecot, 'tls'), null, soon());
    expect(check.steps.at(-1)?.name).toBe('read-letter');
    expect(check.ok).toBe(true);
  });

  test('where nothing is received only the outgoing one is, and a letter to oneself is sent without waiting', async () => {
    const letter = { messageId: '<away@localhost>', from: 'bob@localhost', to: ['eve@localhost'] };
    const raw = Buffer.from('Message-ID: <away@localhost>\r\n\r\nx\r\n');
    const outgoing = signInTo(dovecot.submissionPort, 'none');
    const check = await trusting().checkConnection(null, outgoing, soon(), { testLetter: { ...letter, raw } });
    expect(summary(check)).toEqual(['smtp-resolve', 'smtp-connect', 'smtp-greet', 'smtp-sign-in', 'send-letter']);
    expect(dovecot.relay.received.at(-1)).toMatchObject({ from: 'bob@localhost' });
  });
});

describe('the first failed step ends its direction', () => {
  test('a wrong password, while the other direction goes on', async () => {
    const wrong = { ...imapOf(dovecot, 'tls'), password: 'wrong' };
    const check = await trusting().checkConnection(wrong, signInTo(dovecot.submissionPort, 'starttls'), soon());
    expect(check.ok).toBe(false);
    expect(summary(check)).toEqual([
      ...['resolve', 'connect', 'encrypt', 'greet', 'sign-in: auth.rejected'],
      ...['smtp-resolve', 'smtp-connect', 'smtp-greet', 'smtp-encrypt', 'smtp-sign-in'],
    ]);
  });

  test('a host that does not exist, and a port where nobody listens', async () => {
    const [closed = 0] = await freePorts(1);
    const nowhere = signInTo(143, 'none', { host: 'no-such-host.invalid' });
    const check = await hasty.checkConnection(nowhere, signInTo(closed), soon());
    expect(check.steps.map(({ name }) => name)).toEqual(['resolve', 'smtp-resolve', 'smtp-connect']);
    expect(check.steps[2]?.problem).toMatchObject({
      code: 'network.unreachable',
      params: { host: 'localhost', port: closed },
    });
  });

  test('a closed port for receiving', async () => {
    const [closed = 0] = await freePorts(1);
    const check = await hasty.checkConnection(signInTo(closed, 'tls'), null, soon());
    expect(summary(check)).toEqual(['resolve', 'connect: network.unreachable']);
  });

  test.each(['tls', 'starttls'] as const)(
    'a foreign certificate over %s is shown, so that it can be accepted',
    async (encryption) => {
      const check = await hasty.checkConnection(imapOf(dovecot, encryption), null, soon());
      expect(summary(check).at(-1)).toBe('encrypt: tls.certificate-untrusted');
      const shown = new X509Certificate(readFileSync(dovecot.certificates.valid.cert));
      expect(check.certificate).toMatchObject({
        endpoint: 'incoming',
        sha256: shown.fingerprint256.replaceAll(':', '').toLowerCase(),
        subject: 'CN=Mailroom test valid',
        issuer: 'CN=Mailroom test authority',
        validTo: Date.parse(shown.validTo),
      });
      const pinnedCertificate = check.certificate?.sha256 ?? null;
      const again = await hasty.checkConnection(imapOf(dovecot, encryption, { pinnedCertificate }), null, soon());
      expect(again).toMatchObject({ ok: true, certificate: null });
    },
  );

  test('a foreign certificate of the outgoing server', async () => {
    const check = await hasty.checkConnection(
      imapOf(dovecot, 'none'),
      signInTo(dovecot.submissionPort, 'starttls'),
      soon(),
    );
    expect(summary(check).slice(-2)).toEqual(['smtp-greet', 'smtp-encrypt: tls.certificate-untrusted']);
    expect(check.certificate?.endpoint).toBe('outgoing');
  });

  test('a server that says nothing fails at its greeting', async () => {
    const server = await startScriptedServer((line) => line.stall());
    const check = await hasty.checkConnection(signInTo(server.port, 'starttls'), signInTo(server.port), soon());
    expect(summary(check)).toEqual([
      ...['resolve', 'connect', 'greet: network.timeout'],
      ...['smtp-resolve', 'smtp-connect', 'smtp-greet: network.timeout'],
    ]);
    await server.stop();
  });

  test('STARTTLS that is not offered', async () => {
    const plain = await startDovecot({ tls: 'no' });
    const check = await trusting().checkConnection(
      imapOf(plain, 'starttls'),
      signInTo(plain.submissionPort, 'starttls'),
      soon(),
    );
    await plain.stop();
    expect(summary(check)).toEqual([
      ...['resolve', 'connect', 'greet', 'encrypt: tls.starttls-missing'],
      ...['smtp-resolve', 'smtp-connect', 'smtp-greet', 'smtp-encrypt: tls.starttls-missing'],
    ]);
  });
});

test('called off, it rejects and leaves no line behind', async () => {
  const stop = new AbortController();
  const server = await startScriptedServer(async (line) => {
    stop.abort();
    await line.stall();
  });
  const failure = await failureOf(connectorsFor().checkConnection(signInTo(server.port), null, stop.signal));
  expect(failure.code).toBe('cancelled');
  await server.stop();
});

test('when its whole time is over the step under way says so', async () => {
  const server = await startScriptedServer((line) => line.stall());
  const check = await connectorsFor([], { check: 1_000 }).checkConnection(signInTo(server.port), null, soon());
  expect(summary(check)).toEqual(['resolve', 'connect', 'greet: network.timeout']);
  await server.stop();
});
