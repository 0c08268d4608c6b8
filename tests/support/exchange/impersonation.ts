import type { XmlElement } from 'libxml2-wasm';
import type { StoredMailbox } from './mailboxes.ts';
import { parseXml } from './schema.ts';
import { namespaces } from './words.ts';

/** An application that signs in for itself. */
export interface DoubleApplication {
  /** Mailboxes that it may act for; null: it has no role at all. */
  readonly impersonates: readonly string[] | null;
}

export interface ImpersonationRefusal {
  readonly code: string;
  readonly text: string;
}

/** Whose mailbox is meant, or why it is not opened: in the words of Exchange. */
export function impersonated(
  body: string,
  anchor: string,
  { impersonates }: DoubleApplication,
  mailboxes: ReadonlyMap<string, StoredMailbox>,
): { readonly address: string } | ImpersonationRefusal {
  const address = impersonationIn(body);
  if (address === null)
    return {
      code: 'ErrorInvalidExchangeImpersonationHeaderData',
      text: 'ExchangeImpersonation SOAP header must be present for this type of OAuth token.',
    };
  if (anchor !== address) return { code: 'ErrorImpersonationFailed', text: 'X-AnchorMailbox is another mailbox.' };
  if (impersonates === null)
    return { code: 'ErrorImpersonationDenied', text: 'The account does not have permission to impersonate.' };
  if (!mailboxes.has(address))
    return { code: 'ErrorNonExistentMailbox', text: 'The SMTP address has no mailbox associated with it.' };
  if (!impersonates.includes(address))
    return {
      code: 'ErrorImpersonateUserDenied',
      text: 'The account does not have permission to impersonate the requested user.',
    };
  return { address };
}

/** A person's token, or a password, acts for nobody. */
export function refusedToPeople(body: string): ImpersonationRefusal | null {
  if (impersonationIn(body) === null) return null;
  return {
    code: 'ErrorInvalidExchangeImpersonationHeaderData',
    text: 'ExchangeImpersonation SOAP header must not exist for this type of OAuth token.',
  };
}

/** The address in the header; null without one. A server of 2007 knows no SmtpAddress. */
export function impersonationIn(body: string): string | null {
  if (body === '') return null;
  const document = parseXml(body);
  try {
    const version = document.get('//t:RequestServerVersion', namespaces) as XmlElement | null;
    const word = version?.attr('Version')?.value === 'Exchange2007_SP1' ? 'PrimarySmtpAddress' : 'SmtpAddress';
    const path = `/soap:Envelope/soap:Header/t:ExchangeImpersonation/t:ConnectingSID/t:${word}`;
    return document.get(path, namespaces)?.content.toLowerCase() ?? null;
  } finally {
    document.dispose();
  }
}
