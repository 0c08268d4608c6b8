import type { CheckStepName } from '../domain/connection-check.ts';
import type { Finding, FindingCode } from '../domain/finding.ts';
import type { Endpoint } from '../domain/mailbox.ts';
import type { OAuthSettings } from '../domain/oauth.ts';
import type { Provider } from '../domain/provider.ts';
import type { Instant } from '../domain/time.ts';
import type { WireError } from '../errors/wire.ts';

export type MailProtocol = 'imap' | 'pop3' | 'smtp' | 'ews' | 'graph';

/** The certificate that a server showed, as far as it decides anything. */
export interface CertificateClues {
  readonly issuer: string;
  /** As a certificate for many names lists them. */
  readonly names: readonly string[];
  readonly validFrom: Instant;
  readonly validTo: Instant;
  readonly selfSigned: boolean;
  /** It says where its issuer's certificate can be fetched (RFC 5280, 4.2.2.1): public authorities always do. */
  readonly issuerFetchable: boolean;
}

/** What a second look at the port found: who speaks there, and whether only after TLS. */
export interface PortClues {
  readonly speaks: Exclude<MailProtocol, 'ews' | 'graph'> | 'http' | 'unknown' | null;
  readonly overTls: boolean;
  /** What its greeting says the time is. */
  readonly time: Instant | null;
}

/** What LIST and NAMESPACE said. */
export interface FolderClues {
  readonly count: number;
  readonly hasInbox: boolean;
  /** Of the personal namespace (RFC 2342); empty where there is none. */
  readonly prefix: string;
}

/** All that is known when a step has ended. */
export interface Clues {
  readonly step: CheckStepName;
  readonly protocol: MailProtocol;
  readonly endpoint: Endpoint;
  /** The mailbox's address, where it is known: for the administrator's commands. */
  readonly address: string | null;
  /** For whose mailbox an application asks that signs in for itself; else null. */
  readonly actsAs: string | null;
  readonly provider: Pick<Provider, 'name' | 'appPasswordUrl' | 'login'> | null;
  /** Who signs in at the provider; null where nobody does, or it is not known. */
  readonly oauth: Pick<OAuthSettings, 'flow' | 'signInAs'> | null;
  /** Null: the step went well, and may still have something to tell. */
  readonly problem: WireError | null;
  /** What Node or OpenSSL calls the failure: `ENOTFOUND`, `CERT_HAS_EXPIRED`, `ERR_SSL_WRONG_VERSION_NUMBER`. */
  readonly reason: string | null;
  readonly certificate: CertificateClues | null;
  readonly port: PortClues | null;
  readonly folders: FolderClues | null;
  /** An address of the name that cannot be reached, while another can. */
  readonly deadAddress: string | null;
  /** What the server takes for the time, from its greeting or its newest letter. */
  readonly serverTime: Instant | null;
  /** Whether this machine has an address at all. */
  readonly online: boolean;
  readonly now: Instant;
}

export function finding(code: FindingCode, params: Finding['params'] = {}, commands: readonly string[] = []): Finding {
  return { code, params, commands };
}

/** Services that give tokens are asked over HTTPS alone. */
const httpsPort = 443;

/** Where it happened: the sign-in service has a place of its own, which its problems name. */
export function placeIn({ endpoint, problem }: Clues): { readonly host: string; readonly port: number } {
  const { host = endpoint.host, port } = problem?.params ?? {};
  const usual = host === endpoint.host ? endpoint.port : httpsPort;
  return { host: String(host), port: typeof port === 'number' ? port : usual };
}

/** What failed is not the mail server: nothing was said to it. */
export function isElsewhere(clues: Clues): boolean {
  const { host, port } = placeIn(clues);
  return host !== clues.endpoint.host || port !== clues.endpoint.port;
}

/** The server's own words, as they stand in the problem. */
export function wordsIn({ problem }: Clues): string {
  const words = problem?.params.serverWords;
  return typeof words === 'string' ? words : '';
}

/** 2026-11-25, the same in every language. */
export function dayOf(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** Whose mailbox it is, for the administrator's commands. */
export function mailboxOf({ address, endpoint }: Clues): string {
  return address ?? endpoint.login;
}

export function isApplication({ oauth, actsAs }: Clues): boolean {
  return oauth?.flow === 'application' || actsAs !== null;
}

/**
 * Who is to be given a right to the mailbox, for PowerShell. A mailbox needs none to itself: of a shared one the login is its own address, and nobody but the person knows who signs in.
 * Of an application it is the object id of the *enterprise application*; that of the registration is taken without a word and never works.
 */
export function rightHolder(clues: Clues, mailbox: string): string {
  if (isApplication(clues)) return '<ENTERPRISE-OBJECT-ID>';
  const names = [clues.oauth?.signInAs ?? '', clues.endpoint.login];
  const person = names.find((name) => name !== '' && name.toLowerCase() !== mailbox.toLowerCase());
  return person === undefined ? '<PERSON-WHO-SIGNS-IN>' : quoted(person);
}

/** For PowerShell: in single quotes nothing is expanded, and a quote is doubled. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
