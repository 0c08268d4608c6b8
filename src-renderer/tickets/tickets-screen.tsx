import { VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFilterOff, IconTicket } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import type { TicketId } from '../../src-shared/domain/ids.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RowList, type RowListHandle } from '../ui/row-list.tsx';
import { useShownKeys } from '../ui/shown-keys.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { useScreenKeys } from '../ui/use-screen-keys.ts';
import { lastTicket } from './last-ticket.ts';
import { TicketFilters } from './ticket-filters.tsx';
import { TicketRow, ticketRowHeight } from './ticket-row.tsx';
import classes from './tickets-screen.module.css';
import { useTicketFilter } from './use-ticket-filter.ts';
import { type TicketRows, useTicketRows } from './use-ticket-rows.ts';

/** A search waits for a pause in typing. */
const typingMilliseconds = 150;

export function TicketsScreen() {
  const t = useText();
  const navigate = useNavigate();
  const [filter, change] = useTicketFilter();
  const [query] = useDebouncedValue(filter.query, typingMilliseconds);
  const rows = useTicketRows(useMemo(() => ({ ...filter, query }), [filter, query]));
  const [selected, select] = useState<TicketId | null>(lastTicket.read);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<RowListHandle>(null);
  const selectedRow = rows.rowOf(selected);
  const pick = (row: number) => {
    const ticket = rows.rowAt(row);
    if (!ticket) return;
    select(ticket.id);
    lastTicket.note(ticket.id);
  };
  const open = (row: number) => {
    const ticket = rows.rowAt(row);
    if (ticket) void navigate({ to: '/tickets/$ticketId', params: { ticketId: String(ticket.id) } });
  };
  useListKeys({ rows, selectedRow, pick, search, list });

  const clear = () => change({ states: [], templateId: null, mailboxId: null, mine: false, query: '' });
  return (
    <section className={classes.screen} aria-label={t('tickets.title')}>
      <VisuallyHidden>
        <h1>{t('tickets.title')}</h1>
      </VisuallyHidden>
      <TicketFilters filter={filter} onChange={change} search={search} onLeaveSearch={() => list.current?.focus()} />
      {rows.error && (
        <div className={classes.notice}>
          <ErrorNotice error={rows.error} action={{ label: t('action.retry'), run: rows.retry }} />
        </div>
      )}
      <div className={classes.rows}>
        {rows.loading && !rows.error && <RowSkeletons rows={10} height={ticketRowHeight} />}
        {!rows.loading && rows.total === 0 && <NoTickets onClear={clear} />}
        {rows.total > 0 && (
          <RowList
            handle={list}
            label={t('tickets.list')}
            count={rows.total}
            rowHeight={ticketRowHeight}
            selected={selectedRow}
            rowKey={(row) => rows.rowAt(row)?.id ?? `row-${row}`}
            renderRow={(row) => <TicketRow ticket={rows.rowAt(row)} />}
            onSelect={pick}
            onOpen={open}
            opensOnClick
            onRange={rows.want}
          />
        )}
      </div>
      <p className={classes.foot} role="status">
        {rows.loading ? '' : t('tickets.found', { count: rows.total })}
      </p>
    </section>
  );
}

function NoTickets({ onClear }: { readonly onClear: () => void }) {
  const t = useText();
  const navigate = useNavigate();
  const { data: counts } = useQuery('tickets.counts');
  const any = counts && Object.values(counts).some((count) => count > 0);
  if (any) {
    return (
      <EmptyState
        icon={IconFilterOff}
        text={t('tickets.empty.filtered')}
        action={{ label: t('tickets.filter.all'), run: onClear }}
      />
    );
  }
  return (
    <EmptyState
      icon={IconTicket}
      text={t('tickets.empty.text')}
      action={{ label: t('tickets.empty.action'), run: () => void navigate({ to: '/rules' }) }}
    />
  );
}

interface ListKeys {
  readonly rows: TicketRows;
  readonly selectedRow: number;
  readonly pick: (row: number) => void;
  readonly search: React.RefObject<HTMLInputElement | null>;
  readonly list: React.RefObject<RowListHandle | null>;
}

function useListKeys({ rows, selectedRow, pick, search, list }: ListKeys): void {
  const t = useText();
  const step = (by: number) => {
    const row = selectedRow < 0 ? 0 : Math.max(0, Math.min(rows.total - 1, selectedRow + by));
    pick(row);
    list.current?.reveal(row);
  };
  const focusSearch = () => {
    search.current?.focus();
    search.current?.select();
  };
  useScreenKeys({
    j: () => step(1),
    о: () => step(1),
    k: () => step(-1),
    л: () => step(-1),
    '/': focusSearch,
    '.': focusSearch,
    Escape: () => list.current?.focus(),
  });
  useShownKeys(
    useMemo(
      () => [
        { keys: ['↓', 'j'], does: t('tickets.keys.next') },
        { keys: ['↑', 'k'], does: t('tickets.keys.previous') },
        { keys: ['Enter'], does: t('tickets.keys.open') },
        { keys: ['/'], does: t('mail.keys.search') },
      ],
      [t],
    ),
  );
}
