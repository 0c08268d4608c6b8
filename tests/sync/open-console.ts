import { type Accounts, createAccounts } from '../../src-main/accounts/accounts.ts';
import type { ConnectionTimes } from '../../src-main/connectors/limits.ts';
import { createConnectors } from '../../src-main/connectors/open-connector.ts';
import { createCredentials } from '../../src-main/credentials/credentials.ts';
import { createDetection } from '../../src-main/detection/detection.ts';
import { createEvents, type Events } from '../../src-main/events/events.ts';
import { silentLogs } from '../../src-main/logs/logs.ts';
import type { SignIns } from '../../src-main/sign-in/sign-in.ts';
import type { Store } from '../../src-main/store/store.ts';
import type { SetAlarm } from '../../src-main/sync/rest.ts';
import { createLoading, type Loading } from '../../src-main/sync/sync.ts';
import { sortLetters } from '../../src-main/tickets/sort-letters.ts';
import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { EventName, Payload } from '../../src-shared/contract/define-contract.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { LoadReport } from '../../src-shared/domain/loading.ts';
import type { Afterwards, IncomingProtocol, LoadingSettings, Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { ReceivingMailbox, ReceivingSettings } from '../../src-shared/domain/mailbox-directions.ts';
import { memoryVault } from '../support/memory-vault.ts';
import { noSignIns } from '../support/no-sign-ins.ts';
import { openTestStore } from '../support/open-store.ts';

/** Loading and accounts over a real store process, without a window. */
export interface TestConsole extends AsyncDisposable {
  readonly store: Store;
  readonly events: Events;
  readonly accounts: Accounts;
  readonly loading: Loading;
  /** Mailboxes that were handed over for sorting, in this order. */
  readonly sorted: MailboxId[];
  /** What the keychain has, by entry. */
  readonly secrets: ReadonlyMap<string, string>;
}

interface ConsoleOptions {
  readonly withRules?: boolean;
  readonly passed?: () => number;
  readonly alarm?: SetAlarm;
  /** Else nobody signs in at a provider. */
  readonly signIns?: SignIns;
  readonly extraCertificates?: readonly string[];
}

export async function openConsole(
  times: Partial<ConnectionTimes> = {},
  now?: () => number,
  { withRules = false, passed, alarm, signIns, extraCertificates }: ConsoleOptions = {},
): Promise<TestConsole> {
  const { store, ...opened } = await openTestStore();
  const events = createEvents((error) => {
    throw error;
  });
  const vault = memoryVault();
  const credentials = createCredentials({
    vault,
    databaseExists: () => true,
    keepMark: async () => {},
  });
  const connectors = createConnectors({
    logs: silentLogs,
    times: { farewell: 200, ...times },
    extraCertificates: extraCertificates ?? [],
  });
  const detection = createDetection(store);
  const accounts = createAccounts({
    store,
    credentials,
    connectors,
    detection,
    signIns: signIns ?? noSignIns(),
    events,
    logs: silentLogs,
    pause: (mailboxId) => loading.stop([mailboxId]),
    ...(now ? { now } : {}),
  });
  const sorted: MailboxId[] = [];
  const loading: Loading = createLoading({
    store,
    session: accounts,
    events,
    logs: silentLogs,
    ...(now ? { now } : {}),
    ...(passed ? { passed } : {}),
    ...(alarm ? { alarm } : {}),
    sortMailbox: async (mailboxId, signal) => {
      sorted.push(mailboxId);
      if (withRules) return sortLetters(store, mailboxId, () => {}, signal);
      return { created: 0, appended: 0, quarantined: 0 };
    },
  });
  return {
    store,
    events,
    accounts,
    loading,
    sorted,
    secrets: vault.secrets,
    async [Symbol.asyncDispose]() {
      await loading.stop();
      await opened[Symbol.asyncDispose]();
    },
  };
}

export interface MailboxWish {
  readonly user: string;
  readonly port: number;
  readonly protocol?: IncomingProtocol;
  readonly folders?: readonly string[];
  readonly loading?: Partial<LoadingSettings>;
  readonly afterwards?: Afterwards;
  readonly collectsTickets?: boolean;
  readonly password?: string;
}

const usualLoading: LoadingSettings = {
  firstLoadPeriod: 'all',
  automatic: false,
  pollMinutes: 60,
  newMail: 'position',
  folders: 'chosen',
  largestMb: 35,
  lane: 0,
};

export function settingsFor(wish: MailboxWish): ReceivingSettings {
  const { user, port, protocol = 'imap', loading, afterwards, collectsTickets = true } = wish;
  const address = `${user}@company.example`;
  const endpoint = { host: 'localhost', port, encryption: 'none', login: user } as const;
  return {
    name: address,
    address,
    description: '',
    incoming: { ...endpoint, protocol, signIn: 'password', pinnedCertificate: null },
    outgoing: null,
    oauth: null,
    sender: { fromAddress: address, fromName: user, replyTo: address },
    loading: { ...usualLoading, ...loading },
    afterwards: afterwards ?? { kind: 'leave' },
    collectsTickets,
    log: 'errors',
    dates: { clientSecretEnds: null, passwordDays: null },
  };
}

export async function addMailbox({ accounts }: TestConsole, wish: MailboxWish): Promise<ReceivingMailbox> {
  const paths = wish.folders ?? ['INBOX'];
  const settings = settingsFor(wish);
  const added = await accounts.add({
    draft: {
      settings,
      password: wish.password ?? 'secret',
      outgoingPassword: null,
      mailboxId: null,
    },
    folders: paths.map((path) => ({
      path,
      name: path,
      separator: '/',
      role: path === 'INBOX' ? 'inbox' : null,
      selectable: true,
      identity: null,
      selected: true,
    })),
    learnProviderId: null,
    confirmed: true,
  });
  return { ...added, settings };
}

export async function loadOnce({ loading }: TestConsole, mailbox: Mailbox, signal = soon()): Promise<LoadReport> {
  const [report] = await loading.run([mailbox.id], signal);
  if (!report) throw new Error('no report');
  return report;
}

export async function subjectsOf({ store }: TestConsole, mailbox: Mailbox): Promise<string[]> {
  const scope = { mailboxId: mailbox.id, folderId: null, unreadOnly: false };
  const letters = await store.call('letters.list', { scope, before: null, limit: 500 });
  return letters.map(({ subject }) => subject);
}

export function eventWhen<N extends EventName<AppContract>>(
  { events }: TestConsole,
  name: N,
  holds: (payload: Payload<AppContract, N>) => boolean,
): Promise<Payload<AppContract, N>> {
  return new Promise((resolve, reject) => {
    const stop = events.on(name, (payload) => {
      if (!holds(payload)) return;
      stop();
      resolve(payload);
    });
    soon().addEventListener('abort', () => reject(new Error(`no such ${name}`)), { once: true });
  });
}

/** Ends with the test's own time. */
export const soon = (): AbortSignal => AbortSignal.timeout(25_000);

export function letter(subject: string, extra = ''): string {
  const id = `<${crypto.randomUUID()}@elsewhere.test>`;
  return [
    'From: Anna <anna@elsewhere.test>',
    'To: support@company.example',
    `Subject: ${subject}`,
    `Message-ID: ${id}`,
    'Date: Fri, 20 Nov 2026 10:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `Text of ${subject}.`,
    extra,
    '',
  ].join('\r\n');
}
