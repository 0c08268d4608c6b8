import { useCallback, useEffect, useRef, useState } from 'react';
import type { LetterScope } from '../../src-shared/contract/mail.ts';
import type { MessageId } from '../../src-shared/domain/ids.ts';
import type { MessageSummary } from '../../src-shared/domain/message.ts';
import { AppError, isAppError } from '../../src-shared/errors/errors.ts';
import { call, subscribe } from '../ipc/ipc.ts';
import { useQuery } from '../ipc/use-query.ts';
import {
  type LetterPages,
  mergePage,
  nextPage,
  noLetters,
  pageSize,
  refreshPages,
  rowsAddedAbove,
} from './letter-pages.ts';

export interface LetterList {
  readonly pages: LetterPages;
  /** Rows to show, those still to be read included. */
  readonly rows: number;
  /** The letters are those of an earlier query; the new ones are on their way. */
  readonly stale: boolean;
  readonly error: AppError | null;
  readonly retry: () => void;
  /** Says what is in view, so that it is read. */
  readonly want: (first: number, last: number) => void;
}

/** Rows shown below the letters found so far while there may be more: a search does not know its end. */
const rowsAhead = 12;
/** A first load tells of changes many times a second. */
const gatherMilliseconds = 250;

/**
 * The letters of a scope or a search, read in pages as they come into view. A list paged by `before` has no shortcut to
 * its middle: a far jump of the scroll bar reads the pages up to there one after the other (100,000 letters: 200 calls)
 * and shows rows of the final size until they have come.
 */
export function useLetterList(scope: LetterScope, query: string, onShift: (rows: number) => void): LetterList {
  const words = query.trim();
  const source = JSON.stringify([scope, words]);
  const [state, setState] = useState<{ source: string; pages: LetterPages }>({ source, pages: noLetters });
  const [error, setError] = useState<AppError | null>(null);
  const [attempt, setAttempt] = useState(0);
  const view = useRef({ first: 0, last: 0 });
  const reader = useRef<PageReader | null>(null);
  const shift = useRef(onShift);
  useEffect(() => {
    shift.current = onShift;
  });

  const scopeKey = JSON.stringify(scope);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` starts it again by hand.
  useEffect(() => {
    const asked = JSON.parse(scopeKey) as LetterScope;
    view.current = { first: 0, last: 0 };
    setError(null);
    const pageReader = createPageReader({
      read: (before, signal) =>
        words === ''
          ? call('mail.list', { scope: asked, before, limit: pageSize }, signal)
          : call('mail.search', { query: words, scope: asked, before, limit: pageSize }, signal),
      view: () => view.current,
      onPages: (pages, added) => {
        setError(null);
        setState({ source: JSON.stringify([asked, words]), pages });
        if (added !== 0) shift.current(added);
      },
      onError: setError,
    });
    reader.current = pageReader;
    pageReader.readOn();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        pageReader.refresh();
      }, gatherMilliseconds);
    };
    const ends = (['mail.changed', 'tickets.changed', 'store.restarted', 'demo.changed'] as const).map((event) =>
      subscribe(event, refresh),
    );
    return () => {
      clearTimeout(timer);
      for (const end of ends) end();
      pageReader.stop();
    };
  }, [scopeKey, words, attempt]);

  const want = useCallback((first: number, last: number) => {
    view.current = { first, last };
    reader.current?.readOn();
  }, []);
  const retry = useCallback(() => setAttempt((now) => now + 1), []);

  const count = useQuery('mail.count', { scope }, { enabled: words === '' });
  const stale = state.source !== source;
  // Another folder's letters would be wrong here; those of the query typed a moment ago keep the list still.
  const pages = stale && !sameScope(state.source, scopeKey) ? noLetters : state.pages;
  return { pages, rows: rowCount(pages, words, count.data?.total, stale), stale, error, retry, want };
}

function sameScope(source: string, scopeKey: string): boolean {
  return source.startsWith(`[${scopeKey},`);
}

function rowCount(pages: LetterPages, words: string, total: number | undefined, stale: boolean): number {
  const { letters, complete } = pages;
  if (stale && letters.length > 0) return letters.length;
  if (complete) return letters.length;
  if (words === '' && total !== undefined) return Math.max(total, letters.length);
  return letters.length + rowsAhead;
}

interface PageReader {
  /** Reads until the rows in view are there. */
  readonly readOn: () => void;
  /** Reads the head and the rows in view again. */
  readonly refresh: () => void;
  readonly stop: () => void;
}

interface PageReaderParts {
  readonly read: (before: MessageId | null, signal: AbortSignal) => Promise<readonly MessageSummary[]>;
  readonly view: () => { readonly first: number; readonly last: number };
  readonly onPages: (pages: LetterPages, addedAbove: number) => void;
  readonly onError: (error: AppError) => void;
}

/** One call at a time, in order; after `stop` nothing is told any more. */
function createPageReader({ read, view, onPages, onError }: PageReaderParts): PageReader {
  const controller = new AbortController();
  let pages = noLetters;
  let running = false;
  let refreshDue = false;

  async function take(before: MessageId | null): Promise<void> {
    const page = await read(before, controller.signal);
    if (controller.signal.aborted) return;
    const old = pages;
    pages = mergePage(pages, before, page, pageSize);
    onPages(pages, rowsAddedAbove(old, pages, view().first));
  }
  async function run(): Promise<void> {
    while (!controller.signal.aborted) {
      if (refreshDue) {
        refreshDue = false;
        const { first, last } = view();
        for (const before of refreshPages(pages, first, last)) await take(before);
        continue;
      }
      const next = nextPage(pages, view().last);
      if (!next) return;
      await take(next.before);
    }
  }
  const start = () => {
    if (running || controller.signal.aborted) return;
    running = true;
    run()
      .catch((error: unknown) => {
        if (controller.signal.aborted || isAppError(error, 'cancelled')) return;
        onError(isAppError(error) ? error : new AppError('internal.defect', {}, { cause: error }));
      })
      .finally(() => {
        running = false;
      });
  };
  return {
    readOn: start,
    refresh: () => {
      refreshDue = true;
      start();
    },
    stop: () => controller.abort(),
  };
}
