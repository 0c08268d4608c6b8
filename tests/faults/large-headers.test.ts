import { expect, test } from 'vitest';
import { subjectsOf } from '../bad-input/main-process.ts';
import type { HeldLetter, Interpose, ScriptedMailbox } from '../support/scripted-mailbox.ts';
import { loadOne } from './collecting-console.ts';
import { createInboxes, numbered } from './scripted-inbox.ts';
import { smallLetters } from './small-letter.ts';

// Of a letter that is too large only the header is loaded: where the server does not give it, that letter is in trouble and no other.
const inboxes = createInboxes({ connectionTimes: { silence: 500, farewell: 200 } });
const huge = ({ uid }: HeldLetter): number => (uid === 2 ? 200 * 1024 * 1024 : 300);
const box = (changes: Partial<ScriptedMailbox> = {}): ScriptedMailbox => ({
  uidValidity: 7,
  letters: numbered(smallLetters(['a', 'b', 'c'])),
  sizeOf: huge,
  ...changes,
});
const asksForHeader = (text: string): boolean => text.includes('BODY.PEEK[HEADER]');

test.each<readonly [string, Interpose]>([
  [
    'a no',
    async ({ tag, text }, line) => {
      if (!asksForHeader(text)) return false;
      await line.send(`${tag} NO Some messages could not be FETCHed\r\n`);
      return true;
    },
  ],
  [
    'a reset',
    async ({ text }, line) => {
      if (!asksForHeader(text)) return false;
      line.reset();
      return true;
    },
  ],
  [
    'silence',
    async ({ text }, line) => {
      if (!asksForHeader(text)) return false;
      await line.stall();
      return true;
    },
  ],
])('a header that is answered with %s holds up no other letter', async (_, interpose) => {
  const { main, mailbox } = await inboxes.add(box(), interpose);
  await loadOne(main, mailbox);
  expect(await subjectsOf(main, mailbox)).toEqual(['a', 'c']);
  // In the end it is put aside, and the mailbox works.
  for (let pass = 0; pass < 5; pass += 1) await loadOne(main, mailbox);
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: null, folders: [{ problem: null, loaded: 2 }] });
  const [balance] = await main.call('ledger.balances', { mailboxId: mailbox.id });
  expect(balance?.counts).toMatchObject({ stored: 2, refused: 1 });
});

test('a header that is simply not given is told of, and asked for again until it comes', async () => {
  let mended = false;
  const { main, mailbox } = await inboxes.add(
    box({ capabilities: 'IMAP4rev1 CONDSTORE' }),
    async ({ text, tag }, line) => {
      if (text.startsWith('STATUS')) {
        const status = '(MESSAGES 3 UIDNEXT 4 UIDVALIDITY 7 UNSEEN 3 HIGHESTMODSEQ 5)';
        await line.send(`* STATUS INBOX ${status}\r\n${tag} OK done\r\n`);
        return true;
      }
      if (mended || !asksForHeader(text)) return false;
      await line.send(`${tag} OK done\r\n`);
      return true;
    },
  );
  expect(await loadOne(main, mailbox)).toMatchObject({ folders: [{ loaded: 2, failed: 1, unchanged: false }] });
  mended = true;
  expect(await loadOne(main, mailbox)).toMatchObject({ folders: [{ failed: 0, unchanged: false }] });
  expect(await subjectsOf(main, mailbox)).toEqual(['a', 'b', 'c']);
});

test('a letter whose size breaks the line holds up no other', async () => {
  const names = (text: string): boolean => {
    const [, set = ''] = /^UID FETCH (\S+) \(UID RFC822\.SIZE\)/.exec(text) ?? [];
    return set.split(',').some((range) => {
      const [first = 0, last = first] = range.split(':').map(Number);
      return first <= 2 && 2 <= last;
    });
  };
  const { main, mailbox } = await inboxes.add(box({ sizeOf: () => 300 }), async ({ text }, line) => {
    if (!names(text)) return false;
    line.reset();
    return true;
  });
  for (let pass = 0; pass < 4; pass += 1) await loadOne(main, mailbox);
  expect(await subjectsOf(main, mailbox)).toEqual(['a', 'c']);
});
