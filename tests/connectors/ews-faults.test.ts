import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DoubleFault, ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { addItem } from '../support/exchange/mailboxes.ts';
import { schemaFolder } from '../support/exchange/schema.ts';
import { connected, ewsTo, startDouble } from './exchange-desk.ts';
import { connectorsFor, failureOf, impatientTimes, soon } from './sign-in.ts';

let double: ExchangeDouble;
beforeEach(async () => {
  double = await startDouble();
  addItem(double.folder('bob@company.example'), { raw: 'Subject: one\r\n\r\n' });
});
afterEach(async () => {
  await double.stop();
  expect(double.schemaFaults).toEqual([]);
});

/** Reading the library for the first time takes a second of this processor. */
const hastyTimes = { ...impatientTimes, silence: 2_000, answer: 5_000 };

/** What opening the inbox ends with where one operation goes wrong. */
async function failing(operation: string, fault: DoubleFault) {
  double.faults = (asked) => (asked === operation ? fault : null);
  return failureOf(
    connected(ewsTo(double.port), (connector) => connector.openFolder('INBOX', soon()), { times: hastyTimes }),
  );
}

test.each([
  ['a sign-in that is not wanted', { kind: 'http', status: 401 }, 'auth.rejected', {}],
  ['a service that is switched off', { kind: 'http', status: 403 }, 'exchange.switched-off', {}],
  ['an address without the service', { kind: 'http', status: 404 }, 'server.refused', { serverWords: 'HTTP 404' }],
  [
    'a redirect',
    { kind: 'http', status: 302, headers: { Location: 'https://elsewhere.test/' } },
    'server.refused',
    { serverWords: 'HTTP 302 https://elsewhere.test/' },
  ],
  [
    'a server that is busy for a while',
    { kind: 'http', status: 503, headers: { 'Retry-After': '7' } },
    'server.throttled',
    { retryAfter: 7 },
  ],
  [
    'too many questions',
    { kind: 'http', status: 429, headers: { 'Retry-After': '90' } },
    'server.throttled',
    { retryAfter: 90 },
  ],
  ['an error page', { kind: 'http', status: 500, text: '<html><p>Runtime Error' }, 'server.unavailable', {}],
  ['a gateway that has nobody', { kind: 'http', status: 502 }, 'server.unavailable', {}],
  ['a gateway that waited in vain', { kind: 'http', status: 524 }, 'server.unavailable', {}],
  ['a request that took too long', { kind: 'http', status: 408 }, 'server.unavailable', {}],
  [
    'more bytes than the service gives at a time',
    { kind: 'http', status: 509, headers: { 'Retry-After': '120' } },
    'server.throttled',
    { retryAfter: 120 },
  ],
  ['a page instead of an answer', { kind: 'http', status: 200, text: '<html>Sign in</html>' }, 'server.protocol', {}],
  [
    'a fault that says how long to wait',
    { kind: 'fault', code: 'ErrorServerBusy', backOff: 4200 },
    'server.throttled',
    { retryAfter: 5 },
  ],
  [
    'an answer that says how long to wait',
    { kind: 'response', code: 'ErrorServerBusy', backOff: 61_000 },
    'server.throttled',
    { retryAfter: 61 },
  ],
  ['a mailbox that is being moved', { kind: 'fault', code: 'ErrorMailboxMoveInProgress' }, 'server.unavailable', {}],
  ['a refusal of one thing', { kind: 'response', code: 'ErrorAccessDenied' }, 'exchange.no-access', {}],
  ['a quota', { kind: 'response', code: 'ErrorQuotaExceeded' }, 'quota.exceeded', {}],
  ['an answer that ends in the middle', { kind: 'cut-text', keep: 0.8 }, 'server.protocol', {}],
  ['an answer without what was asked for', { kind: 'no-message' }, 'server.protocol', {}],
  ['a line that ends', { kind: 'drop-after' }, 'network.dropped', {}],
  ['silence', { kind: 'silence' }, 'network.timeout', {}],
] as const satisfies readonly (readonly [string, DoubleFault, string, object])[])(
  '%s has its name',
  async (_, fault, code, params) => {
    expect(await failing('SyncFolderItems', fault)).toMatchObject({
      code,
      params: { host: 'localhost', port: double.port, ...params },
    });
  },
);

test.each([
  'ErrorNoRespondingCASInDestinationSite',
  'ErrorNoApplicableProxyCASServersAvailable',
  'ErrorProxyCallFailed',
  'ErrorProxyRequestProcessingFailed',
  'ErrorProxyTokenExpired',
  'ErrorNotEnoughMemory',
  'ErrorDataSourceOperation',
  'ErrorBatchProcessingStopped',
  'ErrorRequestAborted',
  'ErrorClientDisconnected',
])('%s passes by itself', async (code) => {
  expect((await failing('SyncFolderItems', { kind: 'response', code })).code).toBe('server.unavailable');
  expect((await failing('SyncFolderItems', { kind: 'fault', code })).code).toBe('server.unavailable');
});

test('a service that says that it is not there is tried again', async () => {
  const { code } = await failing('SyncFolderItems', { kind: 'fault', code: 'ErrorServiceUnavailable' });
  expect(code).toBe('server.unavailable');
});

test('a code that nobody knows has its name, and is not in the schema', async () => {
  const { code } = await failing('SyncFolderItems', { kind: 'fault', code: 'ErrorOfTomorrow' });
  expect(code).toBe('server.refused');
  const [wrong = ''] = double.schemaFaults.splice(0);
  expect(wrong).toMatch(schemaFolder === undefined ? /^$/ : /^fault ErrorOfTomorrow: .*ResponseCode/);
});

test('what goes wrong once is over when it is asked again over the same connection', async () => {
  await connected(ewsTo(double.port), async (connector) => {
    double.faults = () => ({ kind: 'cut-text', keep: 0.5 });
    await failureOf(connector.openFolder('INBOX', soon()));
    double.faults = () => null;
    expect((await connector.openFolder('INBOX', soon())).exists).toBe(1);
  });
});

test('a listing that broke off is forgotten, place and letters', async () => {
  const { folder } = double;
  await connected(ewsTo(double.port), async (connector) => {
    await connector.openFolder('INBOX', soon());
    for (let at = 0; at < 10; at += 1) addItem(folder('bob@company.example'), { raw: `Subject: ${at}\r\n\r\n` });
    double.pageSize = 4;
    let pages = 0;
    double.faults = (operation) => {
      if (operation === 'SyncFolderItems') pages += 1;
      return pages === 3 ? { kind: 'cut-text', keep: 0.9 } : null;
    };
    expect((await failureOf(connector.openFolder('INBOX', soon()))).code).toBe('server.protocol');
    expect((await connector.openFolder('INBOX', soon())).exists).toBe(11);
  });
});

test('a listing that ends behind its first letter is not taken for a listing of one', async () => {
  addItem(double.folder('bob@company.example'), { raw: 'Subject: two\r\n\r\n' });
  expect((await failing('SyncFolderItems', { kind: 'cut-behind', words: '</t:Create>' })).code).toBe('server.protocol');
});

test.each([
  'ErrorItemNotFound',
  'ErrorMimeContentConversionFailed',
  'ErrorMessageSizeExceeded',
  'ErrorItemPropertyRequestFailed',
  'ErrorVirusDetected',
  'ErrorVirusMessageDeleted',
  'ErrorInvalidPropertyRequest',
])('a letter that Exchange does not give (%s) is left out, and the others come', async (code) => {
  addItem(double.folder('bob@company.example'), { raw: 'Subject: two\r\n\r\n' });
  let letters = 0;
  double.faults = (operation) => {
    if (operation === 'GetItem') letters += 1;
    return letters % 2 === 1 && operation === 'GetItem' ? { kind: 'response', code } : null;
  };
  await connected(ewsTo(double.port), async (connector) => {
    const subjects: string[] = [];
    const folder = await connector.openFolder('INBOX', soon());
    for await (const { raw } of folder.fetchLetters([1, 2], soon())) subjects.push(Buffer.from(raw).toString());
    expect(subjects).toEqual(['Subject: two\r\n\r\n']);
    expect(await folder.fetchHeader(1, soon())).toBe(null);
    expect(await folder.fetchHeader(2, soon())).not.toBe(null);
  });
});

test('a call that is called off ends at once, and the connection is as good as before', async () => {
  await connected(ewsTo(double.port), async (connector) => {
    const asked = Promise.withResolvers<void>();
    double.faults = () => {
      asked.resolve();
      return { kind: 'silence' };
    };
    const caller = new AbortController();
    const work = failureOf(connector.openFolder('INBOX', caller.signal));
    await asked.promise;
    caller.abort();
    expect((await work).code).toBe('cancelled');
    double.faults = () => null;
    expect((await connector.openFolder('INBOX', soon())).exists).toBe(1);
  });
});

test('an answer larger than any is not taken into memory', async () => {
  const hasty = connectorsFor();
  const connector = await hasty.openIncoming(ewsTo(double.port), soon());
  double.faults = () => ({ kind: 'http', status: 200, text: 'x'.repeat(66 * 1024 * 1024) });
  expect((await failureOf(connector.openFolder('INBOX', soon()))).code).toBe('server.protocol');
  await connector.close();
});

/** Subjects that came, and how it ended, of an inbox of six letters. */
async function cameOfSix(fault: (nth: number) => DoubleFault | null) {
  const subjects = ['one', 'two', 'three', 'four', 'five', 'six'];
  for (const subject of subjects.slice(1))
    addItem(double.folder('bob@company.example'), { raw: `Subject: ${subject}\r\n\r\n` });
  const ids = [...double.folder('bob@company.example').items.keys()];
  double.faults = (asked, body) =>
    asked === 'GetItem' ? fault(1 + ids.findIndex((id) => body.includes(id.replaceAll('&', '&amp;')))) : null;
  const came: string[] = [];
  const failure = await failureOf(
    connected(ewsTo(double.port), async (connector) => {
      const folder = await connector.openFolder('INBOX', soon());
      for await (const { raw } of folder.fetchLetters([1, 2, 3, 4, 5, 6], soon()))
        came.push(/Subject: (\w+)/.exec(Buffer.from(raw).toString())?.[1] ?? '');
    }),
  );
  const asked = double.heard.filter(({ body }) => body.includes('<m:GetItem')).length;
  return { came, code: failure.code, asked };
}

test('a letter whose answer means nothing is told when the others have come', async () => {
  const broken = { kind: 'cut-text', keep: 0.6 } as const;
  expect(await cameOfSix((nth) => (nth === 2 || nth === 3 || nth === 5 ? broken : null))).toEqual({
    came: ['one', 'four', 'six'],
    code: 'server.protocol',
    asked: 6,
  });
});

test('a server whose answers mean nothing any more is not asked for every letter', async () => {
  expect(await cameOfSix((nth) => (nth > 1 ? { kind: 'cut-text', keep: 0.6 } : null))).toEqual({
    came: ['one'],
    code: 'server.protocol',
    asked: 4,
  });
});

test('a letter for which Exchange has no answer is told when the others have come', async () => {
  const nothing = { kind: 'response', code: 'ErrorInternalServerError' } as const;
  expect(await cameOfSix((nth) => (nth === 1 || nth === 4 ? nothing : null))).toEqual({
    came: ['two', 'three', 'five', 'six'],
    code: 'server.unavailable',
    asked: 6,
  });
});

test('a server that has gone away among the letters is not asked for every one', async () => {
  expect(await cameOfSix((nth) => (nth > 2 ? { kind: 'http', status: 502 } : null))).toEqual({
    came: ['one', 'two'],
    code: 'server.unavailable',
    asked: 5,
  });
});
