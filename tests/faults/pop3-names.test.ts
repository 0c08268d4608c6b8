import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { addMailbox, lettersOf } from '../bad-input/main-process.ts';
import { type DropLetter, type ScriptedMaildrop, serveMaildrop } from '../support/scripted-maildrop.ts';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';
import { type CollectingConsole, expectAllOnce, loadOne, openCollecting, ticketLetters } from './collecting-console.ts';
import { smallLetter } from './small-letter.ts';

let drop: ScriptedMaildrop;
let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer((line) => serveMaildrop(line, drop));
});
afterAll(() => server?.stop());

const raws = ['one', 'two', 'three', 'four'].map((subject) => smallLetter(subject));
const named = (names: readonly (string | null)[]): readonly DropLetter[] =>
  names.map((uidl, at) => ({ uidl, raw: raws[at] ?? '' }));

const addDrop = (main: CollectingConsole, user: string): Promise<Mailbox> =>
  addMailbox(main, { user, port: server.port, endpoint: { protocol: 'pop3' } });

/** A pass over a mailbox whose letters are called so; all that it holds are there once, and unexplained is nothing. */
async function passOver(main: CollectingConsole, mailbox: Mailbox, letters: readonly DropLetter[]) {
  drop = { ...drop, letters };
  const report = await loadOne(main, mailbox);
  expect(report).toMatchObject({ problem: null, unexplained: 0 });
  return report;
}

test('names that stay bring each letter once, and nothing is asked for twice', async () => {
  await using main = await openCollecting();
  const mailbox = await addDrop(main, 'steady');
  await passOver(main, mailbox, named(['a', 'b', 'c', 'd']));
  const before = server.received().match(/RETR/g)?.length;
  await passOver(main, mailbox, named(['a', 'b', 'c', 'd']).toReversed());
  expect(server.received().match(/RETR/g)?.length).toBe(before);
  await expectAllOnce(main, mailbox, raws);
});

test('names that all change bring no letter and no ticket twice', async () => {
  await using main = await openCollecting();
  const mailbox = await addDrop(main, 'renamed');
  await passOver(main, mailbox, named(['a', 'b', 'c']));
  for (const names of [
    ['p', 'q', 'r'],
    ['1', '2', '3', '4'],
    ['4', '3', '2', '1'],
  ])
    await passOver(main, mailbox, named(names));
  await expectAllOnce(main, mailbox, raws);
  const [balance] = await main.call('ledger.recount', { mailboxId: mailbox.id });
  expect(balance).toMatchObject({ onServer: 4, inLedger: 4, unexplained: [] });
});

test('names of which some change bring no letter and no ticket twice', async () => {
  await using main = await openCollecting();
  const mailbox = await addDrop(main, 'half-renamed');
  await passOver(main, mailbox, named(['a', 'b', 'c', 'd']));
  await passOver(main, mailbox, named(['a', 'x', 'c', 'y']));
  await expectAllOnce(main, mailbox, raws);
});

test('names that are given to several letters lose none of them', async () => {
  await using main = await openCollecting();
  const mailbox = await addDrop(main, 'twins');
  await passOver(main, mailbox, named(['same', 'same', 'same', 'd']));
  await passOver(main, mailbox, named(['same', 'same', 'same', 'd']));
  await expectAllOnce(main, mailbox, raws);
});

test('names that are given again to the next letter bring it, where we had deleted the one before', async () => {
  await using main = await openCollecting();
  const plan = { user: 'reused', port: server.port, endpoint: { protocol: 'pop3' } as const };
  const mailbox = await addMailbox(main, { ...plan, afterwards: { kind: 'delete', afterDays: 0 } });
  for (const raw of raws) {
    expect(await passOver(main, mailbox, [{ uidl: '1', raw }])).toMatchObject({ effectsDone: 1 });
    expect(drop.letters).toEqual([]);
  }
  await expectAllOnce(main, mailbox, raws);
});

test('a letter that is there again though we have deleted it is no other letter', async () => {
  await using main = await openCollecting();
  const plan = { user: 'revenant', port: server.port, endpoint: { protocol: 'pop3' } as const };
  const mailbox = await addMailbox(main, { ...plan, afterwards: { kind: 'delete', afterDays: 0 } });
  await passOver(main, mailbox, named(['a', 'b']));
  await passOver(main, mailbox, named(['a', 'b', 'c']));
  await passOver(main, mailbox, named(['a', 'b']));
  await expectAllOnce(main, mailbox, raws.slice(0, 3));
});

test('names that are missing bring each letter once all the same, whether of some or of all', async () => {
  await using main = await openCollecting();
  const mailbox = await addDrop(main, 'nameless');
  await passOver(main, mailbox, named(['a', null, 'c', null]));
  await passOver(main, mailbox, named(['a', null, 'c', null]));
  await expectAllOnce(main, mailbox, raws);
  drop = { ...drop, replies: [[/^UIDL/, '-ERR what\r\n']] };
  await passOver(main, mailbox, named([null, null, null, null]));
  await passOver(main, mailbox, named([null, null, null, null]));
  await expectAllOnce(main, mailbox, raws);
  drop = { letters: [] };
});

test('letters with neither name nor header are loaded by no guess: the mailbox says what the server lacks', async () => {
  drop = { letters: named(['a']), replies: [[/^(UIDL|TOP)/, '-ERR what\r\n']] };
  await using main = await openCollecting();
  const mailbox = await addDrop(main, 'bare');
  const { problem } = await loadOne(main, mailbox);
  expect(problem).toMatchObject({ code: 'server.unsupported', params: { serverWords: 'UIDL, TOP' } });
  expect(await lettersOf(main, mailbox)).toEqual([]);
  drop = { letters: [] };
});

test('letters of a size that was announced wrong come whole, once, and in one ticket each', async () => {
  await using main = await openCollecting();
  const mailbox = await addDrop(main, 'sizes');
  const wrong = [1, 0, 5_000, 300_000];
  const letters = named(['a', 'b', 'c', 'd']).map((letter, at) => ({ ...letter, announced: wrong[at] ?? 0 }));
  await passOver(main, mailbox, letters);
  await passOver(main, mailbox, letters);
  await expectAllOnce(main, mailbox, raws);
});

test('a listing that is empty for once loses nothing and brings nothing twice', async () => {
  await using main = await openCollecting();
  const mailbox = await addDrop(main, 'blinking');
  await passOver(main, mailbox, named(['a', 'b', 'c', 'd']));
  await passOver(main, mailbox, []);
  expect(await ticketLetters(main, mailbox)).toHaveLength(4);
  await passOver(main, mailbox, named(['a', 'b', 'c', 'd']));
  await expectAllOnce(main, mailbox, raws);
});
