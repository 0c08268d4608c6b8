import type { Handlers } from '../../src-shared/contract/define-contract.ts';
import type { ticketsContract } from '../../src-shared/contract/tickets.ts';
import type { MailboxId, TemplateId, TicketId } from '../../src-shared/domain/ids.ts';
import { AppError, isAppError } from '../../src-shared/errors/errors.ts';
import type { Events } from '../events/events.ts';
import { createKeyedQueue } from '../jobs/keyed-queue.ts';
import type { Logger } from '../logs/logs.ts';
import type { Sending } from '../sending/sending.ts';
import type { Store } from '../store/store.ts';
import { ruleHandlers } from './rules.ts';
import { type Sorted, sortLetters } from './sort-letters.ts';
import { ticketHandlers } from './work-on-ticket.ts';

/** Mail as work. */
export interface Tickets {
  readonly handlers: Handlers<typeof ticketsContract>;
  /** Makes tickets of the letters that came; for one mailbox one pass at a time. */
  sortMailbox(mailboxId: MailboxId, signal: AbortSignal): Promise<Sorted>;
  /** Letters of exactly this address make tickets by this template from now on; one that has an entry keeps it. */
  allowSender(address: string, templateId: TemplateId): Promise<void>;
  /** Ends what runs by itself. */
  stop(): Promise<void>;
}

export interface TicketsParts {
  readonly store: Store;
  readonly events: Events;
  readonly sending: Sending;
  readonly log: Logger;
}

export function createTickets({ store, events, sending, log }: TicketsParts): Tickets {
  const passes = createKeyedQueue();
  const stopping = new AbortController();
  let catchingUp: Promise<void> = Promise.resolve();
  let wasOn: boolean | null = null;

  const announce = (ids: ReadonlySet<TicketId>) => {
    const [ticketId = null] = ids;
    events.emit('tickets.changed', { ticketId: ids.size === 1 ? ticketId : null });
  };
  const sortMailbox = (mailboxId: MailboxId, signal: AbortSignal) =>
    passes.run(mailboxId, () => sortLetters(store, mailboxId, announce, signal), signal);

  const sortAll = async (): Promise<void> => {
    for (const { id } of await store.call('mailboxes.list', undefined)) {
      const sorted = await sortMailbox(id, stopping.signal);
      log.info('letters sorted after the rules changed', { mailbox: id, count: sorted.created });
      events.emit('quarantine.changed', { mailboxId: id });
    }
  };
  // Switched on again (R173): what came meanwhile is sorted now and not with the next letter.
  const unsubscribe = events.on('settings.changed', ({ ticketsFromMail }) => {
    const turnedOn = ticketsFromMail && wasOn === false;
    wasOn = ticketsFromMail;
    if (!turnedOn) return;
    catchingUp = catchingUp.then(sortAll).catch((error: unknown) => {
      if (!isAppError(error, 'cancelled')) log.warn('letters could not be sorted', { error });
    });
  });
  void store
    .call('settings.get', undefined)
    .then(({ ticketsFromMail }) => {
      wasOn ??= ticketsFromMail;
    })
    .catch((error: unknown) => log.warn('settings could not be read', { error }));

  const rules = ruleHandlers(store, events, sortAll);
  return {
    handlers: { ...ticketHandlers(store, events, sending), ...rules },
    allowSender: async (address, templateId) => {
      const settings = { pattern: address, templateId, mailboxId: null, receiving: true };
      const signal = stopping.signal;
      await rules['senders.save']({ senderEntryId: null, settings, loadedToo: false }, signal);
    },
    sortMailbox: async (mailboxId, signal) => {
      if (stopping.signal.aborted) throw new AppError('cancelled');
      return sortMailbox(mailboxId, signal);
    },
    stop: async () => {
      unsubscribe();
      stopping.abort();
      await catchingUp;
    },
  };
}
