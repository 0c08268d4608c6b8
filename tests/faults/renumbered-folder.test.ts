import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addMailbox } from '../bad-input/main-process.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import type { ScriptedMailbox } from '../support/scripted-mailbox.ts';
import { expectAllOnce, loadOne, openCollecting, ticketLetters } from './collecting-console.ts';
import { createInboxes, numbered } from './scripted-inbox.ts';
import { put, smallLetter, smallLetters } from './small-letter.ts';

const inboxes = createInboxes();

const one = '<the-same@elsewhere.test>';
/** Different letters that bear one Message-ID: all of them are mail. */
const namesakes = ['first', 'second'].map((subject) =>
  smallLetter(subject).replace(/^Message-ID: .*$/m, `Message-ID: ${one}`),
);

describe('between two sessions', () => {
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await startDovecot();
  });
  afterAll(() => dovecot?.stop());

  /** Without its list of UIDs Dovecot numbers the folder anew, under another UIDVALIDITY. */
  async function renumber(user: string): Promise<void> {
    const maildir = join(dovecot.dir, 'mail', user, 'Maildir');
    await dovecot.halt();
    for (const file of readdirSync(maildir)) if (file.startsWith('dovecot')) rmSync(join(maildir, file));
    await dovecot.restart();
  }

  test('every letter and every ticket is there once, also those that bear one Message-ID, and what came meanwhile is loaded', async () => {
    const user = 'renumbered';
    const letters: string[] = [...smallLetters(['plain', 'other']), ...namesakes];
    put(dovecot, user, letters);
    await using main = await openCollecting();
    const mailbox = await addMailbox(main, { user, port: dovecot.imapPort });
    expect((await loadOne(main, mailbox)).ticketsCreated).toBe(letters.length);
    for (let round = 0; round < 2; round += 1) {
      await renumber(user);
      const fresh = smallLetter(`meanwhile ${round}`);
      letters.push(fresh);
      put(dovecot, user, [fresh]);
      const report = await loadOne(main, mailbox);
      expect(report).toMatchObject({ problem: null, ticketsCreated: 1, folders: [{ fresh: 1 }] });
      await expectAllOnce(main, mailbox, letters);
    }
  });
});

describe('under one console, by a script', () => {
  test('the same numbers mean other letters: none is taken for another', async () => {
    const letters = smallLetters(['a', 'b', 'c']);
    const box: ScriptedMailbox = { uidValidity: 7, letters: numbered(letters) };
    const inbox = await inboxes.add(box);
    await loadOne(inbox.main, inbox.mailbox);
    const fresh = smallLetter('d');
    box.uidValidity = 8;
    box.letters = numbered([fresh, ...letters.toReversed()]);
    expect(await loadOne(inbox.main, inbox.mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 1 }] });
    await expectAllOnce(inbox.main, inbox.mailbox, [...letters, fresh]);
  });

  test('letters that are gone with the old numbers stay in the console, with their tickets', async () => {
    const letters = smallLetters(['kept on the server', 'deleted there']);
    const box: ScriptedMailbox = { uidValidity: 7, letters: numbered(letters) };
    const inbox = await inboxes.add(box);
    await loadOne(inbox.main, inbox.mailbox);
    box.uidValidity = 8;
    box.letters = numbered(letters.slice(0, 1), 40);
    expect(await loadOne(inbox.main, inbox.mailbox)).toMatchObject({ problem: null, ticketsCreated: 0 });
    await expectAllOnce(inbox.main, inbox.mailbox, letters);
  });

  test('in the session, between the listing and the letters: nothing is lost and nothing is doubled', async () => {
    const [a = '', b = '', c = ''] = smallLetters(['a', 'b', 'c']);
    const box: ScriptedMailbox = { uidValidity: 7, letters: numbered([a, b]) };
    let armed = false;
    const inbox = await inboxes.add(box, async ({ text }, line) => {
      if (!armed || !text.includes('BODY.PEEK[]')) return;
      armed = false;
      // The server begins anew under the client's feet: number 3, which was c a moment ago, is b now.
      await line.send('* OK [UIDVALIDITY 8] renumbered\r\n');
      box.uidValidity = 8;
      box.letters = numbered([c, a, b]);
      return undefined;
    });
    await loadOne(inbox.main, inbox.mailbox);
    box.letters = numbered([a, b, c]);
    armed = true;
    await loadOne(inbox.main, inbox.mailbox);
    expect(armed).toBe(false);
    expect(await loadOne(inbox.main, inbox.mailbox)).toMatchObject({ problem: null });
    await expectAllOnce(inbox.main, inbox.mailbox, [a, b, c]);
  });

  test('back to a number of before, as from a backup: nothing is lost and nothing is doubled', async () => {
    const letters = [...smallLetters(['a', 'b'])];
    const box: ScriptedMailbox = { uidValidity: 7, letters: numbered(letters) };
    const inbox = await inboxes.add(box);
    await loadOne(inbox.main, inbox.mailbox);
    for (const uidValidity of [8, 7]) {
      const fresh = smallLetter(`under ${uidValidity}`);
      letters.push(fresh);
      box.uidValidity = uidValidity;
      box.letters = numbered(letters.toReversed());
      expect(await loadOne(inbox.main, inbox.mailbox)).toMatchObject({ problem: null });
      await expectAllOnce(inbox.main, inbox.mailbox, letters);
    }
  });
});

test('control: a letter that differs in one byte is another letter, with a ticket of its own', async () => {
  const letter = smallLetter('a');
  const box: ScriptedMailbox = { uidValidity: 7, letters: numbered([letter]) };
  const inbox = await inboxes.add(box);
  await loadOne(inbox.main, inbox.mailbox);
  box.uidValidity = 8;
  box.letters = numbered([letter.replace('Gr', 'gr')]);
  await loadOne(inbox.main, inbox.mailbox);
  expect(await ticketLetters(inbox.main, inbox.mailbox)).toHaveLength(2);
});
