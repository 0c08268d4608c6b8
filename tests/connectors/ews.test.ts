import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FetchedLetter } from '../../src-main/connectors/connectors.ts';
import type { ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { addFolder, addItem, moveItem, removeItem, setRead, touchItem } from '../support/exchange/mailboxes.ts';
import { connected, ewsTo, startDouble } from './exchange-desk.ts';
import { failureOf, soon } from './sign-in.ts';

let double: ExchangeDouble;
beforeEach(async () => {
  double = await startDouble();
});
afterEach(async () => {
  await double.stop();
  expect(double.schemaFaults).toEqual([]);
});

const address = 'bob@company.example';
const plain = (name: string): string => `From: clerk@elsewhere.test\r\nSubject: ${name}\r\n\r\n${name}\r\n`;
const put = (name: string, day = 1, isRead = false) =>
  addItem(double.folder(address), { raw: plain(name), receivedAt: Date.UTC(2026, 9, day), isRead });

async function all(letters: AsyncIterable<FetchedLetter>): Promise<readonly FetchedLetter[]> {
  const list: FetchedLetter[] = [];
  for await (const letter of letters) list.push(letter);
  return list;
}

describe('folders', () => {
  test('have their role and path; what holds no mail and what is on its way is left out', async () => {
    const projects = addFolder(double.mailbox(address), {
      parentId: double.folder(address).id,
      name: 'Заявки & <цех>',
    });
    addFolder(double.mailbox(address), { parentId: projects.id, name: 'a/b' });
    const folders = await connected(ewsTo(double.port), (connector) => connector.listFolders(soon()));
    expect(folders.map(({ path, role }) => [path, role])).toEqual([
      ['INBOX', 'inbox'],
      ['Отправленные', 'sent'],
      ['Черновики', 'drafts'],
      ['Удалённые', 'trash'],
      ['Нежелательная почта', 'junk'],
      ['INBOX/Заявки & <цех>', null],
      ['INBOX/Заявки & <цех>/a\u2215b', null],
    ]);
    expect(folders[0]).toMatchObject({ name: 'INBOX', separator: '/', identity: double.folder(address).id });
  });

  test('come whole from a server that tells them in pages', async () => {
    double.pageSize = 3;
    const folders = await connected(ewsTo(double.port), (connector) => connector.listFolders(soon()));
    expect(folders).toHaveLength(5);
  });
});

test('letters come byte for byte, numbered as they arrived', async () => {
  const raws = [
    plain('one'),
    `${plain('two')}.\r\n..\r\n`,
    Buffer.from('Subject: \xef\xf0\r\n\r\n\xce\xf2\xe2\xe5\xf2 \x00\xff', 'latin1'),
  ];
  for (const [at, raw] of [...raws.entries()].toReversed())
    addItem(double.folder(address), { raw, receivedAt: Date.UTC(2026, 9, 1 + at), isRead: at === 1 });
  await connected(ewsTo(double.port), async (connector) => {
    const folder = await connector.openFolder('inbox', soon());
    expect([folder.exists, folder.uidNext]).toEqual([3, 4]);
    expect([...(await folder.listUids({ afterUid: 0, since: null }, soon()))]).toEqual([1, 2, 3]);
    expect([...(await folder.listUids({ afterUid: 1, since: Date.UTC(2026, 9, 3) }, soon()))]).toEqual([3]);
    expect([...((await folder.listUnreadUids?.(soon())) ?? [])]).toEqual([1, 3]);
    const came = await all(folder.fetchLetters([3, 1, 9, 2], soon()));
    expect(came.map(({ uid, seen, receivedAt }) => [uid, seen, receivedAt])).toEqual([
      [3, false, Date.UTC(2026, 9, 3)],
      [1, false, Date.UTC(2026, 9, 1)],
      [2, true, Date.UTC(2026, 9, 2)],
    ]);
    expect(came.map(({ raw }) => Buffer.from(raw))).toEqual([2, 0, 1].map((at) => Buffer.from(raws[at] ?? '')));
    expect((await folder.listSizes([1, 9], soon())).size).toBe(1);
  });
});

test.each(['MeetingRequest', 'MeetingCancellation', 'PostItem', 'SharingMessage', 'RoleMember', 'Network', 'Person'])(
  'a %s among the letters comes as they do, and ends no listing',
  async (element) => {
    put('one', 1);
    addItem(double.folder(address), { raw: plain(element), receivedAt: Date.UTC(2026, 9, 2), element });
    put('three', 3);
    await connected(ewsTo(double.port), async (connector) => {
      const folder = await connector.openFolder('INBOX', soon());
      const uids = [...(await folder.listUids({ afterUid: 0, since: null }, soon()))];
      const came = await all(folder.fetchLetters(uids, soon()));
      expect(came.map(({ raw }) => Buffer.from(raw).toString())).toEqual([
        plain('one'),
        plain(element),
        plain('three'),
      ]);
      expect(await folder.fetchHeader(2, soon())).not.toBeNull();
    });
  },
);

test.each(['2007-sp1', '2010', '2010-sp1'] as const)(
  'on Exchange %s what is no message comes like a letter, and marks are those of the listing',
  async (version) => {
    addItem(double.folder(address), { raw: plain('odd'), receivedAt: Date.UTC(2026, 9, 1), element: 'Item' });
    addItem(double.folder(address), { raw: plain('read'), receivedAt: Date.UTC(2026, 9, 2), isRead: true });
    await connected(ewsTo(double.port, { version }), async (connector) => {
      const folder = await connector.openFolder('INBOX', soon());
      const came = await all(folder.fetchLetters([1, 2], soon()));
      expect(came.map(({ uid, seen }) => [uid, seen])).toEqual([
        [1, false],
        [2, true],
      ]);
      const headers = [await folder.fetchHeader(1, soon()), await folder.fetchHeader(2, soon())];
      expect(headers.map((header) => header?.seen)).toEqual([false, true]);
    });
  },
);

test('a letter of two megabytes comes whole', async () => {
  const raw = Buffer.from(`Subject: big\r\n\r\n${'0123456789abcdef\r\n'.repeat(120_000)}`);
  addItem(double.folder(address), { raw });
  const came = await connected(ewsTo(double.port), async (connector) =>
    all((await connector.openFolder('INBOX', soon())).fetchLetters([1], soon())),
  );
  expect(raw.equals(Buffer.from(came[0]?.raw ?? []))).toBe(true);
});

test('a header comes without the letter', async () => {
  addItem(double.folder(address), { raw: `${plain('large')}${'x'.repeat(100_000)}` });
  await connected(ewsTo(double.port), async (connector) => {
    const folder = await connector.openFolder('INBOX', soon());
    const header = await folder.fetchHeader(1, soon());
    expect(Buffer.from(header?.header ?? []).toString()).toBe('From: clerk@elsewhere.test\r\nSubject: large\r\n\r\n');
    expect(await folder.fetchHeader(2, soon())).toBeNull();
  });
  expect(double.heard.some(({ body }) => body.includes('MimeContent'))).toBe(false);
});

test('asked again, a folder tells what changed in one question, and numbers stay', async () => {
  const [one, two] = [put('one', 1), put('two', 2)];
  await connected(ewsTo(double.port), async (connector) => {
    const states = () => connector.folderStates(['INBOX', 'Нет такой'], soon());
    const first = (await states()).states.get('INBOX');
    expect(first).toMatchObject({ exists: 2, unseen: 2, uidNext: 3 });
    expect((await connector.folderStates(['INBOX'], soon())).roundTrips).toBe(1);
    expect((await states()).states.get('INBOX')).toEqual(first);
    setRead(double.folder(address), two.id, true);
    const marked = (await states()).states.get('INBOX');
    expect(marked).toMatchObject({ exists: 2, unseen: 1, uidNext: 3 });
    expect(marked?.highestModseq).not.toBe(first?.highestModseq);
    removeItem(double.folder(address), one.id);
    put('three', 1);
    const folder = await connector.openFolder('INBOX', soon());
    expect([...(await folder.listUids({ afterUid: 0, since: null }, soon()))]).toEqual([1, 2]);
    await states();
    expect([
      ...(await (await connector.openFolder('INBOX', soon())).listUids({ afterUid: 0, since: null }, soon())),
    ]).toEqual([2, 3]);
  });
});

test('a folder of many letters is told in pages and known as a whole', async () => {
  for (let at = 0; at < 25; at += 1) put(`n${at}`, 1);
  double.pageSize = 7;
  await connected(ewsTo(double.port), async (connector) => {
    const folder = await connector.openFolder('INBOX', soon());
    expect(folder.exists).toBe(25);
  });
});

test.each([
  ['is unread again', [1, 2], [1, 2]],
  ['is gone', [2], [2]],
] as const)(
  'a letter that was read and %s, told on different pages, is as it was told last',
  async (end, uids, unread) => {
    const one = put('one', 1);
    const inbox = double.folder(address);
    double.pageSize = 1;
    await connected(ewsTo(double.port), async (connector) => {
      await connector.openFolder('INBOX', soon());
      setRead(inbox, one.id, true);
      put('two', 2);
      let pages = 0;
      // Somebody else is at the letter between the first page and the second.
      double.faults = (operation) => {
        if (operation === 'SyncFolderItems') pages += 1;
        if (operation !== 'SyncFolderItems' || pages !== 2) return null;
        if (end === 'is gone') removeItem(inbox, one.id);
        else {
          one.isRead = false;
          touchItem(inbox, one);
        }
        return null;
      };
      const folder = await connector.openFolder('INBOX', soon());
      expect([...(await folder.listUids({ afterUid: 0, since: null }, soon()))]).toEqual(uids);
      expect([...((await folder.listUnreadUids?.(soon())) ?? [])]).toEqual(unread);
      expect(pages).toBe(3);
    });
  },
);

describe('changes', () => {
  test('a letter is marked as read, and its sender is not told', async () => {
    const item = put('one');
    await connected(ewsTo(double.port), async (connector) => {
      const folder = await connector.openForChange('INBOX', soon());
      await folder.markRead([1, 9], soon());
    });
    expect(item.isRead).toBe(true);
    expect(double.heard.find(({ body }) => body.includes('<m:UpdateItem'))?.body).toContain(
      'SuppressReadReceipts="true"',
    );
  });

  test('what is no plain message is marked as what it is', async () => {
    const kinds = ['PostItem', 'MeetingRequest', 'MeetingResponse', 'MeetingCancellation', 'Message'];
    const items = kinds.map((element) => addItem(double.folder(address), { raw: plain(element), element }));
    await connected(ewsTo(double.port), async (connector) => {
      const folder = await connector.openForChange('INBOX', soon());
      await folder.markRead([1, 2, 3, 4, 5], soon());
    });
    expect(items.map(({ element, isRead }) => [element, isRead])).toEqual(kinds.map((kind) => [kind, true]));
  });

  test.each([
    ['2016', false],
    ['2010', false],
    ['2007-sp1', false],
    ['2007-sp1', true],
  ] as const)('what cannot be marked is refused in words when the others are marked (%s)', async (version, isRead) => {
    const [odd, one] = ['Item', 'Message'].map((element) =>
      addItem(double.folder(address), { raw: plain(element), element, isRead }),
    );
    await connected(ewsTo(double.port, { version }), async (connector) => {
      const folder = await connector.openForChange('INBOX', soon());
      expect(await failureOf(folder.markRead([1, 2], soon()))).toMatchObject({
        code: 'server.unsupported',
        params: { host: 'localhost', serverWords: 'message:IsRead' },
      });
    });
    expect([odd?.isRead, one?.isRead]).toEqual([isRead, true]);
  });

  test.each([
    ['ErrorAccessDenied', 'exchange.no-access'],
    ['ErrorMailboxStoreUnavailable', 'server.unavailable'],
  ])('a letter that %s keeps from being looked at is not taken for marked', async (responseCode, code) => {
    const item = put('one');
    await connected(ewsTo(double.port), async (connector) => {
      const folder = await connector.openForChange('INBOX', soon());
      double.faults = (asked) => (asked === 'GetItem' ? { kind: 'response', code: responseCode } : null);
      expect((await failureOf(folder.markRead([1], soon()))).code).toBe(code);
    });
    expect(item.isRead).toBe(false);
  });

  test('letters are moved, and are present no more', async () => {
    addFolder(double.mailbox(address), { parentId: double.folder(address).id, name: 'Done' });
    put('one', 1);
    put('two', 2);
    await connected(ewsTo(double.port), async (connector) => {
      const folder = await connector.openForChange('INBOX', soon());
      expect(await folder.present([1, 2, 3], soon())).toEqual(new Set([1, 2]));
      await folder.move([1], 'INBOX/Done', soon());
      expect(await (await connector.openForChange('INBOX', soon())).present([1, 2], soon())).toEqual(new Set([2]));
      const done = await connector.openFolder('INBOX/Done', soon());
      expect((await all(done.fetchLetters([1], soon()))).map(({ raw }) => Buffer.from(raw).toString())).toEqual([
        plain('one'),
      ]);
      expect((await failureOf(folder.move([2], 'Nowhere', soon()))).code).toBe('folder.gone');
    });
  });

  test('a letter is deleted so that an administrator can give it back, and one that is gone meanwhile is no failure', async () => {
    const [one] = [put('one', 1), put('two', 2)];
    await connected(ewsTo(double.port), async (connector) => {
      const folder = await connector.openForChange('INBOX', soon());
      if (one) removeItem(double.folder(address), one.id);
      await folder.delete([1, 2], soon());
    });
    expect(double.folder(address).items.size).toBe(0);
    expect(double.heard.at(-1)?.body).toContain('DeleteType="SoftDelete"');
  });

  test('a folder is made with its parents, whatever its name, and once', async () => {
    await connected(ewsTo(double.port), async (connector) => {
      for (let times = 0; times < 2; times += 1) await connector.createFolder('Архив/R&D <1> "a"', soon());
      const made = (await connector.listFolders(soon())).filter(({ path }) => path.startsWith('Архив'));
      expect(made.map(({ path }) => path)).toEqual(['Архив', 'Архив/R&D <1> "a"']);
    });
  });

  test('a letter that somebody moved away is not touched where it is now', async () => {
    const done = addFolder(double.mailbox(address), { parentId: double.folder(address).id, name: 'Done' });
    const item = put('one');
    await connected(ewsTo(double.port), async (connector) => {
      const folder = await connector.openForChange('INBOX', soon());
      const moved = moveItem(double.folder(address), done, item.id);
      await folder.markRead([1], soon());
      await folder.delete([1], soon());
      expect([done.items.size, moved?.isRead]).toEqual([1, false]);
    });
  });
});
