import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FolderId, MessageId } from '../../src-shared/domain/ids.ts';
import { bytesOf, composeRaw } from '../support/compose-raw.ts';
import { addMailbox, openTestStore, type TestStore } from '../support/open-store.ts';

let it: TestStore;
let folders: readonly FolderId[];

const letters = {
  invoice: composeRaw({
    subject: 'Счёт на оплату № 1234',
    from: 'Анна Петрова <anna@firma.example>',
    text: 'Прошу оплатить до пятницы. Ёлка стоит в холле.',
  }),
  cafe: composeRaw({
    subject: 'Lunch at the CAFÉ',
    from: 'Zoë Müller <zoe@cafe.example>',
    to: 'boris@company.example',
    text: 'Printer on the second floor is broken again.',
  }),
  contract: bytesOf(
    [
      'From: Boris <boris@company.example>',
      'To: anna@firma.example',
      'Subject: Contract',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Договор поставки во вложении. Call 8-800-555.',
      '--b',
      'Content-Type: application/pdf; name="=?utf-8?B?0JTQvtCz0L7QstC+0YAt0L/QvtGB0YLQsNCy0LrQuC5wZGY=?="',
      'Content-Transfer-Encoding: base64',
      '',
      'AAAA',
      '--b--',
      '',
    ].join('\r\n'),
  ),
};
type Name = keyof typeof letters;

beforeAll(async () => {
  it = await openTestStore();
  ({ folders } = await addMailbox(it.store));
  const batch = Object.values(letters).map((raw, at) => ({
    uid: at + 1,
    receivedAt: Date.UTC(2026, 0, 1 + at),
    seen: at !== 0,
    raw,
  }));
  await it.store.call('letters.store', { folderId: folders[0] as FolderId, uidValidity: 1, letters: batch });
  await it.store.call('letters.settle', { mailboxId: null });
});
afterAll(async () => {
  await it[Symbol.asyncDispose]();
});

const everything = { mailboxId: null, folderId: null, unreadOnly: false };
const bySubject: Readonly<Record<string, Name>> = {
  'Счёт на оплату № 1234': 'invoice',
  'Lunch at the CAFÉ': 'cafe',
  Contract: 'contract',
};

async function find(query: string, scope: Partial<{ folderId: FolderId | null; unreadOnly: boolean }> = {}) {
  const found = await it.store.call('letters.search', {
    query,
    scope: { ...everything, ...scope },
    before: null,
    limit: 50,
  });
  return found.map(({ subject }) => bySubject[subject]);
}

describe('a search finds letters', () => {
  test.each<[string, string, Name[]]>([
    ['by a Russian word', 'оплату', ['invoice']],
    ['by the beginning of a word', 'опл', ['invoice']],
    ['without case', 'ОПЛАТ', ['invoice']],
    ['with е for ё', 'счет', ['invoice']],
    ['with ё for ё', 'счёт', ['invoice']],
    ['with a capital Е for Ё', 'ЕЛКА', ['invoice']],
    ['without diacritics', 'cafe', ['cafe']],
    ['with diacritics', 'CAFÉ', ['cafe']],
    ['with combining diacritics', 'cafe\u0301', ['cafe']],
    ['by a name with diacritics', 'zoe muller', ['cafe']],
    ['by a whole address', 'anna@firma.example', ['contract', 'invoice']],
    ['by the beginning of an address', 'anna@firm', ['contract', 'invoice']],
    ['by the file name of an attachment', 'file:договор', ['contract']],
    ['by all words, not by any', 'printer broken', ['cafe']],
    ['and not where one word is missing', 'printer contract', []],
    ['by a number', '1234', ['invoice']],
    ['by sender', 'from:anna', ['invoice']],
    ['by sender, in Russian', 'от:анна', ['invoice']],
    ['by recipient', 'to:anna', ['contract']],
    ['by subject only', 'subject:договор', []],
    ['by a phrase', '"second floor"', ['cafe']],
    ['and not by the words of a phrase in another order', '"floor second"', []],
    ['by a phrase in a field', 'subject:"на оплату"', ['invoice']],
    ['without those that have a word', 'anna -договор', ['invoice']],
    ['by exclusion alone', '-printer', ['contract', 'invoice']],
    ['by nothing: all of them', '', ['contract', 'cafe', 'invoice']],
    ['by symbols alone: all of them', '*** --- ""', ['contract', 'cafe', 'invoice']],
  ])('%s', async (_name, query, expected) => {
    expect(await find(query)).toEqual(expected);
  });

  test('only inside the folder, and only unread ones, when asked', async () => {
    expect(await find('anna', { folderId: folders[1] as FolderId })).toEqual([]);
    expect(await find('anna', { folderId: folders[0] as FolderId })).toEqual(['contract', 'invoice']);
    expect(await find('anna', { unreadOnly: true })).toEqual(['invoice']);
    expect(await find('-printer', { unreadOnly: true, folderId: folders[0] as FolderId })).toEqual(['invoice']);
  });

  test('page by page', async () => {
    const page = (before: MessageId | null) =>
      it.store.call('letters.search', { query: 'anna', scope: everything, before, limit: 1 });
    const [first] = await page(null);
    const [second] = await page(first?.id ?? null);
    expect([first?.subject, second?.subject]).toEqual(['Contract', 'Счёт на оплату № 1234']);
    expect(await page(second?.id ?? null)).toEqual([]);
  });
});

test.each([
  'AND', 'OR OR', 'NEAR(a b)', 'a AND', '"', '""', '"unclosed', 'from:', 'subject:"', '(', ')))', '^x', 'x^', '{a b}:c', 'a*b*', '*', '-', '--', ':',
  'from:from:from', "'; DROP TABLE message; --", '\0', '\ud800', 'a'.repeat(500), '- - -"-', 'body : x', '😀', '+', 'a + b', 'x:"y" -z:"', '%_',
])('typing %j is never a fault', async (query) => {
  await expect(find(query)).resolves.toBeInstanceOf(Array);
}); // biome-ignore format: a table

test('letters that left the store have left the index', async () => {
  const other = await addMailbox(it.store, 'leaves@company.example');
  const raw = composeRaw({ subject: 'Vanishing xylophone' });
  const batch = {
    folderId: other.folders[0] as FolderId,
    uidValidity: 1,
    letters: [{ uid: 1, receivedAt: 1e12, seen: true, raw }],
  };
  await it.store.call('letters.store', batch);
  await it.store.call('letters.settle', { mailboxId: other.mailboxId });
  expect(await find('xylophone')).toHaveLength(1);
  await it.store.call('mailboxes.remove', { mailboxId: other.mailboxId, keepLetters: false });
  expect(await find('xylophone')).toEqual([]);
  expect((await it.store.call('database.health', undefined)).check).toBe('ok');
});
