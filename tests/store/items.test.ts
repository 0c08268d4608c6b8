import { expect, test } from 'vitest';
import type { ItemColumns, ItemNumberingRow } from '../../src-main/store/api/items.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { addMailbox, openTestStore } from '../support/open-store.ts';

const columns = (uids: readonly number[]): ItemColumns => ({
  uids: Uint32Array.from(uids),
  ids: uids.map((uid) => `AAMk${uid}`),
  seen: Uint8Array.from(uids, (uid) => uid % 2),
  receivedAt: uids.map((uid) => uid * 1_000_000_000),
  sizes: uids.map((uid) => uid * 10),
});
const numbering = (revision: number, lastUid: number): ItemNumberingRow => ({
  ...{ source: 's', syncState: `state ${revision}`, generation: 0, lastUid, revision },
  ...{ exists: 0, unseen: 0 },
});
const none = columns([]);

test('what a folder holds is kept with the place to go on from, in one piece', async () => {
  await using opened = await openTestStore();
  const { store } = opened;
  const { mailboxId } = await addMailbox(store);
  const place = { mailboxId, path: 'INBOX' };
  expect(await store.call('items.numbering', place)).toBeNull();
  const first = {
    ...place,
    after: 0,
    numbering: numbering(1, 3),
    replace: false,
    put: columns([1, 2, 3]),
    gone: new Uint32Array(),
  };
  expect(await store.call('items.keep', first)).toBe(true);
  expect(await store.call('items.numbering', place)).toMatchObject({ syncState: 'state 1', exists: 3, unseen: 1 });
  expect(await store.call('items.recall', place)).toEqual(columns([1, 2, 3]));
  await store.call('items.keep', {
    ...first,
    after: 1,
    numbering: numbering(2, 4),
    put: columns([4]),
    gone: Uint32Array.of(1),
  });
  expect([...(await store.call('items.recall', place)).uids]).toEqual([2, 3, 4]);
  await store.call('items.keep', { ...first, after: 2, numbering: numbering(3, 5), replace: true, put: columns([5]) });
  expect([...(await store.call('items.recall', place)).uids]).toEqual([5]);
});

test('a change of what was not there any more is refused, and changes nothing', async () => {
  await using opened = await openTestStore();
  const { store } = opened;
  const { mailboxId } = await addMailbox(store);
  const place = { mailboxId, path: 'INBOX' };
  const change = { ...place, numbering: numbering(1, 1), replace: false, put: columns([1]), gone: new Uint32Array() };
  await store.call('items.keep', { ...change, after: 0 });
  const failure = store.call('items.keep', { ...change, after: 0, put: columns([2]) });
  await expect(failure).rejects.toMatchObject({ code: 'state.conflict' });
  expect([...(await store.call('items.recall', place)).uids]).toEqual([1]);
});

test('of a folder that the mailbox does not have nothing is kept, and nothing recalled', async () => {
  await using opened = await openTestStore();
  const { store } = opened;
  const place = { mailboxId: crypto.randomUUID() as MailboxId, path: 'INBOX' };
  const change = { ...place, after: 0, numbering: numbering(1, 0), replace: false, put: none, gone: new Uint32Array() };
  expect(await store.call('items.keep', change)).toBe(false);
  expect(await store.call('items.recall', place)).toEqual(none);
});
