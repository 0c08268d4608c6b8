import { useCallback, useState } from 'react';
import { type TicketFilter, ticketFilterSchema } from '../../src-shared/contract/tickets.ts';

const place = 'mailroom.tickets.filter';

/** What is still to be done: finished tickets are one click away. */
export const usualFilter: TicketFilter = {
  states: ['new', 'open', 'waiting'],
  templateId: null,
  mailboxId: null,
  mine: false,
  query: '',
};

function readFilter(): TicketFilter {
  try {
    return ticketFilterSchema.parse(JSON.parse(sessionStorage.getItem(place) ?? 'null'));
  } catch {
    return usualFilter;
  }
}

/** Stays as it was while the window is open: going into a ticket and back changes nothing. */
export function useTicketFilter() {
  const [filter, setFilter] = useState(readFilter);
  const change = useCallback((part: Partial<TicketFilter>) => {
    setFilter((now) => {
      const next = { ...now, ...part };
      sessionStorage.setItem(place, JSON.stringify(next));
      return next;
    });
  }, []);
  return [filter, change] as const;
}

/** Other than what is shown of itself: worth a way back. */
export function isNarrowed(filter: TicketFilter): boolean {
  const { states, templateId, mailboxId, mine, query } = filter;
  const usual =
    states.length === usualFilter.states.length && usualFilter.states.every((state) => states.includes(state));
  return !usual || templateId !== null || mailboxId !== null || mine || query.trim() !== '';
}
