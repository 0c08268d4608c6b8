import { serveMaildrop } from '../../support/scripted-maildrop.ts';
import { startScriptedServer } from '../../support/scripted-server.ts';
import { imapOf, pop3To, signInTo } from '../sign-in.ts';
import { type Fault, fault, imapRefusing, imapSaying, provider, scripted, smtpRefusing } from './patient.ts';

const signInFaults: readonly Fault[] = [
  fault('a wrong password', 'wrong-password', async ({ dovecot }) => ({
    incoming: { ...imapOf(dovecot, 'tls'), password: 'wrong' },
    patience: 5_000,
  })),
  fault(
    'Gmail wants an app password',
    'app-password-needed',
    imapRefusing(
      'NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
      { provider: provider('Gmail', 'https://myaccount.google.com/apppasswords') },
    ),
  ),
  fault(
    'Mail.ru wants one too',
    'app-password-needed',
    imapRefusing(
      'NO [AUTHENTICATIONFAILED] NEOBHODIM parol prilozheniya https://help.mail.ru/mail/security/protection/external / Application password is REQUIRED',
      { provider: provider('Mail.ru') },
    ),
  ),
  fault(
    'Gmail over SMTP',
    'app-password-needed',
    smtpRefusing(
      '534-5.7.9 Application-specific password required. For more information, go to\r\n534 5.7.9  https://support.google.com/mail/?p=InvalidSecondFactor',
    ),
  ),
  fault(
    'Yandex has its access for programs off',
    'imap-off',
    imapRefusing('NO [AUTHENTICATIONFAILED] LOGIN This user does not have access rights to this service', {
      provider: provider('Yandex'),
    }),
  ),
  fault(
    'Gmail has IMAP off',
    'imap-off',
    imapRefusing('NO [ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page'),
  ),
  fault('POP3 switched off', 'pop3-off', async () => {
    const server = await startScriptedServer((line) =>
      serveMaildrop(line, {
        letters: [],
        replies: [[/^PASS/, '-ERR [SYS/PERM] Your account is not enabled for POP access.\r\n']],
      }),
    );
    return { incoming: pop3To(server.port), stop: server.stop };
  }),
  fault(
    'Gmail wants to see a person',
    'browser-sign-in',
    imapRefusing('NO [WEBALERT https://accounts.google.com/x] Web login required.'),
  ),
  fault(
    'an account locked after too many tries',
    'account-locked',
    imapRefusing('NO [AUTHENTICATIONFAILED] Account is locked'),
  ),
  fault(
    'too many connections',
    'too-many-connections',
    imapRefusing('NO [ALERT] Too many simultaneous connections. (Failure)'),
  ),
  fault('a mailbox that another program has', 'too-many-connections', async () => {
    const server = await startScriptedServer((line) =>
      serveMaildrop(line, {
        letters: [],
        replies: [[/^PASS/, '-ERR [IN-USE] Do you have another POP session running?\r\n']],
      }),
    );
    return { incoming: pop3To(server.port), stop: server.stop };
  }),
  fault('a mailbox that is full', 'over-quota', imapRefusing('NO [OVERQUOTA] Mailbox is over its quota')),
  fault('passwords only after encryption', 'not-encrypted', imapRefusing('OK', {}, 'IMAP4rev1 LOGINDISABLED')),
  fault('SMTP without sign-in', 'sign-in-not-offered', ({ dovecot }) =>
    scripted(
      async (line) => {
        await line.secure(dovecot.certificates.valid);
        await line.send('220 ready\r\n');
        await line.expect(/^EHLO/);
        await line.send('250 here\r\n');
        await line.stall();
      },
      (port) => ({ incoming: null, outgoing: signInTo(port, 'tls') }),
    ),
  ),
  fault('a server that is shutting down', 'server-busy', () =>
    scripted(
      async (line) => {
        await line.send('* BYE Server shutting down for maintenance\r\n');
        line.end();
      },
      (port) => ({ incoming: signInTo(port) }),
    ),
  ),
];

const microsoftFaults: readonly Fault[] = [
  fault('authenticated but not connected', 'microsoft-not-connected', () =>
    imapSaying(
      [{ to: /^NAMESPACE/, end: 'BAD User is authenticated but not connected.' }],
      { address: 'support@contoso.example' },
      'IMAP4rev1 NAMESPACE',
    ),
  ),
  fault(
    'SMTP sign-in off for the mailbox',
    'microsoft-smtp-off',
    smtpRefusing(
      '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.',
    ),
  ),
  fault(
    'SMTP sign-in off for the tenant',
    'microsoft-smtp-off-tenant',
    smtpRefusing(
      '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.',
    ),
  ),
  fault(
    'passwords retired for sending',
    'microsoft-smtp-retired',
    smtpRefusing('550 5.7.30 Basic authentication is not supported for Client Submission.'),
  ),
  fault(
    '535 5.7.3',
    'microsoft-smtp-refused',
    smtpRefusing('535 5.7.3 Authentication unsuccessful [AM0PR01CA0001.example]'),
  ),
  fault(
    'a rule of the organisation',
    'microsoft-policy',
    smtpRefusing(
      '535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.',
    ),
  ),
  fault(
    'a client secret that has ended',
    'entra-secret-expired',
    imapRefusing('NO [AUTHENTICATIONFAILED] AADSTS7000222: The provided client secret keys for app are expired.'),
  ),
  fault(
    'a second factor asked for',
    'entra-second-factor',
    imapRefusing(
      'NO [AUTHENTICATIONFAILED] AADSTS50076: Due to a configuration change made by your administrator, you must use multi-factor authentication.',
    ),
  ),
];

const folderFaults: readonly Fault[] = [
  fault('no folder at all', 'folders-none', () => imapSaying([{ to: /^LIST/, lines: [] }])),
  fault('folders only behind a prefix', 'folders-behind-prefix', () =>
    imapSaying(
      [
        { to: /^LIST/, lines: [] },
        { to: /^NAMESPACE/, lines: ['* NAMESPACE (("mail/" "/")) NIL NIL'] },
      ],
      {},
      'IMAP4rev1 NAMESPACE',
    ),
  ),
  fault('a mailbox without an inbox', 'no-inbox', () =>
    imapSaying([{ to: /^LIST/, lines: ['* LIST (\\HasNoChildren) "/" Shared'] }]),
  ),
  fault('an inbox that must not be read', 'letter-refused', () =>
    imapSaying([{ to: /^EXAMINE/, end: 'NO [NOPERM] Permission denied' }]),
  ),
  fault('a server that keeps no marks of ours', 'flag-not-kept', () =>
    imapSaying(
      [
        {
          to: /^SELECT/,
          lines: ['* 1 EXISTS', '* OK [UIDVALIDITY 7] v', '* OK [PERMANENTFLAGS (\\Seen)] only', '* FLAGS (\\Seen)'],
        },
      ],
      { writeFlag: true },
    ),
  ),
];

/** From the sign-in on. */
export const mailboxFaults: readonly Fault[] = [...signInFaults, ...microsoftFaults, ...folderFaults];
