import { afterEach, expect, test } from 'vitest';
import { connectionCheckSchema } from '../../src-shared/domain/connection-check.ts';
import { createCertificates } from '../support/certificates.ts';
import type { ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { bob, ewsTo, startDouble } from './exchange-desk.ts';
import { connectorsFor, soon } from './sign-in.ts';

let double: ExchangeDouble | null = null;
afterEach(() => double?.stop());

type Check = Awaited<ReturnType<ReturnType<typeof connectorsFor>['checkConnection']>>;
const summary = ({ steps }: Check) =>
  steps.map(({ name, problem }) => (problem === null ? name : `${name}: ${problem.code}`));

const walked = ['resolve', 'connect', 'encrypt', 'sign-in'];

test('each step of an Exchange mailbox is named and shows what was seen; the server that sends is the same', async () => {
  using folder = temporaryFolder();
  const certificates = createCertificates(folder.path);
  double = await startDouble({ tls: certificates.valid });
  const signIn = ewsTo(double.port, { windows: true }, { encryption: 'tls' });
  const check = await connectorsFor([certificates.caPem]).checkConnection(signIn, signIn, soon());
  expect(connectionCheckSchema.parse(check)).toEqual(check);
  expect([check.ok, summary(check)]).toEqual([true, [...walked, 'list-folders', 'read-letter']]);
  expect(check.steps.slice(-2).map(({ seen }) => seen)).toEqual(['SyncFolderHierarchy 5', 'INBOX 0']);
  const foreign = await connectorsFor().checkConnection(signIn, null, soon());
  expect(summary(foreign)).toEqual(['resolve', 'connect', 'encrypt: tls.certificate-untrusted']);
  const pinnedCertificate = foreign.certificate?.sha256 ?? null;
  const pinned = ewsTo(double.port, {}, { encryption: 'tls', pinnedCertificate });
  expect((await connectorsFor().checkConnection(pinned, null, soon())).ok).toBe(true);
});

test('another server that sends has its own steps, also where nothing is received', async () => {
  double = await startDouble();
  const signIn = ewsTo(double.port);
  const elsewhere = ewsTo(double.port, { mailbox: bob.address });
  const sending = ['smtp-resolve', 'smtp-connect', 'smtp-sign-in'];
  const both = await connectorsFor().checkConnection(signIn, elsewhere, soon());
  expect([both.ok, summary(both).slice(-3)]).toEqual([true, sending]);
  const alone = await connectorsFor().checkConnection(null, signIn, soon());
  expect([alone.ok, summary(alone)]).toEqual([true, sending]);
  expect(alone.steps.at(-1)?.seen).toBe('GetFolder sentitems');
  const wrong = await connectorsFor().checkConnection(null, { ...signIn, password: 'wrong' }, soon());
  expect(summary(wrong).at(-1)).toBe('smtp-sign-in: auth.rejected');
  expect(double.folder(bob.address).items.size).toBe(0);
});

test('a wrong password fails the sign-in, a service switched off says so', async () => {
  double = await startDouble();
  const wrong = { ...ewsTo(double.port), password: 'wrong' };
  expect(summary(await connectorsFor().checkConnection(wrong, null, soon()))).toEqual([
    'resolve',
    'connect',
    'sign-in: auth.rejected',
  ]);
  double.faults = () => ({ kind: 'http', status: 403 });
  const off = await connectorsFor().checkConnection(ewsTo(double.port), null, soon());
  expect(summary(off).at(-1)).toBe('sign-in: exchange.switched-off');
});

test.each([
  '2000008;reason="The token contains not enough scope to make this call.";error_category="invalid_grant"',
  '2000008;reason="The token contains no permissions, or permissions can not be understood."',
  'reason="The token contains not enough scope to make this call.";error_category="invalid_grant"',
])('a token without the permission is no service that is switched off (%s)', async (diagnostics) => {
  double = await startDouble();
  double.faults = () => ({ kind: 'http', status: 403, headers: { 'x-ms-diagnostics': diagnostics } });
  const check = await connectorsFor().checkConnection(ewsTo(double.port), null, soon());
  expect(summary(check).at(-1)).toBe('sign-in: exchange.no-permission');
  expect(check.steps.at(-1)?.problem?.params.serverWords).toMatch(/^HTTP 403 .*token contains/);
  expect(check.steps.at(-1)?.finding).toBe(null);
});

test('a letter to oneself leaves and arrives over Exchange, and is read without a trace', async () => {
  double = await startDouble();
  const signIn = ewsTo(double.port);
  const messageId = '<to-oneself@company.example>';
  const raw = Buffer.from(`From: ${bob.address}\r\nTo: ${bob.address}\r\nMessage-ID: ${messageId}\r\n\r\nx\r\n`);
  const testLetter = { messageId, from: bob.address, to: [bob.address], raw };
  const connectors = connectorsFor([], { arrival: 20_000 });
  const sent = await connectors.checkConnection(signIn, signIn, soon(), { testLetter });
  expect([sent.ok, ...summary(sent).slice(-2)]).toEqual([true, 'send-letter', 'receive-letter']);
  const check = await connectors.checkConnection(signIn, signIn, soon());
  expect(check.steps.at(-1)?.seen).toMatch(/^INBOX 1, UID 1, \d+ B$/);
  expect([...double.folder(bob.address).items.values()].map(({ isRead }) => isRead)).toEqual([false]);
});

test('a web page in the place of Exchange is named', async () => {
  double = await startDouble();
  double.faults = () => ({ kind: 'http', status: 200, text: '<!doctype html><title>Welcome to the hotel</title>' });
  const check = await connectorsFor().checkConnection(ewsTo(double.port), null, soon());
  expect(check.steps.at(-1)).toMatchObject({ name: 'sign-in', finding: { code: 'web-page' } });
});
