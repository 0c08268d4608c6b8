import type { MailboxDraft } from '../../../src-shared/contract/mailboxes.ts';
import { type Endpoint, isOverHttp, type MailboxSettings, noGivenDates } from '../../../src-shared/domain/mailbox.ts';
import { providerSignInOf } from '../../mailbox/typed-registration.ts';
import { asOnServer } from '../afterwards.ts';
import { apart } from '../endpoint-fields.tsx';
import type { Wizard } from './wizard.ts';

export function settingsOf(wizard: Wizard): MailboxSettings {
  const { address, name, senderName, loading, afterwards, collectsTickets, way, registration, use } = wizard;
  const relay = wizard.outgoing?.signIn === 'none' && !isOverHttp(wizard.outgoing.protocol);
  const outgoing = wizard.outgoing && apart(relay ? wizard.outgoing : signedInBy(wizard.outgoing, way));
  return {
    name: name.trim() || address,
    address,
    description: '',
    incoming: use === 'sends' ? null : apart(signedInBy(wizard.incoming, way)),
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

/** A server that asks nobody who he is (Exchange without authentication) is asked without a password. */
function signedInBy<E extends Endpoint>(endpoint: E, way: Wizard['way']): E {
  return way === 'password' && endpoint.signIn === 'none' ? endpoint : { ...endpoint, signIn: way };
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
