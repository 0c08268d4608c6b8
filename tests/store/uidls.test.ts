import { expect, test } from 'vitest';
import type { FolderId, MailboxId } from '../../src-shared/domain/ids.ts';
import { addMailbox, openTestStore, type TestStore } from '../support/open-store.ts';

const first = 2 ** 32;

/** A mailbox whose POP3 server is listed again and again; rows as the loader writes them. */
async function openDrop(opened: TestStore) {
  const { store } = opened;
  const { mailboxId, folders } = await addMailbox(store);
  const folderId = folders[0] as FolderId;
  const ask = (call: 'uidls.number' | 'uidls.preview', uidls: readonly string[], source = 'bob@pop.example') =>
    store.call(call, { mailboxId, source, uidls: [...uidls] });
  const number = async (uidls: readonly string[], source?: string) => {
    const { uidValidity, uids, repeated } = await ask('uidls.number', uidls, source);
    return { numbering: uidValidity - first, uids: Array.from(uids), repeated: Array.from(repeated) };
  };
  const see = (numbering: number, uids: readonly number[]) =>
    store.call('ledger.see', {
      ...{ folderId, uidValidity: first + numbering, at: 1_000, listed: Uint32Array.from(uids).sort(), above: 0 },
      leave: { beforePeriod: new Uint32Array(), read: new Uint32Array() },
      ...{ judge: 'new', judgedBy: 'position/all', loadSince: null, periodUid: 0 },
    });
  return { store, mailboxId, folderId, ask, number, see };
}

test('a name has the same number in every session; new ones are higher, and none is given twice', async () => {
  await using opened = await openTestStore();
  const { number, see } = await openDrop(opened);
  expect((await number(['a', 'b', 'c'])).uids).toEqual([1, 2, 3]);
  await see(0, [1, 2, 3]);
  expect((await number(['c', 'd', 'a'])).uids).toEqual([3, 4, 1]);
  await see(0, [1, 3, 4]);
  // The one that had left is back, and one with the highest number has left.
  expect((await number(['b', 'a', 'c'])).uids).toEqual([2, 1, 3]);
  await see(0, [1, 2, 3]);
  expect((await number(['b', 'e'])).uids).toEqual([2, 5]);
});

test('numbers outlive the process that gave them', async () => {
  await using opened = await openTestStore();
  const { store, number } = await openDrop(opened);
  await number(['a', 'b']);
  opened.process().kill();
  await store.call('mailboxes.list', undefined).catch(() => undefined);
  expect((await number(['b', 'c', 'a'])).uids).toEqual([2, 3, 1]);
});

test('several letters of one name have a number each, and are marked, also when one of them is left', async () => {
  await using opened = await openTestStore();
  const { number, see } = await openDrop(opened);
  expect(await number(['x', 'y', 'x', 'x'])).toEqual({ numbering: 0, uids: [1, 2, 3, 4], repeated: [1, 3, 4] });
  await see(0, [1, 2, 3, 4]);
  expect(await number(['x', 'y'])).toEqual({ numbering: 0, uids: [1, 2], repeated: [1] });
});

test('where not one name is known of a mailbox that had letters, all of them are called otherwise: another numbering', async () => {
  await using opened = await openTestStore();
  const { number, see } = await openDrop(opened);
  await number(['a', 'b']);
  await see(0, [1, 2]);
  expect(await number(['p', 'q'])).toEqual({ numbering: 1, uids: [3, 4], repeated: [] });
  await see(1, [3, 4]);
  expect(await number(['q', 'p', 'r'])).toEqual({ numbering: 1, uids: [4, 3, 5], repeated: [] });
});

test('a mailbox that was empty, or lost all its letters before, keeps its numbering', async () => {
  await using opened = await openTestStore();
  const { number, see } = await openDrop(opened);
  expect((await number([])).numbering).toBe(0);
  await see(0, []);
  await number(['a']);
  await see(0, [1]);
  expect((await number([])).numbering).toBe(0);
  await see(0, []);
  expect(await number(['b'])).toEqual({ numbering: 0, uids: [2], repeated: [] });
});

test('the same names on another server are other letters', async () => {
  await using opened = await openTestStore();
  const { number, see } = await openDrop(opened);
  await number(['1', '2']);
  await see(0, [1, 2]);
  expect(await number(['1', '2'], 'bob@mail.example')).toEqual({ numbering: 1, uids: [3, 4], repeated: [] });
});

test('a number that got no row before the console fell is given anew, so that its letter is not unexplained', async () => {
  await using opened = await openTestStore();
  const { number, see } = await openDrop(opened);
  expect((await number(['a', 'b'])).uids).toEqual([1, 2]);
  // The console falls here; the next listing lacks the first of them.
  expect((await number(['b'])).uids).toEqual([2]);
  expect((await see(0, [2])).unexplained).toHaveLength(0);
  const { uids } = await number(['a', 'b']);
  expect(uids).toEqual([3, 2]);
  expect(await see(0, uids)).toMatchObject({ unexplained: new Uint32Array(), wanted: Uint32Array.of(3, 2) });
});

test('a look gets the numbers that are known and leaves nothing behind', async () => {
  await using opened = await openTestStore();
  const { number, see, ask } = await openDrop(opened);
  const empty = await ask('uidls.preview', ['a', 'b']);
  expect([empty.uidValidity, Array.from(empty.uids)]).toEqual([first, [1, 2]]);
  await number(['a', 'b']);
  await see(0, [1, 2]);
  const look = await ask('uidls.preview', ['x', 'b', 'x']);
  expect([Array.from(look.uids), Array.from(look.repeated)]).toEqual([
    [3, 2, 4],
    [3, 4],
  ]);
  expect((await ask('uidls.preview', ['a'], 'bob@elsewhere.example')).uidValidity).toBe(first + 1);
  expect((await number(['c', 'b', 'a'])).uids).toEqual([3, 2, 1]);
});

test('a mailbox that is gone has no numbers', async () => {
  await using opened = await openTestStore();
  const asked = { mailboxId: crypto.randomUUID() as MailboxId, source: 's', uidls: ['a'] };
  await expect(opened.store.call('uidls.number', asked)).rejects.toMatchObject({ code: 'folder.gone' });
});
