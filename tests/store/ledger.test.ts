import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LedgerEntry } from '../../src-shared/domain/ledger.ts';
import { type LedgerDesk, openLedgerDesk } from '../support/ledger-desk.ts';
import { openTestStore, type TestStore } from '../support/open-store.ts';

let it: TestStore;
let desk: LedgerDesk;
beforeAll(async () => {
  it = await openTestStore();
});
afterAll(() => it[Symbol.asyncDispose]());
beforeEach(async () => {
  desk = await openLedgerDesk(it.store);
});

const none = { stored: 0, waiting: 0, beforePeriod: 0, read: 0, tooLarge: 0, refused: 0 };
const hour = 60 * 60_000;
const problem = { code: 'network.dropped', params: { host: 'mail.example', port: 993 } } as const;
const told = (rows: readonly LedgerEntry[]) => rows.map(({ uid, status, why }) => [uid, status, why]);

function fail(uids: readonly number[], alone: boolean, at = Date.now()): Promise<void> {
  const failed = { folderId: desk.inbox, uidValidity: 1, uids: Uint32Array.from(uids), alone, problem, at };
  return it.store.call('ledger.failed', failed);
}

describe('a listing', () => {
  test('gives each number its row before anything is loaded: the first one judged by the choice, newest first to be loaded', async () => {
    const seen = await desk.see([1, 2, 5, 9], { at: 1000, beforePeriod: [1], read: [2], judge: 'all' });
    expect(seen).toEqual({
      wanted: [9, 5],
      troubled: [],
      counts: { ...none, waiting: 2, beforePeriod: 1, read: 1 },
      left: 0,
      unexplained: [],
    });
    expect(told(await desk.entries())).toEqual([
      [9, 'waiting', null],
      [5, 'waiting', null],
      [2, 'held', 'read'],
      [1, 'held', 'before-period'],
    ]);
    expect(await desk.entry(9)).toMatchObject({
      ...{ mailboxId: desk.mailboxId, folderId: desk.inbox, folderPath: 'INBOX', uidValidity: 1, messageId: null },
      ...{ seenAt: 1000, storedAt: null, leftAt: null, attempts: 0, problem: null, effect: null, subject: '' },
    });
  });

  test('made later wants what came since and what is still to come, and nothing twice', async () => {
    await desk.see([1, 2], { judge: 'all' });
    await desk.keep({ 2: 'two' });
    expect(await desk.see([1, 2, 3], { at: 2000 })).toMatchObject({
      wanted: [3, 1],
      counts: { stored: 1, waiting: 2 },
    });
    await desk.keep({ 1: 'one', 3: 'three' });
    expect(await desk.see([1, 2, 3])).toMatchObject({ wanted: [], counts: { ...none, stored: 3 }, left: 0 });
    expect(await desk.entry(3)).toMatchObject({ seenAt: 2000, status: 'parsed', subject: 'three' });
  });

  test('of the news alone knows nothing of what it does not name', async () => {
    await desk.see([1, 2, 3], { judge: 'all' });
    await desk.keep({ 1: 'one', 2: 'two' });
    expect(await desk.see([5], { above: 3 })).toMatchObject({ wanted: [5, 3], left: 0, unexplained: [] });
    expect(told(await desk.entries())).toEqual([
      [5, 'waiting', null],
      [3, 'waiting', null],
      [2, 'parsed', null],
      [1, 'parsed', null],
    ]);
    expect(await desk.balance()).toMatchObject({ onServer: 4, inLedger: 4, unexplained: [] });
  });

  test('of a folder that is gone is refused', async () => {
    const gone = desk.see([1], { folderId: 999_999 as never });
    await expect(gone).rejects.toMatchObject({ code: 'folder.gone' });
  });
});

describe('what leaves the folder', () => {
  test('was deleted when it lies nowhere else, and stays in the console', async () => {
    await desk.see([1, 2]);
    await desk.keep({ 1: 'stays', 2: 'deleted' });
    expect(await desk.see([1], { at: 7000 })).toMatchObject({ left: 1, counts: { ...none, stored: 1 } });
    expect(await desk.entry(2)).toMatchObject({ leftAt: 7000, leftHow: 'deleted', status: 'parsed' });
    const scope = { mailboxId: null, folderId: desk.inbox, unreadOnly: false };
    expect(await it.store.call('letters.count', { scope })).toEqual({ total: 2 });
    expect(await desk.see([1], { at: 8000 })).toMatchObject({ left: 0 });
    expect(await desk.entry(2)).toMatchObject({ leftAt: 7000 });
  });

  test('before it was loaded says so, and is not asked for', async () => {
    await desk.see([1, 2]);
    expect(await desk.see([2])).toMatchObject({ left: 1, wanted: [2] });
    expect(await desk.entry(1)).toMatchObject({ status: 'left', leftHow: 'deleted', messageId: null });
  });

  test.each(['the folder that it went to is seen first', 'the folder that it left is seen first'])(
    'was moved when it lies elsewhere: %s',
    async (order) => {
      await desk.see([1]);
      await desk.keep({ 1: 'moved' });
      const arrive = async () => {
        await desk.see([4], { folderId: desk.archive });
        await desk.keep({ 4: 'moved' }, { folderId: desk.archive, seen: true });
      };
      if (order.startsWith('the folder that it went to')) await arrive();
      await desk.see([]);
      if (order.startsWith('the folder that it left')) await arrive();
      expect(await desk.entry(1)).toMatchObject({ leftHow: 'moved' });
      const place = { folderId: desk.archive };
      expect(await desk.entry(4, place)).toMatchObject({ leftAt: null, messageId: await desk.messageOf(1) });
      const count = async (folderId: typeof desk.inbox) =>
        (await it.store.call('letters.count', { scope: { mailboxId: null, folderId, unreadOnly: false } })).total;
      expect([await count(desk.inbox), await count(desk.archive)]).toEqual([0, 1]);
      // It was read where it lies now: the mark that it bore in the folder it left says nothing any more.
      const unread = { mailboxId: desk.mailboxId, folderId: null, unreadOnly: true };
      expect(await it.store.call('letters.count', { scope: unread })).toEqual({ total: 0 });
    },
  );

  test('and comes back under a new number is one letter with two rows', async () => {
    await desk.see([1]);
    await desk.keep({ 1: 'there and back' });
    await desk.see([]);
    await desk.see([2]);
    await desk.keep({ 2: 'there and back' });
    expect(await desk.messageOf(2)).toBe(await desk.messageOf(1));
    expect(await desk.entry(1)).toMatchObject({ leftHow: 'moved' });
    const scope = { mailboxId: null, folderId: desk.inbox, unreadOnly: false };
    expect(await it.store.call('letters.count', { scope })).toEqual({ total: 1 });
    const { entry, elsewhere } = await it.store.call('ledger.story', { entryId: (await desk.entry(2)).id });
    expect([entry.uid, ...elsewhere.map(({ uid }) => uid)]).toEqual([2, 1]);
  });

  test('and is named again under its own number has not left', async () => {
    await desk.see([1, 2]);
    await desk.keep({ 1: 'one' });
    await desk.see([]);
    expect(await desk.see([1, 2])).toMatchObject({ wanted: [2], counts: { stored: 1, waiting: 1 }, unexplained: [] });
    expect(await desk.entry(1)).toMatchObject({ leftAt: null, leftHow: null, status: 'parsed' });
  });
});

describe('a folder that was renumbered', () => {
  test('is seen anew; what is met again keeps its times and has one row', async () => {
    await desk.see([1, 2], { at: 1000 });
    await desk.keep({ 1: 'one', 2: 'two' });
    const before = await desk.entry(1);
    expect(await desk.see([7, 8, 9], { uidValidity: 2, at: 5000, judge: 'all' })).toMatchObject({
      ...{ wanted: [9, 8, 7], left: 0, unexplained: [], counts: { ...none, waiting: 3 } },
    });
    expect(await desk.entry(1)).toMatchObject({ leftAt: 5000, leftHow: 'renumbered' });
    await desk.keep({ 7: 'one' }, { uidValidity: 2 });
    const rows = await desk.entries();
    expect(rows.filter(({ subject }) => subject === 'one')).toEqual([
      { ...before, id: expect.any(Number), uid: 7, uidValidity: 2 },
    ]);
    expect(await desk.balance()).toMatchObject({ onServer: 3, inLedger: 3, counts: { stored: 1, waiting: 2 } });
    const scope = { mailboxId: null, folderId: desk.inbox, unreadOnly: false };
    expect(await it.store.call('letters.count', { scope })).toEqual({ total: 2 });
  });

  test('with two copies of one letter has two rows again, and with one copy less shows it once', async () => {
    await desk.see([1, 2, 3]);
    await desk.keep({ 1: 'twin', 2: 'twin', 3: 'twin' });
    await desk.see([5, 6], { uidValidity: 2, judge: 'all' });
    await desk.keep({ 5: 'twin', 6: 'twin' }, { uidValidity: 2 });
    const rows = (await desk.entries()).map(({ uid, uidValidity, leftHow }) => [uidValidity, uid, leftHow]);
    expect(rows.sort()).toEqual([
      [1, 3, 'renumbered'],
      [2, 5, null],
      [2, 6, null],
    ]);
    const folders = await it.store.call('folders.list', { mailboxId: desk.mailboxId });
    expect(folders.find(({ id }) => id === desk.inbox)).toMatchObject({ total: 2 });
  });

  test('by a program that did not know the number before is told from what it has by the next one', async () => {
    await desk.keep({ 1: 'one' });
    await desk.see([4], { uidValidity: 2, judge: 'all' });
    expect(await desk.entry(1)).toMatchObject({ leftHow: 'renumbered' });
  });
});

describe('what is unexplained', () => {
  test('is named, not guessed at; it gets its row once a person asks for it', async () => {
    await desk.see([1, 9]);
    await desk.keep({ 1: 'one', 9: 'nine' });
    expect(await desk.see([1, 4, 9])).toMatchObject({ unexplained: [4], wanted: [], counts: { ...none, stored: 2 } });
    expect(await desk.balance()).toMatchObject({ onServer: 3, inLedger: 2, unexplained: [4] });
    const { mailboxId } = desk;
    expect(await it.store.call('ledger.release', { mailboxId, entryId: null })).toEqual({ released: 0 });
    expect(await desk.see([1, 4, 9])).toMatchObject({ unexplained: [], wanted: [4] });
    expect(await desk.balance()).toMatchObject({ onServer: 3, inLedger: 3, unexplained: [] });
  });

  test('is found by a fresh listing beside the rows, which stay, and is loaded at one word', async () => {
    await desk.see([1, 2]);
    const before = await desk.entries();
    const listing = { folderId: desk.inbox, uidValidity: 1, listed: Uint32Array.of(1, 2, 3), at: 9000 };
    expect(await it.store.call('ledger.compare', listing)).toMatchObject({
      ...{ at: 9000, onServer: 3, inLedger: 2, unexplained: [3], path: 'INBOX' },
    });
    expect(await desk.entries()).toEqual(before);
    expect(await desk.balance()).toMatchObject({ at: 9000, onServer: 3, inLedger: 2, unexplained: [3] });
    await it.store.call('ledger.release', { mailboxId: desk.mailboxId, entryId: null });
    expect(await desk.see([1, 2, 3])).toMatchObject({ unexplained: [], wanted: [3, 2, 1] });
    const gone = it.store.call('ledger.compare', { ...listing, folderId: 999_999 as never });
    await expect(gone).rejects.toMatchObject({ code: 'folder.gone' });
  });
});

describe('another choice', () => {
  test('is judged anew of what is not stored; what is stored stays', async () => {
    await desk.see([1, 2, 3], { judge: 'all', beforePeriod: [1, 2], judgedBy: 'position/week' });
    await desk.keep({ 3: 'three' });
    expect(await desk.see([1, 2, 3], { judge: 'all', beforePeriod: [1, 3], judgedBy: 'position/month' })).toMatchObject(
      {
        ...{ wanted: [2], counts: { ...none, stored: 1, waiting: 1, beforePeriod: 1 } },
      },
    );
    expect(await desk.see([1, 2, 3], { judge: 'all', judgedBy: 'everything' })).toMatchObject({ wanted: [2, 1] });
  });

  test('by marks follows the marks: read is left out until it is unread again', async () => {
    await desk.see([1, 2], { judge: 'all', read: [1], judgedBy: 'unread/all' });
    expect(await desk.see([1, 2], { judge: 'all', read: [2], judgedBy: 'unread/all' })).toMatchObject({ wanted: [1] });
    expect(told(await desk.entries())).toEqual([
      [2, 'held', 'read'],
      [1, 'waiting', null],
    ]);
  });

  test('loads nothing that was refused or is too large', async () => {
    await desk.see([1, 2], { judge: 'all' });
    for (let times = 0; times < 5; times += 1) await fail([1], true);
    expect(await desk.see([1, 2], { judge: 'all', judgedBy: 'everything' })).toMatchObject({
      wanted: [2],
      troubled: [],
    });
  });
});

describe('a letter that was asked for in vain', () => {
  test('is asked for last and alone after two times, however often it was among others', async () => {
    await desk.see([1, 2, 3]);
    await fail([1, 2], false, 1000);
    expect(await desk.see([1, 2, 3])).toMatchObject({ wanted: [3, 2, 1], troubled: [] });
    await fail([1, 2], false, 2000);
    for (let times = 0; times < 9; times += 1) await fail([1], false, 3000);
    expect(await desk.see([1, 2, 3])).toMatchObject({ wanted: [3], troubled: [2, 1] });
    expect(await desk.entry(1)).toMatchObject({ attempts: 2, status: 'waiting', problem });
  });

  test('is refused after five times, alone at the end; the next day it is tried once more', async () => {
    await desk.see([1, 2]);
    await fail([1], false, hour);
    await fail([1], false, hour);
    await fail([1], true, hour);
    await fail([1], true, hour);
    expect(await desk.see([1, 2], { at: hour })).toMatchObject({ troubled: [1] });
    await fail([1], true, hour);
    expect(await desk.see([1, 2], { at: 24 * hour })).toMatchObject({
      troubled: [],
      counts: { refused: 1, waiting: 1 },
    });
    expect(await desk.entry(1)).toMatchObject({ status: 'held', why: 'refused', attempts: 5, problem });
    expect(await desk.see([1, 2], { at: 26 * hour })).toMatchObject({ troubled: [1], wanted: [2] });
    await fail([1], true, 26 * hour);
    expect(await desk.see([1, 2], { at: 27 * hour })).toMatchObject({ troubled: [], counts: { refused: 1 } });
  });

  test('is tried again when a person says so: one of them, or all', async () => {
    await desk.see([1, 2]);
    for (let times = 0; times < 5; times += 1) await fail([1, 2], true);
    const { mailboxId } = desk;
    const entryId = (await desk.entry(2)).id;
    expect(await it.store.call('ledger.release', { mailboxId, entryId })).toEqual({ released: 1 });
    expect(await desk.see([1, 2])).toMatchObject({ wanted: [], troubled: [2] });
    expect(await it.store.call('ledger.release', { mailboxId, entryId: null })).toEqual({ released: 1 });
    expect(await desk.see([1, 2])).toMatchObject({ troubled: [2, 1] });
  });

  test('forgets its trouble once it is stored', async () => {
    await desk.see([1]);
    await fail([1], false);
    await desk.keep({ 1: 'came after all' });
    expect(await desk.entry(1)).toMatchObject({ status: 'parsed', problem: null, attempts: 1 });
    await fail([1], true);
    expect(await desk.entry(1)).toMatchObject({ status: 'parsed', problem: null, attempts: 1 });
  });
});
