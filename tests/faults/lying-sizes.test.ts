import { describe, expect, test } from 'vitest';
import { lettersOf } from '../bad-input/main-process.ts';
import {
  fetchAnswer,
  type HeldLetter,
  type Interpose,
  literal,
  type ScriptedMailbox,
} from '../support/scripted-mailbox.ts';
import { expectAllOnce, expectNothingHalf, loadOne } from './collecting-console.ts';
import { watchLiveMemory } from './live-memory.ts';
import { createInboxes, numbered } from './scripted-inbox.ts';
import { smallLetter, smallLetters } from './small-letter.ts';

/** Storing megabytes takes its time, and the line is silent meanwhile. */
const patient = createInboxes();
const inboxes = createInboxes({ connectionTimes: { silence: 4_000, farewell: 200 } });
const megabyte = 1024 * 1024;

describe('RFC822.SIZE', () => {
  test.each([
    ['too small', 1],
    ['zero', 0],
    ['too large', 30 * megabyte],
  ])('%s: the letters come whole', async (_, size) => {
    const letters = smallLetters(['a', 'b', 'c']);
    const box: ScriptedMailbox = { uidValidity: 7, letters: numbered(letters), sizeOf: () => size };
    const inbox = await inboxes.add(box);
    expect(await loadOne(inbox.main, inbox.mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 3 }] });
    await expectAllOnce(inbox.main, inbox.mailbox, letters);
  });

  test('larger than any letter: it is told, and the others come', async () => {
    const letters = smallLetters(['a', 'b', 'c']);
    const huge = ({ uid }: HeldLetter) => (uid === 2 ? 2 ** 32 : 300);
    const inbox = await inboxes.add({ uidValidity: 7, letters: numbered(letters), sizeOf: huge });
    const [folder] = (await loadOne(inbox.main, inbox.mailbox)).folders;
    expect((folder?.failed ?? 0) + (folder?.heldBack ?? 0)).toBe(1);
    const listed = await lettersOf(inbox.main, inbox.mailbox);
    expect(listed.map(({ subject }) => subject)).toEqual(expect.arrayContaining(['a', 'c']));
  });

  test('sixty letters said to be small and a megabyte each: what has come is stored before the rest is read', async () => {
    const letters = Array.from({ length: 60 }, (_, at) => `${smallLetter(`no ${at}`)}${'x'.repeat(megabyte)}\r\n`);
    const box: ScriptedMailbox = { uidValidity: 7, letters: numbered(letters), sizeOf: () => 100 };
    let sent = 0;
    let mostAhead = 0;
    const inbox = await patient.add(box, async ({ tag, text }, line) => {
      const [, set = '', items = ''] = /^UID FETCH (\S+) (.*BODY\.PEEK\[\].*)$/.exec(text) ?? [];
      if (set === '') return false;
      const asked = set.split(',').flatMap((range) => {
        const [first = 0, last = first] = range.split(':').map(Number);
        return box.letters.filter(({ uid }) => uid >= first && uid <= last);
      });
      for (const letter of asked) {
        await line.send(Buffer.from(fetchAnswer(letter.uid, letter, items), 'latin1'));
        sent += 1;
        const stored = await lettersOf(inbox.main, inbox.mailbox);
        mostAhead = Math.max(mostAhead, sent - stored.length);
      }
      await line.send(`${tag} OK done\r\n`);
      return true;
    });
    expect(await loadOne(inbox.main, inbox.mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 60 }] });
    // Two portions of two megabytes, a letter each beyond them, and what the buffers of both ends of the line take.
    expect(mostAhead).toBeLessThan(45);
  });
});

/** What stands behind the violation: an answer for the second letter that was asked for, which no server gave. */
const smuggled = 'From: eve@elsewhere.test\r\nSubject: smuggled\r\n\r\nNobody wrote this.\r\n';
const smuggledAnswer = fetchAnswer(2, { uid: 2, raw: smuggled }, 'FLAGS INTERNALDATE BODY.PEEK[]');

describe('a literal', () => {
  const letters = smallLetters(['a', 'b']);
  const [a = ''] = letters;
  const lies: Readonly<Record<string, string>> = {
    'of four gigabytes': `{4294967296}\r\n${a})\r\n`,
    'of more than 64 bits count': `{99999999999999999999999}\r\n${a})\r\n`,
    'of less than nothing': `{-1}\r\n${a})\r\n`,
    'of a word': `{many}\r\n${a})\r\n`,
    'shorter than its bytes': `${literal(a, 40)})\r\n`,
    'longer than its bytes, to the end of the answer': `${literal(a, a.length + 400)})\r\n`,
  };

  test.each(Object.keys(lies))(
    '%s: the line is given up, nothing behind it is read, and the letters come later',
    async (lie) => {
      let lying = true;
      let left = false;
      const interpose: Interpose = async ({ tag, text }, line) => {
        if (!lying || !text.includes('BODY.PEEK[]')) return false;
        lying = false;
        const head = '* 1 FETCH (UID 1 FLAGS () INTERNALDATE "01-Mar-2026 10:00:00 +0000" BODY[] ';
        await line.send(Buffer.from(`${head}${lies[lie]}${smuggledAnswer}${tag} OK done\r\n`, 'latin1'));
        await line.stall();
        left = true;
        return true;
      };
      const memory = watchLiveMemory();
      const inbox = await inboxes.add({ uidValidity: 7, letters: numbered(letters) }, interpose);
      const { problem } = await loadOne(inbox.main, inbox.mailbox);
      memory.look();
      expect(lying).toBe(false);
      expect(left, 'the console has ended the line').toBe(true);
      expect(['server.protocol', 'network.timeout', 'network.dropped']).toContain(problem?.code);
      expect(await expectNothingHalf(inbox.main, inbox.mailbox, letters)).toBe(0);
      expect(memory.growthMb).toBeLessThan(20);
      expect(await loadOne(inbox.main, inbox.mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 2 }] });
      await expectAllOnce(inbox.main, inbox.mailbox, letters);
    },
  );

  test('control: the same answers told without a lie are taken', async () => {
    const honest = await inboxes.add({ uidValidity: 7, letters: numbered(letters) }, async ({ tag, text }, line) => {
      if (!text.includes('BODY.PEEK[]')) return false;
      const head = '* 1 FETCH (UID 1 FLAGS () INTERNALDATE "01-Mar-2026 10:00:00 +0000" BODY[] ';
      await line.send(Buffer.from(`${head}${literal(a)})\r\n${smuggledAnswer}${tag} OK done\r\n`, 'latin1'));
      return true;
    });
    await loadOne(honest.main, honest.mailbox);
    await expectAllOnce(honest.main, honest.mailbox, [a, smuggled]);
  });
});

test('a line that never ends is given up before it fills the memory', async () => {
  const block = Buffer.alloc(megabyte, ' 1');
  let sent = 0;
  const memory = watchLiveMemory();
  const inbox = await inboxes.add(
    { uidValidity: 7, letters: numbered(smallLetters(['a'])) },
    async ({ text }, line) => {
      if (!text.startsWith('UID SEARCH')) return false;
      await line.send('* SEARCH');
      for (; sent < 400; sent += 1) {
        await line.send(block);
        if (sent % 20 === 0) memory.look();
      }
      return false;
    },
  );
  const { problem } = await loadOne(inbox.main, inbox.mailbox);
  expect(problem?.code).toBe('server.protocol');
  expect(sent).toBeLessThan(400);
  expect(memory.growthMb).toBeLessThan(150);
});
