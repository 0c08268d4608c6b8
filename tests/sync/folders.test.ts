import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { addMailbox, letter, loadOnce, openConsole, subjectsOf } from './open-console.ts';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot.stop());

test('all folders: those made later too, but not what was sent or thrown away', async () => {
  const user = 'all-folders';
  fillMaildir(dovecot, user, 'INBOX', [{ raw: letter('inbox') }]);
  fillMaildir(dovecot, user, 'Проекты', [{ raw: letter('project') }]);
  fillMaildir(dovecot, user, 'Trash', [{ raw: letter('thrown away') }]);
  await using console = await openConsole();
  const mailbox = await addMailbox(console, { user, port: dovecot.imapPort, loading: { folders: 'all' } });
  await loadOnce(console, mailbox);
  expect((await subjectsOf(console, mailbox)).sort()).toEqual(['inbox', 'project']);

  fillMaildir(dovecot, user, 'Later', [{ raw: letter('later') }]);
  await loadOnce(console, mailbox);
  expect((await subjectsOf(console, mailbox)).sort()).toEqual(['inbox', 'later', 'project']);
});

test('a folder that was renamed is the same folder: nothing is loaded twice', async () => {
  const user = 'renamed';
  fillMaildir(dovecot, user, 'INBOX', [{ raw: letter('inbox') }]);
  fillMaildir(dovecot, user, 'Old', [{ raw: letter('one') }, { raw: letter('two') }]);
  await using console = await openConsole();
  const mailbox = await addMailbox(console, { user, port: dovecot.imapPort, folders: ['INBOX', 'Old'] });
  await loadOnce(console, mailbox);
  const before = await console.store.call('folders.known', { mailboxId: mailbox.id });
  const maildir = join(dovecot.dir, 'mail', user, 'Maildir');
  renameSync(join(maildir, '.Old'), join(maildir, '.New'));

  const report = await loadOnce(console, mailbox);
  expect(report.folders.map(({ path, fresh, problem }) => [path, fresh, problem])).toEqual([
    ['INBOX', 0, null],
    ['New', 0, null],
  ]);
  const after = await console.store.call('folders.known', { mailboxId: mailbox.id });
  const idOf = (known: typeof after, path: string) => known.find((folder) => folder.path === path)?.folderId;
  expect(idOf(after, 'New')).toBe(idOf(before, 'Old'));
  expect(await subjectsOf(console, mailbox)).toHaveLength(3);
});

test('a pass over folders in which nothing happened opens none of them', async () => {
  const user = 'quiet';
  const paths = ['INBOX', 'A', 'B', 'C', 'D'];
  for (const path of paths) fillMaildir(dovecot, user, path, [{ raw: letter(`in ${path}`) }]);
  await using console = await openConsole();
  const mailbox = await addMailbox(console, { user, port: dovecot.imapPort, folders: paths });
  await loadOnce(console, mailbox);
  // A server may say a new MODSEQ once, for marks of its own (\Recent).
  await loadOnce(console, mailbox);
  const quiet = await loadOnce(console, mailbox);
  expect(quiet.folders.every(({ unchanged }) => unchanged)).toBe(true);
  expect(quiet.folders.map(({ loaded }) => loaded)).toEqual([1, 1, 1, 1, 1]);

  fillMaildir(dovecot, user, 'C', [{ raw: letter('new in C') }]);
  const again = await loadOnce(console, mailbox);
  expect(again.folders.filter(({ unchanged }) => !unchanged).map(({ path, fresh }) => [path, fresh])).toEqual([
    ['C', 1],
  ]);
  expect(quiet.roundTrips).toBeLessThan(again.roundTrips);
});
