import { isExchangeOnline } from '../domain/exchange.ts';
import type { Finding } from '../domain/finding.ts';
import type { IncomingEndpoint } from '../domain/mailbox.ts';
import { type Clues, finding, mailboxOf, placeIn, quoted, wordsIn } from './clues.ts';

/** Exchange Web Services, whose sign-in is right and which do not give the mailbox; of any other protocol null. */
export function exchangeFinding(clues: Clues): Finding | null {
  if (clues.protocol !== 'ews') return null;
  const mailbox = clues.actsAs ?? (openedIn(clues) || mailboxOf(clues));
  const params = { ...placeIn(clues), mailbox, serverWords: wordsIn(clues) };
  switch (clues.problem?.code) {
    case 'exchange.no-access':
      if (clues.actsAs === null) return null;
      return finding(
        'exchange-acts-for-nobody',
        params,
        isExchangeOnline(clues.endpoint.host) ? roleInTheCloud(mailbox) : onPremises(mailbox),
      );
    case 'exchange.no-mailbox':
      return finding('exchange-no-mailbox', params, [
        `Get-Recipient -Identity ${quoted(mailbox)} | Format-List RecipientTypeDetails, PrimarySmtpAddress`,
      ]);
    default:
      return null;
  }
}

/** Another's mailbox that is opened with this sign-in; empty: its own. */
function openedIn({ endpoint }: Clues): string {
  return (endpoint as Partial<IncomingEndpoint>).exchange?.mailbox ?? '';
}

const scope = (mailbox: string): string =>
  `New-ManagementScope -Name 'Mailroom mailboxes' -RecipientRestrictionFilter ${quoted(`PrimarySmtpAddress -eq ${quoted(mailbox)}`)}`;

/** RBAC for Applications: ApplicationImpersonation has ended there. */
export const roleInTheCloud = (mailbox: string): readonly string[] => [
  "New-ServicePrincipal -AppId <APPLICATION-ID> -ObjectId <ENTERPRISE-OBJECT-ID> -DisplayName 'Mailroom'",
  scope(mailbox),
  "New-ManagementRoleAssignment -App <ENTERPRISE-OBJECT-ID> -Role 'Application EWS.AccessAsApp' -CustomResourceScope 'Mailroom mailboxes'",
  `Test-ServicePrincipalAuthorization -Identity <ENTERPRISE-OBJECT-ID> -Resource ${quoted(mailbox)}`,
];

/** The rights of an application are those of the account that it is linked to. */
const onPremises = (mailbox: string): readonly string[] => [
  'Get-PartnerApplication | Format-List Name, ApplicationIdentifier, LinkedAccount',
  scope(mailbox),
  "New-ManagementRoleAssignment -Name 'Mailroom' -Role ApplicationImpersonation -User <LINKED-ACCOUNT> -CustomRecipientWriteScope 'Mailroom mailboxes'",
];
