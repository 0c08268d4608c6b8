import { useEffect, useMemo, useRef } from 'react';
import type { MessageId } from '../../src-shared/domain/ids.ts';
import type { Quarantined } from '../../src-shared/domain/quarantine.ts';
import { call } from '../ipc/ipc.ts';
import { pageSize } from '../ipc/row-pages.ts';
import { type PagedRows, usePagedRows } from '../ipc/use-paged-rows.ts';
import type { DeskAddress, DeskFilter } from './use-desk-address.ts';

export type DeskItem = Quarantined & { readonly id: MessageId };
export type DeskItems = PagedRows<DeskItem>;

const events = ['quarantine.changed', 'mail.changed', 'tickets.changed', 'store.restarted', 'demo.changed'] as const;

export function useDeskList(filter: DeskFilter, onShift: (rows: number) => void): DeskItems {
  return usePagedRows<DeskItem>({
    scope: JSON.stringify(filter),
    query: '',
    read: async (before, signal) => {
      const page = await call(
        'quarantine.list',
        { ...filter, before: before as MessageId | null, limit: pageSize },
        signal,
      );
      return page.map((item) => ({ ...item, id: item.letter.id }));
    },
    events,
    onShift,
  });
}

/** When the letter in hand has left the desk, the one that came into its place is next. */
export function useNextInPlace({ pages, stale }: DeskItems, { selected, select }: DeskAddress): readonly MessageId[] {
  const ids = useMemo(() => pages.items.map(({ id }) => id), [pages]);
  const row = selected === null ? -1 : ids.indexOf(selected);
  const lastRow = useRef(-1);
  useEffect(() => {
    if (row >= 0) lastRow.current = row;
    else if (selected !== null && lastRow.current >= 0 && !stale) {
      select(ids[Math.min(lastRow.current, ids.length - 1)] ?? null);
      if (ids.length === 0) lastRow.current = -1;
    }
  }, [row, selected, stale, ids, select]);
  return ids;
}
