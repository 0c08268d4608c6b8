import type { Exchange } from './exchange.ts';
import type { Graph } from './graph.ts';
import type { OAuthSettings } from './oauth.ts';

interface OpeningEndpoint {
  readonly protocol?: string | undefined;
  readonly login: string;
  readonly signIn: string;
  readonly exchange?: Exchange | undefined;
  readonly graph?: Graph | undefined;
}

interface SignedInFor {
  readonly address: string;
  readonly oauth: Pick<OAuthSettings, 'flow' | 'signInAs'> | null;
}

interface Opening extends SignedInFor {
  readonly incoming: OpeningEndpoint | null;
  readonly outgoing: OpeningEndpoint | null;
}

/**
 * Address of the mailbox that Graph or Exchange is asked for; empty: the sign-in's own. An application has no mailbox, and a person who signs in for a mailbox has one that is
 * not meant: without its name that person's private letters would be opened. Over other protocols the login says it.
 */
export function openedMailbox(endpoint: OpeningEndpoint, settings: SignedInFor): string {
  const named = namedMailbox(endpoint);
  const byName = endpoint.protocol === 'graph' || endpoint.protocol === 'ews';
  if (named !== '' || !byName || endpoint.signIn !== 'oauth2') return named;
  return settings.oauth?.flow === 'application' || signsInForIt(settings) ? settings.address : '';
}

/** The one that was chosen by name, whatever signs in. */
function namedMailbox({ protocol, exchange, graph }: OpeningEndpoint): string {
  if (protocol === 'graph') return graph?.mailbox ?? '';
  return protocol === 'ews' ? (exchange?.mailbox ?? '') : '';
}

function signsInForIt({ oauth, address }: SignedInFor): boolean {
  if (oauth === null || oauth.flow !== 'interactive') return false;
  return oauth.signInAs !== '' && !sameName(oauth.signInAs, address);
}

/**
 * Did somebody else sign in than the mailbox, or whoever was to sign in for it? It may be the same person under another name. Without a name there is nothing to tell, and where a
 * mailbox is named in so many words any account may open it.
 */
export function isAnotherAccount(account: string | null, settings: Opening): account is string {
  const { address, oauth, incoming, outgoing } = settings;
  if (account === null || account.trim() === '' || oauth?.flow !== 'interactive') return false;
  const endpoints = [incoming, outgoing].filter((endpoint) => endpoint !== null);
  if (endpoints.some((endpoint) => namedMailbox(endpoint) !== '')) return false;
  const expected = [address, oauth.signInAs, ...endpoints.map(({ login }) => login)];
  // Some authorities tell the name alone, without its domain.
  return !expected.some((name) => sameName(name, account) || sameName(name.split('@', 1)[0] ?? '', account));
}

const sameName = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();
