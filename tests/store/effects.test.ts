import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DueEffect, EffectEnd } from '../../src-main/store/api/ledger.ts';
import type { EffectState, PlannedEffect } from '../../src-shared/domain/effect.ts';
import type { EffectId } from '../../src-shared/domain/ids.ts';
import { type LedgerDesk, openLedgerDesk, type Place } from '../support/ledger-desk.ts';
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

const markRead: PlannedEffect = { kind: 'mark-read', target: null, delay: 0 };
const moveAway: PlannedEffect = { kind: 'move', target: 'Done', delay: 0 };
const day = 24 * 60 * 60_000;
const problem = { code: 'folder.gone', params: { folder: 'Done' } } as const;
const states: EffectState[] = ['due', 'doing', 'done', 'gone', 'failed', 'cancelled'];

/** Letters of the inbox, each with its outcome and what is to be done on the server about it. */
async function ruled(uids: readonly number[], effect: PlannedEffect): Promise<void> {
  await desk.see(uids);
  await desk.keep(Object.fromEntries(uids.map((uid) => [uid, `letter ${uid}`])));
  for (const uid of uids) await desk.settle({ messageId: await desk.messageOf(uid), effect });
}

async function due(now = Date.now()): Promise<readonly DueEffect[]> {
  return it.store.call('effects.due', { mailboxId: desk.mailboxId, now, limit: 1000 });
}

async function effectOf(uid: number, place?: Place) {
  const { effect } = await desk.entry(uid, place);
  if (!effect) throw new Error(`no effect of ${uid}`);
  return effect;
}

const begin = (effectIds: EffectId[]) => it.store.call('effects.begin', { effectIds });

async function end(uid: number, state: EffectState, change: Partial<EffectEnd> = {}): Promise<void> {
  const { id } = await effectOf(uid);
  await begin([id]);
  const ends = [{ effectId: id, state, problem: null, notBefore: null, ...change }];
  await it.store.call('effects.end', { ends, at: 77_000 });
}

describe('what is to be done on the server', () => {
  test('is recorded with the outcome, once for each place of the letter, however often it is ruled', async () => {
    await desk.see([1]);
    await desk.keep({ 1: 'twice' });
    await desk.keep({ 5: 'twice' }, { folderId: desk.archive });
    const messageId = await desk.messageOf(1);
    await desk.settle({ messageId, effect: moveAway });
    await desk.settle({ messageId, effect: markRead });
    const rows = await due();
    expect(rows).toMatchObject([
      { folderPath: 'INBOX', uidValidity: 1, uid: 1, kind: 'move', target: 'Done', begun: false, attempts: 0 },
      { folderPath: 'Archive', uid: 5, kind: 'move', target: 'Done', messageIdHeader: '<twice@firma.example>' },
    ]);
    expect(rows).toHaveLength(2);
    const [listed] = await it.store.call('effects.list', { mailboxId: desk.mailboxId, states: ['due'], limit: 5 });
    expect(listed).toMatchObject({ uid: 1, status: 'kept', effect: { kind: 'move', state: 'due', doneAt: null } });
  });

  test('is not recorded when the outcome cannot be', async () => {
    await desk.see([1]);
    await desk.keep({ 1: 'lost' });
    const outcome = { kind: 'append', ticketId: 999_999 as never, reason: 'references' } as const;
    const decisions = [{ messageId: await desk.messageOf(1), outcome, effect: moveAway }];
    expect(await it.store.call('sorting.settleMany', { decisions, demo: false })).toEqual([]);
    expect(await desk.entry(1)).toMatchObject({ status: 'parsed', effect: null });
  });

  test('is nothing where the mark is set already, or the letter has left', async () => {
    await desk.see([1, 2]);
    await desk.keep({ 1: 'read' }, { seen: true });
    await desk.keep({ 2: 'left' });
    await desk.see([1]);
    await desk.settle({ messageId: await desk.messageOf(1), effect: markRead });
    await desk.settle({ messageId: await desk.messageOf(2), effect: moveAway });
    expect(await due()).toEqual([]);
  });

  test('waits for its day', async () => {
    await ruled([1], { kind: 'delete', target: null, delay: 7 * day });
    expect(await due(Date.now() + 6 * day)).toEqual([]);
    expect(await due(Date.now() + 8 * day)).toMatchObject([{ kind: 'delete', uid: 1 }]);
  });

  test('is of one mailbox, and never more than was asked for', async () => {
    await ruled([1, 2, 3], moveAway);
    const other = await openLedgerDesk(it.store);
    const question = { mailboxId: other.mailboxId, now: Date.now(), limit: 1000 };
    expect(await it.store.call('effects.due', question)).toEqual([]);
    const few = await it.store.call('effects.due', { ...question, mailboxId: desk.mailboxId, limit: 2 });
    expect(few.map(({ uid }) => uid)).toEqual([1, 2]);
  });
});

describe('a change that is being done', () => {
  test('is committed as such before, and known to have been begun after a crash', async () => {
    await ruled([1], moveAway);
    const { id } = await effectOf(1);
    expect(await begin([id])).toEqual({ effectIds: [id] });
    expect(await effectOf(1)).toMatchObject({ state: 'doing', attempts: 1 });
    expect(await due()).toMatchObject([{ effectId: id, begun: true, attempts: 1 }]);
    expect(await begin([id])).toEqual({ effectIds: [id] });
    expect(await effectOf(1)).toMatchObject({ state: 'doing', attempts: 2 });
  });

  test('that was called off meanwhile is not begun', async () => {
    await ruled([1, 2], moveAway);
    const [one, two] = [(await effectOf(1)).id, (await effectOf(2)).id];
    await it.store.call('effects.cancel', { effectIds: [one] });
    expect(await begin([one, two])).toEqual({ effectIds: [two] });
  });

  test('has one end: what is done, gone or called off stays so', async () => {
    await ruled([1, 2], markRead);
    await end(1, 'done');
    const { id } = await effectOf(2);
    await it.store.call('effects.cancel', { effectIds: [id] });
    const ends = [(await effectOf(1)).id, id].map((effectId) => ({
      effectId,
      state: 'failed' as const,
      problem,
      notBefore: null,
    }));
    await it.store.call('effects.end', { ends, at: 99_000 });
    expect(await effectOf(1)).toMatchObject({ state: 'done', doneAt: 77_000, problem: null });
    expect(await effectOf(2)).toMatchObject({ state: 'cancelled', doneAt: null });
  });

  test('and failed for now is due again at its time; failed for good it waits for a person', async () => {
    await ruled([1], moveAway);
    const later = Date.now() + day;
    await end(1, 'due', { problem, notBefore: later });
    expect(await due()).toEqual([]);
    expect(await due(later)).toMatchObject([{ begun: false, attempts: 1 }]);
    await end(1, 'failed', { problem });
    expect(await due(later)).toEqual([]);
    expect(await effectOf(1)).toMatchObject({ state: 'failed', problem, doneAt: null });
  });
});

describe('what was done', () => {
  test('marked read: the console knows it at once, and not with the next listing', async () => {
    await ruled([1], markRead);
    await end(1, 'done');
    const unread = { mailboxId: desk.mailboxId, folderId: null, unreadOnly: true };
    expect(await it.store.call('letters.count', { scope: unread })).toEqual({ total: 0 });
    expect(await desk.entry(1)).toMatchObject({ leftAt: null });
  });

  test.each([
    [moveAway, 'moved'],
    [{ kind: 'delete', target: null, delay: 0 } as const, 'deleted'],
  ])('%o: the letter has left the server and stays in the console, and the balance agrees', async (effect, leftHow) => {
    await ruled([1, 2], effect);
    await end(1, 'done');
    expect(await desk.entry(1)).toMatchObject({ leftHow, leftAt: 77_000, effect: { state: 'done', doneAt: 77_000 } });
    expect(await desk.balance()).toMatchObject({ onServer: 1, inLedger: 1, unexplained: [] });
    const scope = { mailboxId: null, folderId: desk.inbox, unreadOnly: false };
    expect(await it.store.call('letters.count', { scope })).toEqual({ total: 2 });
    expect(await desk.see([2])).toMatchObject({ left: 0 });
  });

  test('moved into a folder that is loaded: it lies there and no longer here', async () => {
    await ruled([1], moveAway);
    await end(1, 'done');
    await desk.see([4], { folderId: desk.archive });
    await desk.keep({ 4: 'letter 1' }, { folderId: desk.archive });
    const folders = await it.store.call('folders.list', { mailboxId: desk.mailboxId });
    expect(Object.fromEntries(folders.map(({ path, total }) => [path, total]))).toEqual({ INBOX: 0, Archive: 1 });
    // It was done where the letter lay then; where it lies now nothing is to be done.
    expect(await due()).toEqual([]);
  });
});

describe('a letter that left by itself', () => {
  test('has nothing done about it any more; what was begun counts as done', async () => {
    await ruled([1, 2, 3], markRead);
    await begin([(await effectOf(2)).id]);
    await end(3, 'failed', { problem });
    await desk.see([], { at: 5000 });
    expect(await effectOf(1)).toMatchObject({ state: 'gone', doneAt: 5000 });
    expect(await effectOf(2)).toMatchObject({ state: 'done', doneAt: 5000 });
    expect(await effectOf(3)).toMatchObject({ state: 'gone' });
    expect(await due()).toEqual([]);
  });

  test('and is named again after all has it done', async () => {
    await ruled([1], markRead);
    await desk.see([]);
    await desk.see([1]);
    expect(await due()).toMatchObject([{ uid: 1, kind: 'mark-read' }]);
  });

  test('under another UIDVALIDITY takes along what was done and what is due, also when it was called gone there', async () => {
    await ruled([1, 2, 3], markRead);
    await end(1, 'done');
    await end(2, 'gone');
    const before = await effectOf(1);
    await desk.see([11, 12, 13], { uidValidity: 2, judge: 'all' });
    const place = { uidValidity: 2 };
    await desk.keep({ 11: 'letter 1', 12: 'letter 2', 13: 'letter 3' }, place);
    expect(await effectOf(11, place)).toEqual(before);
    expect(await effectOf(12, place)).toMatchObject({ state: 'due', doneAt: null });
    expect((await due()).map(({ uid, uidValidity }) => [uidValidity, uid])).toEqual([
      [2, 12],
      [2, 13],
    ]);
  });

  test('with two copies in a renumbered folder: each takes its own along', async () => {
    await desk.see([1, 2]);
    await desk.keep({ 1: 'twin', 2: 'twin' });
    await desk.settle({ messageId: await desk.messageOf(1), effect: moveAway });
    await desk.see([7, 8], { uidValidity: 2, judge: 'all' });
    await desk.keep({ 7: 'twin', 8: 'twin' }, { uidValidity: 2 });
    expect((await due()).map(({ uid }) => uid)).toEqual([7, 8]);
  });
});

describe("a person's word", () => {
  test('calls off what waits or has failed, and has it tried again; what was done is done', async () => {
    await ruled([1, 2, 3], moveAway);
    await end(2, 'failed', { problem });
    await end(3, 'done');
    const ids = [(await effectOf(1)).id, (await effectOf(2)).id, (await effectOf(3)).id];
    expect(await it.store.call('effects.cancel', { effectIds: ids })).toEqual({ changed: 2 });
    expect(await due()).toEqual([]);
    expect(await it.store.call('effects.retry', { effectIds: ids })).toEqual({ changed: 2 });
    expect((await due()).map(({ uid }) => uid)).toEqual([1, 2]);
    expect(await effectOf(2)).toMatchObject({ state: 'due', problem: null });
  });

  test('that called off stands when the rules look again; what failed is planned anew', async () => {
    await ruled([1, 2], moveAway);
    await it.store.call('effects.cancel', { effectIds: [(await effectOf(1)).id] });
    await end(2, 'failed', { problem });
    await it.store.call('sorting.reconsider', { addressLike: '%@firma.example', mailboxId: desk.mailboxId });
    for (const uid of [1, 2]) await desk.settle({ messageId: await desk.messageOf(uid), effect: markRead });
    expect(await effectOf(1)).toMatchObject({ state: 'cancelled', kind: 'move' });
    expect(await effectOf(2)).toMatchObject({ state: 'due', kind: 'mark-read', target: null, problem: null });
  });
});

test('the list is by mailbox and state, oldest first, cut to what was asked for', async () => {
  await ruled([1, 2, 3], moveAway);
  await end(2, 'failed', { problem });
  const list = (asked: EffectState[], limit = 100, mailboxId: LedgerDesk['mailboxId'] | null = desk.mailboxId) =>
    it.store.call('effects.list', { mailboxId, states: asked, limit });
  expect((await list(states)).map(({ uid }) => uid)).toEqual([1, 2, 3]);
  expect((await list(['failed', 'failed'])).map(({ uid, effect }) => [uid, effect?.problem?.code])).toEqual([
    [2, 'folder.gone'],
  ]);
  expect((await list(['due', 'failed'], 2)).map(({ uid }) => uid)).toEqual([1, 2]);
  const everywhere = await list(['failed'], 100, null);
  expect(everywhere.filter(({ mailboxId }) => mailboxId === desk.mailboxId)).toHaveLength(1);
  await it.store.call('mailboxes.remove', { mailboxId: desk.mailboxId, keepLetters: true });
  expect(await list(states)).toEqual([]);
});
