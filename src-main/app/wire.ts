import { hostname } from 'node:os';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { Language } from '../../src-shared/domain/settings.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { createTranslate, nearestLanguage } from '../../src-shared/i18n/i18n.ts';
import { type Accounts, createAccounts } from '../accounts/accounts.ts';
import { createDateRadar } from '../accounts/date-radar.ts';
import { createMailboxLogs } from '../accounts/mailbox-logs.ts';
import type { Connectors } from '../connectors/connectors.ts';
import type { ConnectionTimes } from '../connectors/limits.ts';
import { createConnectors } from '../connectors/open-connector.ts';
import type { Credentials } from '../credentials/credentials.ts';
import type { StartDemoServers } from '../demo-servers/demo-servers.ts';
import { createDetection } from '../detection/detection.ts';
import type { Events } from '../events/events.ts';
import { saveChosen } from '../files/save-chosen.ts';
import { consoleHandlers } from '../ipc/handlers/console.ts';
import { dateHandlers } from '../ipc/handlers/dates.ts';
import { loadingHandlers } from '../ipc/handlers/loading.ts';
import { logHandlers } from '../ipc/handlers/logs.ts';
import { mailHandlers } from '../ipc/handlers/mail.ts';
import { mailboxHandlers } from '../ipc/handlers/mailboxes.ts';
import { createLedger } from '../ledger/ledger.ts';
import { createConnectionLog } from '../logs/connection-log.ts';
import type { Logger, Logs } from '../logs/logs.ts';
import { type AskWhereToSave, createMail } from '../mail/mail.ts';
import { createHttpsClient } from '../net/https-client.ts';
import type { NetworkWatch } from '../net/network-watch.ts';
import { createTrust, type TrustFor } from '../net/tls.ts';
import { createOutbox, createSending, createSentCopies, type Outbox, type SentCopies } from '../sending/sending.ts';
import { createSettings, type SettingsDomain } from '../settings/settings.ts';
import { type BrowserWords, createSignIns, type SignIns } from '../sign-in/sign-in.ts';
import type { Store } from '../store/store.ts';
import type { SetAlarm } from '../sync/rest.ts';
import { createLoading, type Loading } from '../sync/sync.ts';
import { createTickets, type Tickets } from '../tickets/tickets.ts';
import { openHostTrusts } from '../trust/trust.ts';
import type { OpenedConsole } from './console-door.ts';
import { createDemo, type Demo } from './demo-mode.ts';
import { type ProgramVersions, readHealth } from './health.ts';
import type { ProfilePaths } from './paths.ts';
import { wireBesideLetters } from './wire-beside-letters.ts';
import { wireSwitches } from './wire-switches.ts';

/** What a platform gives: a window's dialogs, or a terminal's answers. */
export interface Person {
  readonly askWhereToSave: AskWhereToSave;
  readonly openLink: (url: string) => Promise<void>;
}

export interface ConsoleParts {
  readonly paths: ProfilePaths;
  readonly store: Store;
  readonly credentials: Credentials;
  readonly events: Events;
  readonly logs: Logs;
  readonly network: NetworkWatch;
  readonly person: Person;
  readonly versions: ProgramVersions;
  /** The system's language, `ru-RU`. */
  readonly locale: string;
  /** Mail is loaded and answers are sent by themselves; else when asked. */
  readonly automatic: boolean;
  /** PEM authorities trusted besides the system's. */
  readonly extraCertificates: readonly string[];
  /** Where the usual waiting times do not fit: a slow line, or a test of a silent server. */
  readonly connectionTimes?: Partial<ConnectionTimes>;
  /** How mailboxes are woken that rest; else by the system's clock. */
  readonly alarm?: SetAlarm;
}

export interface WiredConsole extends OpenedConsole {
  startDemo(): Promise<void>;
}

/** The profile's lock lets one process of this machine have it: leases that a crash left behind are its own. */
function ownerOf({ profile }: ProfilePaths): string {
  return `${hostname()} ${profile}`;
}

/** The parts of the program, put together: every service and what it depends on. */
export async function wireConsole(parts: ConsoleParts): Promise<WiredConsole> {
  const { store, credentials, events, logs, network, paths, person } = parts;
  const owner = ownerOf(paths);
  const settings = createSettings(store, events);
  const detection = createDetection(store);
  const language = await followLanguage(parts, settings);
  const trust = await openHostTrusts({ store, events, log: logs('trust') });
  const { connectors, noteDate, records } = await recordsOver(parts, language, trust.trustFor);
  const signIns = signInsOver(parts, language, trust.trustFor);
  const pause = (mailboxId: MailboxId) => loading.stop([mailboxId]);
  const accounts = createAccounts({ ...parts, connectors, detection, signIns, noteDate, owner, pause });
  const switches = wireSwitches(accounts.switches, parts);
  const { outbox, sentCopies, sending } = sendingOver(parts, accounts, connectors);
  const tickets = createTickets({ store, events, sending, log: logs('tickets') });
  const { sortMailbox } = tickets;
  const besideLetters = wireBesideLetters(parts, (mailboxId) => loading.nudge(mailboxId));
  const { follow: afterLetters } = besideLetters;
  const loading = createLoading({ ...parts, session: accounts, sortMailbox, afterLetters, owner });
  const ledger = ledgerOver(parts, { accounts, loading, tickets });
  const demo = createDemo({ ...parts, startServers: startDemoServers, accounts, loading, language, now: Date.now });

  const subscriptions = passOnFacts(parts);
  const close = async () => {
    for (const end of subscriptions) end();
    network.stop();
    // What runs comes to a safe place first; the store is last, because everything is kept there.
    await loading.stop();
    await tickets.stop();
    await outbox.stop();
    await sentCopies.stop();
    await demo.close();
    await switches.close();
    await signIns.settled();
    await records.close();
    await store.close();
  };
  try {
    await begin({ demo, outbox, sentCopies, loading, store, log: logs('app.wire') }, parts.automatic);
  } catch (error) {
    // What has begun already would go on beside the next attempt.
    await close();
    throw error;
  }

  const health = () => readHealth({ store, credentials, paths, versions: parts.versions });
  const saveReport = (text: string) => saveChosen(person.askWhereToSave, 'connection-report.txt', text);
  return {
    handlers: {
      ...consoleHandlers({ settings, network, demo, openLink: person.openLink, health }),
      ...mailboxHandlers({ accounts, events, saveReport }),
      ...switches.handlers,
      ...loadingHandlers(loading),
      ...ledger,
      ...records.handlers,
      ...mailHandlers(createMail({ store, askWhereToSave: person.askWhereToSave })),
      ...tickets.handlers,
      ...sending.handlers,
      ...besideLetters.handlers,
      ...trust.handlers,
    },
    startDemo: () => demo.start(new AbortController().signal).then(() => {}),
    close,
  };
}

/** From an answer to its copy in the Sent folder. */
function sendingOver({ store, events, logs }: ConsoleParts, accounts: Accounts, { submitLetter }: Connectors) {
  const signInFor = (mailboxId: MailboxId) => accounts.signInFor(mailboxId, 'outgoing');
  const outbox = createOutbox({ store, events, submit: submitLetter, signInFor, log: logs('sending.outbox') });
  const sentCopies = createSentCopies({ store, events, session: accounts, log: logs('sending.copies') });
  return { outbox, sentCopies, sending: createSending({ store, events, outbox, sentCopies }) };
}

/** Returns what ends it. */
function passOnFacts({ network, store, events }: ConsoleParts): readonly (() => void)[] {
  return [
    network.onChange((online) => events.emit('console.network', { online })),
    store.onRestart(() => events.emit('store.restarted', {})),
  ];
}

/** Read only when there is a demo company: its servers are half of the program's code. */
const startDemoServers: StartDemoServers = async (options) => {
  const demoServers = await import('../demo-servers/demo-servers.ts');
  return demoServers.startDemoServers(options);
};

/** The connectors, and what is written down of them: each mailbox's log, and the dates they see. */
async function recordsOver(parts: ConsoleParts, language: () => Language, trustFor: TrustFor) {
  const { store, events, logs, extraCertificates, connectionTimes = {} } = parts;
  const connectionLog = createConnectionLog({
    folder: parts.paths.mailboxLogs,
    onWritten: (mailboxId) => events.emit('logs.written', { mailboxId }),
  });
  const radar = createDateRadar({ store, events, log: logs('accounts.date-radar') });
  const connectors = createConnectors({
    ...{ logs, connectionLog, extraCertificates, trustFor, times: connectionTimes },
    sawCertificate: (mailboxId, direction, endsAt) => radar.note(mailboxId, `${direction}-certificate-ends`, endsAt),
  });
  const mailboxLogs = await createMailboxLogs({
    ...{ connectionLog, store, events, askWhereToSave: parts.person.askWhereToSave },
    translate: () => createTranslate(language()),
    onProblem: (error) => logs('app.wire').warn('log levels not read', { error }),
  });
  const handlers = { ...logHandlers(mailboxLogs), ...dateHandlers(radar) };
  return { connectors, noteDate: radar.note, records: { handlers, close: () => mailboxLogs.close() } };
}

interface LedgerSurroundings {
  readonly accounts: Accounts;
  readonly loading: Loading;
  readonly tickets: Tickets;
}

/** The ledger asks for passes, rules and sender entries; whose work these are it does not know. */
function ledgerOver({ store, events, person }: ConsoleParts, { accounts, loading, tickets }: LedgerSurroundings) {
  return createLedger({
    store,
    events,
    session: accounts,
    askWhereToSave: person.askWhereToSave,
    load: async (mailboxId, signal) => {
      const [report] = await loading.run([mailboxId], signal);
      if (!report) throw new AppError('mailbox.unknown');
      return report;
    },
    sort: tickets.sortMailbox,
    allow: tickets.allowSender,
  });
}

interface Beginning {
  readonly demo: Demo;
  readonly outbox: Outbox;
  readonly sentCopies: SentCopies;
  readonly loading: Loading;
  readonly store: Store;
  readonly log: Logger;
}

async function begin({ demo, outbox, sentCopies, loading, store, log }: Beginning, automatic: boolean): Promise<void> {
  // The demo company's servers first: its mailboxes know their ports only then.
  // A demo whose servers do not come up says so by its mailboxes; real mail must not wait for it.
  await demo.resume().catch((error: unknown) => log.error('demo servers not started', { error }));
  if (!automatic) {
    // Nothing goes out by itself here, but what an earlier end interrupted must not be sent again unseen.
    await store.call('outbox.recover', undefined);
    return;
  }
  await outbox.start();
  sentCopies.start();
  await loading.start();
}

/** The language in force, for what the main process itself writes. */
async function followLanguage({ events, locale }: ConsoleParts, settings: SettingsDomain): Promise<() => Language> {
  let chosen = (await settings.get()).language;
  events.on('settings.changed', ({ language }) => {
    chosen = language;
  });
  return () => chosen ?? nearestLanguage(locale);
}

function signInsOver(
  { extraCertificates, person }: ConsoleParts,
  language: () => Language,
  trustFor: TrustFor,
): SignIns {
  const browserWords = (): BrowserWords => {
    const translate = createTranslate(language());
    const words = { arrived: translate('providerSignIn.arrived'), refused: translate('providerSignIn.refused') };
    return { language: language(), ...words };
  };
  const ask = createHttpsClient({ trust: createTrust(extraCertificates, trustFor) });
  return createSignIns({ ask, openAddress: person.openLink, browserWords });
}
