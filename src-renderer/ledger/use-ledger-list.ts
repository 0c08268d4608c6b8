import type { LedgerEntry, LedgerFilter } from '../../src-shared/domain/ledger.ts';
import { call } from '../ipc/ipc.ts';
import { pageSize } from '../ipc/row-pages.ts';
import { type PagedRows, usePagedRows } from '../ipc/use-paged-rows.ts';

export type LedgerEntries = PagedRows<LedgerEntry>;

// A letter's status follows from what was read of it and from its ticket.
const events = [
  'ledger.changed',
  'quarantine.changed',
  'mail.changed',
  'tickets.changed',
  'store.restarted',
  'demo.changed',
] as const;

export function useLedgerList(filter: LedgerFilter, onShift: (rows: number) => void): LedgerEntries {
  const { query, ...scope } = filter;
  return usePagedRows<LedgerEntry>({
    scope: JSON.stringify(scope),
    query,
    read: (before, signal) =>
      call('ledger.list', { filter, before: before as LedgerEntry['id'] | null, limit: pageSize }, signal),
    events,
    onShift,
  });
}
