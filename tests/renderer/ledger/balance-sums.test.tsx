import { expect, it } from 'vitest';
import { missingIn, sumBalances, uidRanges } from '../../../src-renderer/ledger/balance-sums.ts';
import { cannedBalances } from '../../support/canned-ledger.ts';

it('the balance of a mailbox is the sum of its folders', () => {
  const [inbox, projects] = cannedBalances;
  if (!inbox || !projects) throw new Error('two folders are canned');
  const sum = sumBalances([inbox, projects]);
  expect(sum).toMatchObject({ onServer: 1421, inLedger: 1416, unexplained: 5 });
  expect(sum.counts).toMatchObject({ stored: 1364, refused: 3 });
  expect(missingIn(sum)).toBe(8);
});

it('is as old as its oldest count, and has no age where nothing was counted', () => {
  const of = (at: number | null) => ({ ...cannedBalances[0], at }) as (typeof cannedBalances)[number];
  expect(sumBalances([of(200), of(100), of(null)]).at).toBe(100);
  expect(sumBalances([of(null)]).at).toBeNull();
});

it('neighbouring UIDs are drawn together, whatever their order', () => {
  expect(uidRanges([240, 17, 103, 101, 102])).toBe('17, 101–103, 240');
  expect(uidRanges([])).toBe('');
});
