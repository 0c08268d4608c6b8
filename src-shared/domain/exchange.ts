import { z } from 'zod';

/** R66. `automatic`: the newest that there is, and older ones where the server does not know it. */
export const exchangeVersionSchema = z.enum([
  'automatic',
  '2007-sp1',
  '2010',
  '2010-sp1',
  '2010-sp2',
  '2013',
  '2013-sp1',
  '2016',
]);
export type ExchangeVersion = z.infer<typeof exchangeVersionSchema>;

/** What Exchange Web Services need besides host, port and sign-in. */
export const exchangeSchema = z
  .object({
    /** Where on the host the service is. */
    path: z
      .string()
      .trim()
      .regex(/^\/\S*$/)
      .max(500),
    version: exchangeVersionSchema,
    /** Signed in by NTLM, which keeps the password; else by Basic (R67). */
    windows: z.boolean(),
    /** R69; empty where the login says it (`CORP\bob`) or none is needed. */
    domain: z.string().trim().max(255),
    /** Address of another person's or a shared mailbox that is opened with this sign-in; empty: the sign-in's own. */
    mailbox: z.union([z.literal(''), z.email()]),
  })
  .readonly();
export type Exchange = z.infer<typeof exchangeSchema>;

/** Where Exchange has its service unless an administrator moved it. */
export const usualExchangePath = '/EWS/Exchange.asmx';

export const newExchange: Exchange = {
  path: usualExchangePath,
  version: 'automatic',
  windows: true,
  domain: '',
  mailbox: '',
};

export interface ExchangePlace {
  readonly host: string;
  readonly port: number;
  readonly encryption: 'tls' | 'none';
  readonly path: string;
}

/** What a person typed as the server (R13, R65): a host name, with or without a port, or the whole address. Null: neither. */
export function exchangePlace(typed: string): ExchangePlace | null {
  const text = typed.trim();
  const whole = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  const other = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && whole !== text;
  if (text === '' || other || !URL.canParse(whole)) return null;
  const { protocol, hostname, port, pathname, username, search, hash } = new URL(whole);
  if (hostname === '' || `${username}${search}${hash}` !== '') return null;
  const encryption = protocol === 'http:' ? 'none' : 'tls';
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? (encryption === 'tls' ? 443 : 80) : Number(port),
    encryption,
    path: pathname === '/' ? usualExchangePath : pathname,
  };
}

/** The whole address (D2). */
export function exchangeUrl({
  host,
  port,
  encryption,
  path,
}: Omit<ExchangePlace, 'encryption'> & { readonly encryption: string }): string {
  const scheme = encryption === 'none' ? 'http' : 'https';
  const usual = encryption === 'none' ? 80 : 443;
  const name = host.includes(':') ? `[${host}]` : host;
  return `${scheme}://${name}${port === usual ? '' : `:${port}`}${path}`;
}

/** D10: in Exchange Online the service is blocked from the first day on unless an administrator allowed this program, and gone from the second. */
export const exchangeOnlineEnds = { blocked: '2026-10-01', gone: '2027-04-01' } as const;

const microsoftHosts = /(^|\.)(outlook\.office365\.com|outlook\.office\.com|outlook\.com|office365\.us|outlook\.de)$/i;

export const isExchangeOnline = (host: string): boolean => microsoftHosts.test(host.trim());
