import { useCallback, useState } from 'react';
import type { ContactSummary } from '../../src-shared/domain/contact.ts';
import type { AppError } from '../../src-shared/errors/errors.ts';
import { useQuery } from '../ipc/use-query.ts';

export interface ContactRows {
  /** Null: not read yet. */
  readonly total: number | null;
  readonly error: AppError | null;
  /** What is shown was found by an earlier query. */
  readonly stale: boolean;
  /** Undefined: still being read. */
  readonly at: (row: number) => ContactSummary | undefined;
  /** Those that are read, around what is in view; the first of them stands in row `firstRow`. */
  readonly known: readonly ContactSummary[];
  readonly firstRow: number;
  readonly want: (first: number, last: number) => void;
  readonly retry: () => void;
}

const pageSize = 200;

/** The list is read by pages: the two that can be in view at once. */
export function useContactList(query: string): ContactRows {
  const [view, setView] = useState({ first: 0, last: 0 });
  const want = useCallback(
    (first: number, last: number) =>
      setView((now) => (now.first === first && now.last === last ? now : { first, last })),
    [],
  );
  const pageOf = (row: number) => Math.floor(row / pageSize) * pageSize;
  const from = pageOf(view.first);
  const to = pageOf(view.last);
  const upper = useQuery('contacts.list', { query, from, limit: pageSize }, { keepPrevious: true });
  const lower = useQuery('contacts.list', { query, from: to, limit: pageSize }, { keepPrevious: true });
  // An answer to another question stands in until this one's comes: its rows are those of another page.
  const pages = [
    { at: from, contacts: upper.isPlaceholderData && from > 0 ? [] : (upper.data?.contacts ?? []) },
    { at: to, contacts: to === from || lower.isPlaceholderData ? [] : (lower.data?.contacts ?? []) },
  ];
  const known = pages.flatMap(({ contacts }) => contacts);
  return {
    total: upper.data?.total ?? null,
    error: upper.error ?? lower.error,
    stale: upper.isPlaceholderData,
    at: (row) => {
      const page = pages.find(({ at, contacts }) => row >= at && row < at + contacts.length);
      return page?.contacts[row - page.at];
    },
    known,
    firstRow: from,
    want,
    retry: () => void Promise.all([upper.refetch(), lower.refetch()]),
  };
}
