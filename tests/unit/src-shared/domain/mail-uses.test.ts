import { expect, test } from 'vitest';
import { mailUsesOf, microsoftPermissions } from '../../../../src-shared/domain/mail-uses.ts';
import type { IncomingEndpoint, OutgoingEndpoint } from '../../../../src-shared/domain/mailbox.ts';

const server = { host: 'outlook.office365.com', port: 443, encryption: 'tls', login: 'a', signIn: 'oauth2' } as const;
const incoming = (protocol: IncomingEndpoint['protocol'], mailbox = ''): IncomingEndpoint => ({
  ...server,
  protocol,
  pinnedCertificate: null,
  graph: { mailbox },
});
const outgoing = (protocol: 'smtp' | 'ews' | 'graph'): OutgoingEndpoint => ({
  ...server,
  protocol,
  pinnedCertificate: null,
});

test.each([
  ['imap', 'smtp', ['IMAP.AccessAsUser.All', 'SMTP.Send'], ['IMAP.AccessAsApp', 'SMTP.SendAsApp']],
  ['pop3', 'smtp', ['POP.AccessAsUser.All', 'SMTP.Send'], ['POP.AccessAsApp', 'SMTP.SendAsApp']],
  ['ews', 'ews', ['EWS.AccessAsUser.All'], ['full_access_as_app']],
  ['ews', 'smtp', ['EWS.AccessAsUser.All', 'SMTP.Send'], ['full_access_as_app', 'SMTP.SendAsApp']],
  ['graph', 'graph', ['Mail.ReadWrite', 'Mail.Send'], ['Mail.ReadWrite', 'Mail.Send']],
] as const)('a mailbox by %s that sends by %s needs these permissions and no others', (by, sends, person, app) => {
  const uses = mailUsesOf({ incoming: incoming(by), outgoing: outgoing(sends) });
  expect([microsoftPermissions(uses, 'interactive'), microsoftPermissions(uses, 'application')]).toEqual([person, app]);
});

test('calendar and contacts are asked for where they are wanted, and for another’s mailbox by their own names', () => {
  const uses = mailUsesOf({ incoming: incoming('graph', 'office@x'), outgoing: null, calendar: true, contacts: true });
  expect(microsoftPermissions(uses, 'interactive')).toEqual([
    'Mail.ReadWrite.Shared',
    'Calendars.ReadWrite.Shared',
    'Contacts.Read.Shared',
  ]);
  expect(microsoftPermissions(uses, 'application')).toEqual(['Mail.ReadWrite', 'Calendars.ReadWrite', 'Contacts.Read']);
});
