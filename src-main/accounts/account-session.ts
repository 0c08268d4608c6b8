import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import { newExchange } from '../../src-shared/domain/exchange.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import {
  type Endpoint,
  type IncomingEndpoint,
  type MailboxSettings,
  type OutgoingEndpoint,
  signsInAtProvider,
} from '../../src-shared/domain/mailbox.ts';
import { openedMailbox } from '../../src-shared/domain/opened-mailbox.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { AskToken, Connectors, IncomingConnector, SignIn } from '../connectors/connectors.ts';
import type { Credentials, Direction } from '../credentials/credentials.ts';
import type { Store } from '../store/store.ts';
import { findMailbox } from './find-mailbox.ts';
import { nameMemory } from './name-memory.ts';
import type { ProviderSignIns } from './provider-sign-ins.ts';

/** The one way from a mailbox to a signed-in connection; secrets stay inside. */
export interface AccountSession {
  /** `mailbox.cannot-send`, `mailbox.only-sends` where that direction is not there, `vault.secret-missing` where the password is gone. */
  signInFor(mailboxId: MailboxId, direction: Direction): Promise<SignIn>;
  openIncoming(mailboxId: MailboxId, signal: AbortSignal): Promise<IncomingConnector>;
}

export interface AccountSessionParts {
  readonly store: Pick<Store, 'call'>;
  readonly credentials: Pick<Credentials, 'password'>;
  readonly connectors: Pick<Connectors, 'openIncoming'>;
  readonly providerSignIns: Pick<ProviderSignIns, 'askTokenOf'>;
}

export function createAccountSession(parts: AccountSessionParts): AccountSession {
  const { store, credentials, connectors, providerSignIns } = parts;
  const signInFor = async (mailboxId: MailboxId, direction: Direction): Promise<SignIn> => {
    const { settings } = await findMailbox(store, mailboxId);
    const endpoint = settings[direction];
    if (!endpoint)
      throw new AppError(direction === 'outgoing' ? 'mailbox.cannot-send' : 'mailbox.only-sends', {
        mailbox: settings.name,
      });
    if (endpoint.signIn === 'oauth2')
      return {
        mailboxId,
        ...byToken(endpoint, settings, providerSignIns.askTokenOf({ settings, mailboxId })),
      };
    return { mailboxId, ...signIn(endpoint, await savedPassword(credentials, mailboxId, direction)) };
  };
  return {
    signInFor,
    async openIncoming(mailboxId, signal) {
      const signIn = await signInFor(mailboxId, 'incoming');
      return connectors.openIncoming(signIn, signal, nameMemory(store, mailboxId, signIn));
    },
  };
}

/** Sign-ins of a draft: what was typed or done in it, else what the vault has for the saved mailbox. */
export async function signInsOf(
  draft: MailboxDraft,
  credentials: Pick<Credentials, 'password'>,
  providerSignIns: Pick<ProviderSignIns, 'askTokenOf'>,
): Promise<{ readonly incoming: SignIn | null; readonly outgoing: SignIn | null }> {
  const { incoming, outgoing } = draft.settings;
  const askToken = signsInAtProvider(draft.settings) ? providerSignIns.askTokenOf(draft) : undefined;
  const passwords = await passwordsOf(draft, credentials);
  const signInTo = (endpoint: IncomingEndpoint | OutgoingEndpoint, password: string | null): SignIn =>
    endpoint.signIn === 'oauth2' && askToken ? byToken(endpoint, draft.settings, askToken) : signIn(endpoint, password);
  return {
    incoming: incoming && signInTo(incoming, passwords.incoming),
    outgoing: outgoing && signInTo(outgoing, passwords.outgoing),
  };
}

/** The same of receiving alone. Throws `mailbox.only-sends`. */
export async function receivingSignInOf(
  draft: MailboxDraft,
  credentials: Pick<Credentials, 'password'>,
  providerSignIns: Pick<ProviderSignIns, 'askTokenOf'>,
): Promise<SignIn> {
  const receiving = { ...draft, settings: { ...draft.settings, outgoing: null } };
  const { incoming } = await signInsOf(receiving, credentials, providerSignIns);
  if (incoming === null) throw new AppError('mailbox.only-sends', { mailbox: draft.settings.name });
  return incoming;
}

async function passwordsOf(
  { settings, password, outgoingPassword, mailboxId }: MailboxDraft,
  credentials: Pick<Credentials, 'password'>,
): Promise<{ readonly incoming: string | null; readonly outgoing: string | null }> {
  const saved = async (direction: Direction) => mailboxId && savedPassword(credentials, mailboxId, direction);
  // What is kept first is the mailbox's one password, also where it only sends.
  const needsSaved = (settings.incoming ?? settings.outgoing)?.signIn === 'password' && password === null;
  const incoming = password ?? (needsSaved ? await saved('incoming') : null);
  if (settings.outgoing?.signIn !== 'password') return { incoming, outgoing: null };
  // Typed for a mailbox that only sends, it can be meant for nothing else.
  const meant = settings.incoming === null && password !== null;
  const asked = mailboxId !== null && outgoingPassword === null && !meant;
  const apart = asked ? await credentials.password(mailboxId, 'outgoing') : null;
  // An empty one is a wish: as the incoming password.
  return { incoming, outgoing: outgoingPassword || (apart ?? incoming) };
}

/** The outgoing password is kept apart only where it is another. */
async function savedPassword(
  credentials: Pick<Credentials, 'password'>,
  mailboxId: MailboxId,
  direction: Direction,
): Promise<string | null> {
  const apart = direction === 'outgoing' ? await credentials.password(mailboxId, 'outgoing') : null;
  return apart ?? credentials.password(mailboxId, 'incoming');
}

/** Graph and Exchange are told whose mailbox it is, wherever it is not that of whoever signs in. An application's may be anybody's: over Exchange it acts for the owner. */
function byToken(endpoint: IncomingEndpoint | OutgoingEndpoint, settings: MailboxSettings, askToken: AskToken): SignIn {
  const ready = { endpoint, password: '', askToken };
  const mailbox = openedMailbox(endpoint, settings);
  if (mailbox === '') return ready;
  if (endpoint.protocol === 'graph') return { ...ready, endpoint: { ...endpoint, graph: { mailbox } } };
  if (settings.oauth?.flow === 'application') return { ...ready, actsAs: mailbox };
  return { ...ready, endpoint: { ...endpoint, exchange: { ...(endpoint.exchange ?? newExchange), mailbox } } };
}

function signIn(endpoint: Endpoint, password: string | null): SignIn {
  if (endpoint.signIn === 'none') return { endpoint, password: '' };
  if (password === null || password === '') throw new AppError('vault.secret-missing', { host: endpoint.host });
  return { endpoint, password };
}
