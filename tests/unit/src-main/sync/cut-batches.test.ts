import { describe, expect, test } from 'vitest';
import { cutBatches } from '../../../../src-main/sync/cut-batches.ts';

describe('batches', () => {
  const sizes = new Map([9, 8, 7, 6].map((uid) => [uid, 400]));

  test('keep the order and stay below the bytes', () => {
    expect(cutBatches([9, 8, 7, 6], sizes, { bytes: 1000, letters: 100 })).toEqual([
      [9, 8],
      [7, 6],
    ]);
  });

  test('stay below the count', () => {
    expect(cutBatches([9, 8, 7], sizes, { bytes: 10_000, letters: 2 })).toEqual([[9, 8], [7]]);
  });

  test('a letter larger than a batch is one of its own', () => {
    const large = new Map([...sizes, [8, 40_000_000]]);
    expect(cutBatches([9, 8, 7], large, { bytes: 1000, letters: 100 })).toEqual([[9], [8], [7]]);
  });

  test('nothing gives none', () => {
    expect(cutBatches([], sizes, { bytes: 1000, letters: 100 })).toEqual([]);
  });
});
