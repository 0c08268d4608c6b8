import { describe, expect, test } from 'vitest';
import { createCertificates } from '../support/certificates.ts';
import { freePorts } from '../support/free-ports.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { type ScriptedMaildrop, serveMaildrop } from '../support/scripted-maildrop.ts';
import { type ScriptedLine, startScriptedServer } from '../support/scripted-server.ts';
import { codeOf, fetched, hasty, inbox, letters, nothing, over, raw } from './over-maildrop.ts';
import { connectorsFor, impatientTimes, password, pop3To, soon } from './sign-in.ts';

test('a server that does all as it should gives every letter', async () => {
  expect((await over({}, (it) => fetched(it))).value).toEqual(letters.map((letter) => letter.raw));
});

describe('before the sign-in', () => {
  test('a port where nobody listens', async () => {
    const [port = 0] = await freePorts(1);
    expect(await codeOf(hasty.openIncoming(pop3To(port), soon()))).toBe('network.unreachable');
  });

  test('a host that does not exist', async () => {
    const code = await codeOf(hasty.openIncoming(pop3To(110, 'none', { host: 'no-such-host.invalid' }), soon()));
    expect(['network.unknown-host', 'network.unreachable']).toContain(code);
  });

  test.each<readonly [string, string | null, string]>([
    ['says nothing', null, 'network.timeout'],
    ['says no', '-ERR closed for the night\r\n', 'server.unavailable'],
    ['says no to so many', '-ERR too many connections\r\n', 'server.throttled'],
    ['speaks of something else', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'server.protocol'],
    ['greets without end', `+OK ${'x'.repeat(9_000)}`, 'server.protocol'],
  ])('a server that %s', async (_, greeting, code) => {
    const script = async (line: ScriptedLine): Promise<void> => {
      if (greeting !== null) await line.send(greeting);
      await line.stall();
    };
    expect(await codeOf(over(script, nothing))).toBe(code);
  });

  test('a server that leaves', async () => {
    expect(await codeOf(over(async (line) => line.end(), nothing))).toBe('network.dropped');
    expect(await codeOf(over(async (line) => line.reset(), nothing))).toBe('network.dropped');
  });

  test('called off beforehand, nobody is called', async () => {
    expect(await codeOf(hasty.openIncoming(pop3To(1), AbortSignal.abort()))).toBe('cancelled');
  });
});

describe('the sign-in', () => {
  test('is by USER and PASS where CAPA is not known, and by AUTH PLAIN where it is offered', async () => {
    expect((await over({ offer: null }, nothing)).received).toMatch(/CAPA\r\nUSER bob\r\nPASS secret\r\n/);
    const plain: ScriptedMaildrop['replies'] = [
      [/^AUTH/, '+ \r\n'],
      [/^AGJvYgBzZWNyZXQ=$/, '+OK\r\n'],
    ];
    const { received } = await over({ offer: ['USER', 'SASL LOGIN PLAIN'], replies: plain }, nothing);
    expect(received).toMatch(/CAPA\r\nAUTH PLAIN\r\nAGJvYgBzZWNyZXQ=\r\n/);
    expect(received).not.toContain('USER');
  });

  test('goes the old way where AUTH PLAIN is offered and not known', async () => {
    expect((await over({ offer: ['USER', 'SASL PLAIN'] }, nothing)).received).toMatch(/AUTH PLAIN\r\nUSER bob\r\nPASS/);
  });

  test('is refused by name, also where AUTH PLAIN is the one way', async () => {
    const alone = (answer: string) => over({ offer: ['SASL PLAIN'], replies: [[/^AUTH/, `${answer}\r\n`]] }, nothing);
    expect(await codeOf(alone('-ERR [SYS/TEMP] later'))).toBe('server.unavailable');
    expect(await codeOf(alone('-ERR too many connections'))).toBe('server.throttled');
    expect(await codeOf(alone('-ERR no'))).toBe('auth.rejected');
    expect(await codeOf(over({ replies: [[/^PASS/, '-ERR [IN-USE] locked\r\n']] }, nothing))).toBe('server.throttled');
    expect(await codeOf(over({ replies: [[/^USER/, '-ERR who\r\n']] }, nothing))).toBe('auth.rejected');
  });

  test('is not tried over an open line where the server keeps it back', async () => {
    const server = await startScriptedServer((line) => serveMaildrop(line, { letters: [], offer: ['UIDL', 'STLS'] }));
    expect(await codeOf(hasty.openIncoming(pop3To(server.port), soon()))).toBe('auth.not-encrypted');
    expect(server.received()).not.toContain(password);
    await server.stop();
  });

  test('with a line end in the password is no second command', async () => {
    const server = await startScriptedServer((line) => serveMaildrop(line, { letters }));
    const signIn = { ...pop3To(server.port), password: 'x\r\nDELE 1' };
    expect(await codeOf(hasty.openIncoming(signIn, soon()))).toBe('auth.rejected');
    expect(server.received()).not.toContain('DELE');
    await server.stop();
  });
});

describe('encryption that was asked for', () => {
  test('is not given up where the server does not offer it, or refuses it', async () => {
    for (const drop of [{ offer: ['USER'] }, { offer: ['USER', 'STLS'] }, { offer: null }]) {
      const server = await startScriptedServer((line) => serveMaildrop(line, { letters, ...drop }));
      expect(await codeOf(hasty.openIncoming(pop3To(server.port, 'starttls'), soon()))).toBe('tls.starttls-missing');
      expect(server.received()).not.toMatch(/USER|secret/);
      expect(server.received().includes('STLS')).toBe(drop.offer?.includes('STLS') ?? true);
      await server.stop();
    }
  });

  test.each([
    ['with the answer to STLS', '+OK go on\r\n+OK\r\nUSER\r\n.\r\n', 'tls.failed'],
    ['in the place of a handshake', '+OK go on\r\n', 'tls.failed'],
  ])('is of no use when something comes in the clear %s', async (_, answer, code) => {
    const injects = async (line: ScriptedLine): Promise<void> => {
      await line.send(answer);
      // The client's first words of TLS, and no TLS in return.
      await line.readUntil('\x16');
      await line.send('+OK welcome\r\n');
      await line.stall();
    };
    const drop: ScriptedMaildrop = { letters, offer: ['USER', 'STLS'], replies: [[/^STLS/, injects]] };
    const server = await startScriptedServer((line) => serveMaildrop(line, drop));
    expect(await codeOf(hasty.openIncoming(pop3To(server.port, 'starttls'), soon()))).toBe(code);
    expect(server.received()).not.toContain('USER');
    await server.stop();
  });

  test('is not begun where the server has said more than its answer, though it could be', async () => {
    using folder = temporaryFolder();
    const certificates = createCertificates(folder.path);
    for (const more of ['', '+OK\r\nUSER\r\n.\r\n']) {
      const secure = async (line: ScriptedLine): Promise<void> => {
        await line.send(`+OK\r\n${more}`);
        await line.secure(certificates.valid);
      };
      const drop: ScriptedMaildrop = { letters, offer: ['USER', 'STLS'], replies: [[/^STLS/, secure]] };
      const server = await startScriptedServer((line) => serveMaildrop(line, drop));
      const opening = connectorsFor([certificates.caPem]).openIncoming(pop3To(server.port, 'starttls'), soon());
      if (more === '') await (await opening).close();
      else expect(await codeOf(opening)).toBe('tls.failed');
      await server.stop();
    }
  });

  test('is used from then on, and what was offered before it is asked again', async () => {
    using folder = temporaryFolder();
    const certificates = createCertificates(folder.path);
    const secure = async (line: ScriptedLine): Promise<void> => {
      await line.send('+OK\r\n');
      await line.secure(certificates.valid);
    };
    const drop: ScriptedMaildrop = { letters, offer: ['USER', 'STLS', 'UIDL', 'TOP'], replies: [[/^STLS/, secure]] };
    const server = await startScriptedServer((line) => serveMaildrop(line, drop));
    const connector = await connectorsFor([certificates.caPem]).openIncoming(pop3To(server.port, 'starttls'), soon());
    expect(await fetched(connector)).toHaveLength(2);
    await connector.close();
    expect(server.received().match(/CAPA\r\n/g)).toHaveLength(2);
    await server.stop();
  });
});

describe('a letter', () => {
  test('whose line ends in the middle is not given, and the ones before it are', async () => {
    const cut: ScriptedMaildrop['replies'] = [
      [/^RETR 2/, async (line) => line.send('+OK\r\nSubject: b\r\n').then(() => line.reset())],
    ];
    const came: number[] = [];
    const work = over({ replies: cut }, async (connector) => {
      for await (const { uid } of (await inbox(connector)).fetchLetters([1, 2], soon())) came.push(uid);
    });
    expect([await codeOf(work), came]).toEqual(['network.dropped', [1]]);
  });

  test('that stops in the middle ends by its deadline', async () => {
    const stalls: ScriptedMaildrop['replies'] = [
      [/^RETR/, async (line) => line.send('+OK\r\nSubject: b\r\n').then(() => line.stall())],
    ];
    expect(await codeOf(over({ replies: stalls }, (it) => fetched(it)))).toBe('network.timeout');
  });

  test('that drips for ever ends by its deadline', async () => {
    const drips = async (line: ScriptedLine): Promise<void> => {
      await line.send('+OK\r\n');
      for (;;) {
        await line.send('x');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    expect(await codeOf(over({ replies: [[/^RETR/, drips]] }, (it) => fetched(it)))).toBe('network.timeout');
  });

  test('that the server refuses is left out, and a server in trouble ends the call', async () => {
    const refused = await over({ replies: [[/^RETR 1/, '-ERR no such message\r\n']] }, (it) => fetched(it));
    expect(refused.value).toEqual([letters[1]?.raw]);
    const troubled = over({ replies: [[/^RETR 1/, '-ERR [SYS/TEMP] later\r\n']] }, (it) => fetched(it));
    expect(await codeOf(troubled)).toBe('server.unavailable');
  });

  test('whose dots are not doubled, so that its rest follows at once, is not given, whatever its size was to be', async () => {
    const small = [{ uidl: 'a', raw, announced: 5 }];
    const replies: ScriptedMaildrop['replies'] = [
      [/^RETR 1/, '+OK 5 octets\r\nSubject: a\r\n\r\n1\r\n.\r\n2\r\n.\r\n'],
    ];
    expect(await codeOf(over({ letters: small, replies }, (it) => fetched(it, [1])))).toBe('server.protocol');
  });

  test('whose dots are not doubled, so that its rest follows a little later, is not given', async () => {
    const reply = async (line: ScriptedLine): Promise<void> => {
      await line.send('+OK 300 octets\r\nSubject: a\r\n\r\n1\r\n.\r\n');
      await line.expect(/^NOOP$/);
      await line.send('2\r\n.\r\n');
    };
    expect(await codeOf(over({ replies: [[/^RETR 1/, reply]] }, (it) => fetched(it, [1])))).toBe('server.protocol');
  });

  test('whose size was announced wrong is given as it came', async () => {
    const wrong = letters.map((letter, at) => ({ ...letter, announced: at === 0 ? 5 : 5_000 }));
    const { value, received } = await over({ letters: wrong }, (it) => fetched(it));
    expect(value).toEqual(letters.map((letter) => letter.raw));
    expect(received.match(/NOOP/g)).toHaveLength(1);
  });

  test('is not taken for the one behind an answer that nobody asked for', async () => {
    const one: ScriptedMaildrop['replies'] = [
      [/^RETR 1/, async (line, usual) => line.send('+OK once more\r\n').then(usual)],
    ];
    expect(await codeOf(over({ replies: one }, (it) => fetched(it)))).toBe('server.protocol');
  });
});

test('a line on which nothing comes ends long before its whole time', async () => {
  const patient = connectorsFor([], { ...impatientTimes, answer: 60_000, letter: 60_000 });
  const drop: ScriptedMaildrop = { letters, replies: [[/^RETR/, (line) => line.stall()]] };
  const server = await startScriptedServer((line) => serveMaildrop(line, drop));
  const connector = await patient.openIncoming(pop3To(server.port), soon());
  expect(await codeOf(fetched(connector))).toBe('network.timeout');
  await connector.close();
  await server.stop();
});

test('a header ends where the text begins, though the server sends a line of it', async () => {
  const replies: ScriptedMaildrop['replies'] = [[/^TOP/, '+OK\r\nSubject: a\r\n\r\ntext\r\n.\r\n']];
  const { value } = await over({ replies }, async (it) => (await inbox(it)).fetchHeader(1, soon()));
  expect(Buffer.from(value?.header ?? []).toString()).toBe('Subject: a\r\n\r\n');
});

test('a header comes out of the whole letter where the server has no TOP', async () => {
  const { value } = await over({ offer: ['UIDL', 'USER'] }, async (it) => (await inbox(it)).fetchHeader(1, soon()));
  expect(Buffer.from(value?.header ?? []).toString()).toBe('Subject: a\r\n\r\n');
});
