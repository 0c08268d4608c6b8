import { describe, expect, test } from 'vitest';
import type { Afterwards } from '../../src-shared/domain/mailbox.ts';
import type { Interpose, ScriptedMailbox } from '../support/scripted-mailbox.ts';
import { expectAllOnce, expectNothingHalf, loadOne } from './collecting-console.ts';
import { createInboxes, numbered } from './scripted-inbox.ts';
import { smallLetter, smallLetters } from './small-letter.ts';

const inboxes = createInboxes();

/** Says this once, right before the letters that were asked for. */
function saysOnce(words: () => string) {
  const script = { said: false };
  return {
    script,
    interpose: async ({ text }: { readonly text: string }, line: { send(text: string): Promise<void> }) => {
      if (script.said || !text.includes('BODY.PEEK[]')) return undefined;
      script.said = true;
      await line.send(words());
      return undefined;
    },
  };
}

test('letters that vanish in the middle of FETCH shift the sequence numbers of the others, and mix up nothing', async () => {
  const [a = '', b = '', c = '', d = ''] = smallLetters(['a', 'b', 'c', 'd']);
  const box: ScriptedMailbox = { uidValidity: 7, letters: numbered([a, b, c, d]) };
  const { interpose, script } = saysOnce(() => {
    box.letters = [...numbered([b], 2), ...numbered([d], 4)];
    return '* 1 EXPUNGE\r\n* 2 EXPUNGE\r\n';
  });
  const inbox = await inboxes.add(box, interpose);
  const report = await loadOne(inbox.main, inbox.mailbox);
  expect(script.said).toBe(true);
  // Gone meanwhile is no failure.
  expect(report).toMatchObject({ problem: null, folders: [{ fresh: 2, failed: 0 }] });
  await expectAllOnce(inbox.main, inbox.mailbox, [b, d]);
});

test.each([
  ['of a letter that is still there', '* 1 EXPUNGE\r\n'],
  ['of more letters than there are', '* 3 EXPUNGE\r\n* 3 EXPUNGE\r\n* 2 EXPUNGE\r\n* 1 EXPUNGE\r\n* 1 EXPUNGE\r\n'],
  ['of a number that is none', '* 0 EXPUNGE\r\n* 99 EXPUNGE\r\n'],
])('an EXPUNGE %s, as Domino sends it, loses nothing', async (_, words) => {
  const letters = smallLetters(['a', 'b', 'c']);
  const box: ScriptedMailbox = { uidValidity: 7, letters: numbered(letters) };
  const { interpose, script } = saysOnce(() => words);
  const inbox = await inboxes.add(box, interpose);
  await loadOne(inbox.main, inbox.mailbox);
  expect(script.said).toBe(true);
  expect(await expectNothingHalf(inbox.main, inbox.mailbox, letters)).toBeLessThanOrEqual(3);
  expect(await loadOne(inbox.main, inbox.mailbox)).toMatchObject({ problem: null });
  await expectAllOnce(inbox.main, inbox.mailbox, letters);
});

test.each([
  ['too low', 1],
  ['too high', 40],
])('EXISTS %s: all letters come', async (_, exists) => {
  const letters = smallLetters(['a', 'b', 'c']);
  const box: ScriptedMailbox = { uidValidity: 7, letters: numbered(letters), exists };
  const inbox = await inboxes.add(box);
  expect(await loadOne(inbox.main, inbox.mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 3 }] });
  await expectAllOnce(inbox.main, inbox.mailbox, letters);
});

test('EXISTS zero of a folder that is not empty: what is there is not forgotten, and comes when the server is mended', async () => {
  const letters = smallLetters(['a', 'b']);
  const box: ScriptedMailbox = { uidValidity: 7, letters: numbered(letters) };
  const inbox = await inboxes.add(box);
  await loadOne(inbox.main, inbox.mailbox);
  const fresh = smallLetter('c');
  box.letters = numbered([...letters, fresh]);
  box.exists = 0;
  await loadOne(inbox.main, inbox.mailbox);
  expect(await expectNothingHalf(inbox.main, inbox.mailbox, [...letters, fresh])).toBeGreaterThanOrEqual(2);
  delete box.exists;
  expect(await loadOne(inbox.main, inbox.mailbox)).toMatchObject({ problem: null });
  await expectAllOnce(inbox.main, inbox.mailbox, [...letters, fresh]);
});

test('EXISTS that falls and rises during a pass, without EXPUNGE, loses nothing', async () => {
  const letters = smallLetters(['a', 'b', 'c']);
  const box: ScriptedMailbox = { uidValidity: 7, letters: numbered(letters) };
  const { interpose, script } = saysOnce(() => '* 1 EXISTS\r\n* 9 EXISTS\r\n* 2 EXISTS\r\n');
  const inbox = await inboxes.add(box, interpose);
  await loadOne(inbox.main, inbox.mailbox);
  expect(script.said).toBe(true);
  expect(await loadOne(inbox.main, inbox.mailbox)).toMatchObject({ problem: null });
  await expectAllOnce(inbox.main, inbox.mailbox, letters);
});

describe('what is done on the server', () => {
  const capabilities = 'IMAP4rev1 UIDPLUS';

  /** A mailbox whose letters are loaded, ruled and then treated like this. */
  async function addTreated(box: ScriptedMailbox, afterwards: Afterwards, interpose?: Interpose) {
    const inbox = await inboxes.add(box, interpose);
    const { id: mailboxId, settings } = inbox.mailbox;
    const draft = { settings: { ...settings, afterwards }, password: 'secret', outgoingPassword: null, mailboxId };
    await inbox.main.call('mailboxes.update', { draft, confirmed: true });
    return inbox;
  }

  test('marks the letters that were ruled, although others vanish and the server tells of more than vanished', async () => {
    const letters = smallLetters(['a', 'b', 'c', 'd']);
    const box: ScriptedMailbox = { uidValidity: 7, letters: numbered(letters), capabilities };
    let shifted = false;
    const inbox = await addTreated(box, { kind: 'mark-read' }, async ({ text }, line) => {
      if (shifted || !text.startsWith('UID STORE')) return undefined;
      shifted = true;
      // Somebody takes the first away and puts a new one in, right before the command is carried out.
      box.letters = [...box.letters.slice(1), { uid: 9, raw: smallLetter('not ruled yet') }];
      await line.send('* 1 EXPUNGE\r\n* 1 EXPUNGE\r\n* 4 EXISTS\r\n');
      return undefined;
    });
    await loadOne(inbox.main, inbox.mailbox);
    expect(shifted).toBe(true);
    expect(box.letters.map(({ uid, seen = false }) => [uid, seen])).toEqual([
      [2, true],
      [3, true],
      [4, true],
      [9, false],
    ]);
  });

  test('deletes the letters that were ruled and no other: neither a new one nor one that somebody else has marked', async () => {
    const letters = smallLetters(['a', 'b', 'c']);
    const box: ScriptedMailbox = { uidValidity: 7, letters: numbered(letters), capabilities };
    let shifted = false;
    const inbox = await addTreated(box, { kind: 'delete', afterDays: 0 }, async ({ text }, line) => {
      if (shifted || !text.startsWith('UID EXPUNGE')) return undefined;
      shifted = true;
      const foreign = { uid: 8, raw: smallLetter('marked by another client'), deleted: true };
      box.letters = [...box.letters.slice(1), foreign, { uid: 9, raw: smallLetter('new') }];
      await line.send('* 1 EXPUNGE\r\n* 4 EXISTS\r\n');
      return undefined;
    });
    await loadOne(inbox.main, inbox.mailbox);
    expect(shifted).toBe(true);
    expect(box.letters.map(({ uid }) => uid)).toEqual([8, 9]);
    // What is deleted there stays here.
    await expectAllOnce(inbox.main, inbox.mailbox, letters);
  });

  test('is not done to other letters that bear the same numbers after a renumbering', async () => {
    const letters = smallLetters(['a', 'b']);
    const box: ScriptedMailbox = { uidValidity: 7, letters: numbered(letters), capabilities };
    let renumbered = false;
    const inbox = await addTreated(box, { kind: 'delete', afterDays: 0 }, async ({ text }) => {
      if (renumbered || !text.startsWith('SELECT')) return undefined;
      renumbered = true;
      box.uidValidity = 8;
      box.letters = numbered(smallLetters(['other', 'another']));
      return undefined;
    });
    await loadOne(inbox.main, inbox.mailbox);
    expect(renumbered).toBe(true);
    expect(box.letters).toHaveLength(2);
    expect(inbox.server.received()).not.toMatch(/STORE|EXPUNGE/);
  });
});
