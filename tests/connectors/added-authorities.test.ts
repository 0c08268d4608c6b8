import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignIn } from '../../src-main/connectors/connectors.ts';
import { createConnectors } from '../../src-main/connectors/open-connector.ts';
import { silentLogs } from '../../src-main/logs/logs.ts';
import { createHttpsClient } from '../../src-main/net/https-client.ts';
import { createTrust, type TrustFor } from '../../src-main/net/tls.ts';
import { newExchange } from '../../src-shared/domain/exchange.ts';
import type { AppError } from '../../src-shared/errors/errors.ts';
import { createCertificates, type TestCertificates } from '../support/certificates.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';
import { graphTo } from './graph-desk.ts';
import { failureOf, password, pop3To, signInTo, soon } from './sign-in.ts';

const folder = temporaryFolder();
let certificates: TestCertificates;
let server: ScriptedServer;
beforeAll(async () => {
  certificates = createCertificates(folder.path);
  // Valid for localhost and 127.0.0.1; whoever gets past the certificate is sent away.
  server = await startScriptedServer(async (line) => {
    await line.secure(certificates.valid);
    await line.send('HTTP/1.1 400 no\r\nContent-Length: 0\r\n\r\n');
  });
});
afterAll(async () => {
  await server.stop();
  folder[Symbol.dispose]();
});

const letter = { from: 'bob@localhost', to: ['carol@localhost'], raw: Buffer.from('A: b\r\n\r\nc\r\n') };
const signIns: Readonly<Record<string, (port: number) => SignIn>> = {
  IMAP: (port) => signInTo(port, 'tls'),
  POP3: (port) => pop3To(port, 'tls'),
  SMTP: (port) => signInTo(port, 'tls'),
  EWS(port) {
    const { endpoint } = signInTo(port, 'tls');
    return { endpoint: { ...endpoint, protocol: 'ews', exchange: { ...newExchange, windows: false } }, password };
  },
  Graph: (port) => graphTo(port),
};

const trusting = (authorities: readonly string[]) => ({ authorities, oldVersions: false });
/** What a client says that took the certificate. */
const past = /^(network|server)\./;

/** What becomes of a connection to `host`, where the test's authority was added for localhost alone. */
async function meet(protocol: string, host: string, trustFor: TrustFor): Promise<string> {
  const signIn = signIns[protocol]?.(server.port);
  if (signIn === undefined) throw new Error(protocol);
  const times = { connect: 2_000, greeting: 300, answer: 600, silence: 300, letter: 600, farewell: 100 };
  const connectors = createConnectors({ logs: silentLogs, trustFor, times });
  const to = { ...signIn, endpoint: { ...signIn.endpoint, host } };
  const use = protocol === 'SMTP' ? connectors.submitLetter(to, letter, soon()) : connectors.openIncoming(to, soon());
  return (await failureOf(use)).code;
}

test.each(Object.keys(signIns))(
  'over %s an authority that was added for one host is trusted there, nowhere else, and not without being added',
  async (protocol) => {
    const forLocalhost: TrustFor = (host) => trusting(host === 'localhost' ? [certificates.caPem] : []);
    expect(await meet(protocol, 'localhost', forLocalhost)).toMatch(past);
    expect(await meet(protocol, '127.0.0.1', forLocalhost)).toBe('tls.certificate-untrusted');
    expect(await meet(protocol, 'localhost', () => trusting([]))).toBe('tls.certificate-untrusted');
  },
);

test('a sign-in service is judged by the same trust, asked anew for each line', async () => {
  let added: readonly string[] = [];
  const trust = createTrust([], (host) => trusting(host === 'localhost' ? added : []));
  const ask = createHttpsClient({ trust, env: {}, milliseconds: 2_000 });
  const meetAt = async (host: string): Promise<string> => {
    const question = { url: `https://${host}:${server.port}/`, method: 'GET', headers: {}, body: null };
    return ask(question, soon()).then(
      ({ status }) => `answered ${status}`,
      ({ code }: AppError) => code,
    );
  };
  expect(await meetAt('localhost')).toBe('tls.certificate-untrusted');
  added = [certificates.caPem];
  expect(await meetAt('localhost')).toBe('answered 400');
  expect(await meetAt('127.0.0.1')).toBe('tls.certificate-untrusted');
  added = [];
  expect(await meetAt('localhost')).toBe('tls.certificate-untrusted');
});
