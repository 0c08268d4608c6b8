export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: 's' | 'ms' | 'MB' | '%' | '';
  /** At most this; left out: printed for comparison only. */
  readonly goal?: number;
  /** What another program needed for the same in the same run; `name` as printed. */
  readonly peer?: { readonly name: string; readonly value: number };
  /** At most this share of the peer's. */
  readonly goalRatio?: number;
}

const heads = ['what', 'figure', 'goal', 'peer', 'ratio', ''] as const;

/** One row for each figure, columns aligned. */
export function figuresTable(figures: readonly Figure[]): string {
  const rows = [heads, ...figures.map(rowOf)];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const [head = [], ...rest] = rows;
  return [
    line(head),
    widths
      .map((width) => '-'.repeat(width))
      .join('  ')
      .trimEnd(),
    ...rest.map(line),
  ].join('\n');
}

function rowOf(figure: Figure): readonly string[] {
  const { what, value, unit, goal, peer, goalRatio } = figure;
  const ratio = peer === undefined ? undefined : value / peer.value;
  return [
    what,
    shown(value, unit),
    goalRatio !== undefined ? `≤ ${goalRatio} ×` : goal !== undefined ? `≤ ${shown(goal, unit)}` : '',
    peer === undefined ? '' : `${peer.name} ${shown(peer.value, unit)}`,
    ratio === undefined ? '' : `${ratio.toFixed(2)} ×`,
    verdict(figure, ratio),
  ];
}

function verdict({ value, goal, goalRatio }: Figure, ratio: number | undefined): string {
  if (goalRatio !== undefined && ratio !== undefined) return ratio <= goalRatio ? 'met' : 'not met';
  if (goal !== undefined) return value <= goal ? 'met' : 'not met';
  return '';
}

function shown(value: number, unit: Figure['unit']): string {
  const small = value < 1 ? 2 : value < 100 ? 1 : 0;
  const digits = unit === 'MB' || unit === '' ? 0 : unit === 's' ? 2 : unit === '%' ? 1 : small;
  return `${value.toFixed(digits)} ${unit}`.trimEnd();
}

/** The value that `share` of all are at or below (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('no values');
  return value;
}
