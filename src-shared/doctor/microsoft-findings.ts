import type { Finding, FindingCode } from '../domain/finding.ts';
import { type Clues, finding, isApplication, mailboxOf, placeIn, quoted, rightHolder, wordsIn } from './clues.ts';
import { roleInTheCloud } from './exchange-findings.ts';

const cloudHost = /(^|\.)(outlook|office365|office|hotmail)\.com$|(^|\.)outlook\.office\.com$/i;

/** Sign-in service errors (AADSTS), by the number. */
const entraCodes: Readonly<Record<string, FindingCode>> = {
  '50126': 'entra-wrong-password',
  '50034': 'entra-unknown-user',
  '50053': 'entra-locked',
  '50057': 'entra-disabled',
  '50055': 'entra-password-expired',
  '50144': 'entra-password-expired',
  '50074': 'entra-second-factor',
  '50076': 'entra-second-factor',
  '50079': 'entra-second-factor',
  '50158': 'microsoft-policy',
  '53000': 'microsoft-policy',
  '53001': 'microsoft-policy',
  '53003': 'microsoft-policy',
  '65001': 'entra-consent',
  '90094': 'entra-consent',
  '700016': 'entra-unknown-application',
  '90002': 'entra-unknown-application',
  '7000215': 'entra-wrong-secret',
  '7000222': 'entra-secret-expired',
  '70008': 'entra-token-ended',
  '700082': 'entra-token-ended',
  '700084': 'entra-token-ended',
  '50173': 'entra-token-ended',
};

/** Exchange and Microsoft 365, by their own numbers and words; elsewhere null. */
export function microsoftFinding(clues: Clues): Finding | null {
  const said = wordsIn(clues);
  return entraFinding(clues, said) ?? submissionFinding(clues, said) ?? mailboxFinding(clues, said);
}

function entraFinding(clues: Clues, said: string): Finding | null {
  const [, number] = said.match(/\bAADSTS(\d{4,8})\b/) ?? [];
  if (number === undefined) return null;
  const params = { ...placeIn(clues), number: `AADSTS${number}`, login: clues.endpoint.login };
  return finding(Object.hasOwn(entraCodes, number) ? (entraCodes[number] as FindingCode) : 'entra-other', params);
}

/** SMTP AUTH: what Exchange answers to a sign-in, by the extended code. */
function submissionFinding(clues: Clues, said: string): Finding | null {
  if (clues.protocol !== 'smtp') return null;
  const mailbox = mailboxOf(clues);
  const params = { ...placeIn(clues), mailbox };
  if (/\b5\.7\.30\b/.test(said)) return finding('microsoft-smtp-retired', params);
  if (/SmtpClientAuth\w* is disabled for the Tenant/i.test(said)) {
    return finding('microsoft-smtp-off-tenant', params, [
      'Get-TransportConfig | Format-List SmtpClientAuthenticationDisabled',
      'Set-TransportConfig -SmtpClientAuthenticationDisabled $false',
    ]);
  }
  if (/SmtpClientAuth\w* is disabled/i.test(said)) {
    return finding('microsoft-smtp-off', params, [
      `Get-CASMailbox -Identity ${quoted(mailbox)} | Format-List SmtpClientAuthenticationDisabled`,
      `Set-CASMailbox -Identity ${quoted(mailbox)} -SmtpClientAuthenticationDisabled $false`,
    ]);
  }
  if (/\b5\.7\.139\b/.test(said)) {
    return finding(/credentials were incorrect/i.test(said) ? 'wrong-password' : 'microsoft-policy', {
      ...params,
      provider: clues.provider?.name ?? clues.endpoint.host,
      number: '5.7.139',
      login: clues.endpoint.login,
      serverWords: said,
    });
  }
  if (!/\b535 5\.7\.3\b/.test(said)) return null;
  return usesToken(clues)
    ? finding('microsoft-token-refused', params, [
        `Set-CASMailbox -Identity ${quoted(mailbox)} -SmtpClientAuthenticationDisabled $false`,
        ...accessByPermission(clues, mailbox),
        `Add-RecipientPermission -Identity ${quoted(mailbox)} -Trustee ${rightHolder(clues, mailbox)} -AccessRights SendAs`,
      ])
    : finding('microsoft-smtp-refused', { ...params, serverWords: said });
}

/** Exchange knows persons by themselves; an application it is told of. */
const accessByPermission = (clues: Clues, mailbox: string): readonly string[] => [
  ...(isApplication(clues) ? ['New-ServicePrincipal -AppId <APPLICATION-ID> -ObjectId <ENTERPRISE-OBJECT-ID>'] : []),
  `Add-MailboxPermission -Identity ${quoted(mailbox)} -User ${rightHolder(clues, mailbox)} -AccessRights FullAccess`,
];

function mailboxFinding(clues: Clues, said: string): Finding | null {
  if (clues.protocol === 'smtp' || clues.protocol === 'graph') return null;
  const mailbox = clues.actsAs ?? mailboxOf(clues);
  const params = { ...placeIn(clues), mailbox };
  const service = { imap: 'Imap', pop3: 'Pop', ews: 'Ews' }[clues.protocol];
  if (/authenticated but not connected/i.test(said)) {
    return finding('microsoft-not-connected', params, [
      `Set-CASMailbox -Identity ${quoted(mailbox)} -${service}Enabled $true`,
      ...accessByPermission(clues, mailbox),
    ]);
  }
  if (clues.problem?.code !== 'auth.rejected' || !cloudHost.test(clues.endpoint.host)) return null;
  return usesToken(clues)
    ? finding('microsoft-token-refused', params, [
        `Set-CASMailbox -Identity ${quoted(mailbox)} -${service}Enabled $true`,
        ...(clues.protocol === 'ews' && clues.actsAs !== null
          ? roleInTheCloud(clues.actsAs)
          : accessByPermission(clues, mailbox)),
      ])
    : finding('microsoft-password-retired', params);
}

/** Whatever is not a password and not nothing is a token. */
function usesToken({ endpoint: { signIn } }: Clues): boolean {
  return !['password', 'none'].includes(signIn);
}
