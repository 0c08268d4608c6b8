import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { proxyOnTheWay } from '../../src-main/connectors/host-addresses.ts';
import { followSystemProxy } from '../../src-main/net/proxy.ts';
import { openTunnel } from '../../src-main/net/tunnel.ts';
import type { Encryption } from '../../src-shared/domain/mailbox.ts';
import { createCertificates } from '../support/certificates.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { freePorts } from '../support/free-ports.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { startConnectProxy, startSocksProxy, type TestProxy } from '../support/test-proxy.ts';
import { ewsTo, startDouble } from './exchange-desk.ts';
import { serveUntil } from './scripted-imap.ts';
import { connectorsFor, failureOf, imapOf, impatientTimes, pop3Of, signInTo, soon } from './sign-in.ts';

// No resolver knows this name: whoever reaches it has come through the proxy.
const host = 'mail.elsewhere.test';
/** A resolver that answers says the one, none at all the other. */
const nobodyThere = /^network\.un(known-host|reachable)$/;
const raw = 'Subject: one\r\n\r\ntext\r\n';
let dovecot: Dovecot;
let connectProxy: TestProxy;
let socksProxy: TestProxy;
beforeAll(async () => {
  dovecot = await startDovecot({ certificate: 'otherName', submitted: 'keep' });
  connectProxy = await startConnectProxy();
  socksProxy = await startSocksProxy();
  fillMaildir(dovecot, 'bob', 'INBOX', [{ raw }]);
});
afterAll(async () => {
  await Promise.all([connectProxy.stop(), socksProxy.stop()]);
  await dovecot.stop();
});
afterEach(() => {
  vi.unstubAllEnvs();
  followSystemProxy(null);
});

function byWayOf(proxy: string): void {
  vi.stubEnv('all_proxy', proxy);
  vi.stubEnv('no_proxy', '');
}

const encryptions: readonly Encryption[] = ['none', 'starttls', 'tls'];
const kinds = [
  ['CONNECT', () => connectProxy, (port: number) => `http://anna:geheim@127.0.0.1:${port}`],
  ['SOCKS 5', () => socksProxy, (port: number) => `socks5://anna:geheim@127.0.0.1:${port}`],
] as const;

describe.each(kinds)('through a proxy by %s', (_, proxy, address) => {
  test.each(encryptions)(
    'with encryption %s letters are loaded by IMAP and POP3, byte for byte',
    async (encryption) => {
      byWayOf(address(proxy().port));
      for (const signIn of [imapOf(dovecot, encryption, { host }), pop3Of(dovecot, encryption, { host })]) {
        const connector = await connectorsFor([dovecot.caPem]).openIncoming(signIn, soon());
        const folder = await connector.openFolder('INBOX', soon());
        const [uid] = await folder.listUids({ afterUid: 0, since: null }, soon());
        const letters = [];
        for await (const letter of folder.fetchLetters([uid ?? 0], soon())) letters.push(letter.raw.toString());
        expect(letters).toEqual([raw]);
        await connector.close();
        expect(proxy().asked.at(-1)).toBe(`anna:geheim ${host}:${signIn.endpoint.port}`);
      }
    },
  );

  test('a letter is sent by SMTP', async () => {
    byWayOf(address(proxy().port));
    const from = `${proxy().port}@localhost`;
    const letter = { from, to: ['carol@localhost'], raw: Buffer.from(raw) };
    const signIn = signInTo(dovecot.submissionPort, 'starttls', { host });
    await connectorsFor([dovecot.caPem]).submitLetter(signIn, letter, soon());
    await dovecot.relay.next((one) => one.from === from);
  });

  test('the connection check says that the proxy looks the name up, and finds the rest well', async () => {
    byWayOf(address(proxy().port));
    const signIn = imapOf(dovecot, 'tls', { host });
    const { ok, steps } = await connectorsFor([dovecot.caPem]).checkConnection(signIn, null, soon());
    expect([ok, steps[0]?.name, steps[0]?.seen]).toEqual([true, 'resolve', `→ 127.0.0.1:${proxy().port}`]);
    expect(JSON.stringify(steps)).not.toContain('geheim');
  });
});

test.each([
  ['http', () => startConnectProxy('200 yes', '* OK first words\r\n')],
  ['socks5', () => startSocksProxy(0, '* OK first words\r\n')],
] as const)('what the server says in one breath with a proxy by %s is heard', async (scheme, start) => {
  const early = await start();
  const server = await startScriptedServer(async (line) => {
    const tag = await serveUntil(line, /^LOGIN/, { greet: false, offer: 'IMAP4rev1' });
    await line.send(`${tag} NO [AUTHENTICATIONFAILED] no\r\n`);
    await line.stall();
  });
  byWayOf(`${scheme}://anna:geheim@127.0.0.1:${early.port}`);
  const signIn = signInTo(server.port, 'none', { host });
  expect((await failureOf(connectorsFor([], impatientTimes).openIncoming(signIn, soon()))).code).toBe('auth.rejected');
  await server.stop();
  await early.stop();
});

describe.each(['imap', 'pop3', 'smtp'] as const)('of %s', (protocol) => {
  const use = (port: number) => {
    const connectors = connectorsFor([], impatientTimes);
    const { endpoint, password } = signInTo(port, 'none', { host });
    if (protocol !== 'smtp') return connectors.openIncoming({ endpoint: { ...endpoint, protocol }, password }, soon());
    const letter = { from: 'bob@localhost', to: ['carol@localhost'], raw: Buffer.from(raw) };
    return connectors.submitLetter({ endpoint, password }, letter, soon());
  };

  test.each([
    ['CONNECT', () => startConnectProxy('403 not there'), 'http', '403 not there'],
    ['SOCKS 5', () => startSocksProxy(2), 'socks5', 'Socks5 proxy rejected connection - NotAllowed'],
  ])('a refusal of a proxy by %s is told in its words, without its password', async (_, start, scheme, serverWords) => {
    const refusing = await start();
    byWayOf(`${scheme}://anna:geheim@127.0.0.1:${refusing.port}`);
    const failure = await failureOf(use(143));
    const proxy = `127.0.0.1:${refusing.port}`;
    expect([failure.code, failure.params]).toEqual(['network.proxy-refused', { host, port: 143, proxy, serverWords }]);
    await refusing.stop();
  });

  test.each(['http', 'socks5'])('a proxy by %s that is not there is told as that', async (scheme) => {
    const [port = 0] = await freePorts(1);
    byWayOf(`${scheme}://127.0.0.1:${port}`);
    const failure = await failureOf(use(143));
    expect([failure.code, failure.params.proxy]).toEqual(['network.proxy-unreachable', `127.0.0.1:${port}`]);
  });

  test('a proxy that never answers is given up', async () => {
    const silent = await startScriptedServer((line) => line.stall());
    byWayOf(`socks5://127.0.0.1:${silent.port}`);
    expect((await failureOf(use(143))).code).toBe('network.timeout');
    await silent.stop();
  });
});

test('Exchange goes by the proxy for the web', async () => {
  using folder = temporaryFolder();
  const certificates = createCertificates(folder.path);
  const exchange = await startDouble({ tls: certificates.otherName });
  byWayOf(`http://127.0.0.1:1`);
  vi.stubEnv('https_proxy', `http://anna:geheim@127.0.0.1:${connectProxy.port}`);
  const signIn = ewsTo(exchange.port, { windows: true }, { encryption: 'tls', host });
  const { ok, steps } = await connectorsFor([certificates.caPem]).checkConnection(signIn, null, soon());
  expect([ok, steps[0]?.seen]).toEqual([true, `→ 127.0.0.1:${connectProxy.port}`]);
  expect(connectProxy.asked.at(-1)).toBe(`anna:geheim ${host}:${exchange.port}`);
  await exchange.stop();
});

test.each(kinds)(
  'a line made by %s that breaks before anyone listens to it ends nothing else',
  async (_, proxy, address) => {
    const line = await openTunnel(new URL(address(proxy().port)), { host, port: dovecot.imapPort }, soon());
    const closed = new Promise((resolve) => line.once('close', resolve));
    line.destroy(new Error('broken'));
    await closed;
  },
);

test('this machine and exempted hosts are gone to directly', async () => {
  const [nobody = 0] = await freePorts(1);
  byWayOf(`http://127.0.0.1:${nobody}`);
  const connector = await connectorsFor().openIncoming(imapOf(dovecot, 'none'), soon());
  await connector.close();
  vi.stubEnv('no_proxy', '.elsewhere.test');
  const signIn = imapOf(dovecot, 'none', { host });
  expect((await failureOf(connectorsFor([], impatientTimes).openIncoming(signIn, soon()))).code).toMatch(nobodyThere);
});

describe('the system’s own settings', () => {
  const bare = () => {
    for (const name of ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'no_proxy', 'NO_PROXY'])
      vi.stubEnv(name, '');
  };
  const saying = (told: string): string[] => {
    const asked: string[] = [];
    bare();
    followSystemProxy(async (url) => {
      asked.push(url);
      return told;
    });
    return asked;
  };

  test('lead mail through their SOCKS proxy, past one for the web alone', async () => {
    const asked = saying(`PROXY 127.0.0.1:${connectProxy.port}; SOCKS5 127.0.0.1:${socksProxy.port}; DIRECT`);
    const connector = await connectorsFor([dovecot.caPem]).openIncoming(imapOf(dovecot, 'none', { host }), soon());
    await connector.close();
    expect(socksProxy.asked.at(-1)).toBe(` ${host}:${dovecot.imapPort}`);
    expect(new Set(asked)).toEqual(new Set([`https://${host}/`]));
  });

  test('lead Exchange through the proxy that they name first', async () => {
    const double = await startDouble();
    saying(`HTTPS 127.0.0.1:1; PROXY 127.0.0.1:${connectProxy.port}`);
    const connector = await connectorsFor().openIncoming(ewsTo(double.port, {}, { host }), soon());
    await connector.close();
    expect(connectProxy.asked.at(-1)).toBe(` ${host}:${double.port}`);
    await double.stop();
  });

  test('are not asked where the environment names a proxy, nor for this machine', async () => {
    const asked = saying('PROXY 127.0.0.1:1');
    const ownMachine = await connectorsFor([dovecot.caPem]).openIncoming(imapOf(dovecot, 'none'), soon());
    await ownMachine.close();
    byWayOf(`socks5://127.0.0.1:${socksProxy.port}`);
    const connector = await connectorsFor([dovecot.caPem]).openIncoming(imapOf(dovecot, 'none', { host }), soon());
    await connector.close();
    expect(asked).toEqual([]);
  });

  test.each(['DIRECT', '', 'QUIC a:1; PROXY'])('saying "%s" leave the way as it is', async (told) => {
    saying(told);
    const failure = await failureOf(connectorsFor().openIncoming(imapOf(dovecot, 'none', { host }), soon()));
    expect(failure.code).toMatch(nobodyThere);
  });

  test('leave the way as it is when they do not say in time', async () => {
    bare();
    followSystemProxy(() => new Promise(() => undefined), 20);
    const failure = await failureOf(connectorsFor().openIncoming(imapOf(dovecot, 'none', { host }), soon()));
    expect(failure.code).toMatch(nobodyThere);
    expect(await proxyOnTheWay('imap', host)).toBeNull();
  });
});
