import { afterEach, beforeEach, expect, test } from 'vitest';
import { newExchange } from '../../src-shared/domain/exchange.ts';
import type { Afterwards, Mailbox } from '../../src-shared/domain/mailbox.ts';
import { addMailbox } from '../bad-input/main-process.ts';
import { startDouble } from '../connectors/exchange-desk.ts';
import type { ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { addFolder, addItem, moveItem, renameItems, setRead } from '../support/exchange/mailboxes.ts';
import { type CollectingConsole, expectAllOnce, loadOne, makeProfile, openCollecting } from './collecting-console.ts';
import { smallLetter } from './small-letter.ts';

let double: ExchangeDouble;
beforeEach(async () => {
  double = await startDouble();
});
afterEach(async () => {
  await double.stop();
  expect(double.schemaFaults).toEqual([]);
});

const address = 'bob@company.example';
const inbox = () => double.folder(address);
const raws = ['one', 'two', 'three', 'four', 'five'].map((subject) => smallLetter(subject));
const late = smallLetter('late');
const put = (raw: string) => addItem(inbox(), { raw: Buffer.from(raw, 'latin1') });

function addExchange(main: CollectingConsole, afterwards?: Afterwards, folders?: readonly string[]): Promise<Mailbox> {
  const endpoint = { protocol: 'ews', exchange: { ...newExchange, windows: true } } as const;
  return addMailbox(main, {
    user: 'bob',
    port: double.port,
    endpoint,
    ...(afterwards ? { afterwards } : {}),
    ...(folders ? { folders } : {}),
  });
}

async function pass(main: CollectingConsole, mailbox: Mailbox) {
  const report = await loadOne(main, mailbox);
  expect(report).toMatchObject({ problem: null, unexplained: 0 });
  return report;
}

test('letters come byte for byte, each once and in a ticket; with nothing new a pass is two questions', async () => {
  await using main = await openCollecting();
  const odd = [
    ...raws,
    `${smallLetter('dots')}.\r\n..\r\n`,
    smallLetter('\xce\xf2\xe2\xe5\xf2'),
    `${smallLetter('big')}${'0123456789abcdef\r\n'.repeat(120_000)}`,
  ];
  for (const raw of odd) put(raw);
  const mailbox = await addExchange(main);
  expect(await pass(main, mailbox)).toMatchObject({ folders: [{ onServer: 8, loaded: 8, fresh: 8 }] });
  await expectAllOnce(main, mailbox, odd);
  double.asked.length = 0;
  await pass(main, mailbox);
  expect(double.asked).toEqual(['SyncFolderHierarchy', 'SyncFolderItems']);
  put(late);
  expect(await pass(main, mailbox)).toMatchObject({ folders: [{ onServer: 9, fresh: 1 }] });
  expect(double.asked.filter((operation) => operation === 'GetItem')).toHaveLength(1);
  await expectAllOnce(main, mailbox, [...odd, late]);
});

test('what is known of the names outlives the program', async () => {
  using profile = await makeProfile();
  for (const raw of raws) put(raw);
  let mailbox: Mailbox;
  {
    await using main = await openCollecting({ profile: profile.profile });
    mailbox = await addExchange(main);
    await pass(main, mailbox);
  }
  double.asked.length = 0;
  put(late);
  await using main = await openCollecting({ profile: profile.profile });
  await pass(main, mailbox);
  expect(double.asked.filter((operation) => operation === 'GetItem')).toHaveLength(1);
  expect(double.asked.slice(0, 3)).toEqual(['SyncFolderHierarchy', 'SyncFolderItems', 'GetItem']);
  await expectAllOnce(main, mailbox, [...raws, late]);
});

test('a SyncState that means nothing any more brings no letter and no ticket twice, whether the names stay or change', async () => {
  await using main = await openCollecting();
  for (const raw of raws) put(raw);
  const mailbox = await addExchange(main);
  await pass(main, mailbox);
  inbox().age += 1;
  put(late);
  double.asked.length = 0;
  await pass(main, mailbox);
  expect(double.asked.filter((operation) => operation === 'GetItem')).toHaveLength(1);
  // The mailbox was moved to another database.
  renameItems(inbox());
  inbox().log.splice(0, inbox().log.length - inbox().items.size);
  inbox().age += 1;
  await pass(main, mailbox);
  await expectAllOnce(main, mailbox, [...raws, late]);
});

test('letters that are called otherwise from one pass to the next are none twice', async () => {
  await using main = await openCollecting();
  for (const raw of raws) put(raw);
  const mailbox = await addExchange(main);
  await pass(main, mailbox);
  for (const { id } of [...inbox().items.values()].slice(0, 3)) moveItem(inbox(), inbox(), id);
  await pass(main, mailbox);
  await expectAllOnce(main, mailbox, raws);
});

test('a page of the first listing that fails leaves no letter out', async () => {
  await using main = await openCollecting();
  for (const raw of raws) put(raw);
  double.pageSize = 2;
  const mailbox = await addExchange(main);
  let pages = 0;
  double.faults = (operation) => {
    if (operation === 'SyncFolderItems') pages += 1;
    return operation === 'SyncFolderItems' && pages === 2 ? { kind: 'cut-text', keep: 0.9 } : null;
  };
  expect((await loadOne(main, mailbox)).problem?.code ?? '').toBe('server.protocol');
  await pass(main, mailbox);
  await expectAllOnce(main, mailbox, raws);
});

test('a letter that Exchange does not give holds up no other, and is counted as missing', async () => {
  await using main = await openCollecting();
  const [, bad] = raws.map((raw) => put(raw));
  double.faults = (operation, body) =>
    operation === 'GetItem' && body.includes(bad?.id ?? '-') ? { kind: 'response', code: 'ErrorVirusDetected' } : null;
  const mailbox = await addExchange(main);
  expect(await pass(main, mailbox)).toMatchObject({ folders: [{ problem: null, onServer: 5, fresh: 4, failed: 1 }] });
  await expectAllOnce(
    main,
    mailbox,
    raws.filter((_, at) => at !== 1),
  );
  double.faults = () => null;
  expect(await pass(main, mailbox)).toMatchObject({ folders: [{ fresh: 1, failed: 0 }] });
  await expectAllOnce(main, mailbox, raws);
});

test('marks made on the server are seen here', async () => {
  await using main = await openCollecting();
  const [item] = raws.map((raw) => put(raw));
  const mailbox = await addExchange(main);
  await pass(main, mailbox);
  setRead(inbox(), item?.id ?? '', true);
  await pass(main, mailbox);
  const scope = { mailboxId: mailbox.id, folderId: null, unreadOnly: true };
  expect(await main.call('mail.list', { scope, before: null, limit: 50 })).toHaveLength(4);
});

test.each([
  ['marked as read', { kind: 'mark-read' }, 'UpdateItem'],
  [
    'moved to a folder that is made for it',
    { kind: 'move', done: 'Готово/R&D', failed: null, create: true },
    'MoveItem',
  ],
  ['deleted', { kind: 'delete', afterDays: 0 }, 'DeleteItem'],
] as const)(
  'a letter that became a ticket is %s, once, also when the answer to that was lost',
  async (_, afterwards, operation) => {
    await using main = await openCollecting();
    for (const raw of raws) put(raw);
    const mailbox = await addExchange(main, afterwards);
    let changed = 0;
    double.faults = (asked) => {
      if (asked === operation) changed += 1;
      return asked === operation && changed === 1 ? { kind: 'drop-after' } : null;
    };
    await loadOne(main, mailbox);
    await pass(main, mailbox);
    expect(double.asked.filter((asked) => asked === operation)).toHaveLength(1);
    const done = [...double.mailbox(address).folders.values()].find(({ name }) => name === 'R&D');
    if (operation === 'UpdateItem') expect([...inbox().items.values()].every(({ isRead }) => isRead)).toBe(true);
    else expect(inbox().items.size).toBe(0);
    if (operation === 'MoveItem') expect(done?.items.size).toBe(5);
    await expectAllOnce(main, mailbox, raws);
  },
);

test('a folder that was renamed on the server is the same folder here', async () => {
  await using main = await openCollecting();
  const folder = addFolder(double.mailbox(address), { parentId: inbox().parentId, name: 'Old' });
  addItem(folder, { raw: Buffer.from(raws[0] ?? '', 'latin1') });
  const mailbox = await addExchange(main, undefined, ['INBOX', 'Old']);
  await pass(main, mailbox);
  folder.name = 'New';
  await pass(main, mailbox);
  await expectAllOnce(main, mailbox, raws.slice(0, 1));
});
