import type { TicketId } from '../../src-shared/domain/ids.ts';

let last: TicketId | null = null;

/** The ticket in focus when the list was left, so that coming back finds the place. Lives as long as the window. */
export const lastTicket = {
  read: (): TicketId | null => last,
  note: (id: TicketId): void => {
    last = id;
  },
};
