import type { LetterScope } from '../../src-shared/contract/mail.ts';
import type { MessageSummary } from '../../src-shared/domain/message.ts';
import { call } from '../ipc/ipc.ts';
import { pageSize } from '../ipc/row-pages.ts';
import { type PagedRows, usePagedRows } from '../ipc/use-paged-rows.ts';
import { useQuery } from '../ipc/use-query.ts';

export type LetterList = PagedRows<MessageSummary>;

const events = ['mail.changed', 'tickets.changed', 'store.restarted', 'demo.changed'] as const;

/** The letters of a scope or a search. */
export function useLetterList(scope: LetterScope, query: string, onShift: (rows: number) => void): LetterList {
  const words = query.trim();
  const count = useQuery('mail.count', { scope }, { enabled: words === '' });
  return usePagedRows<MessageSummary>({
    scope: JSON.stringify(scope),
    query: words,
    read: (before, signal) =>
      words === ''
        ? call('mail.list', { scope, before, limit: pageSize }, signal)
        : call('mail.search', { query: words, scope, before, limit: pageSize }, signal),
    events,
    total: words === '' ? count.data?.total : undefined,
    onShift,
  });
}
