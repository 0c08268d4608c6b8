import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignIn } from '../../src-main/connectors/connectors.ts';
import type { KnownHierarchy } from '../../src-main/connectors/name-memory.ts';
import { rememberForNow } from '../../src-main/connectors/remember-for-now.ts';
import type { ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { addFolder, type StoredFolder } from '../support/exchange/mailboxes.ts';
import { bob, ewsTo, startDouble } from './exchange-desk.ts';
import { connectorsFor, failureOf, soon } from './sign-in.ts';

let double: ExchangeDouble;
/** What the console remembers of the folders, over its connections. */
let known: KnownHierarchy | null;
let projects: StoredFolder;
let done: StoredFolder;

beforeEach(async () => {
  known = null;
  double = await startDouble();
  projects = under('inbox', 'Projects');
  done = addFolder(double.mailbox(bob.address), { parentId: projects.id, name: 'Done' });
});
afterEach(async () => {
  await double.stop();
  expect(double.schemaFaults).toEqual([]);
});

const under = (distinguished: string, name: string) =>
  addFolder(double.mailbox(bob.address), { parentId: double.folder(bob.address, distinguished).id, name });

/** Paths as a new connection lists them, and what it asked for them. */
async function listed(signIn: SignIn = ewsTo(double.port)) {
  double.asked.length = 0;
  const hierarchy = {
    recall: async () => known,
    keep: async (fresh: KnownHierarchy) => {
      known = fresh;
    },
  };
  const connector = await connectorsFor().openIncoming(signIn, soon(), { ...rememberForNow(), hierarchy });
  try {
    const asked = [...double.asked];
    const paths = (await connector.listFolders(soon())).map(({ path, role }) => (role ? `${path}: ${role}` : path));
    return { paths: paths.toSorted(), asked };
  } finally {
    await connector.close();
  }
}

const usual = [
  'INBOX: inbox',
  'Нежелательная почта: junk',
  'Отправленные: sent',
  'Удалённые: trash',
  'Черновики: drafts',
];
const everything = [...usual, 'INBOX/Projects', 'INBOX/Projects/Done'].toSorted();
const roles = Array.from({ length: 6 }, () => 'GetFolder');

test('folders that stay as they were are one question to a later connection', async () => {
  expect(await listed()).toEqual({ paths: everything, asked: ['SyncFolderHierarchy', ...roles] });
  expect(await listed()).toEqual({ paths: everything, asked: ['SyncFolderHierarchy'] });
});

test('a folder that is made, called otherwise, put elsewhere or removed is told as that', async () => {
  await listed();
  const { folders } = double.mailbox(bob.address);
  under('inbox', 'New');
  projects.name = 'Works';
  folders.set(done.id, { ...done, parentId: double.folder(bob.address, 'deleteditems').id });
  expect((await listed()).paths).toEqual([...usual, 'INBOX/New', 'INBOX/Works', 'Удалённые/Done'].toSorted());
  folders.delete(projects.id);
  folders.delete(done.id);
  expect((await listed()).paths).toEqual([...usual, 'INBOX/New'].toSorted());
});

test('what lay in a folder that is gone does not rise to the top, though the server names its parent alone', async () => {
  await listed();
  double.mailbox(bob.address).folders.delete(projects.id);
  expect((await listed()).paths).toEqual(usual.toSorted());
});

test('many folders come in pages, and the changes as well', async () => {
  double.pageSize = 3;
  const { asked, paths } = await listed();
  expect(paths).toEqual(everything);
  expect(asked.filter((operation) => operation === 'SyncFolderHierarchy')).toHaveLength(4);
  const more = ['a', 'b', 'c', 'd'].map((name) => under('inbox', name));
  expect((await listed()).paths).toEqual([...everything, ...more.map(({ name }) => `INBOX/${name}`)].toSorted());
});

test('a server that has forgotten what it told is asked from the start', async () => {
  await listed();
  double.mailbox(bob.address).told.clear();
  double.mailbox(bob.address).folders.delete(done.id);
  expect(await listed()).toEqual({
    paths: [...usual, 'INBOX/Projects'].toSorted(),
    asked: ['SyncFolderHierarchy', 'SyncFolderHierarchy', ...roles],
  });
});

test('what was told of one mailbox is not taken for another’s', async () => {
  await listed();
  const shared = ewsTo(double.port, { mailbox: 'office@company.example' });
  expect(await listed(shared)).toEqual({ paths: usual.toSorted(), asked: ['SyncFolderHierarchy', ...roles] });
});

test('after a folder that is not where it was told nothing is believed of what was remembered', async () => {
  await listed();
  const { asked } = double;
  const connector = await connectorsFor().openIncoming(ewsTo(double.port), soon(), {
    ...rememberForNow(),
    hierarchy: { recall: async () => known, keep: async () => {} },
  });
  double.mailbox(bob.address).folders.delete(projects.id);
  asked.length = 0;
  expect((await failureOf(connector.openFolder('INBOX/Projects', soon()))).code).toBe('folder.gone');
  await connector.listFolders(soon());
  expect(asked).toEqual(['SyncFolderItems', 'SyncFolderHierarchy', ...roles]);
  expect(double.heard.at(-7)?.body).not.toContain('SyncState');
  await connector.close();
});
