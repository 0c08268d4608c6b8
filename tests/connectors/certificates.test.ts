import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignIn } from '../../src-main/connectors/connectors.ts';
import { fingerprintOf } from '../../src-main/net/tls.ts';
import type { Encryption } from '../../src-shared/domain/mailbox.ts';
import { type CertificateFiles, createCertificates, type TestCertificates } from '../support/certificates.ts';
import { type ScriptedLine, startScriptedServer } from '../support/scripted-server.ts';
import { serveUntil } from './scripted-imap.ts';
import { connectorsFor, failureOf, password, signInTo, soon } from './sign-in.ts';

let dir: string;
let certificates: TestCertificates;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'mailroom-certificates-'));
  certificates = createCertificates(dir);
});
afterAll(() => rmSync(dir, { recursive: true }));

const pinOf = ({ cert }: CertificateFiles): string => fingerprintOf(new X509Certificate(readFileSync(cert)));

interface Protocol {
  readonly name: string;
  /** Serves with a certificate up to the password, which it then refuses. */
  readonly serve: (line: ScriptedLine, encryption: Encryption, certificate: CertificateFiles) => Promise<void>;
  readonly use: (signIn: SignIn, trusted: readonly string[]) => Promise<unknown>;
}

const letter = { from: 'bob@localhost', to: ['carol@localhost'], raw: Buffer.from('A: b\r\n\r\nc\r\n') };

const imap: Protocol = {
  name: 'IMAP',
  async serve(line, encryption, certificate) {
    if (encryption === 'tls') await line.secure(certificate);
    if (encryption === 'starttls') {
      const tag = await serveUntil(line, /^STARTTLS/, { offer: 'IMAP4rev1 STARTTLS LOGINDISABLED' });
      await line.send(`${tag} OK begin\r\n`);
      await line.secure(certificate);
    }
    const tag = await serveUntil(line, /^LOGIN/, { greet: encryption !== 'starttls', offer: 'IMAP4rev1' });
    await line.send(`${tag} NO [AUTHENTICATIONFAILED] no\r\n`);
    await line.stall();
  },
  use: (signIn, trusted) => connectorsFor(trusted).openIncoming(signIn, soon()),
};

const smtp: Protocol = {
  name: 'SMTP',
  async serve(line, encryption, certificate) {
    if (encryption === 'tls') await line.secure(certificate);
    await line.send('220 ready\r\n');
    await line.expect(/^EHLO/);
    if (encryption === 'starttls') {
      await line.send('250-here\r\n250 STARTTLS\r\n');
      await line.expect(/^STARTTLS/);
      await line.send('220 begin\r\n');
      await line.secure(certificate);
      await line.expect(/^EHLO/);
    }
    await line.send('250-here\r\n250 AUTH PLAIN\r\n');
    await line.expect(/^AUTH PLAIN/);
    await line.send('535 5.7.8 no\r\n');
    await line.stall();
  },
  use: (signIn, trusted) => connectorsFor(trusted).submitLetter(signIn, letter, soon()),
};

describe.each([imap, smtp])('$name', ({ serve, use }) => {
  describe.each(['tls', 'starttls'] as const)('over %s', (encryption) => {
    async function meet(
      shown: CertificateFiles,
      { pinned = null, trusted = [certificates.caPem] }: { pinned?: string | null; trusted?: readonly string[] } = {},
    ) {
      const server = await startScriptedServer((line) => serve(line, encryption, shown));
      try {
        const signIn = signInTo(server.port, encryption, { pinnedCertificate: pinned });
        const { code, params } = await failureOf(use(signIn, trusted));

        return { code, params, heard: server.received() };
      } finally {
        await server.stop();
      }
    }
    /** In the clear, and as SASL PLAIN sends it. */
    const secrets = [password, Buffer.from(`\0bob\0${password}`).toString('base64')];
    const heardSecret = (heard: string): boolean => secrets.some((secret) => heard.includes(secret));

    test('a trusted certificate: the password is sent', async () => {
      const { code, heard } = await meet(certificates.valid);
      expect(code).toBe('auth.rejected');
      expect(heardSecret(heard)).toBe(true);
    });

    test.each([
      ['valid', 'tls.certificate-untrusted', []],
      ['expired', 'tls.certificate-expired', undefined],
      ['otherName', 'tls.certificate-other-name', undefined],
      ['selfSigned', 'tls.certificate-untrusted', undefined],
    ] as const)('the certificate %s is refused as %s, and no password is sent', async (shown, expected, trusted) => {
      const { code, params, heard } = await meet(certificates[shown], trusted === undefined ? {} : { trusted });
      expect(code).toBe(expected);
      expect(params).toMatchObject({ host: 'localhost' });
      expect(heardSecret(heard)).toBe(false);
    });

    test.each(['expired', 'otherName', 'selfSigned'] as const)('%s, accepted on purpose, is taken', async (shown) => {
      const { code, heard } = await meet(certificates[shown], { pinned: pinOf(certificates[shown]) });
      expect(code).toBe('auth.rejected');
      expect(heardSecret(heard)).toBe(true);
    });

    test('another certificate than the accepted one is refused, even a trusted one', async () => {
      const { code, heard } = await meet(certificates.valid, { pinned: pinOf(certificates.selfSigned) });
      expect(code).toBe('tls.certificate-changed');
      expect(heardSecret(heard)).toBe(false);
    });
  });
});
