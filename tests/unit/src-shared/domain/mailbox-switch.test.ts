import { describe, expect, test } from 'vitest';
import type { MailboxSettings } from '../../../../src-shared/domain/mailbox.ts';
import type { ReceivingSettings } from '../../../../src-shared/domain/mailbox-directions.ts';
import {
  connectionOf,
  samePlace,
  sendsOtherwise,
  withConnection,
  withFormerConnection,
} from '../../../../src-shared/domain/mailbox-switch.ts';
import { oauthSettingsSchema } from '../../../../src-shared/domain/oauth.ts';
import { settingsFor } from '../../../sync/open-console.ts';

const imap: ReceivingSettings = {
  ...settingsFor({ user: 'bob', port: 143, loading: { newMail: 'unread', folders: 'all' } }),
  afterwards: { kind: 'mark-read' },
};
const pop3 = { ...imap, incoming: { ...imap.incoming, protocol: 'pop3' as const, port: 110 } };

const byAnna = (settings: ReceivingSettings): ReceivingSettings => ({
  ...settings,
  oauth: settings.oauth && { ...settings.oauth, signInAs: 'anna@company.example' },
});

describe('a connection changes', () => {
  test('and with it what its protocol cannot do; the way back brings that again and leaves what was decided since', () => {
    const dropped = withConnection(imap, connectionOf(pop3));
    expect(dropped).toMatchObject({
      afterwards: { kind: 'leave' },
      loading: { newMail: 'position', folders: 'chosen' },
    });
    const decided = { ...dropped, name: 'Other', loading: { ...dropped.loading, lane: 2 } };
    expect(withFormerConnection(decided, imap)).toEqual({
      ...imap,
      name: 'Other',
      loading: { ...imap.loading, lane: 2 },
    });
  });

  test('what the other protocol can do as well is as it was decided last', () => {
    const graph = { ...imap, incoming: { ...imap.incoming, protocol: 'graph' as const } };
    const switched = { ...withConnection(imap, connectionOf(graph)), afterwards: { kind: 'leave' } as const };
    expect(withFormerConnection(switched, imap).afterwards).toEqual({ kind: 'leave' });
  });

  test('calendar and contacts go where there are none, come back with the way back, and stay where both have them', () => {
    const ews = { ...imap, incoming: { ...imap.incoming, protocol: 'ews' as const }, calendar: true, contacts: true };
    const graph = { ...imap, incoming: { ...imap.incoming, protocol: 'graph' as const } };
    const without = withConnection(ews, connectionOf(imap));
    expect(without).toMatchObject({ calendar: false, contacts: false });
    expect(withFormerConnection(without, ews)).toEqual(ews);
    const followed = withConnection(ews, connectionOf(graph));
    expect(followed).toMatchObject({ calendar: true, contacts: true });
    expect(withFormerConnection({ ...followed, contacts: false }, ews)).toEqual({ ...ews, contacts: false });
  });
});

describe('two ways lead to the same letters under the same numbers', () => {
  const at = (changed: Partial<ReceivingSettings['incoming']>) => ({ ...imap.incoming, ...changed });
  test.each([
    ['another sign-in', at({ signIn: 'oauth2' }), true],
    ['another encryption at its own port', at({ port: 993, encryption: 'tls' }), true],
    ['another case of the host', at({ host: 'LOCALHOST' }), true],
    ['another host', at({ host: 'mail.example' }), false],
    ['another login', at({ login: 'eve' }), false],
    ['a port that may be another server', at({ port: 10_143 }), false],
    ['another protocol', at({ protocol: 'pop3', port: 143 }), false],
  ])('%s', (_, other, same) => expect(samePlace(imap, { ...imap, incoming: other })).toBe(same));

  const oauth = oauthSettingsSchema.parse({ authority: 'microsoft', clientId: 'c' });
  const byToken = { signIn: 'oauth2', login: imap.address } as const;
  const named = (mailbox: string) => ({
    ...imap,
    oauth,
    incoming: at({ ...byToken, protocol: 'graph', graph: { mailbox } }),
  });
  const own = named('');
  test.each([
    ['the sign-in’s own mailbox and, by a person who signs in for it, the shared one', own, byAnna(own), false],
    ['the shared one, unnamed and named', byAnna(own), named(imap.address), true],
    [
      'the shared one, whoever signs in',
      byAnna(own),
      { ...own, oauth: { ...oauth, signInAs: 'boris@company.example' } },
      true,
    ],
    [
      'a mailbox of another address, by the same person',
      byAnna(own),
      { ...byAnna(own), address: 'sales@company.example' },
      false,
    ],
    ['one that is named, by the same person', byAnna(own), byAnna(named('sales@company.example')), false],
  ])('%s', (_, one, other, same) => expect(samePlace(one, other)).toBe(same));
});

describe('the way out is tried', () => {
  const outgoing = {
    host: 'smtp.company.example',
    port: 465,
    encryption: 'tls',
    signIn: 'password',
    login: '',
    pinnedCertificate: null,
  } as const;
  const sends: MailboxSettings = { ...imap, outgoing };
  const registered = { authority: 'microsoft', clientId: 'one', proof: 'secret', flow: 'application' } as const;
  const asItself: MailboxSettings = {
    ...imap,
    outgoing: { ...outgoing, signIn: 'oauth2' },
    oauth: oauthSettingsSchema.parse(registered),
  };
  const byAPerson = { ...asItself, oauth: oauthSettingsSchema.parse({ authority: 'microsoft', clientId: 'one' }) };
  test.each<readonly [string, MailboxSettings, MailboxSettings, boolean]>([
    ['not where nothing is sent', sends, { ...sends, outgoing: null }, false],
    ['not where only letters come by another way', sends, { ...sends, incoming: pop3.incoming }, false],
    [
      'not where the registration that only receiving needs is another',
      sends,
      { ...sends, oauth: asItself.oauth },
      false,
    ],
    ['not where the application signs in as before', asItself, asItself, false],
    [
      'where another application signs in',
      asItself,
      { ...asItself, oauth: oauthSettingsSchema.parse({ ...registered, clientId: 'two' }) },
      true,
    ],
    ['where a person signs in, though all that can be read of it is as before', byAPerson, byAPerson, true],
    [
      'where another server takes the letters',
      sends,
      { ...sends, outgoing: { ...outgoing, host: 'smtp.other.example' } },
      true,
    ],
    ['where the mailbox does nothing else', { ...sends, incoming: null }, { ...sends, incoming: null }, true],
  ])('%s', (_, now, then, tried) => expect(sendsOtherwise(now, then)).toBe(tried));
});
