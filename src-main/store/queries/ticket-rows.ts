import type { Handlers } from '../../../src-shared/contract/define-contract.ts';
import type { ticketRowsContract } from '../api/tickets.ts';
import type { WritableDb } from '../process/connection.ts';
import { putDraft, readDraft } from './draft-store.ts';
import { listSenders, putSender, removeSender } from './sender-store.ts';
import {
  countSenders,
  nextUnsorted,
  readForSorting,
  reconsider,
  ticketsByHeader,
  ticketsByNumber,
} from './sorting-read.ts';
import { settleLetter, settleLetters } from './sorting-settle.ts';
import { listTemplates, putTemplate, removeTemplate } from './template-store.ts';
import { changeTicket } from './ticket-change.ts';
import { countTickets, listTickets } from './ticket-list.ts';
import { readHeaders, readTicket } from './ticket-read.ts';

/** Tickets and rules, over one open database. */
export function ticketRowHandlers(db: WritableDb): Handlers<typeof ticketRowsContract> {
  return {
    'sorting.next': async ({ mailboxId, limit }) => nextUnsorted(db, mailboxId, limit),
    'sorting.letter': async ({ messageId }) => readForSorting(db, messageId),
    'sorting.ticketsByHeader': async ({ headers }) => ticketsByHeader(db, headers),
    'sorting.ticketsByNumber': async ({ numbers }) => ticketsByNumber(db, numbers),
    'sorting.settle': async ({ demo, ...decision }) => settleLetter(db, decision, demo),
    'sorting.settleMany': async ({ decisions, demo }) => settleLetters(db, decisions, demo),
    'sorting.countSenders': async ({ addressLike, mailboxId }) => countSenders(db, addressLike, mailboxId),
    'sorting.reconsider': async ({ addressLike, mailboxId }) => reconsider(db, addressLike, mailboxId),

    'tickets.list': async (page) => listTickets(db, page),
    'tickets.counts': async () => countTickets(db),
    'tickets.get': async ({ ticketId }) => readTicket(db, ticketId),
    'drafts.get': async ({ ticketId }) => readDraft(db, ticketId),
    'drafts.put': async ({ ticketId, draft }) => putDraft(db, ticketId, draft),
    'tickets.change': async (change) => {
      changeTicket(db, { ...change, at: Date.now() });
      return readTicket(db, change.ticketId);
    },
    'tickets.headers': async ({ ticketId }) => readHeaders(db, ticketId),

    'templates.list': async () => listTemplates(db),
    'templates.put': async ({ templateId, settings, demo }) => putTemplate(db, templateId, settings, demo),
    'templates.remove': async ({ templateId }) => removeTemplate(db, templateId),
    'senders.list': async () => listSenders(db),
    'senders.put': async ({ senderEntryId, settings, demo }) => putSender(db, senderEntryId, settings, demo),
    'senders.remove': async ({ senderEntryId }) => removeSender(db, senderEntryId),
  };
}
