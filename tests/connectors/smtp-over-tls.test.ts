import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { freePorts } from '../support/free-ports.ts';
import { connectorsFor, failureOf, impatientTimes, signInTo, soon } from './sign-in.ts';

// Port 465 of RFC 8314: encrypted from the first byte, by a server that is none of ours.
const raw = Buffer.from('From: bob@localhost\r\nSubject: x\r\n\r\n.dot\r\n..\r\nприёмка\r\n');
const letterFrom = (from: string) => ({ from, to: ['carol@localhost'], raw });
let dovecot: Dovecot;
let port: number;

beforeAll(async () => {
  [port = 0] = await freePorts(1);
  dovecot = await startDovecot({
    submitted: 'keep',
    // Nobody signs in on a line that is not encrypted.
    tls: 'required',
    extraConfig: `service submission-login {\n  inet_listener submissions {\n    port = ${port}\n    ssl = yes\n  }\n}`,
  });
});
afterAll(() => dovecot.stop());

const submit = (from: string, { trusted = [dovecot.caPem], encryption = 'tls' as 'tls' | 'none' }) =>
  connectorsFor(trusted, impatientTimes).submitLetter(signInTo(port, encryption), letterFrom(from), soon());

test('a letter arrives byte for byte where the password is taken on an encrypted line alone', async () => {
  const receipt = await submit('inside@localhost', {});
  expect(receipt).toMatchObject({ serverWords: expect.stringMatching(/^250/), refused: [] });
  const arrived = await dovecot.relay.next(({ from }) => from === 'inside@localhost');
  expect(arrived.raw.subarray(-raw.length).equals(raw)).toBe(true);
});

test('a wrong password is told', async () => {
  const signIn = { ...signInTo(port, 'tls'), password: 'wrong' };
  const connectors = connectorsFor([dovecot.caPem]);
  expect((await failureOf(connectors.submitLetter(signIn, letterFrom('wrong@localhost'), soon()))).code).toBe(
    'auth.rejected',
  );
});

test('under an authority that nobody trusts nothing is sent', async () => {
  expect((await failureOf(submit('stranger@localhost', { trusted: [] }))).code).toBe('tls.certificate-untrusted');
  expect(dovecot.relay.received.map(({ from }) => from)).not.toContain('stranger@localhost');
});

test('asked for without encryption, that port ends in words and not in a password', async () => {
  expect((await failureOf(submit('plain@localhost', { encryption: 'none' }))).code).toMatch(/^(network|server)\./);
});

test.each(['TLSv1', 'TLSv1.1'] as const)('a server that speaks %s alone is refused as too old', async (version) => {
  const { cert, key } = dovecot.certificates.valid;
  const only = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' };
  const server = createServer({ cert: readFileSync(cert), key: readFileSync(key), ...only });
  let heard = 0;
  server.on('secureConnection', () => {
    heard += 1;
  });
  server.on('tlsClientError', () => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const old = signInTo((server.address() as AddressInfo).port, 'tls');
  const connectors = connectorsFor([dovecot.caPem], impatientTimes);
  expect((await failureOf(connectors.submitLetter(old, letterFrom('old@localhost'), soon()))).code).toBe('tls.too-old');
  expect(heard).toBe(0);
  server.close();
});
