import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ErrorCode } from '../../src-shared/errors/codes.ts';
import { createCertificates, type TestCertificates } from '../support/certificates.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { type ScriptedLine, startScriptedServer } from '../support/scripted-server.ts';
import { serveUntil } from './scripted-imap.ts';
import { connectorsFor, failureOf, impatientTimes, signInTo, soon } from './sign-in.ts';

// Somebody on the way says more than the server's yes to STARTTLS, in the clear: words that would be taken for what came under TLS (CVE-2011-0411 the other way round).
let folder: ReturnType<typeof temporaryFolder>;
let certificates: TestCertificates;
beforeAll(() => {
  folder = temporaryFolder();
  certificates = createCertificates(folder.path);
});
afterAll(() => folder[Symbol.dispose]());

const letter = { from: 'bob@localhost', to: ['carol@localhost'], raw: Buffer.from('A: b\r\n\r\nc\r\n') };

interface Injected {
  readonly name: string;
  /** Behind the yes, where they are taken for answers if anything is; the server itself refuses the password. */
  readonly words: string;
  /** What is made of the line then: ended, or gone on with as if nothing had been said. */
  readonly end: ErrorCode;
  serve(line: ScriptedLine, words: string): Promise<void>;
  open(port: number): Promise<unknown>;
}

const trusting = () => connectorsFor([certificates.caPem], impatientTimes);

const imap: Injected = {
  name: 'IMAP',
  words: [1, 2, 3, 4, 5, 6, 7, 8].map((tag) => `${tag} OK [CAPABILITY IMAP4rev1] done\r\n`).join(''),
  end: 'tls.failed',
  async serve(line, words) {
    const tag = await serveUntil(line, /^STARTTLS/, { offer: 'IMAP4rev1 STARTTLS LOGINDISABLED' });
    await line.send(`${tag} OK begin\r\n${words}`);
    await line.secure(certificates.valid);
    const login = await serveUntil(line, /^LOGIN/, { greet: false, offer: 'IMAP4rev1' });
    await line.send(`${login} NO [AUTHENTICATIONFAILED] no\r\n`);
    await line.stall();
  },
  open: (port) => trusting().openIncoming(signInTo(port, 'starttls'), soon()),
};

const smtp: Injected = {
  name: 'SMTP',
  words: '250-here\r\n250 AUTH PLAIN\r\n235 2.7.0 welcome\r\n250 ok\r\n250 ok\r\n354 go on\r\n250 taken\r\n',
  end: 'auth.rejected',
  async serve(line, words) {
    await line.send('220 ready\r\n');
    await line.expect(/^EHLO/);
    await line.send('250-here\r\n250 STARTTLS\r\n');
    await line.expect(/^STARTTLS/);
    await line.send(`220 begin\r\n${words}`);
    await line.secure(certificates.valid);
    await line.expect(/^EHLO/);
    await line.send('250-here\r\n250 AUTH PLAIN\r\n');
    await line.expect(/^AUTH PLAIN/);
    await line.send('535 5.7.8 no\r\n');
    await line.stall();
  },
  open: (port) => trusting().submitLetter(signInTo(port, 'starttls'), letter, soon()),
};

test.each([imap, smtp])(
  'an answer to $name that was put in before TLS is not believed',
  async ({ words, end, serve, open }) => {
    for (const [more, code] of [
      ['', 'auth.rejected'],
      [words, end],
    ] as const) {
      const server = await startScriptedServer((line) => serve(line, more));
      expect((await failureOf(open(server.port))).code).toBe(code);
      expect(/LOGIN|AUTH/.test(server.received())).toBe(code === 'auth.rejected');
      await server.stop();
    }
  },
);
