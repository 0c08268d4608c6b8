import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '../../src-shared/errors/errors.ts';
import { startSpoilingProxy, watchLines } from '../support/broken-lines.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import type { GraphDouble, GraphFault } from '../support/graph/graph-double.ts';
import { bob, bobsToken, eve, graphCertificates, graphTo, office, startDouble } from './graph-desk.ts';
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
const send = (wish: Parameters<typeof graphTo>[1] = {}, bytes: Uint8Array = raw, port = double.port) =>
  connectorsFor([certificates.caPem], times).submitLetter(
    graphTo(port, wish),
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

test('an answer that is damaged on its way leaves it open whether the letter was taken', async () => {
  await using proxy = await startSpoilingProxy(double.port, () => double.asked.includes('send'));
  expect((await failureOf(send({}, raw, proxy.port))).code).toBe('delivery.unknown');
  expect(rawsIn(eve)).toEqual([raw]);
});

test('a way that is gone after the letter left leaves it open, too', async () => {
  using lines = watchLines();
  double.faults = (name) => {
    if (name !== 'send') return null;
    lines.lose();
    return { kind: 'silence' };
  };
  expect((await failureOf(send())).code).toBe('delivery.unknown');
  expect(double.asked).toContain('send');
});

test('where no line for the letter could be made, it was certainly not sent', async () => {
  const proxy = await startFaultProxy(double.port);
  double.faults = (name) => {
    if (name !== 'folder') return null;
    proxy.set({ kind: 'refuse' });
    return { kind: 'last-answer' };
  };
  const failure = await failureOf(send({}, raw, proxy.port));
  await proxy.stop();
  expect(failure.code).toBe('network.dropped');
  expect([proxy.connections, double.asked]).toEqual([2, ['folder']]);
});

test('a token that ends before the letter is taken, and has no successor, is no doubt', async () => {
  double.faults = (name) => {
    if (name === 'folder') double.tokens.delete(bobsToken);
    return null;
  };
  const expired = new AppError('auth.expired', { host: 'localhost' });
  const signIn = graphTo(double.port);
  const askToken = async (refused: string | null): Promise<string> => {
    if (refused !== null) throw expired;
    return bobsToken;
  };
  const letter = { from: bob, to: [eve], raw };
  const sent = connectorsFor([certificates.caPem], times).submitLetter({ ...signIn, askToken }, letter, soon());
  expect((await failureOf(sent)).code).toBe('auth.expired');
});

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
