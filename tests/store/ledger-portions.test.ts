import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LedgerDesk, openLedgerDesk } from '../support/ledger-desk.ts';
import { openTestStore, type TestStore } from '../support/open-store.ts';

const listed = Array.from({ length: 100_000 }, (_, at) => at + 1);

let it: TestStore;
let desk: LedgerDesk;
beforeEach(async () => {
  it = await openTestStore();
  desk = await openLedgerDesk(it.store);
});
afterEach(() => it[Symbol.asyncDispose]());

const counted = async (): Promise<number> => (await desk.balance()).inLedger;

/** Asks what is there until some of the listing is, and not all. */
async function untilSomeAreThere(listing: Promise<unknown>): Promise<number> {
  let ended = false;
  void listing.finally(() => (ended = true)).catch(() => undefined);
  for (;;) {
    const rows = await counted();
    if (rows > 0 && rows < listed.length) return rows;
    if (ended) throw new Error('the store answered nothing while the listing was entered');
  }
}

test('while a listing of a hundred thousand letters is entered, the store answers others', async () => {
  const listing = desk.see(listed);
  await untilSomeAreThere(listing);
  const { counts, wanted, unexplained } = await listing;
  expect({ counts: counts.waiting, wanted: wanted.length, newest: wanted[0] }).toEqual({
    counts: listed.length,
    wanted: listed.length,
    newest: listed.length,
  });
  expect(unexplained).toEqual([]);
  expect(await desk.balance()).toMatchObject({ onServer: listed.length, inLedger: listed.length, unexplained: [] });
});

test('a store that is killed meanwhile has a row for each letter after the next listing, as the same choice says', async () => {
  const beforePeriod = listed.slice(0, 60_000);
  const look = { beforePeriod, judge: 'all', judgedBy: 'position/week', loadSince: 5, periodUid: 100_000 } as const;
  const listing = desk.see(listed, look);
  await untilSomeAreThere(listing);
  it.process().kill();
  await expect(listing).rejects.toMatchObject({ code: 'store.unavailable' });
  // What the loader asks next: the choice was kept with the first portion, so only what has no row is judged.
  const [cursor] = await it.store.call('folders.cursors', { mailboxId: desk.mailboxId });
  expect(cursor).toMatchObject({ judgedBy: 'position/week', loadSince: 5, periodUid: 100_000, uidValidity: 1 });
  const { counts, unexplained } = await desk.see(listed, { ...look, judge: 'new' });
  expect(counts).toMatchObject({ waiting: 40_000, beforePeriod: 60_000 });
  expect(unexplained).toEqual([]);
  expect(await counted()).toBe(listed.length);
});

test('what is unexplained in a folder of many thousands is loaded at a person’s word, and the others stay as they are', async () => {
  const early = listed.slice(1, 30_000);
  await desk.see(early);
  await desk.keep({ 2: 'two' });
  expect((await desk.see([1, ...early])).unexplained).toEqual([1]);
  await it.store.call('ledger.release', { mailboxId: desk.mailboxId, entryId: null });
  const { counts, unexplained } = await desk.see([1, ...early]);
  expect({ counts, unexplained }).toMatchObject({ counts: { stored: 1, waiting: 29_999 }, unexplained: [] });
});

test('a listing beside the rows counts only what is on the server now', async () => {
  await desk.see([1, 2, 3, 4], { beforePeriod: [1, 2] });
  const listing = { folderId: desk.inbox, uidValidity: 1, listed: Uint32Array.of(2, 3), at: 9000 };
  expect(await it.store.call('ledger.compare', listing)).toMatchObject({
    ...{ onServer: 2, inLedger: 2, unexplained: [] },
    counts: { waiting: 1, beforePeriod: 1 },
  });
});
