import { expect, test } from 'vitest';
import { figuresTable, percentile } from './figures-table.ts';

test('a figure is met or not by its goal, or by its share of the peer', () => {
  const table = figuresTable([
    { what: 'load', value: 30, unit: 's', goalRatio: 0.6, peer: { name: 'mbsync', value: 100 } },
    { what: 'load', value: 61, unit: 's', goalRatio: 0.6, peer: { name: 'mbsync', value: 100 } },
    { what: 'memory', value: 350, unit: 'MB', goal: 350 },
    { what: 'memory', value: 350.1, unit: 'MB', goal: 350 },
    { what: 'empty window', value: 0.4, unit: 's' },
  ]);
  expect(table.split('\n')).toEqual([
    'what          figure   goal      peer             ratio',
    '------------  -------  --------  ---------------  ------  -------',
    'load          30.00 s  ≤ 0.6 ×   mbsync 100.00 s  0.30 ×  met',
    'load          61.00 s  ≤ 0.6 ×   mbsync 100.00 s  0.61 ×  not met',
    'memory        350 MB   ≤ 350 MB                           met',
    'memory        350 MB   ≤ 350 MB                           not met',
    'empty window  0.40 s',
  ]);
});

test('a percentile is a value that was seen', () => {
  const values = [5, 1, 4, 2, 3];
  expect([percentile(values, 0.5), percentile(values, 0.95), percentile(values, 0)]).toEqual([3, 5, 1]);
});
