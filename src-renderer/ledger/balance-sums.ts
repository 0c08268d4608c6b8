import type { BalanceCounts, FolderBalance } from '../../src-shared/domain/ledger.ts';
import type { Instant } from '../../src-shared/domain/time.ts';

/** From what is well to what is not: the order of the bar and of its words. */
export const balanceParts = ['stored', 'waiting', 'beforePeriod', 'read', 'tooLarge', 'refused'] as const;
export type BalancePart = (typeof balanceParts)[number];

export interface BalanceSum {
  readonly onServer: number;
  readonly inLedger: number;
  readonly unexplained: number;
  readonly counts: BalanceCounts;
  /** The oldest of the counts; null where nothing was counted. */
  readonly at: Instant | null;
}

const nothing: BalanceCounts = { stored: 0, waiting: 0, beforePeriod: 0, read: 0, tooLarge: 0, refused: 0 };

export function sumBalances(balances: readonly FolderBalance[]): BalanceSum {
  const times = balances.flatMap(({ at }) => at ?? []);
  const sum = (of: (balance: FolderBalance) => number) => balances.reduce((all, balance) => all + of(balance), 0);
  const counts = balanceParts.map((part) => [part, sum((balance) => balance.counts[part])] as const);
  return {
    onServer: sum(({ onServer }) => onServer),
    inLedger: sum(({ inLedger }) => inLedger),
    unexplained: sum(({ unexplained }) => unexplained.length),
    counts: { ...nothing, ...Object.fromEntries(counts) },
    at: times.length === 0 ? null : Math.min(...times),
  };
}

/** What "Load them" would bring: letters without a row, and those that the server did not give. */
export function missingIn({ unexplained, counts }: BalanceSum): number {
  return unexplained + counts.refused;
}

/** 3, 7–9, 12: neighbours are drawn together. */
export function uidRanges(uids: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const uid of [...uids].sort((a, b) => a - b)) {
    const open = ranges.at(-1);
    if (open && uid === open[1] + 1) open[1] = uid;
    else ranges.push([uid, uid]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
}
