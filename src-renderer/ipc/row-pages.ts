/** A list that the store gives in pages, the highest id first. */
export interface Row {
  readonly id: number;
}

/** As many as one call may ask for: a far jump by the scroll bar needs the fewest calls. */
export const pageSize = 500;

/** What is known of a list, newest first: always its beginning, without gaps. */
export interface RowPages<R extends Row> {
  readonly items: readonly R[];
  /** The end of the list was reached. */
  readonly complete: boolean;
}

export const noRows: RowPages<never> = { items: [], complete: false };

/**
 * Puts an answer of a paged list into place: it replaces everything between `before` and its own last row, so that
 * the same call serves for the first reading, for reading on, and for a refresh in the middle.
 */
export function mergePage<R extends Row>(
  pages: RowPages<R>,
  before: R['id'] | null,
  page: readonly R[],
  limit: number,
): RowPages<R> {
  const above = before === null ? [] : pages.items.filter(({ id }) => id >= before);
  const last = page.at(-1);
  const isEnd = page.length < limit;
  if (isEnd || !last) return { items: [...above, ...page], complete: isEnd };
  const below = pages.items.filter(({ id }) => id < last.id);
  // A page that ends above all that was known leaves a gap below it: what lay below is read anew.
  const touches = below.length > 0 && pages.items.some(({ id }) => id >= last.id);
  return touches
    ? { items: [...above, ...page, ...below], complete: pages.complete }
    : { items: [...above, ...page], complete: false };
}

/** The next call that brings the list nearer to row `wanted`; null when it is there already. */
export function nextPage<R extends Row>(
  pages: RowPages<R>,
  wanted: number,
): { readonly before: R['id'] | null } | null {
  if (pages.complete || pages.items.length > wanted) return null;
  return { before: pages.items.at(-1)?.id ?? null };
}

/** The calls that bring rows `first` to `last` up to date, and the head of the list, where new rows come. */
export function refreshPages<R extends Row>(
  pages: RowPages<R>,
  first: number,
  last: number,
): readonly (R['id'] | null)[] {
  const calls: (R['id'] | null)[] = [null];
  let row = pageSize * Math.max(1, Math.floor(first / pageSize));
  while (row <= Math.min(last, pages.items.length - 1)) {
    const above = pages.items[row - 1];
    if (above) calls.push(above.id);
    row += pageSize;
  }
  return calls;
}

/** How many rows came in above row `row` between two states of a list: by so much the view moves to keep its place. */
export function rowsAddedAbove<R extends Row>(before: RowPages<R>, after: RowPages<R>, row: number): number {
  const anchor = before.items[row];
  if (!anchor) return 0;
  const now = after.items.findIndex(({ id }) => id <= anchor.id);
  return now < 0 ? 0 : now - row;
}
