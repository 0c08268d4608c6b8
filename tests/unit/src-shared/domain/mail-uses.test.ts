import { expect, test } from 'vitest';
import { mailUsesOf, microsoftPermissions } from '../../../../src-shared/domain/mail-uses.ts';
import type { IncomingEndpoint, OutgoingEndpoint } from '../../../../src-shared/domain/mailbox.ts';
import { oauthSettingsSchema } from '../../../../src-shared/domain/oauth.ts';

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

const microsoft = oauthSettingsSchema.parse({ authority: 'microsoft', clientId: 'c' });
const own = { address: 'support@x', oauth: null };
const signedInBy = (signInAs: string) => ({ address: 'support@x', oauth: { ...microsoft, signInAs } });

test.each([
  ['imap', 'smtp', ['IMAP.AccessAsUser.All', 'SMTP.Send'], ['IMAP.AccessAsApp', 'SMTP.SendAsApp']],
  ['pop3', 'smtp', ['POP.AccessAsUser.All', 'SMTP.Send'], ['POP.AccessAsApp', 'SMTP.SendAsApp']],
  ['ews', 'ews', ['EWS.AccessAsUser.All'], ['full_access_as_app']],
  ['ews', 'smtp', ['EWS.AccessAsUser.All', 'SMTP.Send'], ['full_access_as_app', 'SMTP.SendAsApp']],
  ['graph', 'graph', ['Mail.ReadWrite', 'Mail.Send'], ['Mail.ReadWrite', 'Mail.Send']],
] as const)('a mailbox by %s that sends by %s needs these permissions and no others', (by, sends, person, app) => {
  const uses = mailUsesOf({ ...own, incoming: incoming(by), outgoing: outgoing(sends) });
  expect([microsoftPermissions(uses, 'interactive'), microsoftPermissions(uses, 'application')]).toEqual([person, app]);
});

test('calendar and contacts are asked for where they are wanted, and for another’s mailbox by their own names', () => {
  const wished = { ...own, outgoing: null, calendar: true, contacts: true };
  const uses = mailUsesOf({ ...wished, incoming: incoming('graph', 'office@x') });
  expect(microsoftPermissions(uses, 'interactive')).toEqual([
    'Mail.ReadWrite.Shared',
    'Calendars.ReadWrite.Shared',
    'Contacts.Read.Shared',
  ]);
  expect(microsoftPermissions(uses, 'application')).toEqual(['Mail.ReadWrite', 'Calendars.ReadWrite', 'Contacts.Read']);
});

test('a person who signs in for a mailbox needs the permissions of shared ones, and none for letters of their own', () => {
  const byGraph = { incoming: incoming('graph'), outgoing: outgoing('graph'), calendar: true, contacts: true };
  expect(microsoftPermissions(mailUsesOf({ ...byGraph, ...signedInBy('anna@x') }), 'interactive')).toEqual([
    'Mail.ReadWrite.Shared',
    'Calendars.ReadWrite.Shared',
    'Contacts.Read.Shared',
    'Mail.Send.Shared',
  ]);
  const sends = { incoming: null, outgoing: outgoing('graph') };
  expect(microsoftPermissions(mailUsesOf({ ...sends, ...signedInBy('anna@x') }), 'interactive')).toEqual([
    'Mail.Send.Shared',
    'Mail.ReadWrite.Shared',
  ]);
  expect(microsoftPermissions(mailUsesOf({ ...sends, ...signedInBy('Support@X') }), 'interactive')).toEqual([
    'Mail.Send',
    'Mail.ReadWrite',
  ]);
});
