import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { addMailbox, subjectsOf } from '../bad-input/main-process.ts';
import { type ScriptedMaildrop, serveMaildrop } from '../support/scripted-maildrop.ts';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';
import { type CollectingConsole, loadOne, openCollecting } from './collecting-console.ts';
import { smallLetter } from './small-letter.ts';

// A POP3 server may give a name again once its letter is gone (RFC 1939, 7), and some do at once: what is deleted under a name has to be the letter that was loaded under it.
const [a, b, c] = [smallLetter('a'), smallLetter('b'), smallLetter('c')];
let drop: ScriptedMaildrop;
let server: ScriptedServer;
let heard: string[];
beforeAll(async () => {
  server = await startScriptedServer((line) => {
    const nextLine = async () => {
      const asked = await line.nextLine();
      heard.push(asked);
      return asked;
    };
    return serveMaildrop({ ...line, nextLine }, drop);
  });
});
afterAll(() => server?.stop());
beforeEach(() => {
  heard = [];
  drop = {
    letters: [
      { uidl: '1', raw: a },
      { uidl: '2', raw: b },
    ],
  };
});

const addQueue = (main: CollectingConsole, user: string): Promise<Mailbox> =>
  addMailbox(main, {
    user,
    port: server.port,
    endpoint: { protocol: 'pop3' },
    afterwards: { kind: 'delete', afterDays: 0 },
  });
const there = () => drop.letters.map(({ raw }) => raw);
const commands = (name: string) => heard.filter((line) => line.startsWith(name));

test('a name that is given again after a QUIT whose answer was lost brings its new letter', async () => {
  await using main = await openCollecting();
  const mailbox = await addQueue(main, 'unanswered');
  drop.replies = [
    [
      /^QUIT/,
      async (line) => {
        drop.letters = [];
        line.reset();
      },
    ],
  ];
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: { code: 'network.dropped' } });
  drop = { letters: [{ uidl: '1', raw: c }] };
  await loadOne(main, mailbox);
  expect(there()).toEqual([c]);
  await loadOne(main, mailbox);
  expect(await subjectsOf(main, mailbox)).toEqual(['a', 'b', 'c']);
  expect(there()).toEqual([]);
});

test('a name whose letter somebody else took away and that was given again is not deleted unread', async () => {
  await using main = await openCollecting();
  const mailbox = await addQueue(main, 'taken');
  // Loaded, and the line is lost before anything is deleted.
  drop.replies = [[/^DELE/, async (line) => line.reset()]];
  await loadOne(main, mailbox);
  drop = {
    letters: [
      { uidl: '1', raw: c },
      { uidl: '2', raw: b },
    ],
  };
  heard = [];
  await loadOne(main, mailbox);
  expect(there()).toEqual([c]);
  // A header each, and no text: nothing is loaded twice to be sure.
  expect([commands('TOP').length, commands('RETR').length]).toEqual([2, 0]);
  await loadOne(main, mailbox);
  expect(await subjectsOf(main, mailbox)).toEqual(['a', 'b', 'c']);
  expect(there()).toEqual([]);
});

test('of several deletions of which one is refused the others are known to be done, and their names are free', async () => {
  await using main = await openCollecting();
  const mailbox = await addQueue(main, 'refused');
  drop.replies = [[/^DELE 1/, '-ERR not this one\r\n']];
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: null, effectsDone: 1, effectsFailed: 1 });
  drop.letters = [...drop.letters, { uidl: '2', raw: c }];
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: null, effectsDone: 1, effectsFailed: 0 });
  expect(await subjectsOf(main, mailbox)).toEqual(['a', 'b', 'c']);
  expect(there()).toEqual([a]);
});

test('a refused deletion that a person has tried again does not take the letter that has the name now', async () => {
  await using main = await openCollecting();
  const mailbox = await addQueue(main, 'again');
  drop.replies = [[/^DELE 1/, '-ERR not this one\r\n']];
  await loadOne(main, mailbox);
  drop = { letters: [{ uidl: '1', raw: c }] };
  const failed = await main.call('effects.list', { mailboxId: mailbox.id, states: ['failed'], limit: 10 });
  const effectIds = failed.flatMap(({ effect }) => effect?.id ?? []);
  expect(effectIds).toHaveLength(1);
  await main.call('effects.retry', { effectIds });
  await loadOne(main, mailbox);
  expect(there()).toEqual([c]);
  await loadOne(main, mailbox);
  expect(await subjectsOf(main, mailbox)).toEqual(['a', 'b', 'c']);
});

test.each([
  ['an id without brackets', (raw: string) => raw.replace(/^Message-ID: <(.*)>/m, 'Message-ID: $1'), 0],
  ['no id and a size that LIST counts otherwise', (raw: string) => raw.replace(/^Message-ID: .*\r\n/m, ''), 7],
])('a letter with %s is recognised, or read again, and deleted in the end', async (_, changed, more) => {
  await using main = await openCollecting();
  const mailbox = await addQueue(main, `odd-${more}`);
  const raw = changed(a);
  drop = {
    letters: [{ uidl: '1', raw, announced: raw.length + more }],
    replies: [[/^QUIT/, async (line) => line.reset()]],
  };
  await loadOne(main, mailbox);
  drop.replies = [];
  for (let pass = 0; pass < 2; pass += 1) await loadOne(main, mailbox);
  expect(there()).toEqual([]);
  expect(await subjectsOf(main, mailbox)).toEqual(['a']);
});

test('without TOP the letter itself is read to be sure', async () => {
  await using main = await openCollecting();
  const mailbox = await addQueue(main, 'topless');
  drop = { ...drop, offer: ['UIDL', 'USER'], replies: [[/^DELE/, async (line) => line.reset()]] };
  await loadOne(main, mailbox);
  drop = { offer: ['UIDL', 'USER'], letters: [{ uidl: '1', raw: c }] };
  await loadOne(main, mailbox);
  expect(there()).toEqual([c]);
  await loadOne(main, mailbox);
  expect(await subjectsOf(main, mailbox)).toEqual(['a', 'b', 'c']);
});

test('a server that deletes what was read at QUIT (EXPIRE 0) keeps what was not to be deleted', async () => {
  await using main = await openCollecting();
  const mailbox = await addQueue(main, 'expire');
  const nobody = smallLetter('nobody').replace(/^From:.*\r\n/m, '');
  const read = new Set<string>();
  const offer = ['TOP', 'UIDL', 'USER', 'EXPIRE 0'];
  drop = {
    offer,
    letters: [
      { uidl: '1', raw: a },
      { uidl: '2', raw: nobody },
    ],
    replies: [
      [
        /^USER/,
        (_line, usual) => {
          read.clear();
          return usual();
        },
      ],
      [
        /^RETR/,
        (_line, usual) => {
          read.add(drop.letters[Number(heard.at(-1)?.split(' ')[1]) - 1]?.raw ?? '');
          return usual();
        },
      ],
      [
        /^QUIT/,
        async (_line, usual) => {
          await usual();
          drop.letters = drop.letters.filter(({ raw }) => !read.has(raw));
        },
      ],
    ],
  };
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: null, effectsDone: 1 });
  expect(await subjectsOf(main, mailbox)).toEqual(['a', 'nobody']);
  expect(there()).toEqual([nobody]);
});
