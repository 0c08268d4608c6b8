import { AppError, isAppError } from '../../src-shared/errors/errors.ts';
import {
  mergePage,
  nextPage,
  noRows,
  pageSize,
  type Row,
  type RowPages,
  refreshPages,
  rowsAddedAbove,
} from './row-pages.ts';

export type ReadPage<R extends Row> = (before: R['id'] | null, signal: AbortSignal) => Promise<readonly R[]>;

export interface PageReader {
  /** Reads until the rows in view are there. */
  readonly readOn: () => void;
  /** Reads the head and the rows in view again. */
  readonly refresh: () => void;
  readonly stop: () => void;
}

export interface PageReaderParts<R extends Row> {
  readonly read: ReadPage<R>;
  readonly view: () => { readonly first: number; readonly last: number };
  readonly onPages: (pages: RowPages<R>, addedAbove: number) => void;
  readonly onError: (error: AppError) => void;
}

/** One call at a time, in order; after `stop` nothing is told any more. */
export function createPageReader<R extends Row>({ read, view, onPages, onError }: PageReaderParts<R>): PageReader {
  const controller = new AbortController();
  let pages: RowPages<R> = noRows;
  let running = false;
  let refreshDue = false;

  async function take(before: R['id'] | null): Promise<void> {
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
