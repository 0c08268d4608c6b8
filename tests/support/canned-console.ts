import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { Emit, Handlers } from '../../src-shared/contract/define-contract.ts';
import type { MailboxId, MessageId, OutgoingId, TicketId } from '../../src-shared/domain/ids.ts';
import { type Mailbox, touchesMore } from '../../src-shared/domain/mailbox.ts';
import type { MessageSummary } from '../../src-shared/domain/message.ts';
import type { Outgoing } from '../../src-shared/domain/outgoing.ts';
import { defaultSettings, type Settings } from '../../src-shared/domain/settings.ts';
import type { TicketSummary } from '../../src-shared/domain/ticket.ts';
import { emptyDraft } from '../../src-shared/domain/ticket-draft.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { cannedCalendar } from './canned-calendar.ts';
import { cannedContacts } from './canned-contacts.ts';
import { cannedLedger } from './canned-ledger.ts';
import {
  appPasswordProvider,
  cannedFolders,
  cannedLook,
  cannedMailboxes,
  cannedProgress,
  cannedServerFolders,
  goodCheck,
  passwordProvider,
  supportId,
} from './canned-mailboxes.ts';
import { cannedDates, cannedLog } from './canned-records.ts';
import { cannedSwitches } from './canned-switches.ts';
import { cannedTrust } from './canned-trust.ts';

export function cannedLetter(id: number, subject: string, name: string): MessageSummary {
  return {
    id: id as MessageId,
    mailboxId: supportId,
    folderId: null,
    state: 'parsed',
    problem: null,
    from: { name, address: `${name.split(' ')[0]?.toLowerCase()}@customer.example` },
    subject,
    preview: 'Good morning, since yesterday evening the second pump',
    sentAt: Date.now() - id * 900_000,
    receivedAt: Date.now() - id * 900_000,
    size: 12_400,
    attachmentCount: id % 2,
    unread: id < 3,
    ticketId: null,
    threadId: id as MessageId,
    threadSize: 1,
  };
}

export function cannedTicket(id: number, subject: string, state: TicketSummary['state'] = 'new'): TicketSummary {
  return {
    id: id as TicketId,
    subject,
    state,
    fields: { type: 'Repair', customer: '', object: 'Boiler house 4', workKind: 'Repair', criticality: 'High' },
    templateId: null,
    templateName: 'Mail',
    mailboxId: supportId,
    requester: { name: 'Anna Petrova', address: 'anna@customer.example' },
    assignee: '',
    createdAt: Date.now() - id * 600_000,
    updatedAt: Date.now() - id * 600_000,
    letterCount: 1,
    answerCount: 0,
    delivery: null,
  };
}

export const failedAnswer: Outgoing = {
  id: 7 as OutgoingId,
  mailboxId: supportId,
  ticketId: 12 as TicketId,
  to: [{ name: 'Anna Petrova', address: 'anna@customer.example' }],
  recipients: [{ address: 'anna@customer.example', state: 'failed', serverWords: '' }],
  subject: 'Re: Pump 2 does not start [#12]',
  state: 'failed',
  createdAt: Date.now() - 600_000,
  attempts: 1,
  nextAttemptAt: null,
  givesUpAt: null,
  sentCopy: null,
  problem: { code: 'recipient.refused', params: {} },
  serverWords: '550 5.1.1 No such user',
  size: 2048,
};

export interface CannedConsole {
  readonly handlers: Handlers<AppContract>;
  /** Set by whoever serves it. */
  emit: Emit<AppContract>;
}

/** A console with three mailboxes, or none, whose every call answers at once. Changes last as long as the object. */
export function createCannedConsole(kind: 'full' | 'empty' = 'full'): CannedConsole {
  let settings: Settings = defaultSettings;
  let mailboxes: readonly Mailbox[] = kind === 'full' ? cannedMailboxes : [];
  let demo = { running: false, present: false };
  const letters =
    kind === 'full'
      ? [
          cannedLetter(1, 'Pump 2 does not start', 'Anna Petrova'),
          cannedLetter(2, 'Счёт за октябрь', 'Ирина Волкова'),
          cannedLetter(3, 'Re: inspection of the boiler house on Friday, together with the fire service', 'John Smith'),
        ]
      : [];
  const tickets =
    kind === 'full' ? [cannedTicket(12, 'Pump 2 does not start'), cannedTicket(11, 'Нет горячей воды')] : [];
  const find = (id: MailboxId) => {
    const mailbox = mailboxes.find((one) => one.id === id);
    if (!mailbox) throw new AppError('mailbox.unknown');
    return mailbox;
  };
  const change = (next: readonly Mailbox[]) => {
    mailboxes = next;
    self.emit('mailboxes.changed', { mailboxId: null });
  };
  const notCanned = async () => {
    throw new AppError('state.conflict');
  };

  const handlers: Handlers<AppContract> = {
    ...cannedCalendar(),
    ...cannedContacts(),
    ...cannedSwitches((mailboxId) => self.emit('switches.changed', { mailboxId })),
    'console.startup': async () => ({ problem: null, vault: 'keychain' }),
    'console.open': async () => ({ problem: null, vault: 'keychain' }),
    'console.health': async () => ({
      version: '0.1.0',
      electron: '45.4.1',
      node: '24.21.0',
      chromium: '152.0.1',
      sqlite: '3.53.0',
      schema: 20,
      storeProcess: 'utility',
      storePath: '/home/user/.config/mailroom/store/mailroom.db',
      storeBytes: 48_230_000,
      logPath: '/home/user/.config/mailroom/logs',
      vault: { kind: 'keychain', problem: null },
      storeProblem: null,
      counts: { mailboxes: mailboxes.length, letters: 3660, tickets: 12 },
    }),
    'console.network': async () => ({ online: true }),
    'settings.get': async () => settings,
    'settings.set': async (input) => {
      settings = input.settings;
      self.emit('settings.changed', settings);
      return settings;
    },
    'links.open': async () => undefined,
    'demo.status': async () => demo,
    'demo.start': async () => {
      demo = { running: true, present: true };
      mailboxes = cannedMailboxes.map((mailbox) => ({ ...mailbox, demo: true }));
      self.emit('demo.changed', demo);
      return { tickets: 24, letters: 200 };
    },
    'demo.end': async () => {
      demo = { running: false, present: false };
      mailboxes = [];
      self.emit('demo.changed', demo);
    },
    'mailboxes.list': async () => [...mailboxes],
    'mailboxes.get': async ({ mailboxId }) => find(mailboxId),
    'mailboxes.detect': async ({ address }) => {
      const domain = address.split('@')[1] ?? '';
      const provider = appPasswordProvider.domains.includes(domain) ? appPasswordProvider : null;
      return {
        address,
        domain,
        source: provider ? 'directory' : 'guess',
        provider,
        incoming: provider?.imap ?? { host: `imap.${domain}`, port: 993, encryption: 'tls' },
        outgoing: provider?.smtp ?? { host: `smtp.${domain}`, port: 465, encryption: 'tls' },
        login: address,
      };
    },
    'logs.read': async ({ filter, before }) => cannedLog(filter, before),
    'logs.save': async () => ({ path: '/home/someone/mailbox-log.txt', entries: 3 }),
    'dates.list': async () => (kind === 'full' ? [...cannedDates] : []),
    'dates.takeNotices': async () => [],
    ...cannedTrust(() => self.emit),
    'providers.list': async () => [appPasswordProvider, passwordProvider],
    'mailboxes.check': async () => goodCheck,
    'mailboxes.signIn': async ({ draft }) => ({ signInId: 'signed-in', account: draft.settings.address }),
    'mailboxes.saveReport': async () => ({ path: '/home/someone/connection-report.txt' }),
    'mailboxes.listServerFolders': async () => [...cannedServerFolders],
    'mailboxes.look': async ({ draft, folders }) => cannedLook(folders, draft.settings),
    'mailboxes.add': async ({ draft, confirmed }) => {
      if (!confirmed && touchesMore(null, draft.settings)) throw new AppError('mailbox.not-confirmed');
      const added: Mailbox = {
        id: '44444444-4444-4444-8444-444444444444' as MailboxId,
        enabled: true,
        demo: false,
        createdAt: Date.now(),
        settings: draft.settings,
      };
      change([...mailboxes, added]);
      return added;
    },
    'mailboxes.update': async ({ draft, confirmed }) => {
      const before = find(draft.mailboxId as MailboxId);
      if (!confirmed && touchesMore(before.settings, draft.settings)) throw new AppError('mailbox.not-confirmed');
      const updated = { ...before, settings: draft.settings };
      change(mailboxes.map((one) => (one.id === updated.id ? updated : one)));
      return updated;
    },
    'mailboxes.setEnabled': async ({ mailboxId, enabled }) => {
      const updated = { ...find(mailboxId), enabled };
      change(mailboxes.map((one) => (one.id === mailboxId ? updated : one)));
      return updated;
    },
    'mailboxes.remove': async ({ mailboxId }) => change(mailboxes.filter((one) => one.id !== mailboxId)),
    'folders.list': async ({ mailboxId }) => cannedFolders.filter((one) => one.mailboxId === mailboxId),
    'folders.refresh': async ({ mailboxId }) => cannedFolders.filter((one) => one.mailboxId === mailboxId),
    'folders.select': async ({ mailboxId, selected }) =>
      cannedFolders
        .filter((one) => one.mailboxId === mailboxId)
        .map((one) => ({ ...one, selected: selected.includes(one.id) })),
    'loading.status': async () => cannedProgress.filter((one) => mailboxes.some(({ id }) => id === one.mailboxId)),
    'loading.run': async () => [],
    'loading.cancel': async () => undefined,
    'mail.folders': async () => cannedFolders.filter((one) => mailboxes.some(({ id }) => id === one.mailboxId)),
    'mail.count': async () => ({ total: letters.length }),
    'mail.list': async ({ limit }) => letters.slice(0, limit),
    'mail.search': async ({ query }) =>
      letters.filter((one) => one.subject.toLowerCase().includes(query.toLowerCase())),
    'mail.letter': notCanned,
    'mail.thread': notCanned,
    'mail.headers': notCanned,
    'mail.source': notCanned,
    'mail.inlinePictures': async () => ({}),
    'mail.remotePictures': async () => ({}),
    'mail.saveLetter': async () => null,
    'mail.saveAttachment': async () => null,
    'tickets.list': async ({ filter, limit }) => {
      const found = tickets.filter(
        (one) =>
          (filter.states.length === 0 || filter.states.includes(one.state)) &&
          `${one.id} ${one.subject}`.toLowerCase().includes(filter.query.toLowerCase()),
      );
      return { tickets: found.slice(0, limit), total: found.length };
    },
    'drafts.get': async () => emptyDraft,
    'drafts.put': async () => undefined,
    'tickets.counts': async () => ({ new: tickets.length, open: 0, waiting: 0, solved: 0, closed: 0 }),
    'tickets.get': notCanned,
    'tickets.setState': notCanned,
    'tickets.setFields': notCanned,
    'tickets.assign': notCanned,
    'tickets.makeFromLetter': notCanned,
    'tickets.reply': notCanned,
    'templates.list': async () => [],
    'templates.save': notCanned,
    'templates.remove': async () => undefined,
    'senders.list': async () => [],
    'senders.save': notCanned,
    'senders.remove': async () => undefined,
    'senders.preview': async () => ({ letters: 0, senders: 0 }),
    'outbox.list': async () => (kind === 'full' ? [failedAnswer] : []),
    'outbox.flush': async () => [],
    'outbox.sendAgain': notCanned,
    'outbox.cancel': notCanned,
    'outbox.markDelivered': notCanned,
    ...cannedLedger({ count: kind === 'full' ? 60 : 0, onDesk: kind === 'full' ? 3 : 0, emit: () => self.emit }),
  };
  const self: CannedConsole = { handlers, emit: () => undefined };
  return self;
}
