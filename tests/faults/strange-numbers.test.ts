import { expect, test } from 'vitest';
import { lettersOf } from '../bad-input/main-process.ts';
import { fetchAnswer, type HeldLetter, type ScriptedMailbox } from '../support/scripted-mailbox.ts';
import { expectAllOnce, expectNothingHalf, loadOne } from './collecting-console.ts';
import { createInboxes, numbered } from './scripted-inbox.ts';
import { smallLetter, smallLetters } from './small-letter.ts';

const inboxes = createInboxes();

const wholeLetters = 'FLAGS INTERNALDATE BODY.PEEK[]';

test('a letter that SEARCH and FETCH name twice is there once', async () => {
  const letters = smallLetters(['a', 'b']);
  const box: ScriptedMailbox = { uidValidity: 7, letters: numbered(letters), alsoFound: [2, 1, 2] };
  const inbox = await inboxes.add(box, async ({ text }, line) => {
    // Each answer comes once more before the true ones.
    if (!text.includes('BODY.PEEK[]')) return;
    for (const [at, letter] of box.letters.entries())
      await line.send(Buffer.from(fetchAnswer(at + 1, letter, wholeLetters), 'latin1'));
    return undefined;
  });
  const report = await loadOne(inbox.main, inbox.mailbox);
  expect(report).toMatchObject({ problem: null, ticketsCreated: 2, folders: [{ fresh: 2 }] });
  await expectAllOnce(inbox.main, inbox.mailbox, letters);
});

test('two letters under one UID: the others come, nothing is mixed, and both are there once the server is mended', async () => {
  const [a = '', twin = '', other = '', c = ''] = smallLetters(['a', 'twin', 'other twin', 'c']);
  const broken: readonly HeldLetter[] = [
    { uid: 1, raw: a },
    { uid: 2, raw: twin },
    { uid: 2, raw: other },
    { uid: 3, raw: c },
  ];
  const box: ScriptedMailbox = { uidValidity: 7, letters: broken };
  const inbox = await inboxes.add(box);
  expect(await loadOne(inbox.main, inbox.mailbox)).toMatchObject({ problem: null });
  expect(await expectNothingHalf(inbox.main, inbox.mailbox, [a, twin, other, c])).toBeGreaterThanOrEqual(3);
  expect((await lettersOf(inbox.main, inbox.mailbox)).map(({ subject }) => subject)).toEqual(
    expect.arrayContaining(['a', 'c']),
  );
  // As servers mend it: the twins get numbers of their own.
  box.letters = [...numbered([a]), ...numbered([c], 3), ...numbered([twin, other], 4)];
  expect(await loadOne(inbox.main, inbox.mailbox)).toMatchObject({ problem: null });
  await expectAllOnce(inbox.main, inbox.mailbox, [a, twin, other, c]);
});

test('a letter whose UID lies below those that were there before is named, and loaded with one click', async () => {
  const letters = smallLetters(['twenty', 'twenty-one']);
  const box: ScriptedMailbox = { uidValidity: 7, letters: numbered(letters, 20) };
  const { main, mailbox } = await inboxes.add(box);
  await loadOne(main, mailbox);
  const [low = '', high = ''] = smallLetters(['five', 'twenty-two']);
  box.letters = [...numbered([low], 5), ...numbered([...letters, high], 20)];
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: null, unexplained: 1, folders: [{ fresh: 1 }] });
  await expectAllOnce(main, mailbox, [...letters, high]);
  const mailboxId = mailbox.id;
  expect(await main.call('ledger.balances', { mailboxId })).toMatchObject([{ onServer: 4, unexplained: [5] }]);
  expect(await main.call('ledger.loadMissing', { mailboxId })).toMatchObject({ problem: null, unexplained: 0 });
  await expectAllOnce(main, mailbox, [...letters, low, high]);
});

test.each([
  ['missing', null],
  ['too low', 1],
  ['too high', 4_294_967_295],
  ['zero', 0],
])('UIDNEXT %s: nothing is left out, at the first load or later', async (_, uidNext) => {
  const letters = smallLetters(['a', 'b', 'c']);
  const box: ScriptedMailbox = { uidValidity: 7, letters: numbered(letters.slice(0, 2)), uidNext };
  const inbox = await inboxes.add(box);
  await loadOne(inbox.main, inbox.mailbox);
  box.letters = numbered(letters);
  expect(await loadOne(inbox.main, inbox.mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 1 }] });
  await expectAllOnce(inbox.main, inbox.mailbox, letters);
});

test('a UID that SEARCH names and FETCH does not give: the others come, it is told, and it comes when it is given', async () => {
  const [a = '', hidden = '', c = ''] = smallLetters(['a', 'hidden', 'c']);
  const box: ScriptedMailbox = {
    uidValidity: 7,
    letters: [...numbered([a]), ...numbered([c], 3)],
    alsoFound: [2],
  };
  const inbox = await inboxes.add(box);
  const report = await loadOne(inbox.main, inbox.mailbox);
  expect(report).toMatchObject({ problem: null, folders: [{ fresh: 2, failed: 1 }] });
  await expectAllOnce(inbox.main, inbox.mailbox, [a, c]);
  // What comes later is not kept back by it.
  const d = smallLetter('d');
  box.letters = [...box.letters, ...numbered([d], 4)];
  expect(await loadOne(inbox.main, inbox.mailbox)).toMatchObject({ folders: [{ fresh: 1, failed: 1 }] });
  box.letters = numbered([a, hidden, c, d]);
  expect(await loadOne(inbox.main, inbox.mailbox)).toMatchObject({ folders: [{ fresh: 1, failed: 0 }] });
  await expectAllOnce(inbox.main, inbox.mailbox, [a, hidden, c, d]);
});

test('UIDs that are none are left alone, and the others come', async () => {
  const letters = smallLetters(['a', 'b']);
  const box: ScriptedMailbox = {
    uidValidity: 7,
    letters: numbered(letters),
    alsoFound: [0, 4_294_967_296, 99_999_999_999],
  };
  const inbox = await inboxes.add(box);
  expect(await loadOne(inbox.main, inbox.mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 2, failed: 0 }] });
  await expectAllOnce(inbox.main, inbox.mailbox, letters);
});
