import { describe, expect, test } from 'vitest';
import type { SignIn } from '../../src-main/connectors/connectors.ts';
import { type ScriptedLine, startScriptedServer } from '../support/scripted-server.ts';
import { connectorsFor, failureOf, impatientTimes, pop3To, signInTo, soon } from './sign-in.ts';

const token = 'a-token.that-nobody.may-read';
const connectors = connectorsFor([], { ...impatientTimes, answer: 2_000 });
const withToken = (signIn: SignIn): SignIn => ({
  ...signIn,
  endpoint: { ...signIn.endpoint, signIn: 'oauth2' },
  password: '',
  askToken: async () => token,
});
const letter = { from: 'bob@localhost', to: ['carol@localhost'], raw: Buffer.from('Subject: x\r\n\r\nx\r\n') };

type Protocol = 'imap' | 'pop3' | 'smtp';
const opens: Readonly<Record<Protocol, (port: number, encryption: 'starttls' | 'none') => Promise<unknown>>> = {
  imap: (port, encryption) => connectors.openIncoming(withToken(signInTo(port, encryption)), soon()),
  pop3: (port, encryption) => connectors.openIncoming(withToken(pop3To(port, encryption)), soon()),
  smtp: (port, encryption) => connectors.submitLetter(withToken(signInTo(port, encryption)), letter, soon()),
};

/** Speaks each protocol as far as the sign-in, offers no encryption, and takes any token. */
const stripped: Readonly<Record<Protocol, (line: ScriptedLine) => Promise<void>>> = {
  imap: async (line) => {
    await line.send('* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready\r\n');
    for (;;) {
      const [tag = '', command = ''] = (await line.nextLine()).split(' ');
      const known = command === 'CAPABILITY' ? '* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2\r\n' : '';
      await line.send(`${known}${tag} ${command === 'STARTTLS' ? 'BAD unknown' : 'OK done'}\r\n`);
    }
  },
  pop3: async (line) => {
    await line.send('+OK ready\r\n');
    for (;;) {
      const command = await line.nextLine();
      if (command === 'CAPA') await line.send('+OK\r\nSASL XOAUTH2\r\nUIDL\r\nTOP\r\n.\r\n');
      else if (command === 'STLS') await line.send('-ERR unknown\r\n');
      else await line.send(command.startsWith('AUTH') ? '+ \r\n' : '+OK\r\n');
    }
  },
  smtp: async (line) => {
    await line.send('220 ready\r\n');
    for (;;) {
      const command = await line.nextLine();
      if (command.startsWith('EHLO')) await line.send('250-localhost\r\n250 AUTH XOAUTH2\r\n');
      else if (command === 'STARTTLS') await line.send('502 unknown\r\n');
      else if (command.startsWith('AUTH')) await line.send('235 yes\r\n');
      else if (command === 'QUIT') return line.send('221 bye\r\n');
      else await line.send('550 no\r\n');
    }
  },
};

describe.each(['imap', 'pop3', 'smtp'] as const)('over %s', (protocol) => {
  const heard = async (encryption: 'starttls' | 'none') => {
    const server = await startScriptedServer(stripped[protocol]);
    const end = await opens[protocol](server.port, encryption).then(
      () => null,
      (error: unknown) => error,
    );
    const received = server.received();
    await server.stop();
    return { end, received: `${received}\n${decoded(received)}` };
  };

  test('no byte of a token goes over a line that was to be encrypted and is not', async () => {
    const { end, received } = await heard('starttls');
    expect(end).toMatchObject({ code: 'tls.starttls-missing' });
    expect(received).not.toContain(token);
  });

  test('over one that is open on purpose it does: the search finds it', async () => {
    const { received } = await heard('none');
    expect(received).toContain(token);
  });
});

describe('a POP3 server', () => {
  const signInTo = async (capabilities: string, answer: string) => {
    const server = await startScriptedServer(async (line) => {
      await line.send('+OK ready\r\n');
      for (;;) {
        const command = await line.nextLine();
        if (command === 'CAPA') await line.send(capabilities);
        else await line.send(command.startsWith('AUTH') ? `${answer}\r\n` : '-ERR\r\n');
      }
    });
    try {
      return { failure: await failureOf(opens.pop3(server.port, 'none')), received: decoded(server.received()) };
    } finally {
      await server.stop();
    }
  };
  const offering = (...mechanisms: string[]) => `+OK\r\nSASL ${mechanisms.join(' ')}\r\nUIDL\r\n.\r\n`;

  test.each([
    [offering('PLAIN', 'XOAUTH2'), '-ERR [SYS/TEMP] try again later', 'server.unavailable', 'try again later'],
    [offering('XOAUTH2'), '-ERR [IN-USE] another session', 'server.throttled', 'another session'],
    [offering('OAUTHBEARER'), '-ERR [LOGIN-DELAY] too early', 'server.throttled', 'too early'],
    [offering('XOAUTH2'), '-ERR Too many connections', 'server.throttled', 'Too many connections'],
    [offering('XOAUTH2'), '-ERR not for you', 'auth.rejected', 'not for you'],
    ['-ERR\r\n', '-ERR [AUTH] POP is switched off', 'auth.rejected', 'POP is switched off'],
    ['-ERR\r\n', '-ERR maildrop already locked', 'server.throttled', 'maildrop already locked'],
    ['-ERR\r\n', '-ERR unknown command', 'server.unsupported', 'AUTH XOAUTH2'],
    ['+OK\r\nUIDL\r\n.\r\n', '-ERR', 'server.unsupported', 'AUTH XOAUTH2'],
    [offering('PLAIN'), '-ERR', 'server.unsupported', 'SASL XOAUTH2'],
  ])('that tells %j and answers %j is understood, and no token is said', async (capabilities, answer, code, words) => {
    const { failure, received } = await signInTo(capabilities, answer);
    expect(failure).toMatchObject({ code, params: { serverWords: words } });
    expect(received).not.toContain(token);
  });
});

/** Everything that looks like base64. */
function decoded(text: string): string {
  return (text.match(/[A-Za-z0-9+/=]{20,}/g) ?? []).map((part) => Buffer.from(part, 'base64').toString()).join('\n');
}

describe('a submission server', () => {
  const submitTo = async (script: (line: ScriptedLine) => Promise<void>) => {
    const server = await startScriptedServer(script);
    try {
      const failure = await failureOf(opens.smtp(server.port, 'none'));
      return { failure, received: server.received() };
    } finally {
      await server.stop();
    }
  };

  test('that takes no tokens is told from one that refuses this one, and no password is made of it', async () => {
    const { failure, received } = await submitTo(async (line) => {
      await line.send('220 ready\r\n');
      await line.expect(/^EHLO/);
      await line.send('250-localhost\r\n250 AUTH PLAIN LOGIN\r\n');
      await line.expect(/^QUIT/);
    });
    expect(failure).toMatchObject({ code: 'server.unsupported', params: { serverWords: 'AUTH XOAUTH2' } });
    expect(decoded(received)).not.toContain(token);
  });

  test('that says why it refuses is asked once for each token, and its words are told', async () => {
    const { failure, received } = await submitTo(async (line) => {
      await line.send('220 ready\r\n');
      await line.expect(/^EHLO/);
      await line.send('250-localhost\r\n250 AUTH XOAUTH2\r\n');
      await line.expect(/^AUTH XOAUTH2 \S+$/);
      await line.send(`334 ${Buffer.from('{"status":"400"}').toString('base64')}\r\n`);
      await line.expect(/^$/);
      await line.send('535 5.7.3 Authentication unsuccessful\r\n');
      await line.expect(/^QUIT/);
    });
    expect(failure).toMatchObject({
      code: 'auth.rejected',
      params: { serverWords: '535 5.7.3 Authentication unsuccessful' },
    });
    // Twice: the token, and the one that was got in its stead.
    expect(received.match(/AUTH XOAUTH2/g)).toHaveLength(2);
  });
});
