import Pop3 from 'node-pop3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAnswerReader } from '../../src-main/connectors/pop3/answer-reader.ts';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

/** Each defect of node-pop3 0.11.0 for which its reading is not used (decision 10), and the same bytes read by ours. */
interface Cut {
  readonly what: string;
  readonly chunks: readonly string[];
  readonly letter: string;
  /** What the library makes of it; `null`: it waits for an end that has come already. */
  readonly library: string | null;
}

const cuts: readonly Cut[] = [
  {
    what: 'an end that comes in two pieces is waited for for ever',
    chunks: ['+OK\r\nabc', '\r\n.', '\r\n'],
    letter: 'abc\r\n',
    library: null,
  },
  {
    what: 'an end whose last byte comes by itself is waited for for ever',
    chunks: ['+OK\r\nabc', '\r\n.\r', '\n'],
    letter: 'abc\r\n',
    library: null,
  },
  {
    what: 'a dot that comes by itself ends the letter',
    chunks: ['+OK\r\ncosts 5', '.', '00 each\r\n.\r\n'],
    letter: 'costs 5.00 each\r\n',
    library: 'costs 5',
  },
  {
    what: 'the end of a sentence that comes by itself ends the letter',
    chunks: ['+OK\r\nThe end', '.\r\n', 'And more\r\n.\r\n'],
    letter: 'The end.\r\nAnd more\r\n',
    library: 'The end',
  },
  {
    what: 'dots stay doubled',
    chunks: ['+OK\r\na\r\n..b\r\n...\r\n.\r\n'],
    letter: 'a\r\n.b\r\n..\r\n',
    library: 'a\r\n..b\r\n...',
  },
  {
    what: 'bytes that are not UTF-8 are lost',
    chunks: ['+OK\r\n\xcb\xcf\xc9-8\r\n.\r\n'],
    letter: '\xcb\xcf\xc9-8\r\n',
    library: '\ufffd\ufffd\ufffd-8',
  },
  {
    what: 'a status that comes in two pieces becomes part of the letter',
    chunks: ['+O', 'K 5 octets\r\nabc\r\n.\r\n'],
    letter: 'abc\r\n',
    library: 'OK 5 octets\r\nabc',
  },
];

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer(async (line) => {
    await line.send('+OK\r\n');
    await line.stall();
  });
});
afterAll(() => server.stop());

/** The library over a real line, on which the answer to RETR comes in exactly these pieces. */
async function byLibrary(chunks: readonly string[]): Promise<string | null> {
  const library = new Pop3({ host: '127.0.0.1', port: server.port, user: '', password: '' });
  await library.connect();
  const socket = library._socket;
  try {
    const answer = library.command('RETR', 1);
    await Promise.resolve();
    for (const chunk of chunks) socket?.emit('data', Buffer.from(chunk, 'latin1'));
    if (library._stream !== null) return null;
    const [, stream] = await answer;
    return (await Pop3.stream2String(stream)) as string;
  } finally {
    socket?.destroy();
  }
}

async function byOurs(chunks: readonly string[]): Promise<string | undefined> {
  const reader = createAnswerReader();
  const answer = reader.expect({ mostBytes: 1_000 });
  for (const chunk of chunks) reader.feed(Buffer.from(chunk, 'latin1'));
  return (await answer).text?.toString('latin1');
}

test.each(cuts)('where by the library $what, the letter comes whole', async ({ chunks, letter, library }) => {
  expect(await byOurs(chunks)).toBe(letter);
  expect(await byLibrary(chunks)).toBe(library);
});

test('what comes in one piece is read by the library as well, but for the end of its last line', async () => {
  expect(await byLibrary(['+OK\r\nabc\r\n.\r\n'])).toBe('abc');
});

test('the library has no word for what a server offers, for encryption on the way and for other ways to sign in', () => {
  expect(['CAPA', 'STLS', 'AUTH', 'APOP'].filter((name) => name in Pop3.prototype)).toEqual([]);
});
