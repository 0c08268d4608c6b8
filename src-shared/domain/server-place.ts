import type { Encryption, Endpoint, IncomingProtocol } from './mailbox.ts';
import { usualPort } from './usual-ports.ts';

export interface ServerPlace {
  readonly host: string;
  /** Null: not typed. */
  readonly port: number | null;
  readonly encryption: Encryption | null;
}

/** What people put before a server's name (R62), and the encryption that it means; null: none in particular. */
const prefixes: Readonly<Record<string, Encryption | null>> = {
  imap: null,
  imaps: 'tls',
  pop: null,
  pop3: null,
  pops: 'tls',
  pop3s: 'tls',
  smtp: null,
  smtps: 'tls',
  submission: null,
  submissions: 'tls',
  ssl: 'tls',
  tls: 'tls',
  starttls: 'starttls',
  http: null,
  https: null,
};

const shape = /^(?:([a-z0-9+.-]+):\/\/)?(\[[0-9a-f:.]+\]|[^\s/:@[\]?#]+)(?::(\d{1,5}))?\/?$/i;
const bareIpv6 = /^[0-9a-f]*:[0-9a-f.]*:[0-9a-f:.]*$/i;

/** What a person typed as the name of a server. Null: there is more in it than prefix, name and port, or something else. */
export function serverPlace(typed: string): ServerPlace | null {
  const text = typed.trim();
  if (bareIpv6.test(text)) return { host: text, port: null, encryption: null };
  const [, prefix = '', host = '', digits] = shape.exec(text) ?? [];
  const known = prefix === '' || Object.hasOwn(prefixes, prefix.toLowerCase());
  const port = digits === undefined ? null : Number(digits);
  if (host === '' || !known || (port !== null && (port < 1 || port > 65535))) return null;
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port, encryption: prefixes[prefix.toLowerCase()] ?? null };
}

/** A name or address alone, as it is saved. */
export function isHostAlone(host: string): boolean {
  return serverPlace(host)?.host === host.trim();
}

/** Prefix and port that were typed with the name go where they belong. Encryption that was chosen is never taken back by it. */
export function takenApart<E extends Endpoint>(value: E, protocol: IncomingProtocol | 'smtp'): E {
  const place = serverPlace(value.host);
  if (place === null || place.host === value.host) return value;
  const encryption = encryptionOf(place, value.encryption, protocol);
  const moved = encryption !== value.encryption && value.port === usualPort(protocol, value.encryption);
  const port = place.port ?? (moved ? usualPort(protocol, encryption) : value.port);
  return { ...value, host: place.host, port, encryption };
}

/** On a port that is encrypted from the first byte nothing else works, and on one that is not, that does not. */
function encryptionOf({ port, encryption }: ServerPlace, now: Encryption, protocol: IncomingProtocol | 'smtp') {
  if (encryption !== null) return encryption;
  if (port === usualPort(protocol, 'tls')) return 'tls';
  return now === 'tls' && port === usualPort(protocol, 'starttls') ? 'starttls' : now;
}
