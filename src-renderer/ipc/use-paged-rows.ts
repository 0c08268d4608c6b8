import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppError } from '../../src-shared/errors/errors.ts';
import { type AppEvent, subscribe } from './ipc.ts';
import { createPageReader, type PageReader, type ReadPage } from './page-reader.ts';
import { noRows, type Row, type RowPages } from './row-pages.ts';

export interface PagedRows<R extends Row> {
  readonly pages: RowPages<R>;
  /** Rows to show, those still to be read included. */
  readonly rows: number;
  /** The rows are those of an earlier query; the new ones are on their way. */
  readonly stale: boolean;
  readonly error: AppError | null;
  readonly retry: () => void;
  /** Says what is in view, so that it is read. */
  readonly want: (first: number, last: number) => void;
}

export interface PagedRowsOptions<R extends Row> {
  /** Of what: rows of another scope are taken away at once. */
  readonly scope: string;
  /** Words within it: what an earlier query has found stays until the new answer is there. */
  readonly query: string;
  readonly read: ReadPage<R>;
  /** What makes the rows stale. Give the same array each time. */
  readonly events: readonly AppEvent[];
  /** How many there are, where that is known before they are read. */
  readonly total?: number | undefined;
  /** Rows came in above those in view, or went. */
  readonly onShift?: (rows: number) => void;
}

/** Rows shown below those found so far while there may be more: a search does not know its end. */
const rowsAhead = 12;
/** A first load tells of changes many times a second. */
const gatherMilliseconds = 250;

/**
 * A list read in pages as they come into view. A list paged by `before` has no shortcut to its middle: a far jump of
 * the scroll bar reads the pages up to there one after the other (100,000 rows: 200 calls) and shows rows of the final
 * size until they have come.
 */
export function usePagedRows<R extends Row>(options: PagedRowsOptions<R>): PagedRows<R> {
  const { scope, query, events, total } = options;
  const source = JSON.stringify([scope, query]);
  const [state, setState] = useState<{ scope: string; source: string; pages: RowPages<R> }>({
    scope,
    source,
    pages: noRows,
  });
  const [error, setError] = useState<AppError | null>(null);
  const [attempt, setAttempt] = useState(0);
  const view = useRef({ first: 0, last: 0 });
  const reader = useRef<PageReader | null>(null);
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` starts it again by hand.
  useEffect(() => {
    view.current = { first: 0, last: 0 };
    setError(null);
    const pageReader = createPageReader<R>({
      read: latest.current.read,
      view: () => view.current,
      onPages: (pages, added) => {
        setError(null);
        setState({ scope, source: JSON.stringify([scope, query]), pages });
        if (added !== 0) latest.current.onShift?.(added);
      },
      onError: setError,
    });
    reader.current = pageReader;
    pageReader.readOn();
    const end = refreshOn(events, pageReader);
    return () => {
      end();
      pageReader.stop();
    };
  }, [scope, query, attempt, events]);

  const want = useCallback((first: number, last: number) => {
    view.current = { first, last };
    reader.current?.readOn();
  }, []);
  const retry = useCallback(() => setAttempt((now) => now + 1), []);
  const stale = state.source !== source;
  const pages = state.scope === scope ? state.pages : noRows;
  return { pages, rows: rowCount(pages, stale, total), stale, error, retry, want };
}

function refreshOn(events: readonly AppEvent[], reader: PageReader): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      reader.refresh();
    }, gatherMilliseconds);
  };
  const ends = events.map((event) => subscribe(event, refresh));
  return () => {
    clearTimeout(timer);
    for (const end of ends) end();
  };
}

function rowCount<R extends Row>({ items, complete }: RowPages<R>, stale: boolean, total: number | undefined): number {
  if (stale && items.length > 0) return items.length;
  if (complete) return items.length;
  return total === undefined ? items.length + rowsAhead : Math.max(total, items.length);
}
