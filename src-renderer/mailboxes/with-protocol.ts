import { type Exchange, newExchange } from '../../src-shared/domain/exchange.ts';
import { newGraph, usualGraphHost } from '../../src-shared/domain/graph.ts';
import {
  type Endpoint,
  type IncomingEndpoint,
  type IncomingProtocol,
  isOverHttp,
  type OutgoingEndpoint,
  type OutgoingProtocol,
} from '../../src-shared/domain/mailbox.ts';
import { isUsualPort, usualPort } from '../../src-shared/domain/usual-ports.ts';

/** Another protocol brings its usual port, unless the port was an unusual one on purpose. */
export function withProtocol(value: IncomingEndpoint, protocol: IncomingProtocol): IncomingEndpoint {
  if (protocol === 'graph') return toGraph(value);
  const port = isUsualPort(value.port, value.protocol) ? usualPort(protocol, value.encryption) : value.port;
  // Microsoft's mail servers stand beside its interface; of another cloud only the person knows them.
  const beside = value.host === usualGraphHost ? microsoftMailHost : '';
  const host = value.protocol === 'graph' ? beside : value.host;
  const same = { ...value, protocol, host, port, graph: undefined };
  if (protocol !== 'ews') return { ...same, exchange: undefined };
  const encryption = value.encryption === 'none' ? 'none' : 'tls';
  return { ...same, encryption, exchange: value.exchange ?? newExchange };
}

/** One service for all, with the provider's sign-in alone; a mailbox that is another's stays the one that is opened. */
export function toGraph<E extends Endpoint & { readonly exchange?: Exchange | undefined }>(value: E) {
  const place = { host: usualGraphHost, port: 443, encryption: 'tls', pinnedCertificate: null } as const;
  return {
    ...value,
    ...place,
    signIn: 'oauth2' as const,
    protocol: 'graph' as const,
    exchange: undefined,
    graph: value.exchange?.mailbox ? { ...newGraph, mailbox: value.exchange.mailbox } : newGraph,
  };
}

/** IMAP, POP3 and Exchange Web Services of Microsoft 365. */
const microsoftMailHost = 'outlook.office365.com';
const microsoftSubmission = { host: 'smtp.office365.com', port: 587, encryption: 'starttls' } as const;

/** Exchange and Graph send what they receive for; of another protocol's server nothing is known that it could be done by, but Microsoft's. */
export function outgoingBeside(incoming: IncomingEndpoint, outgoing: OutgoingEndpoint | null): OutgoingEndpoint | null {
  if (isOverHttp(incoming.protocol)) return outgoing && { ...incoming, protocol: incoming.protocol };
  if (!isOverHttp(outgoing?.protocol)) return outgoing;
  if (incoming.host !== microsoftMailHost) return null;
  const { login, signIn } = incoming;
  return { ...microsoftSubmission, login, signIn, pinnedCertificate: null, protocol: 'smtp' };
}

/** A first proposal: the usual sibling of the incoming server. */
export function outgoingLike({ protocol, ...incoming }: IncomingEndpoint): OutgoingEndpoint {
  if (isOverHttp(protocol)) return { ...incoming, protocol };
  return {
    ...incoming,
    host: incoming.host.replace(/^(imap|pop3?)\./, 'smtp.'),
    port: 465,
    encryption: 'tls',
    pinnedCertificate: null,
  };
}

/** The other way round, for a mailbox that only sent so far. */
export function incomingLike({ protocol, ...outgoing }: OutgoingEndpoint): IncomingEndpoint {
  if (isOverHttp(protocol)) return { ...outgoing, protocol };
  const host = outgoing.host.replace(/^smtp\./, 'imap.');
  const signIn = outgoing.signIn === 'none' ? 'password' : outgoing.signIn;
  return { ...outgoing, protocol: 'imap', host, signIn, port: 993, encryption: 'tls', pinnedCertificate: null };
}

/** Another protocol brings its usual port, unless the port was an unusual one on purpose. */
export function withOutgoingProtocol(value: OutgoingEndpoint, protocol: OutgoingProtocol): OutgoingEndpoint {
  if (protocol === 'graph') return toGraph(value);
  const before = value.protocol ?? 'smtp';
  const port = isUsualPort(value.port, before) ? usualPort(protocol, value.encryption) : value.port;
  const same = { ...value, protocol, host: before === 'graph' ? '' : value.host, port, graph: undefined };
  if (protocol === 'smtp') return { ...same, exchange: undefined };
  const encryption = value.encryption === 'none' ? 'none' : 'tls';
  return { ...same, encryption, exchange: value.exchange ?? newExchange };
}
