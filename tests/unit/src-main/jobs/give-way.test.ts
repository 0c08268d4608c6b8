import { expect, test } from 'vitest';
import { createGiveWay } from '../../../../src-main/jobs/give-way.ts';

/** A loop whose values are all there already, and whether anything else had its turn before it ended. */
async function othersHadTheirTurn(giveWay: () => Promise<void>): Promise<boolean> {
  let turn = false;
  setImmediate(() => {
    turn = true;
  });
  for (let value = 0; value < 1000; value += 1) await giveWay();
  return turn;
}

test('a loop over values that are there already lets others have their turn', async () => {
  expect(await othersHadTheirTurn(createGiveWay(0))).toBe(true);
});

test('a short stretch of work is not interrupted', async () => {
  expect(await othersHadTheirTurn(createGiveWay(Number.POSITIVE_INFINITY))).toBe(false);
});
