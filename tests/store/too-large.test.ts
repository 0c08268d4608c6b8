import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { MessageId } from '../../src-shared/domain/ids.ts';
import type { MessageSummary } from '../../src-shared/domain/message.ts';
import { bytesOf, composeRaw } from '../support/compose-raw.ts';
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

const receivedAt = Date.UTC(2026, 0, 5);
const whole = composeRaw({
  ...{ subject: 'Plans', messageId: 'plans@firma.example' },
  text: `blueprint ${randomBytes(900_000).toString('base64')}`,
});
const header = bytesOf(`${Buffer.from(whole).toString().split('\r\n\r\n')[0]}\r\n\r\n`);

function storeHeader(uid: number, { folderId = desk.inbox, uidValidity = 1 }: Place = {}) {
  const letter = { uid, receivedAt, seen: false, header, size: whole.byteLength };
  return it.store.call('letters.storeHeader', { folderId, uidValidity, letter });
}

function complete(messageId: MessageId, uid: number, raw = whole): Promise<void> {
  return it.store.call('letters.complete', { messageId, letter: { uid, receivedAt, seen: false, raw } });
}

const parsed = () => it.store.call('letters.settle', { mailboxId: desk.mailboxId });

async function list(query?: string): Promise<readonly MessageSummary[]> {
  const scope = { mailboxId: desk.mailboxId, folderId: null, unreadOnly: false };
  if (query !== undefined) return it.store.call('letters.search', { scope, query, before: null, limit: 9 });
  return it.store.call('letters.list', { scope, before: null, limit: 9 });
}

describe('a letter of which only the header was loaded', () => {
  test('is listed and found by its header, under its own size, and is not wanted again', async () => {
    await desk.see([1, 2]);
    const { messageId } = await storeHeader(2);
    await parsed();
    expect(await list()).toMatchObject([
      { id: messageId, subject: 'Plans', state: 'too-large', size: whole.byteLength, unread: true },
    ]);
    expect(await list('plans')).toHaveLength(1);
    expect(await list('blueprint')).toEqual([]);
    expect(await desk.see([1, 2])).toMatchObject({ wanted: [1], counts: { waiting: 1, tooLarge: 1, stored: 0 } });
    expect(await desk.entry(2)).toMatchObject({ messageId, size: whole.byteLength, storedAt: null, subject: 'Plans' });
    expect(await it.store.call('sorting.next', { mailboxId: desk.mailboxId, limit: 5 })).toMatchObject([
      { messageId, state: 'too-large', messageIdHeader: '<plans@firma.example>' },
    ]);
  });

  test('is one letter, however often and in how many folders it is met', async () => {
    const { messageId } = await storeHeader(1);
    expect(await storeHeader(1)).toEqual({ messageId });
    expect(await storeHeader(8, { folderId: desk.archive })).toEqual({ messageId });
    await parsed();
    expect(await list()).toHaveLength(1);
  });

  test('is none in a folder that is gone', async () => {
    await expect(storeHeader(1, { folderId: 999_999 as never })).rejects.toMatchObject({ code: 'folder.gone' });
  });
});

describe('the whole of it', () => {
  test('takes the place of the header under the same id: to be read, found and ruled on anew', async () => {
    await desk.see([1]);
    const { messageId } = await storeHeader(1);
    await storeHeader(8, { folderId: desk.archive });
    await parsed();
    await desk.settle({ messageId, outcome: { kind: 'quarantined', why: 'too-large', note: '' } });
    expect(await desk.entry(1)).toMatchObject({ status: 'quarantined', why: 'too-large' });

    await complete(messageId, 1);
    await parsed();
    const raw = await it.store.call('letters.raw', { messageId });
    expect(Buffer.from(raw).equals(Buffer.from(whole))).toBe(true);
    expect(await list()).toMatchObject([{ id: messageId, state: 'parsed', subject: 'Plans', size: whole.byteLength }]);
    expect(await list('blueprint')).toMatchObject([{ id: messageId }]);
    const stored = { messageId, status: 'parsed', why: null, storedAt: expect.any(Number), size: whole.byteLength };
    expect(await desk.entry(1)).toMatchObject(stored);
    expect(await desk.entry(8, { folderId: desk.archive })).toMatchObject(stored);
    expect(await desk.balance()).toMatchObject({ counts: { stored: 1, tooLarge: 0 } });
    expect(await it.store.call('sorting.next', { mailboxId: desk.mailboxId, limit: 5 })).toMatchObject([
      { messageId, state: 'parsed' },
    ]);
    await complete(messageId, 1);
    expect(await list()).toHaveLength(1);
  });

  test('is read whole also when it comes while its header is still being read', async () => {
    for (let round = 1; round <= 5; round += 1) {
      desk = await openLedgerDesk(it.store);
      const [{ messageId }] = await Promise.all([storeHeader(1), storeHeader(2, { folderId: desk.archive })]);
      await Promise.all([complete(messageId, 1), parsed()]);
      await parsed();
      expect(await list('blueprint')).toMatchObject([{ id: messageId, state: 'parsed' }]);
    }
  });

  test('that came by another way already: the header goes, and its rows belong to that letter', async () => {
    await desk.see([1]);
    const header = await storeHeader(1);
    const letters = [{ uid: 5, receivedAt, seen: true, raw: whole }];
    await it.store.call('letters.store', { folderId: desk.archive, uidValidity: 1, letters });
    await parsed();
    const known = await desk.messageOf(5, { folderId: desk.archive });
    await desk.settle({ messageId: known });
    await complete(header.messageId, 1);
    await parsed();
    expect(await list()).toMatchObject([{ id: known, state: 'parsed', unread: true }]);
    expect(await desk.entry(1)).toMatchObject({ messageId: known, status: 'kept' });
    expect(await list('plans')).toHaveLength(1);
    await expect(it.store.call('letters.raw', header)).rejects.toMatchObject({ code: 'message.gone' });
  });

  test('of a letter that is gone is refused', async () => {
    await expect(complete(999_999 as MessageId, 1)).rejects.toMatchObject({ code: 'message.gone' });
  });
});
