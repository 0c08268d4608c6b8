import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSpoilingProxy, watchLines } from '../support/broken-lines.ts';
import { createCertificates } from '../support/certificates.ts';
import type { DoubleFault, ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { ewsTo, startDouble } from './exchange-desk.ts';
import { connectorsFor, failureOf, impatientTimes, soon } from './sign-in.ts';

let double: ExchangeDouble;
beforeEach(async () => {
  double = await startDouble();
});
afterEach(async () => {
  await double.stop();
  expect(double.schemaFaults).toEqual([]);
});

const office = 'office@company.example';
const raw = Buffer.from(
  'From: bob@company.example\r\nTo: Eve <eve@company.example>\r\nSubject: \xf4\r\n\r\n.\r\n\xce\xf2\xe2\xe5\xf2\r\n',
  'latin1',
);
const letter = { from: 'bob@company.example', to: ['eve@company.example'], raw };
const times = { ...impatientTimes, silence: 2_000, answer: 5_000, letter: 5_000 };
const send = (exchange = {}) => connectorsFor([], times).submitLetter(ewsTo(double.port, exchange), letter, soon());
const rawsIn = (address: string, folder?: string) =>
  [...double.folder(address, folder).items.values()].map((item) => item.raw);

test('a letter arrives byte for byte, and its copy lies once among what was sent', async () => {
  expect(await send()).toMatchObject({ refused: [] });
  expect(rawsIn('eve@company.example')).toEqual([raw]);
  expect(rawsIn('bob@company.example', 'sentitems')).toEqual([raw]);
});

test('the copy of what a shared mailbox sends lies in the shared mailbox', async () => {
  await send({ mailbox: office });
  expect(rawsIn(office, 'sentitems')).toEqual([raw]);
  expect(rawsIn('bob@company.example', 'sentitems')).toEqual([]);
});

test.each([
  ['a line that ends', { kind: 'drop-after' }, 'delivery.unknown', 1],
  ['silence', { kind: 'silence' }, 'delivery.unknown', 0],
  ['an answer that ends in the middle', { kind: 'cut-text', keep: 0.6 }, 'delivery.unknown', 1],
  ['a gateway without a word of Exchange', { kind: 'http', status: 504 }, 'delivery.unknown', 0],
  ['a gateway that knows no better number', { kind: 'http', status: 524 }, 'delivery.unknown', 0],
  ['a request that took too long', { kind: 'http', status: 408 }, 'delivery.unknown', 0],
  [
    'a call that was broken off within Exchange',
    { kind: 'response', code: 'ErrorRequestAborted' },
    'delivery.unknown',
    0,
  ],
  ['another server of Exchange that failed', { kind: 'fault', code: 'ErrorProxyCallFailed' }, 'delivery.unknown', 0],
  ['a store that is away', { kind: 'response', code: 'ErrorMailboxStoreUnavailable' }, 'server.unavailable', 0],
  ['too many bytes', { kind: 'http', status: 509, headers: { 'Retry-After': '9' } }, 'server.throttled', 0],
  ['a busy server', { kind: 'http', status: 503, headers: { 'Retry-After': '9' } }, 'server.throttled', 0],
  ['a quota', { kind: 'response', code: 'ErrorSubmissionQuotaExceeded' }, 'quota.exceeded', 0],
  ['no right to send so', { kind: 'response', code: 'ErrorSendAsDenied' }, 'exchange.no-access', 0],
  ['recipients that are none', { kind: 'fault', code: 'ErrorInvalidRecipients' }, 'recipient.refused', 0],
] as const satisfies readonly (readonly [string, DoubleFault, string, number])[])(
  'after %s is said whether the server may have it',
  async (_, fault, code, arrived) => {
    double.faults = (operation) => (operation === 'CreateItem' ? fault : null);
    expect((await failureOf(send())).code).toBe(code);
    expect(double.sent).toHaveLength(arrived);
    expect(double.heard.filter(({ body }) => body.includes('<m:CreateItem'))).toHaveLength(1);
  },
);

test('what is wrong before the letter leaves is no doubt', async () => {
  double.faults = (operation) => (operation === 'GetFolder' ? { kind: 'drop-after' } : null);
  expect((await failureOf(send())).code).toBe('network.dropped');
  expect(double.sent).toEqual([]);
});

test('a way that is gone after the letter left leaves it open whether the server has it', async () => {
  using lines = watchLines();
  double.faults = (operation) => {
    if (operation !== 'CreateItem') return null;
    lines.lose();
    return { kind: 'silence' };
  };
  expect((await failureOf(send())).code).toBe('delivery.unknown');
});

describe('over TLS', () => {
  const folder = temporaryFolder();
  const { valid, caPem } = createCertificates(folder.path);
  afterAll(() => folder[Symbol.dispose]());
  beforeEach(async () => {
    await double.stop();
    double = await startDouble({ tls: valid });
  });
  const sendBy = (port: number) =>
    connectorsFor([caPem], times).submitLetter(ewsTo(port, {}, { encryption: 'tls' }), letter, soon());

  test('an answer that is damaged on its way leaves it open, too', async () => {
    await using proxy = await startSpoilingProxy(double.port, () => double.asked.includes('CreateItem'));
    expect((await failureOf(sendBy(proxy.port))).code).toBe('delivery.unknown');
    expect(double.sent).toHaveLength(1);
  });

  test('where no line for the letter could be made, it was certainly not sent', async () => {
    const proxy = await startFaultProxy(double.port);
    double.faults = (operation) => {
      if (operation !== 'GetFolder') return null;
      proxy.set({ kind: 'refuse' });
      return { kind: 'last-answer' };
    };
    const failure = await failureOf(sendBy(proxy.port));
    await proxy.stop();
    expect(failure.code).toBe('network.dropped');
    expect([proxy.connections, double.asked]).toEqual([2, ['GetFolder']]);
  });
});
