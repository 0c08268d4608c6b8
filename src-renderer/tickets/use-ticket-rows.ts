import { useCallback, useMemo, useRef, useState } from 'react';
import type { TicketFilter } from '../../src-shared/contract/tickets.ts';
import type { TicketSummary } from '../../src-shared/domain/ticket.ts';
import type { AppError } from '../../src-shared/errors/errors.ts';
import { useQuery } from '../ipc/use-query.ts';

/** More rows than any window shows, so that two neighbouring pages always cover the view. */
const pageSize = 100;

export interface TicketRows {
  readonly total: number;
  readonly loading: boolean;
  readonly error: AppError | null;
  readonly retry: () => void;
  readonly rowAt: (row: number) => TicketSummary | undefined;
  readonly rowOf: (id: number | null) => number;
  readonly want: (first: number, last: number) => void;
}

/** The tickets of a filter, of which only the pages in view are read. */
export function useTicketRows(filter: TicketFilter): TicketRows {
  const [view, setView] = useState({ upper: 0, lower: 0 });
  const upper = useQuery('tickets.list', { filter, offset: view.upper, limit: pageSize });
  const lower = useQuery('tickets.list', { filter, offset: view.lower, limit: pageSize });
  // What was shown last, for the moment in which a changed filter has no answer yet.
  const shown = useRef<{ total: number; rows: Map<number, TicketSummary> }>({ total: -1, rows: new Map() });

  const fresh = useMemo(() => {
    const rows = new Map<number, TicketSummary>();
    for (const [at, ticket] of (upper.data?.tickets ?? []).entries()) rows.set(view.upper + at, ticket);
    for (const [at, ticket] of (lower.data?.tickets ?? []).entries()) rows.set(view.lower + at, ticket);
    const total = upper.data?.total ?? lower.data?.total;
    return total === undefined ? null : { total, rows };
  }, [upper.data, lower.data, view]);
  if (fresh) shown.current = fresh;
  const { total, rows } = fresh ?? shown.current;

  const want = useCallback((first: number, last: number) => {
    const next = { upper: pageOf(first), lower: pageOf(last) };
    setView((now) => (now.upper === next.upper && now.lower === next.lower ? now : next));
  }, []);
  const { refetch } = upper;
  return {
    total: Math.max(total, 0),
    loading: total < 0,
    error: upper.error ?? lower.error,
    retry: useCallback(() => void refetch(), [refetch]),
    rowAt: (row) => rows.get(row),
    rowOf: (id) => [...rows].find(([, ticket]) => ticket.id === id)?.[0] ?? -1,
    want,
  };
}

function pageOf(row: number): number {
  return Math.floor(row / pageSize) * pageSize;
}
