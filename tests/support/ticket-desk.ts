import { createEvents, type Events } from '../../src-main/events/events.ts';
import { silentLogs } from '../../src-main/logs/logs.ts';
import { createSending, type Outbox, type Sending } from '../../src-main/sending/sending.ts';
import type { Store } from '../../src-main/store/store.ts';
import type { Sorted } from '../../src-main/tickets/sort-letters.ts';
import { createTickets, type Tickets } from '../../src-main/tickets/tickets.ts';
import { createClient } from '../../src-shared/contract/client.ts';
import { type Client, defineContract, type Handlers } from '../../src-shared/contract/define-contract.ts';
import { createLocalPipe } from '../../src-shared/contract/local-pipe.ts';
import { createRouter } from '../../src-shared/contract/router.ts';
import { sendingContract } from '../../src-shared/contract/sending.ts';
import { serve } from '../../src-shared/contract/serve.ts';
import { ticketsContract } from '../../src-shared/contract/tickets.ts';
import type { FolderId, MailboxId, TemplateId, TicketId } from '../../src-shared/domain/ids.ts';
import type { LedgerEntry } from '../../src-shared/domain/ledger.ts';
import type { Mailbox, MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import type { Outgoing } from '../../src-shared/domain/outgoing.ts';
import type { Ticket, TicketSummary } from '../../src-shared/domain/ticket.ts';
import { composeRaw, type RawLetter } from './compose-raw.ts';
import { addMailbox, openTestStore } from './open-store.ts';

export const forever = new AbortController().signal;
export const everyTicket = { states: [], templateId: null, mailboxId: null, mine: false, query: '' };
const fields = { type: 'Incident', customer: '', object: 'Mail', workKind: 'Repair', criticality: '' };

/** A console without a window: a real store, a mailbox that collects, and the domains over it. */
export interface TicketDesk extends AsyncDisposable {
  readonly store: Store;
  readonly events: Events;
  readonly sending: Sending;
  readonly tickets: Tickets;
  /** Through the router, as the page asks: input and output are checked, undeclared errors fail the test. */
  readonly call: Client<typeof deskContract>['call'];
  readonly mailboxId: MailboxId;
  readonly templateId: TemplateId;
  /** Keeps letters as a load would, each a second after the one before, and waits until they are parsed. */
  receive(letters: readonly RawLetter[], into?: MailboxId): Promise<void>;
  sort(mailboxId?: MailboxId): Promise<Sorted>;
  allowSender(pattern: string, mailboxId?: MailboxId | null, receiving?: boolean): Promise<void>;
  list(): Promise<TicketSummary[]>;
  get(ticketId: TicketId): Promise<Ticket>;
  only(): Promise<TicketSummary>;
  reply(ticketId: TicketId, text?: string): Promise<Outgoing>;
  anotherMailbox(address: string): Promise<MailboxId>;
  /** Every letter of a mailbox as its ledger tells it, by subject. */
  ledger(mailboxId?: MailboxId): Promise<Readonly<Record<string, LedgerEntry>>>;
  /** Ends the store process at once; it comes back by itself. */
  killStore(): void;
}

const deskContract = defineContract({
  methods: { ...ticketsContract.methods, ...sendingContract.methods },
  events: { ...ticketsContract.events, ...sendingContract.events },
});

/** For desks whose answers stay in the outbox. */
const idleOutbox: Outbox = { start: async () => {}, wake() {}, flush: async () => [], stop: async () => {} };

export async function openTicketDesk(
  makeOutbox: (store: Store, events: Events) => Outbox = () => idleOutbox,
): Promise<TicketDesk> {
  const opened = await openTestStore();
  const { store } = opened;
  const events = createEvents((error) => {
    throw error;
  });
  const outbox = makeOutbox(store, events);
  const sending = createSending({ store, events, outbox });
  const tickets = createTickets({ store, events, sending, log: silentLogs('test') });
  const { call } = serveDesk({ ...tickets.handlers, ...sending.handlers });
  const inboxes = new Map<MailboxId, FolderId>();
  const anotherMailbox = async (address: string) => {
    const { mailboxId, folders } = await addMailbox(store, address);
    inboxes.set(mailboxId, folders[0] as FolderId);
    await changeMailbox(store, mailboxId, {
      outgoing: {
        host: '127.0.0.1',
        port: 25,
        encryption: 'none',
        login: '',
        signIn: 'none',
        pinnedCertificate: null,
      },
      sender: { fromAddress: address, fromName: 'Support', replyTo: address },
    });
    return mailboxId;
  };
  const mailboxId = await anotherMailbox('support@company.example');
  const template = await store.call('templates.put', {
    templateId: null,
    settings: { name: 'Mail', fields },
    demo: false,
  });
  let uid = 0;
  let second = Date.UTC(2026, 0, 5) / 1000;
  const list = async () => (await call('tickets.list', { filter: everyTicket, offset: 0, limit: 100 })).tickets;
  return {
    store,
    events,
    sending,
    tickets,
    call,
    mailboxId,
    templateId: template.id,
    anotherMailbox,
    async receive(letters, into = mailboxId) {
      const received = letters.map((letter) => {
        uid += 1;
        second += 1;
        return { uid, receivedAt: second * 1000, seen: false, raw: composeRaw(letter) };
      });
      const folderId = inboxes.get(into) as FolderId;
      await store.call('letters.store', { folderId, uidValidity: 1, letters: received });
      await store.call('letters.settle', { mailboxId: null });
    },
    sort: (which = mailboxId) => tickets.sortMailbox(which, forever),
    async allowSender(pattern, forMailbox = null, receiving = true) {
      const settings = { pattern, templateId: template.id, mailboxId: forMailbox, receiving };
      await call('senders.save', { senderEntryId: null, settings });
    },
    async ledger(which = mailboxId) {
      const filter = { mailboxId: which, folderId: null, statuses: [], query: '' };
      const entries = await store.call('ledger.list', { filter, before: null, limit: 500 });
      return Object.fromEntries(entries.map((entry) => [entry.subject, entry]));
    },
    list,
    get: (ticketId) => store.call('tickets.get', { ticketId }),
    async only() {
      const [ticket, ...others] = await list();
      if (!ticket || others.length > 0) throw new Error(`expected one ticket, found ${others.length + 1}`);
      return ticket;
    },
    reply: (ticketId, text = 'Done.') =>
      call('tickets.reply', {
        reply: { ticketId, text, html: null, attachments: [], nextState: null },
      }),
    killStore: () => opened.process().kill(),
    async [Symbol.asyncDispose]() {
      await tickets.stop();
      await outbox.stop();
      await opened[Symbol.asyncDispose]();
    },
  };
}

function serveDesk(handlers: Handlers<typeof deskContract>): Client<typeof deskContract> {
  const pipe = createLocalPipe();
  const faults: unknown[] = [];
  const log = { error: (event: string, fields: { readonly error: unknown }) => void faults.push(event, fields.error) };
  serve(pipe.server, createRouter(deskContract, handlers, { log, checkOutput: true }));
  const client = createClient<typeof deskContract>(pipe.client, 'store.unavailable');
  return {
    ...client,
    call: async (name, input, signal) => {
      try {
        return await client.call(name, input, signal);
      } catch (error) {
        if (faults.length > 0) throw new Error(`fault in ${name}`, { cause: faults });
        throw error;
      }
    },
  };
}

export async function changeMailbox(
  store: Store,
  mailboxId: MailboxId,
  changes: Partial<MailboxSettings>,
): Promise<void> {
  const mailbox = await readMailbox(store, mailboxId);
  await store.call('mailboxes.put', { mailbox: { ...mailbox, settings: { ...mailbox.settings, ...changes } } });
}

export async function readMailbox(store: Store, mailboxId: MailboxId): Promise<Mailbox> {
  const mailbox = (await store.call('mailboxes.list', undefined)).find(({ id }) => id === mailboxId);
  if (!mailbox) throw new Error('no such mailbox');
  return mailbox;
}
