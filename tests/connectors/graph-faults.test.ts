import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { addItem } from '../support/exchange/mailboxes.ts';
import type { GraphDouble, GraphFault } from '../support/graph/graph-double.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { connected as connectedTo } from './exchange-desk.ts';
import { bob, graphCertificates, graphTo, startDouble } from './graph-desk.ts';
import { connectorsFor, failureOf, impatientTimes, soon } from './sign-in.ts';

const certificates = graphCertificates();
afterAll(() => certificates[Symbol.dispose]());
let double: GraphDouble;
beforeEach(async () => {
  double = await startDouble(certificates);
  addItem(double.folder(bob), { raw: 'Subject: one\r\n\r\n', receivedAt: 1 });
});
afterEach(async () => {
  await double.stop();
  expect(double.mistakes).toEqual([]);
});

const times = { ...impatientTimes, silence: 1_000, answer: 5_000, letter: 5_000 };
const connected = <T>(work: Parameters<typeof connectedTo<T>>[1]): Promise<T> =>
  connectedTo(graphTo(double.port), work, { trusted: [certificates.caPem], times });

/** What opening the inbox ends with where one thing goes wrong, each time it is asked. */
async function failing(name: string, fault: GraphFault) {
  double.faults = (asked) => (asked === name ? fault : null);
  return failureOf(connected((connector) => connector.openFolder('INBOX', soon())));
}

test.each([
  ['a sign-in that is not wanted', { kind: 'http', status: 401 }, 'auth.rejected', {}],
  ['a permission that nobody gave', { kind: 'http', status: 403, code: 'ErrorAccessDenied' }, 'graph.no-access', {}],
  [
    'a mailbox on the own server',
    { kind: 'http', status: 404, code: 'MailboxNotEnabledForRESTAPI' },
    'graph.no-mailbox',
    {},
  ],
  [
    'a folder that is gone',
    { kind: 'http', status: 404, code: 'ErrorItemNotFound' },
    'folder.gone',
    { folder: 'INBOX' },
  ],
  ['an address without the service', { kind: 'http', status: 404 }, 'server.refused', { serverWords: 'HTTP 404' }],
  ['a quota', { kind: 'http', status: 507 }, 'quota.exceeded', {}],
  [
    'a redirect',
    { kind: 'http', status: 302, headers: { Location: 'https://elsewhere.test/' } },
    'server.refused',
    { serverWords: 'HTTP 302 https://elsewhere.test/' },
  ],
  [
    'a busy server',
    { kind: 'http', status: 503, headers: { 'Retry-After': '7' } },
    'server.throttled',
    { retryAfter: 7 },
  ],
  [
    'too many questions',
    { kind: 'http', status: 429, code: 'ApplicationThrottled', headers: { 'Retry-After': '90' } },
    'server.throttled',
    { retryAfter: 90 },
  ],
  ['an error page', { kind: 'http', status: 500, text: '<html><p>Runtime Error' }, 'server.unavailable', {}],
  ['a gateway that waited in vain', { kind: 'http', status: 524 }, 'server.unavailable', {}],
  ['a request that took too long', { kind: 'http', status: 408 }, 'server.unavailable', {}],
  [
    'more bytes than the service gives at a time',
    { kind: 'http', status: 509, headers: { 'Retry-After': '120' } },
    'server.throttled',
    { retryAfter: 120 },
  ],
  [
    'a store that did not answer the service',
    { kind: 'http', status: 400, code: 'ErrorDataSourceOperation' },
    'server.unavailable',
    {},
  ],
  [
    'a mailbox that is being moved',
    { kind: 'http', status: 500, code: 'ErrorMailboxMoveInProgress' },
    'server.unavailable',
    {},
  ],
  ['a page instead of an answer', { kind: 'http', status: 200, text: '<html>Sign in</html>' }, 'server.protocol', {}],
  [
    'an answer without what was asked for',
    { kind: 'http', status: 200, text: '{"value":[{}]}' },
    'server.protocol',
    {},
  ],
  [
    'a listing that neither ends nor goes on',
    { kind: 'http', status: 200, text: '{"value":[]}' },
    'server.protocol',
    {},
  ],
  [
    'a listing that goes on elsewhere',
    { kind: 'http', status: 200, text: '{"value":[],"@odata.nextLink":"https://elsewhere.test/v1.0/me"}' },
    'server.protocol',
    {},
  ],
  ['an answer that ends in the middle', { kind: 'cut-text', keep: 0.8 }, 'server.protocol', {}],
  ['a line that ends in an answer', { kind: 'cut-line' }, 'network.dropped', {}],
  ['a line that ends', { kind: 'drop-after' }, 'network.dropped', {}],
  ['silence', { kind: 'silence' }, 'network.timeout', {}],
] as const satisfies readonly (readonly [string, GraphFault, string, object])[])(
  '%s has its name',
  async (_, fault, code, params) => {
    const failure = await failing('delta', fault);
    expect(failure).toMatchObject({ code, params: { host: 'localhost', port: double.port, ...params } });
    expect(double.heard.every(({ url }) => url.startsWith('/v1.0/me/'))).toBe(true);
  },
);

test('a listing that broke off is forgotten, place and letters', async () => {
  await connected(async (connector) => {
    await connector.openFolder('INBOX', soon());
    for (let at = 0; at < 10; at += 1) addItem(double.folder(bob), { raw: `Subject: ${at}\r\n\r\n` });
    double.pageSize = 4;
    let pages = 0;
    double.faults = (name) => {
      if (name === 'delta') pages += 1;
      return pages === 3 ? { kind: 'cut-text', keep: 0.9 } : null;
    };
    expect((await failureOf(connector.openFolder('INBOX', soon()))).code).toBe('server.protocol');
    expect((await connector.openFolder('INBOX', soon())).exists).toBe(11);
  });
});

test('a place that means nothing any more begins again, and numbers stay', async () => {
  await connected(async (connector) => {
    const before = await connector.openFolder('INBOX', soon());
    double.folder(bob).age += 1;
    addItem(double.folder(bob), { raw: 'Subject: two\r\n\r\n' });
    const after = await connector.openFolder('INBOX', soon());
    expect([before.uidValidity === after.uidValidity, after.exists, after.uidNext]).toEqual([true, 2, 3]);
  });
});

test.each([
  ['breaks off with a length that fits nothing', { kind: 'cut-line' }, 'network.dropped'],
  ['has no length and may have been cut', { kind: 'no-length' }, 'server.protocol'],
] as const)('a letter whose answer %s is none', async (_, fault, code) => {
  await connected(async (connector) => {
    const folder = await connector.openFolder('INBOX', soon());
    double.faults = (name) => (name === 'value' ? fault : null);
    const read = async () => {
      for await (const letter of folder.fetchLetters([1], soon())) return Buffer.from(letter.raw).toString();
      return null;
    };
    expect((await failureOf(read())).code).toBe(code);
    double.faults = () => null;
    expect(await read()).toBe('Subject: one\r\n\r\n');
  });
});

test.each([
  [500, 'ErrorMimeContentConversionFailed'],
  [500, 'ErrorItemPropertyRequestFailed'],
  [500, 'ErrorVirusDetected'],
  [400, 'ErrorInvalidRequest'],
  [404, 'ErrorItemNotFound'],
])('a letter that Graph does not give (%s %s) is left out, and the others come', async (status, code) => {
  addItem(double.folder(bob), { raw: 'Subject: two\r\n\r\n', receivedAt: 2 });
  let letters = 0;
  double.faults = (name) => {
    if (name !== 'value') return null;
    letters += 1;
    return letters === 1 ? { kind: 'http', status, code } : null;
  };
  const came = await connected(async (connector) => {
    const subjects: string[] = [];
    const folder = await connector.openFolder('INBOX', soon());
    for await (const { raw } of folder.fetchLetters([1, 2], soon())) subjects.push(Buffer.from(raw).toString());
    return subjects;
  });
  expect(came).toEqual(['Subject: two\r\n\r\n']);
});

test('a call that is called off ends at once, and the connection is as good as before', async () => {
  await connected(async (connector) => {
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

test('a server whose certificate nobody vouches for hears no token', async () => {
  const failure = await failureOf(connectorsFor().openIncoming(graphTo(double.port), soon()));
  expect([failure.code, double.heard.length]).toEqual(['tls.certificate-untrusted', 0]);
});

test('a server that speaks no HTTP is said to be one, and is no defect of ours', async () => {
  const server = await startScriptedServer(async (line) => {
    await line.secure(certificates.valid);
    await line.send('220 mail.example ready\r\n');
  });
  const opening = connectedTo(graphTo(server.port), async () => {}, { trusted: [certificates.caPem], times });
  expect(await failureOf(opening)).toMatchObject({ code: 'server.protocol', params: { host: 'localhost' } });
  await server.stop();
});
