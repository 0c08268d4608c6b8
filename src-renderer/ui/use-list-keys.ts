import type { RefObject } from 'react';
import type { RowListHandle } from './row-list.tsx';
import { type ScreenKeys, useScreenKeys } from './use-screen-keys.ts';

export interface ListKeys<Id> {
  /** In the order of the rows. */
  readonly ids: readonly Id[];
  /** The row of the first of them, where not all are known. */
  readonly firstRow?: number;
  readonly selected: Id | null;
  readonly select: (id: Id) => void;
  readonly rows: RefObject<RowListHandle | null>;
  readonly search?: RefObject<HTMLInputElement | null>;
  /** More, for the selected row. */
  readonly keys?: ScreenKeys;
}

/** j and k wherever the focus is, / to the search, Esc to the list; on a Russian layout by the same places of the keyboard. */
export function useListKeys<Id>(given: ListKeys<Id>): void {
  const { ids, firstRow = 0, selected, select, rows, search, keys = {} } = given;
  const step = (by: number) => {
    const row = selected === null ? -1 : ids.indexOf(selected);
    const to = row < 0 ? 0 : row + by;
    const id = ids[to];
    if (id === undefined) return;
    select(id);
    rows.current?.reveal(firstRow + to);
  };
  const focusSearch = () => {
    search?.current?.focus();
    search?.current?.select();
  };
  useScreenKeys({
    j: () => step(1),
    о: () => step(1),
    k: () => step(-1),
    л: () => step(-1),
    ...(search ? { '/': focusSearch, '.': focusSearch } : {}),
    Escape: () => rows.current?.focus(),
    ...keys,
  });
}
