import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type SecureVersion, type Server } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createConnectors } from '../../src-main/connectors/open-connector.ts';
import { silentLogs } from '../../src-main/logs/logs.ts';
import { createHttpsClient } from '../../src-main/net/https-client.ts';
import { createTrust, type TrustFor } from '../../src-main/net/tls.ts';
import type { AppError } from '../../src-shared/errors/errors.ts';
import { createCertificates, type TestCertificates } from '../support/certificates.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { failureOf, impatientTimes, signInTo, soon } from './sign-in.ts';

const folder = temporaryFolder();
let certificates: TestCertificates;
const servers = new Map<SecureVersion, Server>();
const spoken: (string | null)[] = [];
const ports = new Map<SecureVersion, number>();
const portOf = (version: SecureVersion): number => ports.get(version) ?? 0;

/** Speaks this version alone; whoever gets through is told goodbye. */
beforeAll(async () => {
  certificates = createCertificates(folder.path);
  const { cert, key } = certificates.valid;
  for (const version of ['TLSv1', 'TLSv1.1', 'TLSv1.2'] as const) {
    const only = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' };
    const server = createServer({ cert: readFileSync(cert), key: readFileSync(key), ...only }, (socket) => {
      spoken.push(socket.getProtocol());
      socket.on('error', () => {}).end('HTTP/1.1 400 no\r\nContent-Length: 0\r\n\r\n');
    });
    server.on('tlsClientError', () => {}).listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.set(version, server);
    ports.set(version, (server.address() as AddressInfo).port);
  }
});
afterAll(() => {
  for (const server of servers.values()) server.close();
  folder[Symbol.dispose]();
});

const oldAt =
  (wanted: string): TrustFor =>
  (host) => ({ authorities: [certificates.caPem], oldVersions: host === wanted });

async function meet(version: SecureVersion, host: string, trustFor: TrustFor): Promise<string> {
  const connectors = createConnectors({ logs: silentLogs, trustFor, times: impatientTimes });
  const signIn = signInTo(portOf(version), 'tls', { host });
  return (await failureOf(connectors.openIncoming(signIn, soon()))).code;
}

test.each(['TLSv1', 'TLSv1.1'] as const)(
  '%s is spoken with the host for which it was allowed, and with no other',
  async (version) => {
    spoken.length = 0;
    expect(await meet(version, 'localhost', oldAt('nobody'))).toBe('tls.too-old');
    expect(await meet(version, '127.0.0.1', oldAt('localhost'))).toBe('tls.too-old');
    expect(spoken).toEqual([]);
    expect(await meet(version, 'localhost', oldAt('localhost'))).toMatch(/^(network|server)\./);
    expect(spoken).toEqual([version]);
  },
);

test('where newer versions are spoken, an exception changes nothing; certificates are judged under it as well', async () => {
  spoken.length = 0;
  expect(await meet('TLSv1.2', 'localhost', oldAt('localhost'))).toMatch(/^(network|server)\./);
  expect(spoken).toEqual(['TLSv1.2']);
  const strangers: TrustFor = () => ({ authorities: [], oldVersions: true });
  expect(await meet('TLSv1', 'localhost', strangers)).toBe('tls.certificate-untrusted');
});

test('a sign-in service is met under the same exception', async () => {
  const ask = createHttpsClient({ trust: createTrust([], oldAt('localhost')), env: {}, milliseconds: 2_000 });
  const meetAt = (host: string) => {
    const question = { url: `https://${host}:${portOf('TLSv1')}/`, method: 'GET', headers: {}, body: null };
    return ask(question, soon()).then(
      ({ status }) => `answered ${status}`,
      ({ code }: AppError) => code,
    );
  };
  expect(await meetAt('127.0.0.1')).toBe('tls.too-old');
  expect(await meetAt('localhost')).toBe('answered 400');
});
