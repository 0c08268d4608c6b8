import type { ConnectionCheck, ForeignCertificate } from '../../../src-shared/domain/connection-check.ts';
import type { ServerFolder } from '../../../src-shared/domain/folder.ts';
import {
  type Afterwards,
  type Endpoint,
  type IncomingEndpoint,
  isOverHttp,
  type LoadingSettings,
  type OutgoingEndpoint,
  withinProtocol,
} from '../../../src-shared/domain/mailbox.ts';
import type { MailboxUse } from '../../../src-shared/domain/mailbox-directions.ts';
import type { Detection, Provider, ServerAddress } from '../../../src-shared/domain/provider.ts';
import type { TypedRegistration } from '../../mailbox/typed-registration.ts';
import { asOnServer } from '../afterwards.ts';
import { firstTicks, loadedPaths } from '../folder-choice.ts';
import { outgoingBeside, toGraph } from '../with-protocol.ts';

export type StepName = 'address' | 'provider' | 'sign-in' | 'check' | 'folders' | 'loading' | 'afterwards' | 'confirm';

/** Everything that has been decided. Going back changes `step` alone, so nothing is ever lost. */
export interface Wizard {
  readonly step: StepName;
  readonly address: string;
  readonly detection: Detection | null;
  readonly provider: Provider | null;
  /** Picked from the list by hand: to be remembered for the domain. */
  readonly learn: boolean;
  /** What was asked for; without a server to send by it only receives (`useOf`). */
  readonly use: MailboxUse;
  readonly incoming: IncomingEndpoint;
  readonly outgoing: OutgoingEndpoint | null;
  /** By a password, or by the provider's own sign-in. */
  readonly way: 'password' | 'oauth2';
  readonly password: string;
  /** Of the submission server alone; empty: the same. */
  readonly outgoingPassword: string;
  /** Of the provider's sign-in; null until it was chosen. */
  readonly registration: TypedRegistration | null;
  readonly check: ConnectionCheck | null;
  readonly serverFolders: readonly ServerFolder[] | null;
  readonly ticked: readonly string[];
  readonly name: string;
  readonly senderName: string;
  readonly loading: LoadingSettings;
  readonly afterwards: Afterwards;
  readonly collectsTickets: boolean;
  /** A known provider needs no questions after the password; "Change" on the last step asks them after all. */
  readonly express: boolean;
}

const noEndpoint: Endpoint = {
  host: '',
  port: 993,
  encryption: 'tls',
  login: '',
  signIn: 'password',
  pinnedCertificate: null,
};

/** What the wizard does not ask can be changed later without harm. */
const firstLoading: LoadingSettings = {
  firstLoadPeriod: 'week',
  automatic: true,
  pollMinutes: null,
  newMail: 'position',
  folders: 'chosen',
  largestMb: 35,
  lane: 0,
};

export function startWizard(address: string, defaults: { readonly operatorName: string }): Wizard {
  return {
    step: 'address',
    address,
    detection: null,
    provider: null,
    learn: false,
    use: 'both',
    incoming: { ...noEndpoint, protocol: 'imap' },
    outgoing: null,
    way: 'password',
    password: '',
    outgoingPassword: '',
    registration: null,
    check: null,
    serverFolders: null,
    ticked: [],
    name: '',
    senderName: defaults.operatorName,
    loading: firstLoading,
    afterwards: { kind: 'leave' },
    collectsTickets: true,
    express: true,
  };
}

/** The steps of this wizard in order, as far as they are known by now. */
export function stepsOf({ detection, provider, learn, express, use, incoming }: Wizard): readonly StepName[] {
  const askProvider =
    detection !== null && (detection.provider === null || learn || provider?.id !== detection.provider.id);
  return [
    'address',
    ...(askProvider ? (['provider'] as const) : []),
    'sign-in',
    'check',
    ...(express || use === 'sends' || incoming.protocol === 'pop3' ? [] : (['folders'] as const)),
    ...(express || use === 'sends' ? [] : (['loading', 'afterwards'] as const)),
    'confirm',
  ];
}

export function stepAfter(wizard: Wizard): StepName {
  const steps = stepsOf(wizard);
  return steps[steps.indexOf(wizard.step) + 1] ?? 'confirm';
}

/** The check is not a question: Back steps over it, to what it was about. */
export function stepBefore(wizard: Wizard): StepName {
  const steps = stepsOf(wizard).filter((step) => step !== 'check' || wizard.step === 'check');
  return steps[steps.indexOf(wizard.step) - 1] ?? 'address';
}

/** The same address keeps what was decided about it; another one starts its servers anew. */
export function withDetection(wizard: Wizard, detection: Detection): Wizard {
  if (wizard.detection?.address === detection.address && wizard.detection.provider?.id === detection.provider?.id) {
    return { ...wizard, detection, step: stepAfter({ ...wizard, detection }) };
  }
  const next: Wizard = {
    ...wizard,
    address: detection.address,
    detection,
    provider: detection.provider,
    ...wayOf(detection.provider),
    learn: false,
    ...serversOf(detection.provider, detection, detection.login),
    outgoingPassword: '',
    check: null,
    serverFolders: null,
    ticked: [],
    name: detection.address,
    senderName: wizard.senderName || detection.address,
    // Of an unknown server every question is asked.
    express: detection.provider !== null,
  };
  return { ...next, step: stepAfter({ ...next, step: 'address' }) };
}

/** A provider from the list, or null for a server typed by hand. */
export function withProvider(wizard: Wizard, provider: Provider | null): Wizard {
  const { detection, address } = wizard;
  const domain = domainOf(address);
  const login = provider?.login === 'local-part' ? address.slice(0, address.lastIndexOf('@')) : address;
  const guess = detection?.provider ? null : detection;
  const incoming = provider ? serverFor(provider.imap, domain) : (guess?.incoming ?? null);
  const outgoing = provider ? serverFor(provider.smtp, domain) : (guess?.outgoing ?? null);
  return {
    ...wizard,
    provider,
    ...wayOf(provider),
    learn: provider !== null && provider.id !== detection?.provider?.id,
    ...serversOf(provider, { incoming, outgoing }, login),
    outgoingPassword: '',
    check: null,
    serverFolders: null,
    express: provider !== null,
    step: 'sign-in',
  };
}

/** Changed settings or another password: what was seen with the old ones no longer counts. */
export function withSignIn(
  wizard: Wizard,
  changed: Partial<
    Pick<Wizard, 'use' | 'incoming' | 'outgoing' | 'password' | 'outgoingPassword' | 'way' | 'registration'>
  >,
): Wizard {
  const next = { ...wizard, ...changed };
  const outgoing = next.use === 'sends' ? next.outgoing : outgoingBeside(next.incoming, next.outgoing);
  // Graph takes no passwords.
  const way = mainServer({ ...next, outgoing })?.protocol === 'graph' ? 'oauth2' : next.way;
  return {
    ...next,
    way,
    outgoing,
    ...withinProtocol(next.incoming.protocol, wizard),
    check: null,
    serverFolders: null,
  };
}

/** Receiving, sending or both; a server to send by is proposed where none is known. */
export function withUse(wizard: Wizard, use: MailboxUse): Wizard {
  if (use === 'receives') return withSignIn(wizard, { use });
  const outgoing = use === 'both' ? outgoingBeside(wizard.incoming, wizard.outgoing) : wizard.outgoing;
  return withSignIn(wizard, { use, outgoing: outgoing ?? guessedOutgoing(wizard) });
}

/** What it will be for, as far as it is known by now. */
export function useOf({ use, outgoing }: Pick<Wizard, 'use' | 'outgoing'>): MailboxUse {
  return use === 'both' && outgoing === null ? 'receives' : use;
}

/** Where the sign-in is for: the receiving server, or the only one. */
export function mainServer({ use, incoming, outgoing }: Pick<Wizard, 'use' | 'incoming' | 'outgoing'>) {
  return use === 'sends' ? outgoing : incoming;
}

function guessedOutgoing({ incoming: { protocol, ...like }, address }: Wizard): OutgoingEndpoint {
  if (isOverHttp(protocol)) return { ...like, protocol };
  const host = address.includes('@') ? `smtp.${domainOf(address)}` : '';
  return { ...like, host, port: 465, encryption: 'tls', pinnedCertificate: null };
}

/** A provider that takes no passwords leaves no choice; else a password needs no registration first. */
function wayOf(provider: Provider | null): Pick<Wizard, 'way' | 'registration'> {
  const onlyThere = provider !== null && provider.oauth !== null && provider.signIn.every((kind) => kind === 'oauth2');
  return { way: onlyThere ? 'oauth2' : 'password', registration: null };
}

/** Trust in exactly one certificate, for the endpoint that showed it. */
export function withCertificate(wizard: Wizard, { endpoint, sha256 }: ForeignCertificate): Wizard {
  if (endpoint === 'incoming') {
    return withSignIn(wizard, { incoming: { ...wizard.incoming, pinnedCertificate: sha256 } });
  }
  return withSignIn(wizard, {
    outgoing: wizard.outgoing && { ...wizard.outgoing, pinnedCertificate: sha256 },
  });
}

export function withServerFolders(wizard: Wizard, serverFolders: readonly ServerFolder[]): Wizard {
  const stillThere = wizard.ticked.filter((path) => serverFolders.some((folder) => folder.path === path));
  return { ...wizard, serverFolders, ticked: stillThere.length > 0 ? stillThere : firstTicks(serverFolders) };
}

/** Paths of the folders that will be loaded. */
export function foldersOf({ serverFolders, ticked, loading, afterwards }: Wizard): readonly string[] {
  const folders = serverFolders ?? [];
  return loadedPaths(folders, { which: loading.folders, ticked }, asOnServer(afterwards, folders));
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** Microsoft 365 by its own interface; IMAP for all others, and for whoever chooses it. */
function serversOf(
  provider: Provider | null,
  { incoming, outgoing }: Pick<Detection, 'incoming' | 'outgoing'>,
  login: string,
): Pick<Wizard, 'incoming' | 'outgoing'> {
  if (provider?.id === 'microsoft365') {
    const graph = toGraph(endpointOf(null, login));
    return { incoming: graph, outgoing: graph };
  }
  return {
    incoming: { ...endpointOf(incoming, login), protocol: 'imap' },
    outgoing: outgoing && endpointOf(outgoing, login),
  };
}

function endpointOf(server: ServerAddress | null, login: string): Endpoint {
  return { ...noEndpoint, ...server, login };
}

/** The directory writes `<domain>` where a provider's hosts are named after its customer. */
function serverFor(server: ServerAddress | null, domain: string): ServerAddress | null {
  return server && { ...server, host: server.host.replace('<domain>', domain) };
}
