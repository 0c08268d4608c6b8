import { copyFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { mailroom } from '../cli/mailroom.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { letter } from '../sync/open-console.ts';
import { addMailbox, loadAll, openMain, passphrase, subjectsOf } from './main-process.ts';
import { expectSaid, failureOf } from './said.ts';

let dovecot: Dovecot;
let folder: ReturnType<typeof temporaryFolder>;
let profile: string;
beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot?.stop());
beforeEach(() => {
  folder = temporaryFolder();
  profile = join(folder.path, 'profile');
});
afterEach(() => folder[Symbol.dispose]());

const deliver = (user: string, subject: string, text = '') =>
  fillMaildir(dovecot, user, 'INBOX', [{ raw: letter(subject, text) }]);

/** A closed profile with a letter. */
async function makeProfile(user: string): Promise<Mailbox> {
  deliver(user, 'before', 'x'.repeat(200_000));
  await using main = await openMain({ profile });
  const mailbox = await addMailbox(main, { user, port: dovecot.imapPort });
  await loadAll(main);
  return mailbox;
}

const damages: Readonly<Record<string, (path: string) => void>> = {
  'a bit that flipped': (path) => {
    const bytes = readFileSync(path);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  },
  'half of it gone': (path) => truncateSync(path, Math.floor(statSync(path).size / 2 / 8192) * 8192),
};

test.each(Object.keys(damages))(
  'a damaged store (%s) is said and not touched; another profile opens, and the copy is as good as before',
  async (damage) => {
    const user = `damage${Object.keys(damages).indexOf(damage)}`;
    const mailbox = await makeProfile(user);
    const path = join(profile, 'mailroom.db');
    const copy = join(folder.path, 'copy.db');
    copyFileSync(path, copy);
    damages[damage]?.(path);
    const damaged = readFileSync(path);

    for (let attempt = 0; attempt < 2; attempt += 1) {
      expectSaid(await failureOf(openMain({ profile })), 'store.corrupt');
      expect(readFileSync(path).equals(damaged)).toBe(true);
      expect(existsSync(`${path}-wal`)).toBe(false);
    }
    {
      await using other = await openMain();
      const healthy = await addMailbox(other, { user, port: dovecot.imapPort });
      expect((await loadAll(other))(healthy)).toMatchObject({ problem: null, folders: [{ fresh: 1 }] });
    }
    copyFileSync(copy, path);
    deliver(user, 'meanwhile');
    await using restored = await openMain({ profile });
    expect((await loadAll(restored))(mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 1 }] });
    expect(await subjectsOf(restored, mailbox)).toEqual(['before', 'meanwhile']);
  },
);

test('a second console on one profile says so and leaves, the first goes on', async () => {
  await using first = await openMain({ profile });
  deliver('shared', 'before');
  const mailbox = await addMailbox(first, { user: 'shared', port: dovecot.imapPort });
  expectSaid(await failureOf(openMain({ profile })), 'profile.in-use');

  // And from a process of its own, in the language of its person.
  const env = { MAILROOM_PASSPHRASE: passphrase, LANG: 'ru_RU.UTF-8' };
  const second = await mailroom(['mailbox', 'list', '--json'], { profile, env });
  expect(second).toMatchObject({ code: 1, stdout: '' });
  const said = JSON.parse(second.stderr) as { code: string; message: string };
  expect(said).toMatchObject({ code: 'profile.in-use', message: expect.stringMatching(/Mailroom.*профил/) });

  expect((await loadAll(first))(mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 1 }] });
  await first.close();
  await using next = await openMain({ profile });
  expect(await subjectsOf(next, mailbox)).toEqual(['before']);
});
