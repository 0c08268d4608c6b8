import type { Client } from '../../src-shared/contract/define-contract.ts';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import type { ServerFolder } from '../../src-shared/domain/folder.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { LoadReport } from '../../src-shared/domain/loading.ts';
import { type Endpoint, type Mailbox, type MailboxSettings, noGivenDates } from '../../src-shared/domain/mailbox.ts';
import type { Language } from '../../src-shared/domain/settings.ts';
import type { TicketTemplateSettings } from '../../src-shared/domain/ticket.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
import { createTranslate } from '../../src-shared/i18n/i18n.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { DemoMailbox, DemoServer, DemoServers, StartDemoServers } from '../demo-servers/demo-servers.ts';
import type { Events } from '../events/events.ts';
import type { Logs } from '../logs/logs.ts';
import type { StoreContract } from '../store/store-api.ts';

export interface DemoParts {
  readonly startServers: StartDemoServers;
  readonly accounts: Pick<Accounts, 'list' | 'add' | 'update' | 'listServerFolders' | 'remove'>;
  readonly loading: {
    run(mailboxIds: readonly MailboxId[], signal: AbortSignal): Promise<readonly LoadReport[]>;
    /** Ends what runs and waits for these mailboxes, and resolves when nothing of theirs runs any more. */
    stop(mailboxIds: readonly MailboxId[]): Promise<void>;
  };
  readonly store: Pick<Client<StoreContract>, 'call'>;
  readonly events: Pick<Events, 'emit'>;
  readonly logs: Logs;
  readonly language: () => Language;
  readonly now: () => number;
}

export interface DemoStatus {
  readonly running: boolean;
  /** Its mailboxes are in this profile. */
  readonly present: boolean;
}

export interface Demo {
  status(): Promise<DemoStatus>;
  /** Servers, mailboxes, template, sender entries, first load. Where the company is there already, it only loads. */
  start(signal: AbortSignal): Promise<{ readonly tickets: number; readonly letters: number }>;
  /** Everything of the company goes: servers, mailboxes, letters, tickets, template, sender entries. */
  end(): Promise<void>;
  /** At the console's start: a company that is present gets its servers back, on new ports and with new passwords. */
  resume(): Promise<void>;
  /** At the console's end: the servers stop, the company stays. */
  close(): Promise<void>;
}

/** The folders of its mailboxes that are loaded; Drafts, Junk and Trash are empty. */
const loadedRoles: readonly ServerFolder['role'][] = ['inbox', 'sent'];

export function createDemo(parts: DemoParts): Demo {
  const log = parts.logs('app.demo-mode');
  let servers: DemoServers | null = null;
  // One change at a time: two clicks on "try" make one company.
  let turn: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const next = turn.then(task, task);
    turn = next.catch(() => undefined);
    return next;
  };
  const present = async () => (await parts.accounts.list()).filter((mailbox) => mailbox.demo);
  const status = async () => ({ running: servers !== null, present: (await present()).length > 0 });
  const announce = async () => parts.events.emit('demo.changed', await status());
  const running = async () => {
    servers ??= await parts.startServers({ now: parts.now(), logs: parts.logs });
    return servers;
  };
  const stopServers = async () => {
    const ended = servers;
    servers = null;
    await ended?.stop();
  };

  return {
    status,
    start: (signal) =>
      inTurn(async () => {
        const fresh = servers === null;
        const company = await running();
        try {
          const there = await present();
          if (fresh) await moveTo(company, there, parts);
          const missing = [company.support, company.office].filter(
            ({ address }) => !there.some(({ settings }) => settings.address === address),
          );
          if (missing.length > 0) await addRules(company, parts);
          for (const mailbox of missing) await addMailbox(mailbox, { company, parts, signal });
        } catch (error) {
          // Servers without mailboxes would be nobody's.
          if ((await present()).length === 0) await stopServers();
          throw error;
        } finally {
          await announce();
        }
        const ids = (await present()).map(({ id }) => id);
        const reports = await parts.loading.run(ids, signal);
        const failed = reports.find(({ problem }) => problem !== null);
        if (failed) log.warn('demo mailbox not loaded', { code: failed.problem?.code });
        return count(reports, parts);
      }),
    end: () =>
      inTurn(async () => {
        const there = await present();
        await parts.loading.stop(there.map(({ id }) => id));
        await stopServers();
        for (const { id } of there) await parts.accounts.remove(id, false);
        // Tickets, answers, template and sender entries, which outlive a mailbox that is removed by hand.
        await parts.store.call('mailboxes.removeDemo', undefined);
        const all = { mailboxId: null };
        parts.events.emit('mailboxes.changed', all);
        parts.events.emit('mail.changed', all);
        parts.events.emit('tickets.changed', { ticketId: null });
        parts.events.emit('outbox.changed', { outgoingId: null });
        parts.events.emit('rules.changed', {});
        await announce();
      }),
    resume: () =>
      inTurn(async () => {
        const there = await present();
        if (there.length === 0 || servers !== null) return;
        await moveTo(await running(), there, parts);
        await announce();
      }),
    close: () => inTurn(stopServers),
  };
}

/** Letters and tickets that stand now, whichever pass brought them: mail may have been loaded by itself meanwhile. */
async function count(reports: readonly LoadReport[], { store, accounts }: DemoParts) {
  const ids = new Set((await accounts.list()).filter(({ demo }) => demo).map(({ id }) => id));
  const folders = await store.call('folders.listAll', undefined);
  const letters = folders.filter(({ mailboxId }) => ids.has(mailboxId)).reduce((sum, { total }) => sum + total, 0);
  const filter = { states: [], templateId: null, mailboxId: null, mine: false, query: '' };
  const totals = await Promise.all(
    [...ids].map((mailboxId) =>
      store.call('tickets.list', { filter: { ...filter, mailboxId }, operator: '', offset: 0, limit: 1 }),
    ),
  );
  const tickets = totals.reduce((sum, { total }) => sum + total, 0);
  return {
    letters,
    tickets: Math.max(
      tickets,
      reports.reduce((sum, report) => sum + report.ticketsCreated, 0),
    ),
  };
}

/** New servers have new ports and passwords; the mailboxes follow. */
async function moveTo(company: DemoServers, there: readonly Mailbox[], { accounts }: DemoParts): Promise<void> {
  for (const { id, settings } of there) {
    const mailbox = [company.support, company.office].find(({ address }) => address === settings.address);
    if (!mailbox) continue;
    const moved = {
      ...settings,
      incoming: { ...endpoint(mailbox, mailbox.imap), protocol: 'imap' as const },
      outgoing: endpoint(mailbox, mailbox.smtp),
    };
    const draft = { settings: moved, password: mailbox.password, outgoingPassword: null, mailboxId: id };
    await accounts.update(draft, false, { sameServer: true });
  }
}

interface Adding {
  readonly company: DemoServers;
  readonly parts: DemoParts;
  readonly signal: AbortSignal;
}

async function addMailbox(mailbox: DemoMailbox, { company, parts, signal }: Adding): Promise<void> {
  const draft: MailboxDraft = {
    settings: settingsOf(mailbox, mailbox === company.support, parts.language()),
    password: mailbox.password,
    outgoingPassword: null,
    mailboxId: null,
  };
  const listed = await parts.accounts.listServerFolders(draft, signal);
  const folders = listed.map((folder) => ({ ...folder, selected: loadedRoles.includes(folder.role) }));
  await parts.accounts.add({ draft, folders, learnProviderId: null, demo: true });
}

function settingsOf(mailbox: DemoMailbox, collectsTickets: boolean, language: Language): MailboxSettings {
  const { address } = mailbox;
  return {
    name: address,
    address,
    description: createTranslate(language)('demo.description'),
    incoming: { ...endpoint(mailbox, mailbox.imap), protocol: 'imap' },
    outgoing: endpoint(mailbox, mailbox.smtp),
    oauth: null,
    sender: { fromAddress: address, fromName: mailbox.name[language], replyTo: address },
    // What the demo company sends shall not come back as letters to load.
    sentCopy: 'never',
    loading: {
      firstLoadPeriod: 'all',
      automatic: true,
      pollMinutes: 1,
      newMail: 'position',
      folders: 'chosen',
      largestMb: 35,
      lane: 0,
    },
    afterwards: { kind: 'leave' },
    collectsTickets,
    log: 'errors',
    dates: noGivenDates,
  };
}

function endpoint({ login }: DemoMailbox, { host, port }: DemoServer): Endpoint {
  // Plain, as it never leaves this machine.
  return { host, port, encryption: 'none', login, signIn: 'password', pinnedCertificate: null };
}

async function addRules(company: DemoServers, { store, language, events }: DemoParts): Promise<void> {
  const { id: templateId } =
    (await store.call('templates.list', undefined)).find(({ demo }) => demo) ??
    (await store.call('templates.put', { templateId: null, settings: template(language()), demo: true }));
  for (const domain of company.customerDomains) {
    const settings = { pattern: `*@${domain}`, templateId, mailboxId: null, receiving: true };
    try {
      await store.call('senders.put', { senderEntryId: null, settings, demo: true });
    } catch (error) {
      // There from an earlier start that was interrupted.
      if (!isAppError(error, 'sender.duplicate')) throw error;
    }
  }
  events.emit('rules.changed', {});
}

function template(language: Language): TicketTemplateSettings {
  const translate = createTranslate(language);
  return {
    name: translate('demo.template.name'),
    fields: {
      type: translate('demo.template.type'),
      customer: '',
      object: translate('demo.template.object'),
      workKind: translate('demo.template.workKind'),
      criticality: translate('demo.template.criticality'),
    },
  };
}
