import { afterAll, afterEach, expect, test } from 'vitest';
import type { SignIn } from '../../src-main/connectors/connectors.ts';
import { createConnectors } from '../../src-main/connectors/open-connector.ts';
import { silentLogs } from '../../src-main/logs/logs.ts';
import { type CertificateFiles, createCertificates } from '../support/certificates.ts';
import { type Prelude, startSullenServer } from '../support/old-tls-server.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { ewsTo } from './exchange-desk.ts';
import { failureOf, impatientTimes, pop3To, signInTo, soon } from './sign-in.ts';

const folder = temporaryFolder();
const certificates = createCertificates(folder.path);
afterAll(() => folder[Symbol.dispose]());
let end: () => Promise<void> = async () => {};
afterEach(() => end());

const preludes: Readonly<Record<'imap' | 'pop3' | 'smtp', Prelude>> = {
  imap: {
    greeting: '* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n',
    answers: [
      [/CAPABILITY/i, '* CAPABILITY IMAP4rev1 STARTTLS\r\n$tag OK done\r\n'],
      [/STARTTLS/i, '$tag OK begin\r\n'],
    ],
    starts: /STARTTLS/i,
  },
  pop3: {
    greeting: '+OK ready\r\n',
    answers: [
      [/^CAPA/i, '+OK\r\nSTLS\r\nUSER\r\n.\r\n'],
      [/^STLS/i, '+OK begin\r\n'],
    ],
    starts: /^STLS/i,
  },
  smtp: {
    greeting: '220 ready\r\n',
    answers: [
      [/^EHLO/i, '250-here\r\n250 STARTTLS\r\n'],
      [/^STARTTLS/i, '220 begin\r\n'],
    ],
    starts: /^STARTTLS/i,
  },
};

type Ways = readonly (readonly [name: string, prelude: Prelude | null, to: (port: number) => Sides])[];
interface Sides {
  readonly incoming: SignIn | null;
  readonly outgoing: SignIn | null;
}
const receiving = (incoming: SignIn): Sides => ({ incoming, outgoing: null });
const sending = (outgoing: SignIn): Sides => ({ incoming: null, outgoing });

const ways: Ways = [
  ['IMAP, TLS from the start', null, (port) => receiving(signInTo(port, 'tls'))],
  ['IMAP, STARTTLS', preludes.imap, (port) => receiving(signInTo(port, 'starttls'))],
  ['POP3, TLS from the start', null, (port) => receiving(pop3To(port, 'tls'))],
  ['POP3, STLS', preludes.pop3, (port) => receiving(pop3To(port, 'starttls'))],
  ['Exchange', null, (port) => receiving(ewsTo(port, {}, { encryption: 'tls' }))],
  ['SMTP, TLS from the start', null, (port) => sending(signInTo(port, 'tls'))],
  ['SMTP, STARTTLS', preludes.smtp, (port) => sending(signInTo(port, 'starttls'))],
];

const connectorsWith = (oldVersions: boolean) =>
  createConnectors({
    logs: silentLogs,
    trustFor: () => ({ authorities: [certificates.caPem], oldVersions }),
    times: { ...impatientTimes, silence: 1_000 },
  });
const valid: CertificateFiles = certificates.valid;

test.each(ways)(
  'a server that ends the line at the handshake and knows only old versions is named (%s)',
  async (_, prelude, to) => {
    const server = await startSullenServer(valid, prelude);
    end = server.stop;
    const { incoming, outgoing } = to(server.port);
    const { steps } = await connectorsWith(false).checkConnection(incoming, outgoing, soon());
    const last = steps.at(-1);
    expect(last).toMatchObject({
      problem: { code: 'tls.too-old', params: { host: 'localhost' } },
      finding: { code: 'tls-too-old' },
    });
    // It was looked at, and nothing was said there.
    await server.left();
    expect([server.secured.length, server.said.join('')]).toEqual([1, '']);
  },
);

test('with the exception that is offered then, the old version is spoken', async () => {
  const server = await startSullenServer(valid);
  end = server.stop;
  await failureOf(connectorsWith(true).openIncoming(signInTo(server.port, 'tls'), soon()));
  expect(server.secured).toEqual(['TLSv1.1']);
});

test('a server that ends every line at the handshake, whatever is spoken, is not called old', async () => {
  const server = await startScriptedServer(async (line) => {
    await line.readUntil('\x16\x03');
    line.reset();
  });
  end = server.stop;
  const { steps } = await connectorsWith(false).checkConnection(signInTo(server.port, 'tls'), null, soon());
  expect(steps.at(-1)).toMatchObject({ name: 'encrypt', problem: { code: 'network.dropped' } });
});
