import { expect, test } from 'vitest';
import { uidSets, uidsOf } from '../../../../../src-main/connectors/imap/uid-set.ts';

test.each<readonly [readonly number[], readonly string[]]>([
  [[], []],
  [[7], ['7']],
  [[1, 2, 3], ['1:3']],
  [[3, 2, 1, 2], ['1:3']],
  [[1, 3, 4, 9], ['1,3:4,9']],
  [[4_294_967_294, 4_294_967_295], ['4294967294:4294967295']],
])('%j becomes %j', (uids, sets) => {
  expect(uidSets(uids)).toEqual(sets);
});

test('a long set is cut into lines that any server takes, and nothing is lost', () => {
  const uids = Array.from({ length: 20_000 }, (_, at) => 1_000_000 + at * 2);
  const sets = uidSets(uids);
  expect(sets.length).toBeGreaterThan(1);
  expect(Math.max(...sets.map((set) => set.length))).toBeLessThan(8_000);
  expect(sets.join(',').split(',').map(Number)).toEqual(uids);
});

test.each([
  ['7', [7]],
  ['4:6,9', [4, 5, 6, 9]],
  ['9,6:4', [9, 4, 5, 6]],
  ['4294967295', [4_294_967_295]],
])("a server's set %s is read in its order", (set, uids) => {
  expect(uidsOf(set)).toEqual(Uint32Array.from(uids));
});

test.each(['', '0', '1:', '*', '1:*', '4,', '1e3', '4294967296', '1:4294967295', '00000000001'])(
  '%s is no set',
  (set) => {
    expect(uidsOf(set)).toBeNull();
  },
);

test('what is written as sets is read as it was', () => {
  const uids = [1, 2, 3, 70, 71, 900];
  expect(uidSets(uids).flatMap((set) => [...(uidsOf(set) ?? [])])).toEqual(uids);
});
