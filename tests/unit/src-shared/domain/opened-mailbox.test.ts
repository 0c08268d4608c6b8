import { describe, expect, test } from 'vitest';
import { newExchange } from '../../../../src-shared/domain/exchange.ts';
import { type OAuthSettings, oauthSettingsSchema } from '../../../../src-shared/domain/oauth.ts';
import { isAnotherAccount, openedMailbox } from '../../../../src-shared/domain/opened-mailbox.ts';

const address = 'support@corp.example';
const anna = 'anna@corp.example';
const person = oauthSettingsSchema.parse({ authority: 'microsoft', clientId: 'c' });
const application: OAuthSettings = { ...person, flow: 'application', proof: 'secret' };
const byAnna: OAuthSettings = { ...person, signInAs: anna };
const token = { login: address, signIn: 'oauth2' };
const graph = (mailbox = '') => ({ ...token, protocol: 'graph', graph: { mailbox } });
const ews = (mailbox = '') => ({ ...token, protocol: 'ews', exchange: { ...newExchange, mailbox } });

describe.each([
  ['Graph', graph],
  ['Exchange', ews],
])('over %s', (_, endpoint) => {
  test.each([
    ['a person opens their own mailbox', endpoint(), person, ''],
    ['a person who signs in for a mailbox opens that one', endpoint(), byAnna, address],
    ['a mailbox that signs in for itself is its own', endpoint(), { ...person, signInAs: 'Support@Corp.example' }, ''],
    ['a mailbox that is named is opened, whoever signs in', endpoint('office@x'), byAnna, 'office@x'],
    ['an application opens the mailbox itself', endpoint(), application, address],
    ['an application opens the one that is named', endpoint('office@x'), application, 'office@x'],
  ])('%s', (_what, opened, oauth, mailbox) => {
    expect(openedMailbox(opened, { address, oauth })).toBe(mailbox);
  });
});

test('where the login says whose mailbox it is, none is named', () => {
  expect(openedMailbox({ ...token, protocol: 'imap' }, { address, oauth: byAnna })).toBe('');
  expect(openedMailbox({ ...token, protocol: 'smtp' }, { address, oauth: byAnna })).toBe('');
  expect(openedMailbox({ ...ews(), signIn: 'password' }, { address, oauth: byAnna })).toBe('');
});

describe('the account that came back', () => {
  const mailbox = (changed: Partial<Parameters<typeof isAnotherAccount>[1]> = {}) => ({
    ...{ address, oauth: person, incoming: graph(), outgoing: null },
    ...changed,
  });
  test.each([
    ['of a colleague', anna, mailbox(), true],
    ['of another colleague than was to sign in', 'boris@corp.example', mailbox({ oauth: byAnna }), true],
    ['of a colleague, over IMAP', anna, mailbox({ incoming: { ...token, protocol: 'imap' } }), true],
    ['of a colleague, for a mailbox that only sends', anna, mailbox({ incoming: null, outgoing: graph() }), true],
    ['of the mailbox', 'Support@CORP.example', mailbox(), false],
    ['of the mailbox, without its domain', 'support', mailbox(), false],
    ['of the login', anna, mailbox({ incoming: { ...graph(), login: anna } }), false],
    ['of whoever was to sign in', 'Anna@corp.example', mailbox({ oauth: byAnna }), false],
    ['of nobody who is known', null, mailbox(), false],
    ['of somebody, where a mailbox is named', anna, mailbox({ incoming: graph(address) }), false],
    ['of an application', anna, mailbox({ oauth: application }), false],
  ])('%s', (_, account, settings, another) => {
    expect(isAnotherAccount(account, settings)).toBe(another);
  });
});
