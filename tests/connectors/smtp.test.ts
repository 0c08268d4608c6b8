import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { freePorts } from '../support/free-ports.ts';
import { type ScriptedLine, startScriptedServer } from '../support/scripted-server.ts';
import { connectorsFor, failureOf, password, signInTo, soon } from './sign-in.ts';

const raw = Buffer.from('From: bob@localhost\r\nSubject: x\r\n\r\n.dot\r\n..\r\nприёмка\r\n');
const letter = { from: 'bob@localhost', to: ['carol@localhost', 'dan@localhost'], raw };
const times = { connect: 2_000, greeting: 300, answer: 2_000, silence: 400, letter: 800, farewell: 100 };
const hasty = connectorsFor([], times);

describe('through a real server', () => {
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await startDovecot({ submitted: 'keep' });
  });
  afterAll(() => dovecot.stop());

  test.each(['none', 'starttls'] as const)('with encryption %s a letter arrives byte for byte', async (encryption) => {
    const from = `${encryption}@localhost`;
    const receipt = await connectorsFor([dovecot.caPem]).submitLetter(
      signInTo(dovecot.submissionPort, encryption),
      { ...letter, from },
      soon(),
    );
    expect(receipt.refused).toEqual([]);
    expect(receipt.serverWords).toMatch(/^250/);
    const arrived = await dovecot.relay.next((one) => one.from === from);
    expect(arrived.to).toEqual(letter.to);
    // Dovecot puts its Received line before it.
    expect(arrived.raw.subarray(-raw.length).equals(raw)).toBe(true);
  });

  test('a wrong password is told', async () => {
    const signIn = { ...signInTo(dovecot.submissionPort, 'starttls'), password: 'wrong' };
    expect((await failureOf(connectorsFor([dovecot.caPem]).submitLetter(signIn, letter, soon()))).code).toBe(
      'auth.rejected',
    );
  });

  test('a relay that wants no sign-in gets none', async () => {
    const signIn = signInTo(dovecot.relay.port, 'none', { signIn: 'none', login: '' });
    const receipt = await hasty.submitLetter(signIn, { ...letter, from: 'relay@localhost' }, soon());
    expect(receipt.serverWords).toMatch(/^250/);
    const arrived = await dovecot.relay.next((one) => one.from === 'relay@localhost');
    expect(arrived.raw.equals(raw)).toBe(true);
  });

  test('a large letter arrives whole', async () => {
    const large = Buffer.concat([
      raw,
      Buffer.alloc(5_000_000, 'abcdefghijklmnopqrstuvwxyz0123456789\r\n'),
      Buffer.from('\r\n'),
    ]);
    const signIn = signInTo(dovecot.relay.port, 'none', { signIn: 'none' });
    await connectorsFor().submitLetter(signIn, { ...letter, from: 'large@localhost', raw: large }, soon());
    const arrived = await dovecot.relay.next((one) => one.from === 'large@localhost');
    expect(arrived.raw.equals(large)).toBe(true);
  });
});

/** Takes the letter's envelope, answering each recipient as told; `to` is the step it is left at. */
async function greet(line: ScriptedLine, ...offers: readonly string[]): Promise<void> {
  await line.send('220 ready\r\n');
  await line.expect(/^EHLO/);
  const lines = ['here', ...(offers.length > 0 ? offers : ['AUTH PLAIN'])];
  await line.send(lines.map((text, at) => `250${at < lines.length - 1 ? '-' : ' '}${text}\r\n`).join(''));
}

async function signedIn(line: ScriptedLine, ...offers: readonly string[]): Promise<void> {
  await greet(line, ...offers);
  await line.expect(/^AUTH PLAIN/);
  await line.send('235 welcome\r\n');
}

async function envelope(line: ScriptedLine, answers: readonly string[] = ['250 yes', '250 yes']): Promise<void> {
  await signedIn(line);
  await line.expect(/^MAIL FROM:<bob@localhost>/);
  await line.send('250 yes\r\n');
  for (const answer of answers) {
    await line.expect(/^RCPT TO:/);
    await line.send(`${answer}\r\n`);
  }
}

async function text(line: ScriptedLine): Promise<void> {
  await envelope(line);
  await line.expect(/^DATA/);
  await line.send('354 go on\r\n');
  await line.readUntil('\r\n.\r\n');
}

type Script = (line: ScriptedLine) => Promise<void>;
const answering =
  (before: Script, command: RegExp, answer: string): Script =>
  async (line) => {
    await before(line);
    await line.expect(command);
    await line.send(`${answer}\r\n`);
    await line.stall();
  };

async function submitTo(script: Script, encryption: 'none' | 'starttls' = 'none', what = letter) {
  const server = await startScriptedServer(script);
  try {
    const failure = await failureOf(hasty.submitLetter(signInTo(server.port, encryption), what, soon()));
    return { failure, received: server.received() };
  } finally {
    await server.stop();
  }
}

describe('answers', () => {
  test.each<readonly [string, Script, string]>([
    ['a greeting that refuses', (line) => line.send('554 no service\r\n').then(() => line.stall()), 'server.refused'],
    [
      'a greeting that asks to come back',
      (line) => line.send('421 busy\r\n').then(() => line.stall()),
      'server.unavailable',
    ],
    ['password refused', answering(greet, /^AUTH/, '535 5.7.8 Bad credentials'), 'auth.rejected'],
    ['sign-in down', answering(greet, /^AUTH/, '454 4.7.0 Temporary failure'), 'server.throttled'],
    ['encryption wanted', answering(greet, /^AUTH/, '538 Encryption required'), 'auth.not-encrypted'],
    ['sign-in wanted', answering(signedIn, /^MAIL/, '530 5.7.1 Authentication required'), 'auth.rejected'],
    [
      'STARTTLS wanted',
      answering(signedIn, /^MAIL/, '530 5.7.0 Must issue a STARTTLS command first'),
      'auth.not-encrypted',
    ],
    ['sender refused', answering(signedIn, /^MAIL/, '550 5.7.60 Not allowed to send as this sender'), 'server.refused'],
    ['too many letters', answering(signedIn, /^MAIL/, '450 4.7.1 Rate limit exceeded'), 'server.throttled'],
    ['too large', answering(signedIn, /^MAIL/, '552 5.3.4 Message size exceeds limit'), 'message.too-large'],
    [
      'all recipients unknown',
      (line) => envelope(line, ['550 5.1.1 no', '550 5.1.1 no']).then(() => line.stall()),
      'recipient.refused',
    ],
    [
      'all recipients later',
      (line) => envelope(line, ['450 4.2.0 greylisted', '450 greylisted']).then(() => line.stall()),
      'server.throttled',
    ],
    [
      'one unknown and one later: later',
      (line) => envelope(line, ['550 no', '451 later']).then(() => line.stall()),
      'server.unavailable',
    ],
    ['text refused', refusedText('554 5.7.1 Spam'), 'server.refused'],
    ['text too large', refusedText('552 5.3.4 Too big'), 'message.too-large'],
    ['text put off', refusedText('451 4.3.0 Try later'), 'server.unavailable'],
  ])('%s', async (_, script, code) => {
    const { failure } = await submitTo(script);
    expect(failure.code).toBe(code);
    expect(failure.params.serverWords).toMatch(/^[45]\d\d/);
  });

  test("a refused recipient: the server's words, without the address", async () => {
    const words = '550 5.1.1 <carol@localhost>: user unknown';
    const { failure } = await submitTo((line) => envelope(line, [words, words]).then(() => line.stall()));
    expect(failure.params.serverWords).toBe('550 5.1.1 <…@localhost>: user unknown');
  });

  test('some recipients refused: the letter goes to the others and the receipt names the rest', async () => {
    const server = await startScriptedServer(async (line) => {
      await envelope(line, ['550 5.1.1 unknown', '250 yes']);
      await line.expect(/^DATA/);
      await line.send('354 go on\r\n');
      expect(await line.readUntil('\r\n.\r\n')).toContain('..dot\r\n');
      await line.send('250 2.0.0 queued as 42\r\n');
      await line.expect(/^QUIT/);
    });
    expect(await hasty.submitLetter(signInTo(server.port), letter, soon())).toEqual({
      serverWords: '250 2.0.0 queued as 42',
      refused: [{ address: 'carol@localhost', serverWords: '550 5.1.1 unknown', code: 'recipient.refused' }],
    });
    await server.stop();
  });

  test.each([
    ['asked for where they are offered', ['AUTH PLAIN', 'DSN'], ' RET=HDRS ENVID=mailroom-7', ' NOTIFY=FAILURE,DELAY'],
    ['not asked for elsewhere', ['AUTH PLAIN'], '', ''],
  ])('reports of failure and delay are %s', async (_what, offers, ofLetter, ofRecipient) => {
    const server = await startScriptedServer(async (line) => {
      await signedIn(line, ...offers);
      for (let commands = 0; commands < 3; commands += 1) {
        await line.expect(/^(MAIL|RCPT)/);
        await line.send('250 yes\r\n');
      }
      await line.expect(/^DATA/);
      await line.send('354 go on\r\n');
      await line.readUntil('\r\n.\r\n');
      await line.send('250 ok\r\n');
      await line.expect(/^QUIT/);
    });
    await hasty.submitLetter(signInTo(server.port), { ...letter, envelopeId: 'mailroom-7' }, soon());
    const received = server.received();
    await server.stop();
    expect(received).toMatch(new RegExp(`^MAIL FROM:<bob@localhost>${ofLetter}( SIZE=\\d+)?( BODY=8BITMIME)?\r$`, 'm'));
    expect(received).toContain(`RCPT TO:<carol@localhost>${ofRecipient}\r\n`);
    expect(received).toContain(`RCPT TO:<dan@localhost>${ofRecipient}\r\n`);
  });

  test("a size above the server's own limit is not even offered", async () => {
    const { failure, received } = await submitTo(async (line) => {
      await signedIn(line, 'AUTH PLAIN', 'SIZE 10');
      await line.stall();
    });
    expect(failure.code).toBe('message.too-large');
    expect(received).not.toContain('DATA');
  });
});

function refusedText(answer: string): Script {
  return async (line) => {
    await text(line);
    await line.send(`${answer}\r\n`);
    await line.stall();
  };
}

describe('a line that is lost', () => {
  test('with nobody listening', async () => {
    const [port = 0] = await freePorts(1);
    expect((await failureOf(hasty.submitLetter(signInTo(port), letter, soon()))).code).toBe('network.unreachable');
  });

  test.each<readonly [string, Script, string]>([
    ['at the greeting', async (line) => line.end(), 'network.dropped'],
    ['at the sign-in', (line) => greet(line).then(() => line.end()), 'network.dropped'],
    ['after the envelope', (line) => envelope(line).then(() => line.reset()), 'network.dropped'],
    ['silent at the greeting', (line) => line.stall(), 'network.timeout'],
    ['silent after the envelope', (line) => envelope(line).then(() => line.stall()), 'network.timeout'],
    ['after the text, before the answer', (line) => text(line).then(() => line.end()), 'delivery.unknown'],
    ['broken after the text', (line) => text(line).then(() => line.reset()), 'delivery.unknown'],
    ['silent after the text', (line) => text(line).then(() => line.stall()), 'delivery.unknown'],
  ])('%s', async (_, script, code) => {
    expect((await submitTo(script)).failure.code).toBe(code);
  });

  test('in the middle of a long text: the server cannot have it', async () => {
    const long = { ...letter, raw: Buffer.concat([raw, Buffer.alloc(20_000_000, 'long \r\n')]) };
    const script: Script = async (line) => {
      await envelope(line);
      await line.expect(/^DATA/);
      await line.send('354 go on\r\n');
      await line.readUntil('long');
      line.reset();
    };
    expect((await submitTo(script, 'none', long)).failure.code).toBe('network.dropped');
  });

  test('called off before the text: cancelled; after it: unknown', async () => {
    for (const [script, code] of [
      [envelope, 'cancelled'],
      [text, 'delivery.unknown'],
    ] as const) {
      const stop = new AbortController();
      const server = await startScriptedServer(async (line) => {
        await script(line);
        stop.abort();
        await line.stall();
      });
      expect((await failureOf(hasty.submitLetter(signInTo(server.port), letter, stop.signal))).code).toBe(code);
      await server.stop();
    }
  });
});

describe('STARTTLS asked for', () => {
  test('and not offered: not a byte of the password', async () => {
    const { failure, received } = await submitTo(async (line) => {
      await greet(line);
      await line.expect(/^STARTTLS/);
      await line.send('502 5.5.1 unknown command\r\n');
      await line.stall();
    }, 'starttls');
    expect(failure.code).toBe('tls.starttls-missing');
    expect(received).not.toMatch(/AUTH/);
  });

  test('control: asked to do without, the same server hears the password', async () => {
    const { received } = await submitTo(answering(greet, /^AUTH/, '535 no'));
    expect(received).toContain(Buffer.from(`\0bob\0${password}`).toString('base64'));
  });

  test('a server that hides AUTH until then', async () => {
    const { failure } = await submitTo((line) => greet(line, 'STARTTLS').then(() => line.stall()));
    expect(failure.code).toBe('auth.not-encrypted');
  });
});
