import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { Handlers } from '../../src-shared/contract/define-contract.ts';
import type { MessageId, OutgoingId, SenderEntryId, TemplateId, TicketId } from '../../src-shared/domain/ids.ts';
import type { Outgoing, OutgoingState } from '../../src-shared/domain/outgoing.ts';
import type {
  SenderEntry,
  Ticket,
  TicketEntry,
  TicketSummary,
  TicketTemplate,
} from '../../src-shared/domain/ticket.ts';
import { emptyDraft, type TicketDraft } from '../../src-shared/domain/ticket-draft.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { cannedTicket } from './canned-console.ts';
import { letterFiles } from './canned-mail.ts';
import { supportId } from './canned-mailboxes.ts';

const anna = { name: 'Anna Petrova', address: 'anna.petrova@boilers.example' };
const states = ['new', 'open', 'waiting', 'solved', 'closed'] as const;
const deliveries: readonly (OutgoingState | null)[] = [null, 'failed', 'accepted', null, 'unknown', 'queued'];
const titles = [
  'Pump 2 does not start',
  'Нет горячей воды в третьем подъезде',
  'Replacement of the circulation pump in the boiler house, contract 44/2026, second reminder',
  'Счёт за октябрь',
];

export function cannedTicketAt(row: number, count: number): TicketSummary {
  return {
    ...cannedTicket(count - row, titles[row % titles.length] ?? '', states[row % 4] ?? 'new'),
    fields: {
      type: 'Repair',
      customer: row % 3 === 0 ? 'Harbour Hotels' : '',
      object: 'Boiler house 4',
      workKind: 'Repair',
      criticality: row % 2 ? 'High' : '',
    },
    assignee: row % 3 === 1 ? 'Олег Смирнов' : '',
    updatedAt: Date.now() - row * 7_200_000,
    delivery: deliveries[row % deliveries.length] ?? null,
  };
}

export function answerEntry(
  id: number,
  state: OutgoingState,
  serverWords = '',
): Extract<TicketEntry, { kind: 'answer' }> {
  return {
    kind: 'answer',
    at: Date.now() - 3_000_000 + id * 1000,
    outgoingId: id as OutgoingId,
    author: 'Олег Смирнов',
    to: [anna],
    recipients: [{ address: anna.address, state, serverWords: '' }],
    text: 'Good morning, our engineer comes today between 14:00 and 16:00.\n\nOleg Smirnov',
    attachments: id % 2 ? [{ name: 'route.pdf', size: 120_400 }] : [],
    state,
    serverWords,
    attempts: state === 'queued' ? 3 : 1,
    nextAttemptAt: state === 'queued' ? Date.now() + 240_000 : null,
    givesUpAt: null,
    sentCopy: null,
  };
}

export const cannedEntries: readonly TicketEntry[] = [
  {
    kind: 'letter',
    at: Date.now() - 9_000_000,
    messageId: 1_000_000 as MessageId,
    from: anna,
    subject: 'Pump 2 does not start',
    text: 'Good morning,\n\nsince yesterday evening the second pump has not started; the display shows E04.\nManual: https://example.com/pumps/2.\n\nOn 12 Nov 2026, Support wrote:\n> Please send a photo of the display.',
    hasHtml: true,
    attachments: letterFiles,
    reason: 'sender-entry',
  },
  {
    kind: 'change',
    at: Date.now() - 8_000_000,
    author: 'Олег Смирнов',
    field: 'assignee',
    before: '',
    after: 'Олег Смирнов',
  },
  { kind: 'change', at: Date.now() - 7_900_000, author: 'Олег Смирнов', field: 'state', before: 'new', after: 'open' },
  answerEntry(1, 'accepted', '250 2.0.0 Ok: queued as 4F1A2'),
  {
    kind: 'letter',
    at: Date.now() - 2_000_000,
    messageId: 999_999 as MessageId,
    from: { name: 'Ирина Волкова', address: 'i.volkova@teplo.example' },
    subject: 'Re: Pump 2 does not start [#12]',
    text: 'Спасибо, ждём.\n\n20.11.2026 12:01, Support пишет:\n> Good morning, our engineer comes today.',
    hasHtml: false,
    attachments: [],
    reason: 'in-reply-to',
  },
  answerEntry(2, 'failed', '550 5.1.1 <anna.petrova@boilers.example>: Recipient address rejected: User unknown'),
  answerEntry(3, 'unknown'),
];

export const cannedTemplates: readonly TicketTemplate[] = [
  template(1, 'Mail of all customers', { type: 'Repair', object: 'For mail', workKind: 'Repair' }, 2),
  template(
    2,
    'Harbour Hotels, emergencies',
    { customer: 'Harbour Hotels', object: 'Harbour Hotel', workKind: 'Emergency', criticality: 'High' },
    1,
  ),
  template(3, 'Черновик шаблона', { type: 'Осмотр' }, 0),
];

function template(
  id: number,
  name: string,
  fields: Partial<TicketTemplate['settings']['fields']>,
  usedBy: number,
): TicketTemplate {
  const all = { type: '', customer: '', object: '', workKind: '', criticality: '', ...fields };
  return { id: id as TemplateId, settings: { name, fields: all }, usedBy, demo: false };
}

export const cannedSenders: readonly SenderEntry[] = [
  sender(1, '*@*', 1, false),
  sender(2, '*@harbour.example', 2),
  sender(3, 'director@harbour.example', 2),
  sender(4, '*@spam.example', 1, false),
];

function sender(id: number, pattern: string, templateId: number, receiving = true): SenderEntry {
  const settings = { pattern, templateId: templateId as TemplateId, mailboxId: id === 2 ? supportId : null, receiving };
  return {
    id: id as SenderEntryId,
    settings,
    templateName: cannedTemplates[templateId - 1]?.settings.name ?? '',
    demo: id === 4,
  };
}

export function cannedAnswer(id: number, state: OutgoingState, rest: Partial<Outgoing> = {}): Outgoing {
  return {
    id: id as OutgoingId,
    mailboxId: supportId,
    ticketId: 12 as TicketId,
    to: [anna],
    recipients: [{ address: anna.address, state, serverWords: '' }],
    subject: 'Re: Pump 2 does not start [#12]',
    state,
    createdAt: Date.now() - id * 600_000,
    attempts: state === 'queued' ? 2 : 1,
    nextAttemptAt: state === 'queued' ? Date.now() + 300_000 : null,
    givesUpAt: null,
    sentCopy: null,
    problem: null,
    serverWords: '',
    size: 48_200,
    ...rest,
  };
}

const cannedOutbox: readonly Outgoing[] = [
  cannedAnswer(5, 'accepted', { serverWords: '250 2.0.0 Ok: queued as 4F1A2' }),
  cannedAnswer(4, 'queued', {
    problem: { code: 'network.unreachable', params: { host: 'smtp.example.com', port: 465 } },
  }),
  cannedAnswer(3, 'unknown', { problem: { code: 'delivery.unknown', params: { host: 'smtp.example.com' } } }),
  cannedAnswer(2, 'failed', {
    problem: {
      code: 'recipient.refused',
      params: { host: 'smtp.example.com', serverWords: '550 5.1.1 Recipient address rejected: User unknown' },
    },
    serverWords: '550 5.1.1 Recipient address rejected: User unknown',
  }),
  cannedAnswer(1, 'cancelled'),
];

/** Handlers of a desk with any number of tickets; changes last as long as the object. */
export function cannedDesk({ count = 40 }: { readonly count?: number } = {}): Partial<Handlers<AppContract>> {
  const summaries = Array.from({ length: count }, (_, row) => cannedTicketAt(row, count));
  const tickets = new Map<TicketId, Ticket>();
  const drafts = new Map<TicketId, TicketDraft>();
  const get = (id: TicketId): Ticket => {
    const summary = summaries.find((one) => one.id === id);
    if (!summary) throw new AppError('ticket.unknown', { ticket: id });
    return tickets.get(id) ?? { summary, entries: cannedEntries };
  };
  const put = (ticket: Ticket) => {
    tickets.set(ticket.summary.id, ticket);
    return ticket;
  };
  const change = (id: TicketId, part: Partial<TicketSummary>) => {
    const ticket = get(id);
    return put({ ...ticket, summary: { ...ticket.summary, ...part } });
  };
  return {
    'tickets.list': async ({ filter, offset, limit }) => {
      const found = summaries.filter(
        (one) =>
          (filter.states.length === 0 || filter.states.includes(one.state)) &&
          `${one.id} ${one.subject}`.toLowerCase().includes(filter.query.toLowerCase()),
      );
      return { tickets: found.slice(offset, offset + limit), total: found.length };
    },
    'tickets.counts': async () => ({ new: 12, open: 7, waiting: 31, solved: 204, closed: 1893 }),
    'tickets.get': async ({ ticketId }) => get(ticketId),
    'drafts.get': async ({ ticketId }) => drafts.get(ticketId) ?? emptyDraft,
    'drafts.put': async ({ ticketId, draft }) => void drafts.set(ticketId, draft),
    'tickets.setState': async ({ ticketId, state }) => change(ticketId, { state }),
    'tickets.setFields': async ({ ticketId, fields }) => change(ticketId, { fields }),
    'tickets.assign': async ({ ticketId, toMe }) => change(ticketId, { assignee: toMe ? 'Олег Смирнов' : '' }),
    'tickets.makeFromLetter': async () => get(summaries[0]?.id as TicketId),
    'tickets.reply': async ({ reply }) =>
      cannedAnswer(99, 'queued', { ticketId: reply.ticketId, attempts: 0, createdAt: Date.now() }),
    'templates.list': async () => (count === 0 ? [] : [...cannedTemplates]),
    'templates.save': async ({ templateId, settings }) => ({
      id: templateId ?? (9 as TemplateId),
      settings,
      usedBy: 0,
      demo: false,
    }),
    'senders.list': async () => (count === 0 ? [] : [...cannedSenders]),
    'senders.save': async ({ senderEntryId, settings }) => ({
      id: senderEntryId ?? (9 as SenderEntryId),
      settings,
      templateName: '',
      demo: false,
    }),
    'senders.preview': async ({ pattern }) =>
      pattern === '*@*' ? { letters: 3412, senders: 281 } : { letters: 42, senders: 3 },
    'outbox.list': async ({ states: wanted }) =>
      count === 0 ? [] : cannedOutbox.filter(({ state }) => wanted.length === 0 || wanted.includes(state)),
    'outbox.flush': async () => [],
    'outbox.sendAgain': async ({ outgoingId }) => cannedAnswer(outgoingId, 'queued'),
    'outbox.cancel': async ({ outgoingId }) => cannedAnswer(outgoingId, 'cancelled'),
    'outbox.markDelivered': async ({ outgoingId }) => cannedAnswer(outgoingId, 'accepted'),
  };
}
