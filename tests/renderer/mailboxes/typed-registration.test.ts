import { expect, test } from 'vitest';
import {
  gapsOf,
  knownRegistration,
  newRegistration,
  withFlow,
  withOAuth,
} from '../../../src-renderer/mailbox/typed-registration.ts';
import { mailboxIdSchema } from '../../../src-shared/domain/ids.ts';
import type { Mailbox } from '../../../src-shared/domain/mailbox.ts';
import { oauthSettingsSchema } from '../../../src-shared/domain/oauth.ts';

const ids = ['1', '2'].map((digit) => mailboxIdSchema.parse(`${digit.repeat(8)}-0000-4000-8000-000000000000`));

function registered(at: number, address: string, clientId: string): Mailbox {
  const oauth = oauthSettingsSchema.parse({ authority: 'google', clientId, proof: 'secret' });
  return { id: ids[at], settings: { name: address, address, oauth } } as unknown as Mailbox;
}

test('a second mailbox takes over the registration, that of its own domain first', () => {
  const mailboxes = [registered(0, 'a@elsewhere.test', 'theirs'), registered(1, 'b@company.test', 'ours')];
  expect(knownRegistration('google', 'c@Company.test', mailboxes)).toMatchObject({
    name: 'b@company.test',
    typed: { oauth: { clientId: 'ours' }, secretOf: ids[1], signedIn: null },
  });
  expect(knownRegistration('google', 'c@third.test', mailboxes)?.typed.oauth.clientId).toBe('theirs');
  expect(knownRegistration('microsoft', 'c@company.test', mailboxes)).toBeNull();
});

test('what is missing is named, and a kept secret is not', () => {
  const google = newRegistration('google');
  expect([...gapsOf(google, false)]).toEqual(['clientId', 'clientSecret']);
  expect([...gapsOf(withOAuth(google, { clientId: 'ours' }), true)]).toEqual([]);
  expect([...gapsOf(newRegistration('other'), false)]).toEqual(['issuer', 'clientId']);
  const application = withFlow(newRegistration('microsoft'), 'application');
  expect(application.oauth.proof).toBe('secret');
  expect([...gapsOf(application, false)]).toEqual(['clientId', 'directoryId', 'clientSecret']);
});

test('a changed registration has no sign-in yet', () => {
  const signedIn = { ...newRegistration('google'), signedIn: { signInId: 'x', account: null } };
  expect(withOAuth(signedIn, { clientId: 'another' }).signedIn).toBeNull();
});
