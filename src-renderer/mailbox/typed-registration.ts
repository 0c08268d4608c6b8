import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { type Authority, type OAuthFlow, type OAuthSettings, possibleProofs } from '../../src-shared/domain/oauth.ts';

/** What is being typed about a sign-in at the provider, and what came of it. */
export interface TypedRegistration {
  /** The application's ID and the issuer may still be empty. */
  readonly oauth: OAuthSettings;
  /** The application's secret, or certificate with key; empty: as it is kept. */
  readonly clientSecret: string;
  /** The mailbox that the registration was taken over from. */
  readonly secretOf: MailboxId | null;
  readonly signedIn: { readonly signInId: string; readonly account: string | null } | null;
}

export function newRegistration(authority: Authority): TypedRegistration {
  const oauth: OAuthSettings = {
    authority,
    issuer: null,
    clientId: '',
    directoryId: '',
    flow: 'interactive',
    signInAs: '',
    proof: possibleProofs[authority].interactive[0] ?? 'none',
    scopes: null,
    endpoints: null,
    redirectPort: null,
  };
  return { oauth, clientSecret: '', secretOf: null, signedIn: null };
}

/** Where a person's sign-in may open a mailbox that has none. */
export const sharesMailboxes: ReadonlySet<Authority> = new Set(['microsoft', 'other']);

/** Another registration is another sign-in. */
export function withOAuth(typed: TypedRegistration, changes: Partial<OAuthSettings>): TypedRegistration {
  return { ...typed, oauth: { ...typed.oauth, ...changes }, signedIn: null };
}

/** Signed in, as the person for whose sign-in the mailbox is opened. */
export function withSignedIn(
  typed: TypedRegistration,
  signedIn: NonNullable<TypedRegistration['signedIn']>,
  signInAs: string,
): TypedRegistration {
  return { ...typed, oauth: { ...typed.oauth, signInAs }, signedIn };
}

export function withFlow(typed: TypedRegistration, flow: OAuthFlow): TypedRegistration {
  return withOAuth(typed, { flow, proof: possibleProofs[typed.oauth.authority][flow][0] ?? 'none' });
}

/** The registration of another mailbox at the same authority, of the same domain before others (R106: registered once for the company). */
export function knownRegistration(
  authority: Authority,
  address: string,
  mailboxes: readonly Mailbox[],
): { readonly typed: TypedRegistration; readonly name: string } | null {
  const domain = domainOf(address);
  const alike = mailboxes.filter(({ settings }) => settings.oauth?.authority === authority);
  const near = alike.find(({ settings }) => domainOf(settings.address) === domain);
  const found = near ?? (authority === 'other' ? undefined : alike[0]);
  if (!found?.settings.oauth) return null;
  // The application is the company's; who signs in is this mailbox's own matter.
  const oauth = { ...found.settings.oauth, signInAs: '' };
  const typed = { ...newRegistration(authority), oauth, secretOf: found.id };
  return { typed, name: found.settings.name };
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

export type RegistrationGap = 'issuer' | 'clientId' | 'directoryId' | 'clientSecret';

/** What is missing before a sign-in can be tried. `kept`: the vault has the secret. */
export function gapsOf({ oauth, clientSecret }: TypedRegistration, kept: boolean): ReadonlySet<RegistrationGap> {
  const { authority, issuer, endpoints, clientId, directoryId, flow, proof } = oauth;
  const elsewhere = authority === 'microsoft' && issuer !== null;
  const gaps: (RegistrationGap | false)[] = [
    authority === 'other' && endpoints === null && !isHttps(issuer) && 'issuer',
    clientId === '' && 'clientId',
    authority === 'microsoft' && flow === 'application' && directoryId === '' && !elsewhere && 'directoryId',
    proof !== 'none' && clientSecret === '' && !kept && 'clientSecret',
  ];
  return new Set(gaps.filter((gap) => gap !== false));
}

function isHttps(address: string | null): boolean {
  return address !== null && URL.canParse(address) && new URL(address).protocol === 'https:';
}

/** What a draft says of it. */
export function providerSignInOf({ clientSecret, secretOf, signedIn }: Omit<TypedRegistration, 'oauth'>) {
  const signIn: NonNullable<MailboxDraft['providerSignIn']> = {
    signInId: signedIn?.signInId ?? null,
    clientSecret: clientSecret || null,
    secretOf,
  };
  return { providerSignIn: signIn };
}
