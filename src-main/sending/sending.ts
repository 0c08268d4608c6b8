import type { Handlers } from '../../src-shared/contract/define-contract.ts';
import type { sendingContract } from '../../src-shared/contract/sending.ts';
import type { OutgoingId } from '../../src-shared/domain/ids.ts';
import type { Outgoing, OutgoingState } from '../../src-shared/domain/outgoing.ts';
import type { TicketState } from '../../src-shared/domain/ticket.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
import type { Events } from '../events/events.ts';
import type { NewOutgoing } from '../store/api/outbox.ts';
import type { Store } from '../store/store.ts';
import type { Outbox } from './outbox.ts';
import type { SentCopies } from './sent-copies.ts';

export { createOutbox, type Outbox } from './outbox.ts';
export { createSentCopies, type SentCopies } from './sent-copies.ts';
export type { SignInFor } from './submit-outgoing.ts';

/** Mail going out: the calls of the page and the terminal, and the way in for the domains. */
export interface Sending {
  readonly handlers: Handlers<typeof sendingContract>;
  /** Kept first, tried next; the ticket's next state is kept with it. */
  queue(outgoing: NewOutgoing, nextState: TicketState | null): Promise<Outgoing>;
}

export interface SendingParts {
  readonly store: Store;
  readonly events: Events;
  readonly outbox: Outbox;
  readonly sentCopies?: Pick<SentCopies, 'flush'>;
}

export function createSending({ store, events, outbox, sentCopies }: SendingParts): Sending {
  const changed = (outgoing: Outgoing): Outgoing => {
    events.emit('outbox.changed', { outgoingId: outgoing.id });
    if (outgoing.ticketId !== null) events.emit('tickets.changed', { ticketId: outgoing.ticketId });
    if (outgoing.state === 'queued') outbox.wake();
    return outgoing;
  };
  const decide = async (outgoingId: OutgoingId, from: readonly OutgoingState[], state: OutgoingState) =>
    changed(await store.call('outbox.decide', { outgoingId, from: [...from], state }));

  return {
    queue: async (outgoing, nextState) => changed(await putOnce(store, outgoing, nextState)),
    handlers: {
      'outbox.list': ({ states, limit }) => store.call('outbox.list', { states, limit }),
      'outbox.flush': async (_input, signal) => {
        const tried = await outbox.flush(signal);
        await sentCopies?.flush(signal);
        return [...tried];
      },
      'outbox.sendAgain': ({ outgoingId }) => decide(outgoingId, ['failed', 'cancelled', 'unknown'], 'queued'),
      'outbox.cancel': ({ outgoingId }) => decide(outgoingId, ['queued'], 'cancelled'),
      'outbox.markDelivered': ({ outgoingId }) => decide(outgoingId, ['unknown'], 'accepted'),
    },
  };
}

/**
 * A store that died may have kept the answer before it did. A person who is told of a failure writes the answer again, under another Message-ID: so the
 * same one is put again, which the store knows.
 */
async function putOnce(store: Store, outgoing: NewOutgoing, nextState: TicketState | null): Promise<Outgoing> {
  const put = () => store.call('outbox.put', { outgoing, nextState });
  try {
    return await put();
  } catch (error) {
    if (!isAppError(error, 'store.unavailable')) throw error;
    return put();
  }
}
