import type { MessageId } from '../../src-shared/domain/ids.ts';
import type { MessageSummary } from '../../src-shared/domain/message.ts';

/** As many as one call may ask for: a far jump by the scroll bar needs the fewest calls. */
export const pageSize = 500;

/** What is known of a list of letters, newest first: always its beginning, without gaps. */
export interface LetterPages {
  readonly letters: readonly MessageSummary[];
  /** The end of the list was reached. */
  readonly complete: boolean;
}

export const noLetters: LetterPages = { letters: [], complete: false };

/**
 * Puts an answer of `mail.list` into place: it replaces everything between `before` and its own last letter, so that
 * the same call serves for the first reading, for reading on, and for a refresh in the middle.
 */
export function mergePage(
  pages: LetterPages,
  before: MessageId | null,
  page: readonly MessageSummary[],
  limit: number,
): LetterPages {
  const above = before === null ? [] : pages.letters.filter(({ id }) => id >= before);
  const last = page.at(-1);
  const isEnd = page.length < limit;
  if (isEnd || !last) return { letters: [...above, ...page], complete: isEnd };
  const below = pages.letters.filter(({ id }) => id < last.id);
  // A page that ends above all that was known leaves a gap below it: what lay below is read anew.
  const touches = below.length > 0 && pages.letters.some(({ id }) => id >= last.id);
  return touches
    ? { letters: [...above, ...page, ...below], complete: pages.complete }
    : { letters: [...above, ...page], complete: false };
}

/** The next call that brings the list nearer to row `wanted`; null when it is there already. */
export function nextPage(pages: LetterPages, wanted: number): { readonly before: MessageId | null } | null {
  if (pages.complete || pages.letters.length > wanted) return null;
  return { before: pages.letters.at(-1)?.id ?? null };
}

/** The calls that bring rows `first` to `last` up to date, and the head of the list, where new letters come. */
export function refreshPages(pages: LetterPages, first: number, last: number): readonly (MessageId | null)[] {
  const calls: (MessageId | null)[] = [null];
  let row = pageSize * Math.max(1, Math.floor(first / pageSize));
  while (row <= Math.min(last, pages.letters.length - 1)) {
    const above = pages.letters[row - 1];
    if (above) calls.push(above.id);
    row += pageSize;
  }
  return calls;
}

/** How many rows came in above `id` between two states of a list: by so much the view moves to keep its place. */
export function rowsAddedAbove(before: LetterPages, after: LetterPages, row: number): number {
  const anchor = before.letters[row];
  if (!anchor) return 0;
  const now = after.letters.findIndex(({ id }) => id <= anchor.id);
  return now < 0 ? 0 : now - row;
}
