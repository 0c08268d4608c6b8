import { expect, test } from 'vitest';
import { uidSets } from '../../../../../src-main/connectors/imap/uid-set.ts';

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
