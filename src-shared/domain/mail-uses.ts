import type { IncomingEndpoint, MailboxSettings, OutgoingEndpoint } from './mailbox.ts';
import type { OAuthSettings } from './oauth.ts';
import { openedMailbox } from './opened-mailbox.ts';

/** What a token is to be good for; `shared`: in another person's or a shared mailbox too. */
export type MailUse = 'imap' | 'pop3' | 'smtp' | 'ews' | GraphUse;
export type GraphUse = 'graph' | 'graph-shared' | 'graph-send' | 'graph-send-shared' | BesideLetters;
type BesideLetters = 'graph-calendar' | 'graph-calendar-shared' | 'graph-contacts' | 'graph-contacts-shared';

type UsingSettings = Pick<MailboxSettings, 'incoming' | 'outgoing' | 'oauth' | 'address' | 'calendar' | 'contacts'>;

/** Whoever sends by Graph looks at the mailbox first (`graph/submit-letter.ts`), also where it is not received from. */
export function mailUsesOf(settings: UsingSettings): readonly MailUse[] {
  const { incoming, outgoing, calendar, contacts } = settings;
  const shared = incoming && openedMailbox(incoming, settings) ? '-shared' : '';
  const byGraph = incoming?.signIn === 'oauth2' && incoming.protocol === 'graph';
  return [
    ...(incoming?.signIn === 'oauth2' ? [incomingUse(incoming, settings)] : []),
    ...(byGraph && calendar ? [`graph-calendar${shared}` as const] : []),
    ...(byGraph && contacts ? [`graph-contacts${shared}` as const] : []),
    ...(outgoing?.signIn === 'oauth2' ? [outgoingUse(outgoing, settings)] : []),
    ...(outgoing?.signIn === 'oauth2' && outgoing.protocol === 'graph' && incoming?.protocol !== 'graph'
      ? [incomingUse({ ...outgoing, protocol: 'graph' }, settings)]
      : []),
  ];
}

function incomingUse(endpoint: IncomingEndpoint, settings: UsingSettings): MailUse {
  if (endpoint.protocol !== 'graph') return endpoint.protocol;
  return openedMailbox(endpoint, settings) ? 'graph-shared' : 'graph';
}

function outgoingUse(endpoint: OutgoingEndpoint, settings: UsingSettings): MailUse {
  const { protocol = 'smtp' } = endpoint;
  if (protocol !== 'graph') return protocol;
  return openedMailbox(endpoint, settings) ? 'graph-send-shared' : 'graph-send';
}

/** As a person allows them (delegated). */
export const delegatedPermissions: Readonly<Record<MailUse, string>> = {
  imap: 'IMAP.AccessAsUser.All',
  ews: 'EWS.AccessAsUser.All',
  pop3: 'POP.AccessAsUser.All',
  smtp: 'SMTP.Send',
  graph: 'Mail.ReadWrite',
  'graph-shared': 'Mail.ReadWrite.Shared',
  'graph-send': 'Mail.Send',
  'graph-send-shared': 'Mail.Send.Shared',
  'graph-calendar': 'Calendars.ReadWrite',
  'graph-calendar-shared': 'Calendars.ReadWrite.Shared',
  'graph-contacts': 'Contacts.Read',
  'graph-contacts-shared': 'Contacts.Read.Shared',
};

/** As an administrator gives them to an application. */
const applicationPermissions: Readonly<Record<Exclude<MailUse, GraphUse>, string>> = {
  imap: 'IMAP.AccessAsApp',
  ews: 'full_access_as_app',
  pop3: 'POP.AccessAsApp',
  smtp: 'SMTP.SendAsApp',
};

export const isGraphUse = (use: MailUse): use is GraphUse => use.startsWith('graph');

/** Names of the permissions that a registration at Microsoft needs, each once; an application knows no shared mailboxes, it has them all. */
export function microsoftPermissions(uses: readonly MailUse[], flow: OAuthSettings['flow']): readonly string[] {
  const named = uses.map((use) => {
    if (flow === 'interactive') return delegatedPermissions[use];
    return isGraphUse(use) ? delegatedPermissions[use].replace('.Shared', '') : applicationPermissions[use];
  });
  return [...new Set(named)];
}
