import type { TicketState } from './ticket.ts';

/** `new` is only a beginning; a closed ticket is opened again before it can be solved. */
const followers: Readonly<Record<TicketState, readonly TicketState[]>> = {
  new: ['open', 'waiting', 'solved', 'closed'],
  open: ['waiting', 'solved', 'closed'],
  waiting: ['open', 'solved', 'closed'],
  solved: ['open', 'waiting', 'closed'],
  closed: ['open', 'waiting'],
};

/** States that a person may put the ticket in. */
export function nextStates(state: TicketState): readonly TicketState[] {
  return followers[state];
}

/** Staying is always allowed and changes nothing. */
export function mayFollow(before: TicketState, after: TicketState): boolean {
  return before === after || followers[before].includes(after);
}

export interface ArrivingLetter {
  /** Made by a program: a vacation note, a bounce. */
  readonly automatic: boolean;
  readonly fromRequester: boolean;
}

/**
 * What a letter that joins the ticket does to its state. A vacation note of the requester opens nothing; a bounce comes from somebody
 * else, and the agent must learn that the answer did not arrive.
 */
export function stateAfterLetter(state: TicketState, { automatic, fromRequester }: ArrivingLetter): TicketState {
  if (automatic && fromRequester) return state;
  return state === 'new' ? 'new' : 'open';
}
