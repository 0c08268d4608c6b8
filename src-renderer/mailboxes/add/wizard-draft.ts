import type { MailboxDraft } from '../../../src-shared/contract/mailboxes.ts';
import { isOverHttp, type MailboxSettings, noGivenDates } from '../../../src-shared/domain/mailbox.ts';
import { providerSignInOf } from '../../mailbox/typed-registration.ts';
import { asOnServer } from '../afterwards.ts';
import type { Wizard } from './wizard.ts';

export function settingsOf(wizard: Wizard): MailboxSettings {
  const { address, name, senderName, loading, afterwards, collectsTickets, way, registration, use } = wizard;
  const relay = wizard.outgoing?.signIn === 'none';
  const outgoing = wizard.outgoing && !relay ? { ...wizard.outgoing, signIn: way } : wizard.outgoing;
  return {
    name: name.trim() || address,
    address,
    description: '',
    incoming: use === 'sends' ? null : { ...wizard.incoming, signIn: way },
    outgoing: use === 'receives' ? null : outgoing,
    oauth: way === 'oauth2' && registration ? registration.oauth : null,
    sender: { fromAddress: address, fromName: senderName, replyTo: address },
    loading,
    afterwards: asOnServer(afterwards, wizard.serverFolders ?? []),
    collectsTickets: use !== 'sends' && collectsTickets,
    log: 'errors',
    dates: noGivenDates,
  };
}

export function draftOf(wizard: Wizard): MailboxDraft {
  const { way, registration } = wizard;
  return {
    settings: settingsOf(wizard),
    password: way === 'password' ? wizard.password : null,
    outgoingPassword: hasOutgoingPassword(wizard) ? wizard.outgoingPassword || null : null,
    mailboxId: null,
    ...(way === 'oauth2' && registration ? providerSignInOf(registration) : {}),
  };
}

/** Only beside a receiving server, by SMTP and with a password is there a second one to ask for. */
export function hasOutgoingPassword(wizard: Wizard): boolean {
  const { way, use, outgoing } = wizard;
  if (way !== 'password' || outgoing === null || use !== 'both') return false;
  return outgoing.signIn !== 'none' && !isOverHttp(outgoing.protocol);
}
