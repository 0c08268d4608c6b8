import type { Finding } from '../domain/finding.ts';
import type { IncomingEndpoint } from '../domain/mailbox.ts';
import { type Clues, finding, isApplication, mailboxOf, placeIn, quoted, rightHolder, wordsIn } from './clues.ts';

/** Microsoft Graph, whose sign-in is right and which does not give the mailbox; of any other protocol null. */
export function graphFinding(clues: Clues): Finding | null {
  if (clues.protocol !== 'graph') return null;
  const mailbox = openedIn(clues) || mailboxOf(clues);
  const params = { ...placeIn(clues), mailbox, serverWords: wordsIn(clues) };
  switch (clues.problem?.code) {
    case 'graph.no-access':
      return finding('graph-no-access', params, [
        ...(isApplication(clues) ? [] : ofPerson(clues, mailbox)),
        ...(isApplication(clues) || clues.oauth === null ? ofApplication(mailbox) : []),
      ]);
    case 'graph.no-mailbox':
      return finding('graph-no-mailbox', params, [
        `Get-Recipient -Identity ${quoted(mailbox)} | Format-List RecipientTypeDetails, PrimarySmtpAddress`,
      ]);
    default:
      return null;
  }
}

const ofPerson = (clues: Clues, mailbox: string): readonly string[] => [
  `Add-MailboxPermission -Identity ${quoted(mailbox)} -User ${rightHolder(clues, mailbox)} -AccessRights FullAccess`,
  `Add-RecipientPermission -Identity ${quoted(mailbox)} -Trustee ${rightHolder(clues, mailbox)} -AccessRights SendAs`,
];

/** Which of its roles reach the mailbox; access policies are the older way to the same. */
const ofApplication = (mailbox: string): readonly string[] => [
  `Test-ServicePrincipalAuthorization -Identity <ENTERPRISE-OBJECT-ID> -Resource ${quoted(mailbox)}`,
  `Test-ApplicationAccessPolicy -Identity ${quoted(mailbox)} -AppId <APPLICATION-ID>`,
];

/** Another's mailbox that is opened with this sign-in; empty: its own. */
function openedIn({ endpoint }: Clues): string {
  return (endpoint as Partial<IncomingEndpoint>).graph?.mailbox ?? '';
}
