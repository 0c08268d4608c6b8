import { once } from 'node:events';
import { createConnection } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAnswerReader } from '../../src-main/connectors/pop3/answer-reader.ts';
import { generateMailbox } from '../bench/generate-mailbox.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { connectorsFor, imapOf, pop3Of, pop3To, soon } from './sign-in.ts';

const count = 500;
/** What POP3 is easily broken by, one kind for each letter in turn. */
const oddities = [
  '.',
  '..',
  '.\r\n.\r\n\r\n.',
  '.hidden { margin: .5em }\r\n...',
  'five.\n.\nsix.\r\n.',
  'bare\rreturns\r.\rand\n\nfeeds',
  '\xcb\xcf\xc9-8 and \xcf\xe8\xf1\xfc\xec\xee \x00\x01\xff',
  `${'x'.repeat(4096)}\r\n.${'y'.repeat(4096)}`,
  '',
  '.\r\n',
];

let dovecot: Dovecot;
const letters: string[] = [];
beforeAll(async () => {
  dovecot = await startDovecot();
  let at = 0;
  for (const { raw } of generateMailbox({ seed: 'pop3', letters: count, sizes: 'small' })) {
    const oddity = oddities[at % oddities.length] ?? '';
    letters.push(`${raw.toString('latin1').slice(0, 3_000)}\r\n${oddity}${at % 3 === 0 ? '' : '\r\n'}`);
    at += 1;
  }
  fillMaildir(
    dovecot,
    'bob',
    'INBOX',
    letters.map((raw) => ({ raw: Buffer.from(raw, 'latin1') })),
  );
});
afterAll(() => dovecot.stop());

/** Dovecot gives a bare LF its CR, and the last line its end, over POP3 as the protocol has it (RFC 1939, 3). */
function asServed(raw: string): string {
  const lines = raw.replace(/(?<!\r)\n/g, '\r\n');
  return lines.endsWith('\r\n') ? lines : `${lines}\r\n`;
}

async function loaded(port: number, login = 'bob'): Promise<readonly string[]> {
  const connector = await connectorsFor().openIncoming(pop3To(port, 'none', { login }), soon());
  try {
    const folder = await connector.openFolder('INBOX', soon());
    const uids = Array.from(await folder.listUids({ afterUid: 0, since: null }, soon()));
    const came: string[] = [];
    for await (const { raw } of folder.fetchLetters(uids, soon())) came.push(Buffer.from(raw).toString('latin1'));
    return came;
  } finally {
    await connector.close();
  }
}

/** What Dovecot sends as the answer to each RETR, as it stands on the wire. */
async function recorded(): Promise<readonly Buffer[]> {
  const socket = createConnection(dovecot.pop3Port, '127.0.0.1');
  let heard = '';
  const until = async (end: string): Promise<string> => {
    while (!heard.endsWith(end)) await once(socket, 'data');
    const all = heard;
    heard = '';
    return all;
  };
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1');
  });
  await until('\r\n');
  for (const line of ['USER bob', 'PASS secret']) {
    socket.write(`${line}\r\n`);
    await until('\r\n');
  }
  const answers: Buffer[] = [];
  for (let number = 1; number <= count; number += 1) {
    socket.write(`RETR ${number}\r\n`);
    // With its dots doubled no letter has this inside.
    answers.push(Buffer.from(await until('\r\n.\r\n'), 'latin1'));
  }
  socket.destroy();
  return answers;
}

test('five hundred letters with all that POP3 is broken by come as Dovecot has them', async () => {
  const came = await loaded(pop3Of(dovecot, 'none').endpoint.port);
  expect(came).toHaveLength(count);
  for (const [at, raw] of came.entries()) expect(raw, `letter ${at}`).toBe(asServed(letters[at] ?? ''));
});

test('a letter that ends with its line is the same over IMAP, so it is known when a mailbox changes its protocol', async () => {
  const connector = await connectorsFor().openIncoming(imapOf(dovecot, 'none'), soon());
  const folder = await connector.openFolder('INBOX', soon());
  // IMAP has no way to say a zero byte (RFC 3501, 4.3.1).
  const sayable = (raw = '') => raw.endsWith('\n') && !raw.includes('\0');
  const uids = Array.from({ length: count }, (_, at) => at + 1).filter((uid) => sayable(letters[uid - 1]));
  expect(uids.length).toBeGreaterThan(250);
  for await (const { uid, raw } of folder.fetchLetters(uids, soon()))
    expect(Buffer.from(raw).toString('latin1')).toBe(asServed(letters[uid - 1] ?? ''));
  await connector.close();
});

test('cut at every size from 1 to 64 bytes, all five hundred come out the same', async () => {
  const answers = await recorded();
  for (let size = 1; size <= 64; size += 1) {
    for (const [at, answer] of answers.entries()) {
      const reader = createAnswerReader();
      const whole = reader.expect({ mostBytes: 1_000_000 });
      for (let from = 0; from < answer.length; from += size) reader.feed(answer.subarray(from, from + size));
      const { status, text } = await whole;
      expect(status).toMatch(/^\+OK \d+ octets$/);
      if (text?.toString('latin1') !== asServed(letters[at] ?? '')) expect.fail(`letter ${at} cut at ${size}`);
      expect(reader.surplus).toBe(false);
    }
  }
});

test('over a line that brings from 1 to 64 bytes at a time a whole session goes as ever', async () => {
  const few = letters.slice(0, oddities.length).map((raw) => raw.slice(-400));
  fillMaildir(
    dovecot,
    'sliced',
    'INBOX',
    few.map((raw) => ({ raw: Buffer.from(raw, 'latin1') })),
  );
  const proxy = await startFaultProxy(dovecot.pop3Port);
  try {
    for (let bytes = 1; bytes <= 64; bytes += 1) {
      proxy.set({ kind: 'slice', bytes });
      expect(await loaded(proxy.port, 'sliced'), `${bytes} at a time`).toEqual(few.map(asServed));
    }
  } finally {
    await proxy.stop();
  }
  expect(proxy.connections).toBe(64);
});
