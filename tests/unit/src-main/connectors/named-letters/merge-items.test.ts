import { expect, test } from 'vitest';
import {
  type FolderNews,
  type FollowedFolder,
  mergeItems,
} from '../../../../../src-main/connectors/named-letters/merge-items.ts';

const item = (id: string, receivedAt = 1, seen = false) => ({ id, receivedAt, seen, size: 10 });
const news = (part: Partial<FolderNews>): FolderNews => ({
  syncState: 'next',
  fromStart: false,
  told: [],
  marks: [],
  gone: [],
  ...part,
});
const names = ({ items }: FollowedFolder) => items.map(({ id, uid }) => `${uid} ${id}`);
const start = mergeItems(
  's',
  null,
  news({ fromStart: true, told: [item('b', 2), item('a', 1), item('c', 3)] }),
).followed;

test('letters are numbered as they arrived, and what comes later is above', () => {
  expect(names(start)).toEqual(['1 a', '2 b', '3 c']);
  const { followed, change } = mergeItems('s', start, news({ told: [item('d', 0)], gone: ['c'] }));
  expect(names(followed)).toEqual(['1 a', '2 b', '4 d']);
  expect(change).toMatchObject({ after: 1, replace: false, gone: [3], put: [{ uid: 4 }] });
});

test('a number is not given twice, also when its letter comes back', () => {
  const without = mergeItems('s', start, news({ gone: ['c'] })).followed;
  expect(names(mergeItems('s', without, news({ told: [item('c', 3)] })).followed)).toEqual(['1 a', '2 b', '4 c']);
});

test('a mark is a change of its letter alone; one that changes nothing is none', () => {
  const marked = mergeItems(
    's',
    start,
    news({
      marks: [
        { id: 'a', seen: true },
        { id: 'x', seen: true },
      ],
    }),
  );
  expect(marked.change.put).toEqual([{ ...item('a', 1, true), uid: 1 }]);
  expect(marked.followed.numbering).toMatchObject({ revision: 2, unseen: 2 });
  expect(mergeItems('s', start, news({ marks: [{ id: 'a', seen: false }] })).followed.numbering.revision).toBe(1);
});

test('told from the start, known names keep their numbers and what is not told is gone', () => {
  const { followed } = mergeItems(
    's',
    start,
    news({ fromStart: true, told: [item('c', 3), item('e', 9), item('a', 1)] }),
  );
  expect(names(followed)).toEqual(['1 a', '3 c', '4 e']);
  expect(followed.numbering.generation).toBe(0);
});

test.each([
  ['not one name is known any more', 's'],
  ['the source is another', 'other'],
])('a new numbering begins where %s', (_, source) => {
  const { followed, change } = mergeItems(source, start, news({ fromStart: true, told: [item('x', 1), item('y', 2)] }));
  expect([names(followed), followed.numbering.generation, change.replace]).toEqual([['4 x', '5 y'], 1, true]);
});

test('an empty folder is no new numbering', () => {
  const { followed } = mergeItems('s', start, news({ fromStart: true }));
  expect([followed.items, followed.numbering.generation]).toEqual([[], 0]);
});
