import { expect, test } from 'vitest';
import { connectionReport, shortName } from '../../../../src-shared/doctor/connection-report.ts';
import type { ConnectionCheck } from '../../../../src-shared/domain/connection-check.ts';
import { oauthSettingsSchema } from '../../../../src-shared/domain/oauth.ts';
import { createTranslate } from '../../../../src-shared/i18n/i18n.ts';
import { cannedMailboxes } from '../../../support/canned-mailboxes.ts';

test.each([
  ['support@company.example', 'su…@company.example'],
  ['bob@company.example', 'b…@company.example'],
  ['administrator', 'ad…'],
])('%s becomes %s', (name, short) => {
  expect(shortName(name)).toBe(short);
});

const [mailbox] = cannedMailboxes;
if (mailbox === undefined) throw new Error('there is no mailbox to report about');
const login = 'robert.king';
const signInAs = 'delegate';
const oauth = oauthSettingsSchema.parse({ authority: 'microsoft', clientId: 'an-application', signInAs });
const settings = { ...mailbox.settings, oauth, incoming: { ...mailbox.settings.incoming, login } };
const check: ConnectionCheck = {
  ok: false,
  certificate: null,
  steps: [
    { name: 'connect', milliseconds: 12.5, seen: '203.0.113.7:993', problem: null, finding: null },
    {
      name: 'sign-in',
      milliseconds: 40,
      seen: '',
      problem: {
        code: 'auth.rejected',
        params: { host: 'imap.example', serverWords: 'no robert@company.example here' },
      },
      finding: {
        code: 'microsoft-not-connected',
        params: { host: 'imap.example', mailbox: 'shared.desk@company.example' },
        commands: [
          `Add-MailboxPermission -Identity 'shared.desk@company.example' -User '${login}'`,
          `Add-RecipientPermission -Identity 'shared.desk@company.example' -Trustee '${signInAs}'`,
        ],
      },
    },
    {
      name: 'smtp-sign-in',
      milliseconds: 1,
      seen: '',
      problem: {
        code: 'auth.rejected',
        params: { host: 'smtp.example', serverWords: 'no robert@company.example here' },
      },
      finding: null,
    },
  ],
};

test.each(['en', 'ru'] as const)(
  'a report in %s can be sent on: hosts stay, addresses and logins only begin',
  (language) => {
    const report = connectionReport(createTranslate(language), { check, settings, at: 0 });
    expect(report).toContain(`${settings.incoming.host}:${settings.incoming.port}`);
    expect(report).toContain('203.0.113.7:993');
    expect(report).toContain("Add-MailboxPermission -Identity 'sh…@company.example' -User 'ro…'");
    expect(report).toContain('[microsoft-not-connected]');
    for (const name of ['robert', 'shared.desk', settings.address, login, signInAs]) expect(report).not.toContain(name);
    expect(report).not.toContain('{{');
  },
);
