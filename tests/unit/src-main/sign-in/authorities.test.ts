import { expect, test } from 'vitest';
import { microsoftPlace, planAuthority } from '../../../../src-main/sign-in/authorities.ts';
import { oauthSettingsSchema, registeredRedirect } from '../../../../src-shared/domain/oauth.ts';

const settings = (changes: object) =>
  oauthSettingsSchema.parse({ authority: 'microsoft', clientId: 'desk', ...changes });

test.each([
  [
    ['imap', 'smtp'],
    ['IMAP.AccessAsUser.All', 'SMTP.Send'],
  ],
  [['pop3'], ['POP.AccessAsUser.All']],
] as const)('Microsoft is asked for what %s need, and no more', (uses, scopes) => {
  const named = scopes.map((scope) => `https://outlook.office.com/${scope}`);
  expect(planAuthority(settings({}), uses).scopes).toEqual(named);
});

test('what a mailbox has beside its letters is asked for at the browser, and no token of letters depends on it', () => {
  const uses = ['graph-shared', 'graph-send-shared', 'graph-calendar-shared', 'graph-contacts-shared'] as const;
  const { scopes, consents } = planAuthority(settings({}), uses);
  const graph = (names: readonly string[]) => names.map((name) => `https://graph.microsoft.com/${name}`);
  expect(scopes).toEqual(graph(['Mail.ReadWrite.Shared', 'Mail.Send.Shared']));
  expect(consents).toEqual(graph(['Calendars.ReadWrite.Shared', 'Contacts.Read.Shared']));
  const application = settings({ flow: 'application', proof: 'secret' });
  expect(planAuthority(application, uses)).toMatchObject({
    scopes: ['https://graph.microsoft.com/.default'],
    consents: [],
  });
  expect(planAuthority(settings({ scopes: ['mail.read'] }), uses).consents).toEqual([]);
});

test('at Microsoft whoever sits there chooses an account, unless it is said who signs in', () => {
  const parametersOf = (changes: object) => planAuthority(settings(changes), ['imap']).parameters;
  expect(parametersOf({})).toEqual({ prompt: 'select_account' });
  expect(parametersOf({ signInAs: 'nina@corp.test' })).toEqual({});
  expect(parametersOf({ issuer: 'https://login.corp.test/', signInAs: 'nina@corp.test' })).toEqual({
    prompt: 'consent',
  });
});

test('an application of Microsoft’s has what its administrator gave it', () => {
  const application = settings({ flow: 'application', proof: 'secret' });
  expect(planAuthority(application, ['imap', 'smtp']).scopes).toEqual(['https://outlook.office365.com/.default']);
});

test('Google is asked so that it gives a sign-in that lasts', () => {
  const { issuer, parameters, scopes } = planAuthority(settings({ authority: 'google', proof: 'secret' }), ['imap']);
  expect(issuer).toBe('https://accounts.google.com');
  expect(parameters).toEqual({ access_type: 'offline', prompt: 'consent' });
  expect(scopes).toContain('https://mail.google.com/');
});

test.each([
  ['yandex', 'https://oauth.yandex.ru/authorize', 'https://oauth.yandex.ru/token', ['mail:imap_full', 'mail:smtp']],
  ['mailru', 'https://oauth.mail.ru/login', 'https://oauth.mail.ru/token', ['userinfo', 'mail.imap']],
])('%s has no discovery: its addresses are known', (authority, authorization, token, scopes) => {
  expect(planAuthority(settings({ authority, proof: 'secret' }), ['imap'])).toMatchObject({
    issuer: null,
    endpoints: { authorization, token },
    scopes,
  });
});

test('scopes that were chosen are asked for instead', () => {
  expect(planAuthority(settings({ scopes: ['mail.read'] }), ['imap']).scopes).toEqual(['mail.read']);
});

test.each([
  [{}, 'https://login.microsoftonline.com/common', null],
  [{ directoryId: 'company.example' }, 'https://login.microsoftonline.com/company.example', null],
  [{ issuer: 'https://login.microsoftonline.us', directoryId: 'a' }, 'https://login.microsoftonline.us/a', null],
  [{ issuer: 'https://localhost:8443' }, 'https://localhost:8443/', 'localhost:8443'],
])('Microsoft of %j is at %s', (changes, authority, ownHost) => {
  expect(microsoftPlace(settings(changes))).toEqual({ authority, ownHost });
});

test.each([
  [{ authority: 'other' }, 'issuer'],
  [{ authority: 'other', issuer: 'http://login.example' }, 'issuer'],
  [{ authority: 'google', proof: 'none' }, 'proof'],
  [{ authority: 'yandex', flow: 'application', proof: 'secret' }, 'proof'],
  [{ flow: 'application' }, 'proof'],
  [{ clientId: '' }, 'clientId'],
])('%j is no registration', (changes, at) => {
  const parsed = oauthSettingsSchema.safeParse({ authority: 'microsoft', clientId: 'desk', ...changes });
  expect(parsed.error?.issues[0]?.path[0]).toBe(at);
});

test('what is to be registered is where the browser comes back to', () => {
  expect(registeredRedirect({ authority: 'microsoft', redirectPort: null })).toBe('http://localhost');
  expect(registeredRedirect({ authority: 'yandex', redirectPort: null })).toBe('http://127.0.0.1:47811/');
  expect(registeredRedirect({ authority: 'yandex', redirectPort: 5000 })).toBe('http://127.0.0.1:5000/');
});
