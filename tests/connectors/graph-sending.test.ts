import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { GraphDouble, GraphFault } from '../support/graph/graph-double.ts';
import { bob, eve, graphCertificates, graphTo, office, startDouble } from './graph-desk.ts';
import { connectorsFor, failureOf, impatientTimes, soon } from './sign-in.ts';

const certificates = graphCertificates();
afterAll(() => certificates[Symbol.dispose]());
let double: GraphDouble;
beforeEach(async () => {
  double = await startDouble(certificates);
});
afterEach(async () => {
  await double.stop();
  expect(double.mistakes).toEqual([]);
});

const raw = Buffer.from(
  'From: bob@company.example\r\nTo: Eve <eve@company.example>\r\nSubject: \xf4\r\n\r\n.\r\n\xce\xf2\xe2\xe5\xf2\r\n',
  'latin1',
);
const times = { ...impatientTimes, silence: 1_000, answer: 5_000, letter: 5_000 };
const send = (wish: Parameters<typeof graphTo>[1] = {}, bytes: Uint8Array = raw) =>
  connectorsFor([certificates.caPem], times).submitLetter(
    graphTo(double.port, wish),
    { from: bob, to: [eve], raw: bytes },
    soon(),
  );
const rawsIn = (address: string, folder?: string) =>
  [...double.folder(address, folder).items.values()].map((item) => item.raw);

test('a letter arrives byte for byte, and its copy lies once among what was sent', async () => {
  expect(await send()).toEqual({ refused: [], serverWords: 'sendMail: HTTP 202' });
  expect(rawsIn(eve)).toEqual([raw]);
  expect(rawsIn(bob, 'sentitems')).toEqual([raw]);
});

test('the copy of what a shared mailbox sends lies in the shared mailbox', async () => {
  await send({ mailbox: office });
  expect([rawsIn(office, 'sentitems'), rawsIn(bob, 'sentitems')]).toEqual([[raw], []]);
});

test.each([
  ['a line that ends', { kind: 'drop-after' }, 'delivery.unknown', 1],
  ['silence', { kind: 'silence' }, 'delivery.unknown', 0],
  ['a gateway without a word of Graph', { kind: 'http', status: 504 }, 'delivery.unknown', 0],
  ['a failure of the service', { kind: 'http', status: 500, code: 'ErrorInternalServerError' }, 'delivery.unknown', 0],
  ['a gateway that knows no better number', { kind: 'http', status: 524 }, 'delivery.unknown', 0],
  ['a request that took too long', { kind: 'http', status: 408 }, 'delivery.unknown', 0],
  ['too many bytes', { kind: 'http', status: 509, headers: { 'Retry-After': '9' } }, 'server.throttled', 0],
  ['a busy server', { kind: 'http', status: 503, headers: { 'Retry-After': '9' } }, 'server.throttled', 0],
  ['too many letters', { kind: 'http', status: 429, headers: { 'Retry-After': '9' } }, 'server.throttled', 0],
  ['a quota', { kind: 'http', status: 403, code: 'ErrorSubmissionQuotaExceeded' }, 'quota.exceeded', 0],
  ['no right to send so', { kind: 'http', status: 403, code: 'ErrorSendAsDenied' }, 'graph.no-access', 0],
  ['a letter too large', { kind: 'http', status: 413 }, 'message.too-large', 0],
  ['recipients that are none', { kind: 'http', status: 400, code: 'ErrorInvalidRecipients' }, 'recipient.refused', 0],
] as const satisfies readonly (readonly [string, GraphFault, string, number])[])(
  'after %s is said whether the service may have it',
  async (_, fault, code, arrived) => {
    double.faults = (name) => (name === 'send' ? fault : null);
    expect((await failureOf(send())).code).toBe(code);
    expect(rawsIn(eve)).toHaveLength(arrived);
    expect(double.asked.filter((name) => name === 'send')).toHaveLength(1);
  },
);

test('what is wrong before the letter leaves is no doubt', async () => {
  double.faults = (name) => (name === 'folder' ? { kind: 'drop-after' } : null);
  expect((await failureOf(send())).code).toBe('network.dropped');
  expect(rawsIn(eve)).toEqual([]);
});

test('a letter that the service would refuse for its size is not even sent there', async () => {
  const large = Buffer.alloc(3_200_000, 'x');
  expect(await failureOf(send({}, large))).toMatchObject({ code: 'message.too-large', params: { host: 'localhost' } });
  expect(double.heard).toEqual([]);
});
