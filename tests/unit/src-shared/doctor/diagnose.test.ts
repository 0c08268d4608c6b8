import { describe, expect, test } from 'vitest';
import type { Clues } from '../../../../src-shared/doctor/clues.ts';
import { diagnose } from '../../../../src-shared/doctor/diagnose.ts';
import type { FindingCode } from '../../../../src-shared/domain/finding.ts';
import type { Endpoint } from '../../../../src-shared/domain/mailbox.ts';
import type { ErrorCode } from '../../../../src-shared/errors/codes.ts';
import { findingSentence } from '../../../../src-shared/i18n/finding-sentence.ts';
import { createTranslate } from '../../../../src-shared/i18n/i18n.ts';

const endpoint: Endpoint = {
  host: 'mail.example',
  port: 993,
  encryption: 'tls',
  login: 'bob@example',
  signIn: 'password',
  pinnedCertificate: null,
};
const now = Date.parse('2026-11-25T12:00:00Z');

function cluesOf(changes: Partial<Clues>, code: ErrorCode | null = null, serverWords = ''): Clues {
  return {
    step: 'sign-in',
    protocol: 'imap',
    endpoint,
    address: 'bob@example',
    actsAs: null,
    provider: null,
    oauth: null,
    problem: code === null ? null : { code, params: { serverWords } },
    reason: null,
    certificate: null,
    port: null,
    folders: null,
    deadAddress: null,
    serverTime: null,
    online: true,
    now,
    ...changes,
  };
}

const microsoft = { ...endpoint, host: 'outlook.office365.com' };
const token = { ...microsoft, signIn: 'oauth2' as Endpoint['signIn'] };

test.each<readonly [string, Clues, FindingCode | null]>([
  ['a resolver that takes too long', cluesOf({ step: 'resolve' }, 'network.timeout'), 'dns-silent'],
  ['a line that never comes up', cluesOf({ step: 'connect' }, 'network.timeout'), 'port-silent'],
  [
    'the same at port 25',
    cluesOf({ step: 'smtp-connect', protocol: 'smtp', endpoint: { ...endpoint, port: 25 } }, 'network.timeout'),
    'port-25-blocked',
  ],
  [
    'no route, and no network',
    cluesOf({ step: 'connect', reason: 'ENETUNREACH', online: false }, 'network.unreachable'),
    'offline',
  ],
  ['a handshake that fails for its own reasons', cluesOf({ step: 'encrypt' }, 'tls.failed'), 'tls-refused'],
  ['no common way to sign in', cluesOf({}, 'server.unsupported', 'AUTH'), 'no-mechanism'],
  [
    'a provider that wants the local part',
    cluesOf({ provider: { name: 'web.de', appPasswordUrl: null, login: 'local-part' } }, 'auth.rejected', 'no'),
    'login-part',
  ],
  [
    'a password at Microsoft',
    cluesOf({ endpoint: microsoft }, 'auth.rejected', 'LOGIN failed.'),
    'microsoft-password-retired',
  ],
  [
    'a token at Microsoft',
    cluesOf({ endpoint: token }, 'auth.rejected', 'AUTHENTICATE failed.'),
    'microsoft-token-refused',
  ],
  [
    'a token for sending',
    cluesOf({ protocol: 'smtp', step: 'smtp-sign-in', endpoint: token }, 'auth.rejected', '535 5.7.3 no'),
    'microsoft-token-refused',
  ],
  [
    'a token that is refused elsewhere',
    cluesOf({ endpoint: { ...endpoint, signIn: 'oauth2' } }, 'auth.rejected', 'Invalid credentials (Failure)'),
    'token-refused',
  ],
  [
    'a wrong password for sending at Microsoft',
    cluesOf(
      { protocol: 'smtp', step: 'smtp-sign-in', endpoint: microsoft },
      'auth.rejected',
      '535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.',
    ),
    'wrong-password',
  ],
  [
    'a letter of the day after tomorrow',
    cluesOf({ step: 'read-letter', serverTime: now + 2 * 86_400_000 }),
    'clock-behind',
  ],
  ['an old letter', cluesOf({ step: 'read-letter', serverTime: now - 400 * 86_400_000 }), null],
  ['a step that went well', cluesOf({}), null],
  ['a check that was called off', cluesOf({ step: 'connect' }, 'cancelled'), null],
  ['a defect of ours', cluesOf({}, 'internal.defect'), null],
])('%s', (_what, clues, expected) => {
  expect(diagnose(clues)?.code ?? null).toBe(expected);
});

describe.each(['', 'smtp-'] as const)('what is missing before the talk (%s…)', (prefix) => {
  const protocol = prefix === '' ? 'imap' : 'smtp';
  const codeAt = (step: 'connect' | 'encrypt' | 'greet' | 'sign-in', code: ErrorCode) =>
    diagnose(cluesOf({ step: `${prefix}${step}`, protocol }, code, 'x'))?.code ?? null;

  test('is the greeting, or the line', () => {
    for (const step of ['encrypt', 'greet'] as const) {
      expect(codeAt(step, 'network.timeout')).toBe('greeting-missing');
      expect(codeAt(step, 'server.protocol')).toBe('greeting-missing');
      expect(codeAt(step, 'network.dropped')).toBe('line-cut');
    }
    expect(codeAt('connect', 'network.dropped')).toBe('line-cut');
  });

  test('is not missing in the middle of it: there the error says what happened', () => {
    for (const code of ['network.timeout', 'network.dropped', 'server.protocol'] as const)
      expect(codeAt('sign-in', code)).toBeNull();
  });
});

test.each(['list-folders', 'read-letter', 'write-flag', 'send-letter'] as const)(
  'a line that ends or stalls at %s has been spoken on',
  (step) => {
    for (const code of ['network.timeout', 'network.dropped'] as const)
      expect(diagnose(cluesOf({ step }, code))).toBeNull();
  },
);

test('over HTTP the sign-in is the first question: with no answer to it nothing was heard', () => {
  for (const protocol of ['ews', 'graph'] as const) {
    const codeAt = (step: Clues['step'], code: ErrorCode) => diagnose(cluesOf({ step, protocol }, code))?.code ?? null;
    expect(codeAt('sign-in', 'network.timeout')).toBe('greeting-missing');
    expect(codeAt('smtp-sign-in', 'network.timeout')).toBe('greeting-missing');
    expect(codeAt('sign-in', 'network.dropped')).toBeNull();
    expect(codeAt('list-folders', 'network.timeout')).toBeNull();
  }
});

test.each([
  ['AADSTS50126', 'entra-wrong-password'],
  ['AADSTS50079', 'entra-second-factor'],
  ['AADSTS50053', 'entra-locked'],
  ['AADSTS50057', 'entra-disabled'],
  ['AADSTS50055', 'entra-password-expired'],
  ['AADSTS50034', 'entra-unknown-user'],
  ['AADSTS700016', 'entra-unknown-application'],
  ['AADSTS7000215', 'entra-wrong-secret'],
  ['AADSTS65001', 'entra-consent'],
  ['AADSTS700082', 'entra-token-ended'],
  ['AADSTS53003', 'microsoft-policy'],
  ['AADSTS99999', 'entra-other'],
])('%s is %s, and its number is told', (number, code) => {
  const found = diagnose(cluesOf({}, 'auth.rejected', `${number}: something`));
  expect(found).toMatchObject({ code, params: { number, login: 'bob@example' } });
});

const service = { host: 'login.example', port: 443 };

test.each<readonly [ErrorCode, string | null, Partial<Clues>]>([
  ['network.unknown-host', 'dns-unknown', {}],
  ['network.unknown-host', 'offline', { online: false }],
  ['network.unreachable', 'sign-in-unreachable', {}],
  ['network.unreachable', 'dns-silent', { reason: 'EAI_AGAIN' }],
  ['network.unreachable', 'offline', { reason: 'ENETUNREACH', online: false }],
  ['network.timeout', 'sign-in-unreachable', {}],
  ['network.dropped', 'sign-in-unreachable', {}],
  ['server.protocol', 'sign-in-not-understood', {}],
  ['server.unavailable', 'server-busy', {}],
  ['server.throttled', null, {}],
  ['server.refused', null, {}],
])('%s of a sign-in service is told of it, and nothing of mail ports: %s', (code, expected, changes) => {
  const params = { ...service, serverWords: 'IMAP access is disabled' };
  const endpoints = { imap: token, smtp: { ...token, port: 25 }, graph: { ...token, port: 443 } };
  for (const [protocol, endpoint] of Object.entries(endpoints)) {
    const step = protocol === 'smtp' ? 'smtp-sign-in' : 'sign-in';
    const clues = cluesOf({ step, protocol: protocol as Clues['protocol'], endpoint, ...changes });
    const found = diagnose({ ...clues, problem: { code, params } });
    expect(found?.code ?? null).toBe(expected);
    if (found === null) continue;
    expect(found.params).toMatchObject({ host: 'login.example', port: 443 });
    const sentence = findingSentence(createTranslate('en'), {
      ...found,
      params: { ...found.params, serverWords: '–' },
    });
    expect(Object.values(sentence).join(' ')).not.toMatch(/IMAP|POP3|SMTP|993|465|587|mail service/);
  }
});

test('a service at the host of the mail server is another all the same, by its port', () => {
  const clues = cluesOf({ endpoint: { ...endpoint, signIn: 'oauth2' } });
  const problem = { code: 'network.timeout', params: { host: endpoint.host, port: 8443 } } as const;
  expect(diagnose({ ...clues, problem })).toMatchObject({ code: 'sign-in-unreachable', params: { port: 8443 } });
});

test('an account that the sign-in service has locked is locked there', () => {
  const problem = {
    code: 'server.refused',
    params: { host: 'login.example', serverWords: 'account is locked' },
  } as const;
  expect(diagnose({ ...cluesOf({ endpoint: token }), problem })).toMatchObject({
    code: 'account-locked',
    params: { host: 'login.example' },
  });
});

test("an administrator's commands name the mailbox, safe for PowerShell", () => {
  const clues = cluesOf(
    { address: "o'neil@example", endpoint: { ...endpoint, login: 'app' } },
    'auth.rejected',
    'User is authenticated but not connected.',
  );
  expect(diagnose(clues)?.commands).toEqual([
    "Set-CASMailbox -Identity 'o''neil@example' -ImapEnabled $true",
    "Add-MailboxPermission -Identity 'o''neil@example' -User 'app' -AccessRights FullAccess",
  ]);
  expect(diagnose({ ...clues, protocol: 'pop3' })?.commands[0]).toContain('-PopEnabled $true');
});

test('an application that may not act for a mailbox of Exchange is given its role, in the cloud by RBAC for Applications', () => {
  const clues = cluesOf(
    { protocol: 'ews', actsAs: "o'neil@example", endpoint: { ...endpoint, host: 'mail.example', signIn: 'oauth2' } },
    'exchange.no-access',
    'ErrorImpersonateUserDenied: no',
  );
  const scope =
    "New-ManagementScope -Name 'Mailroom mailboxes' -RecipientRestrictionFilter 'PrimarySmtpAddress -eq ''o''''neil@example'''";
  expect(diagnose(clues)).toMatchObject({ code: 'exchange-acts-for-nobody', params: { mailbox: "o'neil@example" } });
  expect(diagnose(clues)?.commands).toEqual([
    'Get-PartnerApplication | Format-List Name, ApplicationIdentifier, LinkedAccount',
    scope,
    "New-ManagementRoleAssignment -Name 'Mailroom' -Role ApplicationImpersonation -User <LINKED-ACCOUNT> -CustomRecipientWriteScope 'Mailroom mailboxes'",
  ]);
  expect(diagnose({ ...clues, endpoint: token })?.commands).toEqual([
    "New-ServicePrincipal -AppId <APPLICATION-ID> -ObjectId <ENTERPRISE-OBJECT-ID> -DisplayName 'Mailroom'",
    scope,
    "New-ManagementRoleAssignment -App <ENTERPRISE-OBJECT-ID> -Role 'Application EWS.AccessAsApp' -CustomResourceScope 'Mailroom mailboxes'",
    "Test-ServicePrincipalAuthorization -Identity <ENTERPRISE-OBJECT-ID> -Resource 'o''neil@example'",
  ]);
  expect(diagnose({ ...clues, actsAs: null })).toBeNull();
});

test('a token that Exchange Online refuses over Exchange Web Services leads to their switch, and of an application to its role', () => {
  const person = cluesOf({ protocol: 'ews', endpoint: token }, 'auth.rejected', 'HTTP 401');
  const commandsOf = (clues: Clues) => diagnose(clues)?.commands;
  expect(diagnose(person)?.code).toBe('microsoft-token-refused');
  expect(commandsOf(person)?.[0]).toBe("Set-CASMailbox -Identity 'bob@example' -EwsEnabled $true");
  expect(commandsOf({ ...person, actsAs: 'desk@example' })).toEqual([
    "Set-CASMailbox -Identity 'desk@example' -EwsEnabled $true",
    expect.stringContaining('New-ServicePrincipal'),
    expect.stringContaining('New-ManagementScope'),
    expect.stringContaining('Application EWS.AccessAsApp'),
    expect.stringContaining("-Resource 'desk@example'"),
  ]);
  expect(commandsOf({ ...person, protocol: 'imap' })?.[0]).toContain('-ImapEnabled $true');
});

describe('a right to a mailbox is given to somebody else than itself', () => {
  const desk = 'desk@example';
  const shared = { address: desk, endpoint: { ...token, login: desk } };
  const graph = { ...shared.endpoint, port: 443, graph: { mailbox: desk } };
  const refusals = {
    connected: cluesOf(shared, 'auth.rejected', 'User is authenticated but not connected.'),
    token: cluesOf(shared, 'auth.rejected', 'AUTHENTICATE failed.'),
    smtp: cluesOf({ ...shared, protocol: 'smtp', step: 'smtp-sign-in' }, 'auth.rejected', '535 5.7.3 no'),
    graph: cluesOf({ ...shared, protocol: 'graph', endpoint: graph }, 'graph.no-access', 'ErrorAccessDenied'),
  };
  const commandsOf = (changes: Partial<Clues>) =>
    Object.values(refusals).flatMap((clues) => diagnose({ ...clues, ...changes })?.commands ?? []);
  const holders = (commands: readonly string[]) => [
    ...new Set(commands.flatMap((command) => command.match(/-(?:User|Trustee) (\S+)/)?.[1] ?? [])),
  ];

  test.each([
    ['who signs in for it', 'anna@example', "'anna@example'"],
    ['nobody who is known', '', '<PERSON-WHO-SIGNS-IN>'],
    ['nobody where it signs in as itself', 'Desk@Example', '<PERSON-WHO-SIGNS-IN>'],
  ])('of a person: to %s', (_, signInAs, holder) => {
    const commands = commandsOf({ oauth: { flow: 'interactive', signInAs } });
    expect(holders(commands)).toEqual([holder]);
    expect(commands.join()).not.toMatch(/ServicePrincipal|OBJECT-ID|APPLICATION-ID/);
  });

  test('of a person: to the login where that is another', () => {
    const login = { ...refusals.graph.endpoint, login: 'anna@example' };
    const oauth = { flow: 'interactive', signInAs: '' } as const;
    expect(holders(diagnose({ ...refusals.graph, endpoint: login, oauth })?.commands ?? [])).toEqual([
      "'anna@example'",
    ]);
  });

  test('of an application: to its object, which Exchange is told of first', () => {
    const oauth = { flow: 'application', signInAs: '' } as const;
    expect(holders(commandsOf({ oauth }))).toEqual(['<ENTERPRISE-OBJECT-ID>']);
    for (const clues of [refusals.connected, refusals.token, refusals.smtp])
      expect(diagnose({ ...clues, oauth })?.commands).toContain(
        'New-ServicePrincipal -AppId <APPLICATION-ID> -ObjectId <ENTERPRISE-OBJECT-ID>',
      );
    expect(diagnose({ ...refusals.graph, oauth })?.commands).toEqual([
      `Test-ServicePrincipalAuthorization -Identity <ENTERPRISE-OBJECT-ID> -Resource '${desk}'`,
      `Test-ApplicationAccessPolicy -Identity '${desk}' -AppId <APPLICATION-ID>`,
    ]);
  });
});
