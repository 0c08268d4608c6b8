import { type Exchange, newExchange } from './exchange.ts';
import { newGraph } from './graph.ts';
import {
  type Endpoint,
  hasCalendar,
  type IncomingEndpoint,
  isOverHttp,
  type Mailbox,
  type MailboxSettings,
  type OutgoingEndpoint,
} from './mailbox.ts';

type Directions = Pick<MailboxSettings, 'incoming' | 'outgoing'>;

/** What a mailbox is for. One that only sends is never loaded and has no folders; one that only receives lets another answer for it. */
export const mailboxUses = ['both', 'receives', 'sends'] as const;
export type MailboxUse = (typeof mailboxUses)[number];

/** Of a mailbox that letters are loaded from: whatever loads, looks or follows takes these. */
export type ReceivingSettings = MailboxSettings & { readonly incoming: IncomingEndpoint };
export type ReceivingMailbox = Mailbox & { readonly settings: ReceivingSettings };

export function receives(settings: MailboxSettings): settings is ReceivingSettings {
  return settings.incoming !== null;
}

export function isReceiving(mailbox: Mailbox): mailbox is ReceivingMailbox {
  return receives(mailbox.settings);
}

/** Is its calendar looked at with each pass, and are answers to meetings said there? */
export function followsCalendar(settings: MailboxSettings): boolean {
  return settings.calendar === true && receives(settings) && hasCalendar(settings.incoming.protocol);
}

export function mailboxUse({ incoming, outgoing }: Directions): MailboxUse {
  if (incoming === null) return 'sends';
  return outgoing === null ? 'receives' : 'both';
}

/** The directions that there are, receiving first. */
export function endpointsOf({ incoming, outgoing }: Directions): readonly NonNullable<Directions[keyof Directions]>[] {
  return [incoming, outgoing].filter((endpoint) => endpoint !== null);
}

/** Whom people mean by the mailbox's server: where letters come from, else where they are handed over. */
export function mainServerOf(directions: Directions): Pick<Endpoint, 'host' | 'port' | 'login'> {
  return endpointsOf(directions)[0] ?? { host: '', port: 0, login: '' };
}

/** Do both directions open the same, the same way? Only over HTTP can they. */
export function isSameServer(one: AnyEndpoint, other: AnyEndpoint): boolean {
  return 'protocol' in one && isOverHttp(one.protocol) && openedBy(one) === openedBy(other);
}

type AnyEndpoint = Endpoint | IncomingEndpoint | OutgoingEndpoint;

function openedBy(endpoint: AnyEndpoint): string {
  const { host, port, encryption, login, signIn, pinnedCertificate } = endpoint;
  const { protocol, exchange, graph } = { protocol: 'smtp', exchange: undefined, graph: undefined, ...endpoint };
  const { path, version, windows, domain, mailbox }: Exchange = exchange ?? newExchange;
  const place = [protocol, host.toLowerCase(), port, encryption, login, signIn, pinnedCertificate];
  const service = protocol === 'ews' ? [path, version, windows, domain, mailbox] : [(graph ?? newGraph).mailbox];
  return JSON.stringify([...place, ...service]);
}

/** Where a test letter goes: to itself, else to where somebody reads what comes back. */
export function testAddressOf({ incoming, address, sender }: MailboxSettings): string {
  return incoming === null ? sender.replyTo : address;
}
