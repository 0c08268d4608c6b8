import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { MessageId } from '../../src-shared/domain/ids.ts';
import type { QuarantineWhy } from '../../src-shared/domain/ledger.ts';
import type { Quarantined } from '../../src-shared/domain/quarantine.ts';
import { composeRaw } from '../support/compose-raw.ts';
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

const none = { 'no-sender-entry': 0, 'no-sender': 0, unreadable: 0, 'too-large': 0, 'suspected-sender': 0 };
const anything = { why: null, dismissed: false, before: null, limit: 100, since: null };
type Question = {
  readonly why?: QuarantineWhy;
  readonly dismissed?: boolean;
  readonly before?: MessageId;
  readonly limit?: number;
  readonly since?: number;
};

const list = (question: Question = {}): Promise<readonly Quarantined[]> =>
  it.store.call('quarantine.list', { ...anything, mailboxId: desk.mailboxId, ...question });
const counts = (since: number | null = null) =>
  it.store.call('quarantine.counts', { mailboxId: desk.mailboxId, since });
const release = (messageIds: MessageId[] | null, since: number | null = null) =>
  it.store.call('quarantine.release', { messageIds, since });
const dismiss = (messageIds: MessageId[], dismissed = true) =>
  it.store.call('quarantine.dismiss', { messageIds, dismissed });
const unsorted = async () =>
  (await it.store.call('sorting.next', { mailboxId: desk.mailboxId, limit: 100 })).map(({ messageId }) => messageId);

async function quarantine(uid: number, why: QuarantineWhy, note = ''): Promise<MessageId> {
  await desk.keep({ [uid]: `${why} ${uid}` });
  const messageId = await desk.messageOf(uid);
  await desk.settle({ messageId, outcome: { kind: 'quarantined', why, note } });
  return messageId;
}

/** More header than any letter has: the parser refuses it, whatever else is asked. */
async function unreadable(uid: number): Promise<MessageId> {
  const headers = Array.from({ length: 60_000 }, (_, at) => `X-${at}: ${'y'.repeat(80)}`);
  const raw = composeRaw({ subject: 'unreadable', headers });
  const letters = [{ uid, receivedAt: Date.UTC(2026, 0, 5, 1, uid), seen: false, raw }];
  await it.store.call('letters.store', { folderId: desk.inbox, uidValidity: 1, letters });
  await it.store.call('letters.settle', { mailboxId: desk.mailboxId });
  const messageId = await desk.messageOf(uid);
  await desk.settle({ messageId, outcome: { kind: 'quarantined', why: 'unreadable', note: 'message.over-limit' } });
  return messageId;
}

describe('the desk', () => {
  test('shows what a person should look at, newest first, with the reason and what was seen', async () => {
    const before = Date.now();
    const one = await quarantine(1, 'no-sender-entry');
    const two = await quarantine(2, 'suspected-sender', 'dmarc=fail (p=reject)');
    const all = await list();
    expect(all).toMatchObject([
      { letter: { id: two }, why: 'suspected-sender', note: 'dmarc=fail (p=reject)', dismissed: false },
      { letter: { id: one, subject: 'no-sender-entry 1' }, why: 'no-sender-entry', note: '' },
    ]);
    expect(all[0]?.at).toBeGreaterThanOrEqual(before);
    expect((await list({ why: 'suspected-sender' })).map(({ letter }) => letter.id)).toEqual([two]);
    expect(await list({ why: 'unreadable' })).toEqual([]);
    expect(await counts()).toEqual({ ...none, 'no-sender-entry': 1, 'suspected-sender': 1 });
  });

  test('reads in pages that meet without a gap, over all reasons and mailboxes', async () => {
    const uids = [1, 2, 3, 4, 5];
    for (const uid of uids) await quarantine(uid, uid % 2 === 0 ? 'no-sender' : 'no-sender-entry');
    const seen: number[] = [];
    for (let before: MessageId | undefined; ; ) {
      const page = await list({ limit: 2, ...(before === undefined ? {} : { before }) });
      seen.push(...page.map(({ letter }) => letter.id));
      before = page.at(-1)?.letter.id;
      if (page.length < 2) break;
    }
    expect(seen).toEqual((await list()).map(({ letter }) => letter.id));
    expect(seen).toHaveLength(5);
    const other = desk;
    desk = await openLedgerDesk(it.store);
    await quarantine(1, 'no-sender');
    const everywhere = await it.store.call('quarantine.list', { ...anything, mailboxId: null });
    expect(new Set(everywhere.map(({ letter }) => letter.mailboxId))).toContain(other.mailboxId);
    expect((await list()).map(({ letter }) => letter.mailboxId)).toEqual([desk.mailboxId]);
  });

  test('has nothing of a mailbox that was removed: nobody could try it again', async () => {
    const id = await quarantine(1, 'no-sender');
    await it.store.call('mailboxes.remove', { mailboxId: desk.mailboxId, keepLetters: true });
    expect(await list()).toEqual([]);
    expect(await counts()).toEqual(none);
    expect(await release([id])).toEqual({ mailboxIds: [], letters: 0 });
  });
});

describe('to try again', () => {
  test('chosen letters are for the rules to look at, the others stay', async () => {
    const [one, two] = [await quarantine(1, 'no-sender-entry'), await quarantine(2, 'no-sender-entry')];
    expect(await release([one])).toEqual({ mailboxIds: [desk.mailboxId], letters: 1 });
    expect(await unsorted()).toEqual([one]);
    expect((await list()).map(({ letter }) => letter.id)).toEqual([two]);
    expect(await desk.entry(1)).toMatchObject({ status: 'parsed', why: null });
  });

  test('all that are on the desk: not what was taken off it, nor what has left it by its age, nor what is too large', async () => {
    const old = await quarantine(1, 'no-sender-entry');
    const dismissed = await quarantine(2, 'no-sender');
    await dismiss([dismissed]);
    await quarantine(3, 'too-large');
    const [since] = [(await list({ why: 'too-large' }))[0]?.at ?? 0];
    const fresh = await quarantine(4, 'no-sender-entry');
    const { at } = (await list({ why: 'no-sender-entry' })).find(({ letter }) => letter.id === old) ?? { at: 0 };
    expect(at).toBeLessThanOrEqual(since);
    await release(null, Math.max(since, at + 1));
    expect(await unsorted()).toEqual([fresh]);
    await release(null);
    expect(await unsorted()).toEqual([old, fresh]);
    expect(await list({ dismissed: true })).toMatchObject([{ letter: { id: dismissed } }]);
    expect(await counts()).toEqual({ ...none, 'too-large': 1 });
  });

  test('an unreadable letter is parsed again before', async () => {
    const id = await unreadable(1);
    expect(await desk.entry(1)).toMatchObject({
      status: 'quarantined',
      problem: { code: expect.stringMatching(/^message/) },
    });
    expect(await release([id])).toMatchObject({ letters: 1 });
    expect(await it.store.call('letters.settle', { mailboxId: desk.mailboxId })).toEqual({ unreadable: 1 });
    expect(await it.store.call('sorting.next', { mailboxId: desk.mailboxId, limit: 5 })).toMatchObject([
      { messageId: id, state: 'unreadable' },
    ]);
    const raw = await it.store.call('letters.raw', { messageId: id });
    expect(raw.byteLength).toBeGreaterThan(4_000_000);
  });
});

describe('taken off by a person', () => {
  test('a letter stays in the mail and comes back when they think better of it', async () => {
    const id = await quarantine(1, 'suspected-sender');
    expect(await dismiss([id])).toEqual({ changed: 1 });
    expect(await dismiss([id])).toEqual({ changed: 0 });
    expect(await list()).toEqual([]);
    expect(await counts()).toEqual(none);
    expect(await list({ dismissed: true })).toMatchObject([{ letter: { id }, dismissed: true }]);
    expect(await desk.entry(1)).toMatchObject({ status: 'quarantined', messageId: id });
    expect(await dismiss([id], false)).toEqual({ changed: 1 });
    expect(await list()).toMatchObject([{ letter: { id }, dismissed: false }]);
  });

  test('a letter that makes a ticket by hand is nowhere on the desk', async () => {
    const id = await quarantine(1, 'no-sender-entry');
    await dismiss([id]);
    await desk.settle({ messageId: id, outcome: { kind: 'ticket', templateId: null, reason: 'by-hand' } });
    expect([await list(), await list({ dismissed: true })]).toEqual([[], []]);
    expect(await desk.entry(1)).toMatchObject({ status: 'ticket', why: null });
  });
});

test('by its age a letter leaves the desk and not the mail; put back by a person it stays as long again', async () => {
  const id = await quarantine(1, 'no-sender');
  const { at = 0 } = (await list())[0] ?? {};
  expect(await list({ since: at })).toHaveLength(1);
  expect(await list({ since: at + 1 })).toEqual([]);
  expect(await counts(at + 1)).toEqual(none);
  expect(await list({ since: at + 1, dismissed: true })).toMatchObject([{ letter: { id }, dismissed: false }]);
  await dismiss([id]);
  await dismiss([id], false);
  expect((await list())[0]?.at).toBeGreaterThanOrEqual(at);
});

test('a sender who was trusted is known as such, in any case, from the next look of the rules on', async () => {
  await desk.keep({ 1: 'first' });
  const allowed = async () =>
    (await it.store.call('sorting.next', { mailboxId: desk.mailboxId, limit: 1 }))[0]?.senderAllowed;
  expect(await allowed()).toBe(false);
  await it.store.call('senders.trust', { address: 'anna@firma.example' });
  await it.store.call('senders.trust', { address: 'anna@firma.example' });
  expect(await allowed()).toBe(true);
});
