import { describe, expect, it } from 'vitest';
import {
  mergePage,
  nextPage,
  noRows,
  pageSize,
  type RowPages,
  refreshPages,
  rowsAddedAbove,
} from '../../../src-renderer/ipc/row-pages.ts';
import type { MessageSummary } from '../../../src-shared/domain/message.ts';

const letter = (id: number, subject = '') => ({ id, subject }) as MessageSummary;
const letters = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, at) => letter(from - at));
const ids = (pages: RowPages<MessageSummary>) => pages.items.map(({ id }) => Number(id));
const idOf = (id: number) => letter(id).id;

describe('a list read in pages', () => {
  it('grows at its end and knows when it is complete', () => {
    const one = mergePage(noRows, null, letters(10, 6), 5);
    expect([ids(one), one.complete]).toEqual([[10, 9, 8, 7, 6], false]);
    const two = mergePage(one, idOf(6), letters(5, 3), 5);
    expect([ids(two), two.complete]).toEqual([[10, 9, 8, 7, 6, 5, 4, 3], true]);
  });

  it('takes new letters at its head and keeps what lies below', () => {
    const known = mergePage(noRows, null, letters(10, 1), 20);
    const now = mergePage(known, null, letters(12, 8), 5);
    expect([ids(now), now.complete]).toEqual([[12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], true]);
  });

  it('loses letters that are gone, in the middle and at the end', () => {
    const known = mergePage(noRows, null, letters(10, 1), 20);
    const now = mergePage(known, idOf(9), [letter(8), letter(6), letter(5)], 3);
    expect(ids(now)).toEqual([10, 9, 8, 6, 5, 4, 3, 2, 1]);
    expect(ids(mergePage(now, idOf(4), [letter(2)], 3))).toEqual([10, 9, 8, 6, 5, 4, 2]);
  });

  it('shows a changed letter as it is now', () => {
    const known = mergePage(noRows, null, letters(5, 1), 20);
    const now = mergePage(known, null, [letter(5), letter(4, 'read'), letter(3)], 3);
    expect(now.items[1]?.subject).toBe('read');
  });

  it('starts anew below a page that does not reach the known items: no gap is ever shown as whole', () => {
    const known = mergePage(noRows, null, letters(10, 1), 20);
    const now = mergePage(known, null, letters(40, 36), 5);
    expect([ids(now), now.complete]).toEqual([[40, 39, 38, 37, 36], false]);
  });

  it('is empty when the answer is empty', () => {
    expect(mergePage(mergePage(noRows, null, letters(5, 1), 20), null, [], 20)).toEqual({
      items: [],
      complete: true,
    });
  });
});

it('reads on until the wanted row is there, and not further', () => {
  const known = mergePage(noRows, null, letters(10, 6), 5);
  expect(nextPage(noRows, 0)).toEqual({ before: null });
  expect(nextPage(known, 4)).toBeNull();
  expect(nextPage(known, 900)).toEqual({ before: 6 });
  expect(nextPage({ ...known, complete: true }, 900)).toBeNull();
});

it('refreshes the head and the pages in view', () => {
  const known: RowPages<MessageSummary> = { items: letters(3 * pageSize, 1), complete: true };
  expect(refreshPages(known, 0, 20)).toEqual([null]);
  expect(refreshPages(known, pageSize + 5, pageSize + 25)).toEqual([null, 2 * pageSize + 1]);
  expect(refreshPages(known, 2 * pageSize - 5, 2 * pageSize + 5)).toEqual([null, 2 * pageSize + 1, pageSize + 1]);
});

it('says by how many rows the view moves when letters came above it', () => {
  const known: RowPages<MessageSummary> = { items: letters(10, 1), complete: true };
  const now: RowPages<MessageSummary> = { items: letters(13, 1), complete: true };
  expect(rowsAddedAbove(known, now, 4)).toBe(3);
  expect(rowsAddedAbove(known, { items: letters(9, 1), complete: true }, 4)).toBe(-1);
});
