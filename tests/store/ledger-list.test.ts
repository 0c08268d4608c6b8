import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LedgerEntryId } from '../../src-shared/domain/ids.ts';
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

const told = (rows: readonly LedgerEntry[]) => rows.map(({ uid, status, why }) => [uid, status, why]);

test('the list is filtered by mailbox, folder and status, last seen first, and its pages meet without a gap', async () => {
  const other = await openLedgerDesk(it.store);
  await other.see([1, 2]);
  await desk.see([1, 2, 3, 4, 5], { beforePeriod: [1], judge: 'all' });
  await desk.see([1], { folderId: desk.archive });
  await desk.keep({ 4: 'four', 5: 'five' });
  await desk.settle({ messageId: await desk.messageOf(5) });
  expect(told(await desk.entries({ folderId: desk.inbox }))).toEqual([
    [5, 'kept', 'not-collecting'],
    [4, 'parsed', null],
    [3, 'waiting', null],
    [2, 'waiting', null],
    [1, 'held', 'before-period'],
  ]);
  const only = async (...statuses: LedgerEntry['status'][]) => (await desk.entries({ statuses })).map(({ uid }) => uid);
  expect(await only('waiting')).toEqual([1, 3, 2]);
  expect(await only('kept', 'held')).toEqual([5, 1]);
  expect(await only('parsed')).toEqual([4]);
  expect(await only('stored')).toEqual([]);
  expect(await only('ticket', 'appended', 'quarantined', 'left')).toEqual([]);
  const filter = { mailboxId: desk.mailboxId, folderId: null, statuses: [], query: '' };
  const walked: number[] = [];
  for (let before: LedgerEntryId | null = null; ; ) {
    const page: readonly LedgerEntry[] = await it.store.call('ledger.list', { filter, before, limit: 2 });
    walked.push(...page.map(({ id }) => id));
    before = page.at(-1)?.id ?? null;
    if (page.length < 2) break;
  }
  expect(walked).toEqual((await desk.entries()).map(({ id }) => id));
  expect(walked).toHaveLength(6);
  const all = await it.store.call('ledger.list', {
    filter: { ...filter, mailboxId: null },
    before: null,
    limit: 500,
  });
  expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted((one, two) => two - one));
  expect(all.filter(({ mailboxId }) => mailboxId === other.mailboxId)).toHaveLength(2);
});

test('the list is searched by sender, subject and whole Message-ID, within a status as well', async () => {
  await desk.keep({ 1: 'Принтер сломался', 2: 'Router' });
  await desk.settle({ messageId: await desk.messageOf(2) });
  const found = async (query: string, statuses: LedgerEntry['status'][] = []) =>
    (await desk.entries({ query, statuses })).map(({ uid }) => uid);
  expect(await found('прин')).toEqual([1]);
  expect(await found('anna')).toEqual([2, 1]);
  expect(await found('<Router@firma.example>')).toEqual([2]);
  expect(await found('Router@firma.example')).toEqual([2]);
  expect(await found('anna', ['kept'])).toEqual([2]);
  expect(await found('anna', ['parsed'])).toEqual([1]);
  expect(await found('nothing like it')).toEqual([]);
  expect(await found('"*( NEAR')).toEqual([]);
});

test('the list of a mailbox that was removed with its letters kept is not shown', async () => {
  await desk.see([1]);
  await it.store.call('mailboxes.remove', { mailboxId: desk.mailboxId, keepLetters: true });
  expect(await desk.entries()).toEqual([]);
  const filter = { mailboxId: null, folderId: null, statuses: [], query: '' };
  const all = await it.store.call('ledger.list', { filter, before: null, limit: 500 });
  expect(all.filter(({ mailboxId }) => mailboxId === desk.mailboxId)).toEqual([]);
  expect(await it.store.call('ledger.balances', { mailboxId: desk.mailboxId })).toEqual([]);
});

test('a story that is gone is told from one that is not', async () => {
  const gone = it.store.call('ledger.story', { entryId: 999_999 as never });
  await expect(gone).rejects.toMatchObject({ code: 'message.gone' });
  await desk.see([1]);
  const { id } = await desk.entry(1);
  expect(await it.store.call('ledger.story', { entryId: id })).toMatchObject({ entry: { uid: 1 }, elsewhere: [] });
});
