import type { Encryption, IncomingProtocol } from './mailbox.ts';

/** RFC 8314: encrypted from the first byte has a port of its own. */
const ports: Readonly<Record<IncomingProtocol | 'smtp', Readonly<Record<Encryption, number>>>> = {
  imap: { tls: 993, starttls: 143, none: 143 },
  pop3: { tls: 995, starttls: 110, none: 110 },
  ews: { tls: 443, starttls: 443, none: 80 },
  graph: { tls: 443, starttls: 443, none: 80 },
  smtp: { tls: 465, starttls: 587, none: 25 },
};

export const usualPort = (protocol: IncomingProtocol | 'smtp', encryption: Encryption): number =>
  ports[protocol][encryption];

export const isUsualPort = (port: number, protocol: IncomingProtocol | 'smtp'): boolean =>
  Object.values(ports[protocol]).includes(port);
