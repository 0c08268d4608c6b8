import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FetchedLetter } from '../../src-main/connectors/connectors.ts';
import { addFolder, addItem, removeItem, setRead } from '../support/exchange/mailboxes.ts';
import { applicationToken, type GraphDouble } from '../support/graph/graph-double.ts';
import { relocate } from '../support/graph/graph-mailbox.ts';
import { connected as connectedTo } from './exchange-desk.ts';
import { bob, bobsToken, type GraphWish, graphCertificates, graphTo, office, startDouble } from './graph-desk.ts';
import { connectorsFor, failureOf, soon } from './sign-in.ts';

const certificates = graphCertificates();
afterAll(() => certificates[Symbol.dispose]());
let double: GraphDouble;
beforeEach(async () => {
  double = await startDouble(certificates);
});
afterEach(async () => {
  await double.stop();
  expect(double.mistakes).toEqual([]);
});

const plain = (name: string): string => `From: clerk@elsewhere.test\r\nSubject: ${name}\r\n\r\n${name}\r\n`;
const put = (name: string, day = 1, isRead = false) =>
  addItem(double.folder(bob), { raw: plain(name), receivedAt: Date.UTC(2026, 9, day), isRead });
const connected = <T>(work: Parameters<typeof connectedTo<T>>[1], wish: GraphWish = {}): Promise<T> =>
  connectedTo(graphTo(double.port, wish), work, { trusted: [certificates.caPem] });

async function all(letters: AsyncIterable<FetchedLetter>): Promise<readonly FetchedLetter[]> {
  const list: FetchedLetter[] = [];
  for await (const letter of letters) list.push(letter);
  return list;
}

describe('folders', () => {
  test('have their role and path, level by level; searches, hidden ones and what is on its way are left out', async () => {
    const parentId = double.folder(bob).id;
    const projects = addFolder(double.mailbox(bob), { parentId, name: 'Заявки & <цех>' });
    addFolder(double.mailbox(bob), { parentId: projects.id, name: 'a/b' });
    addFolder(double.mailbox(bob), { parentId, name: 'Search', folderClass: 'search' });
    addFolder(double.mailbox(bob), { parentId, name: 'Hidden', folderClass: 'hidden' });
    double.pageSize = 2;
    const folders = await connected((connector) => connector.listFolders(soon()));
    expect(folders.map(({ path, role }) => [path, role])).toEqual([
      ['INBOX', 'inbox'],
      ['Отправленные', 'sent'],
      ['Черновики', 'drafts'],
      ['Удалённые', 'trash'],
      ['Нежелательная почта', 'junk'],
      ['INBOX/Заявки & <цех>', null],
      ['INBOX/Заявки & <цех>/a\u2215b', null],
    ]);
    expect(folders.find(({ role }) => role === 'inbox')).toMatchObject({
      name: 'INBOX',
      separator: '/',
      identity: parentId,
    });
  });

  test('are made with their parents, whatever their name, and once', async () => {
    await connected(async (connector) => {
      for (let times = 0; times < 2; times += 1) await connector.createFolder('INBOX/R&D <1> "a"/б', soon());
      const made = (await connector.listFolders(soon())).filter(({ path }) => path.startsWith('INBOX/'));
      expect(made.map(({ path }) => path)).toEqual(['INBOX/R&D <1> "a"', 'INBOX/R&D <1> "a"/б']);
    });
  });
});

test('letters come byte for byte, numbered as they arrived', async () => {
  const raws = [
    plain('one'),
    `${plain('two')}.\r\n..\r\n`,
    Buffer.from('Subject: \xef\xf0\r\n\r\n\xce\xf2\xe2\xe5\xf2 \x00\xff', 'latin1'),
    `Subject: big\r\n\r\n${'0123456789abcdef\r\n'.repeat(120_000)}`,
  ];
  for (const [at, raw] of [...raws.entries()].toReversed())
    addItem(double.folder(bob), { raw, receivedAt: Date.UTC(2026, 9, 1 + at), isRead: at === 1 });
  await connected(async (connector) => {
    const folder = await connector.openFolder('inbox', soon());
    expect([folder.exists, folder.uidNext]).toEqual([4, 5]);
    expect([...(await folder.listUids({ afterUid: 1, since: Date.UTC(2026, 9, 3) }, soon()))]).toEqual([3, 4]);
    expect([...((await folder.listUnreadUids?.(soon())) ?? [])]).toEqual([1, 3, 4]);
    const came = await all(folder.fetchLetters([3, 1, 9, 2, 4], soon()));
    expect(came.map(({ uid, seen, receivedAt }) => [uid, seen, receivedAt])).toEqual(
      [3, 1, 2, 4].map((uid) => [uid, uid === 2, Date.UTC(2026, 9, uid)]),
    );
    for (const { uid, raw } of came) expect(Buffer.from(raw).equals(Buffer.from(raws[uid - 1] ?? ''))).toBe(true);
    expect((await folder.listSizes([4], soon())).get(4)).toBeGreaterThan(2_000_000);
  });
});

test('a header comes without the letter', async () => {
  put('large');
  await connected(async (connector) => {
    const folder = await connector.openFolder('INBOX', soon());
    const header = await folder.fetchHeader(1, soon());
    expect(Buffer.from(header?.header ?? []).toString()).toBe('From: clerk@elsewhere.test\r\nSubject: large\r\n\r\n');
    expect(await folder.fetchHeader(2, soon())).toBeNull();
  });
  expect(double.asked).not.toContain('value');
});

test('asked again, a folder tells what changed in one question, and numbers stay', async () => {
  const [one, two] = [put('one', 1), put('two', 2)];
  await connected(async (connector) => {
    const state = async () => (await connector.folderStates(['INBOX', 'Нет такой'], soon())).states.get('INBOX');
    const first = await state();
    expect(first).toMatchObject({ exists: 2, unseen: 2, uidNext: 3 });
    expect((await connector.folderStates(['INBOX'], soon())).roundTrips).toBe(1);
    expect(await state()).toEqual(first);
    setRead(double.folder(bob), two.id, true);
    const marked = await state();
    expect(marked).toMatchObject({ exists: 2, unseen: 1, uidNext: 3 });
    expect(marked?.highestModseq).not.toBe(first?.highestModseq);
    removeItem(double.folder(bob), one.id);
    put('three', 1);
    await state();
    const folder = await connector.openFolder('INBOX', soon());
    expect([...(await folder.listUids({ afterUid: 0, since: null }, soon()))]).toEqual([2, 3]);
  });
});

test('a folder of many letters is told in pages and known as a whole', async () => {
  for (let at = 0; at < 25; at += 1) put(`n${at}`, 1);
  double.pageSize = 7;
  await connected(async (connector) => {
    expect((await connector.openFolder('INBOX', soon())).exists).toBe(25);
    for (let at = 0; at < 20; at += 1) put(`m${at}`, 2);
    expect((await connector.openFolder('INBOX', soon())).exists).toBe(45);
  });
});

test('a letter of which only a change is told, and which is not known, is asked for', async () => {
  const item = put('one');
  await connected(async (connector) => {
    // Its arrival is missing in what the service tells.
    await connector.openFolder('INBOX', soon());
    const silent = put('two', 2);
    const log = double.folder(bob).log;
    log.splice(
      log.findIndex(({ id }) => id === silent.id),
      1,
      { kind: 'read', id: silent.id },
    );
    setRead(double.folder(bob), item.id, true);
    const folder = await connector.openFolder('INBOX', soon());
    expect([folder.exists, [...((await folder.listUnreadUids?.(soon())) ?? [])]]).toEqual([2, [2]]);
  });
});

describe('changes', () => {
  test('letters are marked as read, moved and deleted so that they can be given back', async () => {
    addFolder(double.mailbox(bob), { parentId: double.folder(bob).id, name: 'Done' });
    const [one] = [put('one', 1), put('two', 2), put('three', 3)];
    await connected(async (connector) => {
      const folder = await connector.openForChange('INBOX', soon());
      expect(await folder.present([1, 2, 4], soon())).toEqual(new Set([1, 2]));
      await folder.markRead([1, 9], soon());
      expect(one?.isRead).toBe(true);
      await folder.move([1], 'INBOX/Done', soon());
      await folder.delete([2], soon());
      expect(await (await connector.openForChange('INBOX', soon())).present([1, 2, 3], soon())).toEqual(new Set([3]));
      const done = await connector.openFolder('INBOX/Done', soon());
      expect((await all(done.fetchLetters([1], soon()))).map(({ raw }) => Buffer.from(raw).toString())).toEqual([
        plain('one'),
      ]);
      expect((await failureOf(folder.move([3], 'Nowhere', soon()))).code).toBe('folder.gone');
    });
    expect([
      double.folder(bob, 'recoverableitemsdeletions').items.size,
      double.folder(bob, 'deleteditems').items.size,
    ]).toEqual([1, 0]);
  });

  test('a letter that somebody moved away is not touched where it is now', async () => {
    const item = put('one');
    const away = double.folder(bob, 'drafts');
    await connected(async (connector) => {
      const folder = await connector.openForChange('INBOX', soon());
      relocate(double.folder(bob), away, item);
      await folder.markRead([1], soon());
      await folder.delete([1], soon());
      expect([away.items.size, item.isRead]).toEqual([1, false]);
    });
  });

  test('a letter is found by its Message-ID, quotes and all', async () => {
    addItem(double.folder(bob), { raw: "Message-ID: <o'neil@a.example>\r\n\r\n" });
    put('two');
    await connected(async (connector) => {
      const folder = await connector.openForChange('INBOX', soon());
      expect(await folder.findByMessageId("<o'neil@a.example>", soon())).toEqual([2]);
    });
  });
});

describe('mailboxes', () => {
  test('a shared one is opened by the token of who may, and by an application; another’s is not', async () => {
    addItem(double.folder(office), { raw: plain('one') });
    const exists = (wish: GraphWish) =>
      connected(async (connector) => (await connector.openFolder('INBOX', soon())).exists, wish);
    expect(await exists({ mailbox: office })).toBe(1);
    expect(await exists({ mailbox: office, tokens: [applicationToken] })).toBe(1);
    expect((await failureOf(exists({ mailbox: 'eve@company.example' }))).code).toBe('graph.no-access');
    expect((await failureOf(exists({ mailbox: 'nobody@company.example' }))).code).toBe('graph.no-mailbox');
  });

  test('a token that is refused is renewed once, in the middle of the work too; then it is a refusal', async () => {
    expect((await failureOf(connected((c) => c.listFolders(soon()), { tokens: ['wrong'] }))).code).toBe(
      'auth.rejected',
    );
    expect(new Set(double.heard.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer wrong']));
    expect(double.heard).toHaveLength(2);
    await connected(
      async (connector) => {
        put('one');
        double.tokens.delete(bobsToken);
        double.tokens.set('the-next', { address: bob });
        expect((await connector.openFolder('INBOX', soon())).exists).toBe(1);
        double.tokens.delete('the-next');
        expect((await failureOf(connector.openFolder('INBOX', soon()))).code).toBe('auth.rejected');
      },
      { tokens: ['wrong', bobsToken, 'the-next'] },
    );
  });

  test('of one mailbox no more than four things are asked at once, over however many lines', async () => {
    const connectors = connectorsFor([certificates.caPem]);
    const lines = await Promise.all(
      Array.from({ length: 7 }, () => connectors.openIncoming(graphTo(double.port), soon())),
    );
    double.hold = new Promise((resolve) => {
      const seen = setInterval(() => {
        if (double.crowd.most < 4) return;
        clearInterval(seen);
        setImmediate(resolve);
      }, 5);
    });
    await Promise.all(lines.map((line) => line.openFolder('INBOX', soon())));
    await Promise.all(lines.map((line) => line.close()));
    expect(double.crowd).toEqual({ most: 4, refused: 0 });
  });
});
