import type { Handlers } from '../../src-shared/contract/define-contract.ts';
import type { ticketsContract } from '../../src-shared/contract/tickets.ts';
import type { TicketId } from '../../src-shared/domain/ids.ts';
import { planEffect } from '../../src-shared/domain/plan-effect.ts';
import type { Ticket, TicketFields, TicketState } from '../../src-shared/domain/ticket.ts';
import { mayFollow } from '../../src-shared/domain/ticket-states.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { Events } from '../events/events.ts';
import type { Sending } from '../sending/sending.ts';
import type { Store } from '../store/store.ts';
import { readOperator } from './operator.ts';
import { replyToTicket } from './reply-to-ticket.ts';

type TicketMethods = Extract<keyof typeof ticketsContract.methods, `tickets.${string}` | `drafts.${string}`>;

/** What agents do with tickets. */
export function ticketHandlers(
  store: Store,
  events: Events,
  sending: Sending,
): Pick<Handlers<typeof ticketsContract>, TicketMethods> {
  const operator = () => readOperator(store);

  const change = async (
    ticketId: TicketId,
    what: { state?: TicketState; fields?: TicketFields; assignee?: string },
    author: string,
  ): Promise<Ticket> => {
    const { state = null, fields = null, assignee = null } = what;
    const ticket = await store.call('tickets.change', { ticketId, author, state, fields, assignee });
    events.emit('tickets.changed', { ticketId });
    return ticket;
  };
  const refuseUnlessMayFollow = async (ticketId: TicketId, after: TicketState) => {
    const { summary } = await store.call('tickets.get', { ticketId });
    if (!mayFollow(summary.state, after)) throw new AppError('state.conflict');
  };

  return {
    'tickets.list': async ({ filter, offset, limit }) =>
      store.call('tickets.list', { filter, operator: await operator(), offset, limit }),
    'tickets.counts': () => store.call('tickets.counts', undefined),
    'tickets.get': ({ ticketId }) => store.call('tickets.get', { ticketId }),
    'drafts.get': ({ ticketId }) => store.call('drafts.get', { ticketId }),
    'drafts.put': ({ ticketId, draft }) => store.call('drafts.put', { ticketId, draft }),
    'tickets.setState': async ({ ticketId, state }) => {
      await refuseUnlessMayFollow(ticketId, state);
      return change(ticketId, { state }, await operator());
    },
    'tickets.setFields': async ({ ticketId, fields }) => change(ticketId, { fields }, await operator()),
    'tickets.assign': async ({ ticketId, toMe }) => {
      const name = await operator();
      return change(ticketId, { assignee: toMe ? name : '' }, name);
    },
    'tickets.makeFromLetter': async ({ messageId, templateId }) => {
      const { summary } = await store.call('letters.get', { messageId });
      const mailboxes = await store.call('mailboxes.list', undefined);
      const mailbox = mailboxes.find(({ id }) => id === summary.mailboxId);
      const outcome = { kind: 'ticket', templateId, reason: 'by-hand' } as const;
      const effect = mailbox ? planEffect(mailbox.settings.afterwards, outcome) : null;
      const decision = { messageId, outcome, effect, demo: mailbox?.demo ?? false };
      const { ticketId, already } = await store.call('sorting.settle', decision);
      if (ticketId === null || already) throw new AppError('state.conflict');
      events.emit('tickets.changed', { ticketId });
      events.emit('mail.changed', { mailboxId: summary.mailboxId });
      events.emit('quarantine.changed', { mailboxId: summary.mailboxId });
      return store.call('tickets.get', { ticketId });
    },
    'tickets.reply': ({ reply }) => replyToTicket(store, sending, reply),
  };
}
