import { describe, expect, test } from 'vitest';
import type { FetchedLetter, OpenFolder } from '../../src-main/connectors/connectors.ts';
import { freePorts } from '../support/free-ports.ts';
import { type ScriptedLine, startScriptedServer } from '../support/scripted-server.ts';
import { serveUntil } from './scripted-imap.ts';
import { connectorsFor, failureOf, impatientTimes, password, signInTo, soon } from './sign-in.ts';

const hasty = connectorsFor([], impatientTimes);

/** Opens INBOX on a scripted server and does something; gives the error it ends with, and what the server heard. */
async function against(
  script: (line: ScriptedLine) => Promise<void>,
  work: (folder: OpenFolder) => Promise<unknown> = async () => {},
) {
  const server = await startScriptedServer(script);
  try {
    const failure = await failureOf(
      hasty.openIncoming(signInTo(server.port), soon()).then(async (connector) => {
        try {
          await work(await connector.openFolder('INBOX', soon()));
        } finally {
          await connector.close();
        }
      }),
    );
    return { failure, received: server.received() };
  } finally {
    await server.stop();
  }
}

async function readAll(letters: AsyncIterable<FetchedLetter>): Promise<number> {
  let count = 0;
  for await (const _ of letters) count += 1;
  return count;
}

const fetchOne = (folder: OpenFolder): Promise<number> => readAll(folder.fetchLetters([9], soon()));
const literal = (announced: number, sent: string): string =>
  `* 1 FETCH (UID 9 FLAGS () INTERNALDATE "01-Mar-2026 10:00:00 +0000" BODY[] {${announced}}\r\n${sent}`;

describe('before the sign-in', () => {
  test('a host that does not exist', async () => {
    const signIn = signInTo(143, 'none', { host: 'no-such-host.invalid' });
    const failure = await failureOf(hasty.openIncoming(signIn, soon()));
    // Where there is no resolver at all the name may yet exist.
    expect(['network.unknown-host', 'network.unreachable']).toContain(failure.code);
    expect(failure.params).toMatchObject({ host: 'no-such-host.invalid', port: 143 });
  });

  test('a port where nobody listens', async () => {
    const [port = 0] = await freePorts(1);
    expect((await failureOf(hasty.openIncoming(signInTo(port), soon()))).code).toBe('network.unreachable');
  });

  test('a server that takes the line and says nothing', async () => {
    expect((await against((line) => line.stall())).failure.code).toBe('network.timeout');
  });

  test('a greeting that drips for ever', async () => {
    const drip = async (line: ScriptedLine): Promise<void> => {
      for (;;) {
        await line.send('.');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    expect((await against(drip)).failure.code).toBe('network.timeout');
  });

  test('a server that hangs up at once', async () => {
    expect((await against(async (line) => line.end())).failure.code).toBe('network.dropped');
    expect((await against(async (line) => line.reset())).failure.code).toBe('network.dropped');
  });

  test('BYE as a greeting, with its reason', async () => {
    const { failure } = await against((line) => line.send('* BYE Overloaded, come back later\r\n'));
    expect(failure.code).toBe('server.unavailable');
    expect(failure.params.serverWords).toBe('Overloaded, come back later');
  });

  test('BYE because of too many connections', async () => {
    const { failure } = await against((line) => line.send('* BYE Too many connections from your address\r\n'));
    expect(failure.code).toBe('server.throttled');
  });

  test('a server of another protocol', async () => {
    const { failure } = await against(async (line) => {
      await line.send('SSH-2.0-OpenSSH_9.2\r\n');
      await line.stall();
    });
    expect(failure.code).toBe('network.timeout');
  });

  test('TLS spoken to a server that does not', async () => {
    const server = await startScriptedServer((line) => line.send('* OK plain here\r\n'));
    const failure = await failureOf(hasty.openIncoming(signInTo(server.port, 'tls'), soon()));
    await server.stop();
    expect(failure.code).toBe('tls.failed');
  });
});

describe('at the sign-in', () => {
  const login = /^LOGIN/;
  const signInAnswered = (answer: string) => async (line: ScriptedLine) => {
    const tag = await serveUntil(line, login);
    await line.send(`${tag} ${answer}\r\n`);
    await line.stall();
  };

  test.each([
    ['NO [AUTHENTICATIONFAILED] Invalid credentials', 'auth.rejected'],
    ['NO LOGIN failed', 'auth.rejected'],
    ['NO [EXPIRED] The password has expired', 'auth.rejected'],
    ['NO [UNAVAILABLE] Directory is down', 'server.unavailable'],
    ['NO [LIMIT] Slow down', 'server.throttled'],
    ['NO Too many login attempts', 'server.throttled'],
    ['NO [PRIVACYREQUIRED] Use TLS', 'auth.not-encrypted'],
  ] as const)('%s', async (answer, code) => {
    const { failure } = await against(signInAnswered(answer));
    expect(failure.code).toBe(code);
  });

  test("the server's words are passed on without the account's name", async () => {
    const { failure } = await against(signInAnswered('NO [AUTHENTICATIONFAILED] User bob bob@example.com is blocked'));
    expect(failure.params.serverWords).toBe('User … …@example.com is blocked');
    expect(JSON.stringify(failure.params)).not.toContain('bob');
  });

  test('LOGINDISABLED: no password is sent', async () => {
    const offer = 'IMAP4rev1 STARTTLS LOGINDISABLED';
    const { failure, received } = await against((line) => serveUntil(line, /never/, { offer }).then(() => {}));
    expect(failure.code).toBe('auth.not-encrypted');
    expect(received).not.toContain(password);
  });

  test('silence after the password', async () => {
    const script = async (line: ScriptedLine): Promise<void> => {
      await serveUntil(line, login);
      await line.stall();
    };
    expect((await against(script)).failure.code).toBe('network.timeout');
  });
});

describe('STARTTLS asked for and not to be had', () => {
  const asked = async (script: (line: ScriptedLine) => Promise<void>) => {
    const server = await startScriptedServer(script);
    try {
      const failure = await failureOf(hasty.openIncoming(signInTo(server.port, 'starttls'), soon()));
      return { failure, received: server.received() };
    } finally {
      await server.stop();
    }
  };
  const serve = (offer: string) => (line: ScriptedLine) => serveUntil(line, /never/, { offer }).then(() => {});

  test('not offered: not a byte of the password', async () => {
    const { failure, received } = await asked(serve('IMAP4rev1 AUTH=PLAIN'));
    expect(failure.code).toBe('tls.starttls-missing');
    expect(received).toMatch(/CAPABILITY/);
    expect(received).not.toMatch(/LOGIN|AUTHENTICATE/);
  });

  test('offered and refused', async () => {
    const { failure, received } = await asked(async (line) => {
      const tag = await serveUntil(line, /^STARTTLS/, { offer: 'IMAP4rev1 STARTTLS' });
      await line.send(`${tag} NO not today\r\n`);
      await line.stall();
    });
    expect(failure.code).toBe('tls.starttls-missing');
    expect(received).not.toMatch(/LOGIN|AUTHENTICATE/);
  });

  test('a greeting that claims the sign-in is done', async () => {
    const { failure } = await asked((line) => line.send('* PREAUTH welcome\r\n').then(() => serve('IMAP4rev1')(line)));
    expect(failure.code).toBe('tls.starttls-missing');
  });

  test('control: asked to do without, the same server hears the password', async () => {
    const { received } = await against(async (line) => {
      const tag = await serveUntil(line, /^LOGIN/, { offer: 'IMAP4rev1' });
      await line.send(`${tag} NO LOGIN failed\r\n`);
    });
    expect(received).toContain(password);
  });
});

describe('while letters are loaded', () => {
  const fetched =
    (answer: string, then: (line: ScriptedLine) => Promise<void> | void) => async (line: ScriptedLine) => {
      await serveUntil(line, /^UID FETCH/);
      await line.send(answer);
      await then(line);
    };

  test.each([
    ['the line ends inside a letter', fetched(literal(100, 'half'), (line) => line.end()), 'network.dropped'],
    ['the line breaks inside a letter', fetched(literal(100, 'half'), (line) => line.reset()), 'network.dropped'],
    ['nothing more comes inside a letter', fetched(literal(100, 'half'), (line) => line.stall()), 'network.timeout'],
    ['BYE instead of the rest', fetched('* BYE Shutting down\r\n', (line) => line.stall()), 'server.unavailable'],
    ['four gigabytes announced', fetched(literal(4_294_967_295, ''), (line) => line.stall()), 'server.protocol'],
    [
      'a number that is none',
      fetched('* 1 FETCH (UID 9 BODY[] {99999999999999999999}\r\n', (l) => l.stall()),
      'server.protocol',
    ],
  ] as const)('%s', async (_, script, code) => {
    expect((await against(script, fetchOne)).failure.code).toBe(code);
  });

  test('NO without a better name, with the words', async () => {
    const script = async (line: ScriptedLine): Promise<void> => {
      const tag = await serveUntil(line, /^UID FETCH/);
      await line.send(`${tag} NO Mailbox is being moved\r\n`);
      await line.stall();
    };
    const { failure } = await against(script, fetchOne);
    expect(failure.code).toBe('server.refused');
    expect(failure.params.serverWords).toBe('Mailbox is being moved');
  });

  test('an answer for a letter that was not asked for, and one without a text, do no harm', async () => {
    const server = await startScriptedServer(async (line) => {
      const tag = await serveUntil(line, /^UID FETCH/);
      await line.send(`* 1 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (UID 9 FLAGS ())\r\n* 2 EXPUNGE\r\n`);
      await line.send(`${literal(4, 'A: b')})\r\n${tag} OK done\r\n`);
      await serveUntil(line, /^LOGOUT/, { greet: false });
    });
    const connector = await hasty.openIncoming(signInTo(server.port), soon());
    const folder = await connector.openFolder('INBOX', soon());
    expect(folder.uidValidity).toBe(7);
    expect(await fetchOne(folder)).toBe(1);
    await connector.close();
    await server.stop();
  });

  test('called off: it ends at once and the line is closed', async () => {
    const stop = new AbortController();
    const script = fetched(literal(100, 'half'), async (line) => {
      stop.abort();
      await line.stall();
    });
    const { failure } = await against(script, (folder) => readAll(folder.fetchLetters([9], stop.signal)));
    expect(failure.code).toBe('cancelled');
  });

  test('called off before it began', async () => {
    const failure = await failureOf(hasty.openIncoming(signInTo(1), AbortSignal.abort()));
    expect(failure.code).toBe('cancelled');
  });
});

describe('while waiting for news', () => {
  test('a line that ends is told', async () => {
    const script = async (line: ScriptedLine): Promise<void> => {
      await serveUntil(line, /^IDLE/);
      await line.send('+ idling\r\n');
      line.end();
    };
    const { failure } = await against(script, async (folder) => folder.waitForNews?.(soon()));
    expect(failure.code).toBe('network.dropped');
  });
});

test('waiting called off while the server does not listen is cancelled, and the line is closed', async () => {
  const stop = new AbortController();
  const script = async (line: ScriptedLine): Promise<void> => {
    await serveUntil(line, /^IDLE/);
    await line.send('+ idling\r\n');
    stop.abort();
    await line.expect(/^DONE/);
    await line.stall();
  };
  const { failure } = await against(script, async (folder) => folder.waitForNews?.(stop.signal));
  expect(failure.code).toBe('cancelled');
});

test('many folders one after another leave no listeners behind', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on('warning', note);
  const server = await startScriptedServer((line) => serveUntil(line, /^LOGOUT/).then(() => {}));
  const connector = await hasty.openIncoming(signInTo(server.port), soon());
  for (let round = 0; round < 15; round += 1) await connector.openFolder('INBOX', soon());
  await connector.close();
  await server.stop();
  process.off('warning', note);
  expect(warnings).toEqual([]);
});
