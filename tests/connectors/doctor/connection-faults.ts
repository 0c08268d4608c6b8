import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { CertificateFiles } from '../../support/certificates.ts';
import type { ScriptedLine } from '../../support/scripted-server.ts';
import { startImap } from '../scripted-imap.ts';
import { imapOf, pop3To, signInTo } from '../sign-in.ts';
import { type Fault, fault, type Patient, provider, scripted } from './patient.ts';

const day = 24 * 60 * 60_000;
const mailDate = (time: number): string => new Date(time).toUTCString().replace('GMT', '+0000');

const showing = (certificate: CertificateFiles): Promise<Patient> =>
  scripted(
    async (line) => {
      await line.secure(certificate);
      await line.send('* OK ready\r\n');
      await line.stall();
    },
    (port) => ({ incoming: signInTo(port, 'tls') }),
  );

const answers = (code: string) => async (): Promise<never> => {
  throw Object.assign(new Error(code), { code });
};

const lineFaults: readonly Fault[] = [
  fault('a name that nobody has', 'dns-unknown', async () => ({
    incoming: signInTo(143, 'none', { host: 'imap.nowhere.test' }),
    wishes: { lookup: answers('ENOTFOUND'), online: () => true },
  })),
  fault('a resolver that does not answer', 'dns-silent', async () => ({
    incoming: signInTo(143, 'none', { host: 'imap.nowhere.test' }),
    wishes: { lookup: answers('EAI_AGAIN'), online: () => true },
  })),
  fault('no network at all', 'offline', async () => ({
    incoming: signInTo(143, 'none', { host: 'imap.nowhere.test' }),
    wishes: { lookup: answers('EAI_AGAIN'), online: () => false },
  })),
  fault('a port where nobody listens', 'port-refused', async ({ closedPort }) => ({
    incoming: signInTo(closedPort, 'tls'),
  })),
  fault('port 25 shut', 'port-25-blocked', async () => ({
    incoming: null,
    outgoing: signInTo(25, 'none', { host: '127.0.0.9' }),
  })),
  fault('an IPv6 address that leads nowhere', 'ipv6-broken', async ({ dovecot }) => ({
    incoming: imapOf(dovecot, 'tls'),
    wishes: {
      lookup: async () => [
        { address: 'fd00:dead::1', family: 6 },
        { address: '127.0.0.1', family: 4 },
      ],
    },
  })),
  fault('a server that says nothing', 'greeting-missing', () =>
    scripted(
      (line) => line.stall(),
      (port) => ({ incoming: signInTo(port) }),
    ),
  ),
  fault('a line that is cut before the greeting', 'line-cut', () =>
    scripted(
      async (line) => line.end(),
      (port) => ({ incoming: signInTo(port) }),
    ),
  ),
];

const portFaults: readonly Fault[] = [
  fault('TLS asked for where the server greets in the clear', 'plain-on-tls-port', async ({ dovecot }) => ({
    incoming: signInTo(dovecot.imapPort, 'tls'),
  })),
  fault('the same for sending', 'plain-on-tls-port', async ({ dovecot }) => ({
    incoming: null,
    outgoing: signInTo(dovecot.submissionPort, 'tls'),
  })),
  fault('STARTTLS at a port that is TLS from the start', 'tls-on-plain-port', async ({ dovecot }) => ({
    incoming: signInTo(dovecot.imapsPort, 'starttls'),
  })),
  fault('no encryption at a port that is TLS from the start', 'tls-on-plain-port', async ({ dovecot }) => ({
    incoming: pop3To(dovecot.pop3sPort),
  })),
  fault('POP3 at the port for IMAP', 'other-protocol', async ({ dovecot }) => ({
    incoming: signInTo(dovecot.pop3Port),
  })),
  fault('IMAP at the port for POP3', 'other-protocol', async ({ dovecot }) => ({ incoming: pop3To(dovecot.imapPort) })),
  fault('POP3 behind TLS at the port for IMAP', 'other-protocol', async ({ dovecot }) => ({
    incoming: signInTo(dovecot.pop3sPort, 'tls'),
  })),
  fault('SMTP at the port for IMAP', 'other-protocol', async ({ dovecot }) => ({
    incoming: signInTo(dovecot.submissionPort),
  })),
  fault('IMAP at the port for sending', 'other-protocol', async ({ dovecot }) => ({
    incoming: null,
    outgoing: signInTo(dovecot.imapPort),
  })),
  fault("a hotel's sign-in page at every port", 'web-page', () =>
    scripted(webPage, (port) => ({ incoming: signInTo(port, 'tls') })),
  ),
  fault('a page at the port for STARTTLS', 'web-page', () =>
    scripted(webPage, (port) => ({ incoming: signInTo(port, 'starttls') })),
  ),
  fault('STARTTLS taken out on the way', 'starttls-stripped', async () => {
    const server = await startImap('IMAP4rev1');
    return {
      incoming: signInTo(server.port, 'starttls'),
      wishes: { provider: provider('Gmail') },
      stop: () => server.stop(),
    };
  }),
  fault('STARTTLS that a server does not have', 'starttls-not-offered', async () => {
    const server = await startImap('IMAP4rev1');
    return { incoming: signInTo(server.port, 'starttls'), stop: () => server.stop() };
  }),
];

async function webPage(line: ScriptedLine): Promise<void> {
  await line.readUntil('\n');
  await line.send('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Welcome to the hotel</html>\r\n');
}

const certificateFaults: readonly Fault[] = [
  fault('a server that knows only TLS 1.1', 'tls-too-old', async ({ dovecot }) => {
    const { cert, key } = dovecot.certificates.valid;
    const server = createTlsServer({
      cert: readFileSync(cert),
      key: readFileSync(key),
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
    });
    server.on('tlsClientError', () => {}).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return { incoming: signInTo(port, 'tls'), stop: async () => void server.close() };
  }),
  fault('a certificate that has run out', 'certificate-expired', ({ certificates }) => showing(certificates.expired)),
  fault('a certificate of next year', 'clock-behind', ({ certificates }) => showing(certificates.notYet)),
  fault('our clock ahead of everybody', 'clock-ahead', ({ certificates }) =>
    scripted(
      async (line) => {
        await line.send(`220 mx.test ESMTP ready; ${mailDate(Date.now() - 4 * day)}\r\n`);
        await line.expect(/^EHLO/);
        await line.send('250-mx.test\r\n250 STARTTLS\r\n');
        await line.expect(/^STARTTLS/);
        await line.send('220 begin\r\n');
        await line.secure(certificates.ended);
        await line.expect(/^EHLO/);
        await line.send('250 mx.test\r\n');
        await line.stall();
      },
      (port) => ({ incoming: null, outgoing: signInTo(port, 'starttls') }),
    ),
  ),
  fault('a certificate for another name', 'certificate-other-name', ({ certificates }) =>
    showing(certificates.otherName),
  ),
  fault('a certificate that a server signed itself', 'certificate-self-signed', ({ certificates }) =>
    showing(certificates.selfSigned),
  ),
  fault("a company's own authority", 'certificate-own-authority', ({ certificates }) => showing(certificates.foreign)),
  fault('a link of the chain that the server keeps back', 'chain-incomplete', ({ certificates }) =>
    showing(certificates.unchained),
  ),
  fault('a virus scanner that reads encrypted lines', 'tls-inspected', ({ certificates }) =>
    showing(certificates.inspected),
  ),
  fault('another certificate than the accepted one', 'certificate-changed', async ({ dovecot }) => ({
    incoming: imapOf(dovecot, 'tls', { pinnedCertificate: '0'.repeat(64) }),
  })),
];

/** Up to the first word that both sides understand. */
export const connectionFaults: readonly Fault[] = [...lineFaults, ...portFaults, ...certificateFaults];
