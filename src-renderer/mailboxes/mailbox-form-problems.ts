import { z } from 'zod';
import { type Endpoint, type MailboxSettings, signsInAtProvider } from '../../src-shared/domain/mailbox.ts';
import { serverPlace } from '../../src-shared/domain/server-place.ts';
import type { TextKey } from '../../src-shared/i18n/i18n.ts';
import { gapsOf, type RegistrationGap } from '../mailbox/typed-registration.ts';
import { same } from './typed-settings.ts';
import type { TypedMailbox } from './use-typed-mailbox.ts';

export interface FormProblems {
  readonly name?: TextKey;
  readonly incomingHost?: TextKey | undefined;
  readonly outgoingHost?: TextKey | undefined;
  readonly fromAddress?: TextKey;
  readonly replyTo?: TextKey;
  /** What is missing of the provider's sign-in. */
  readonly signIn?: ReadonlySet<RegistrationGap>;
  /** The registration is whole, but nobody has signed in with it. */
  readonly notSignedIn?: TextKey;
}

const emailOrEmpty = z.union([z.literal(''), z.email()]);

/** What cannot be saved, by field. An empty sender identity can: it only means that nothing is sent (R51). */
export function problemsOf({ name, incoming, outgoing, sender }: MailboxSettings): FormProblems {
  return {
    ...(name.trim() === '' ? { name: 'mailboxPage.missing' } : {}),
    ...(hostProblem(incoming) ? { incomingHost: hostProblem(incoming) } : {}),
    ...(hostProblem(outgoing) ? { outgoingHost: hostProblem(outgoing) } : {}),
    ...(emailOrEmpty.safeParse(sender.fromAddress).success ? {} : { fromAddress: 'sender.invalid' }),
    ...(emailOrEmpty.safeParse(sender.replyTo).success ? {} : { replyTo: 'sender.invalid' }),
  };
}

/** What is wrong with the name of a server, once it is to be used. */
export function hostProblem(endpoint: Pick<Endpoint, 'host'> | null): TextKey | undefined {
  if (endpoint === null) return undefined;
  if (endpoint.host === '') return 'mailboxPage.hostMissing';
  return serverPlace(endpoint.host) === null ? 'endpoint.hostWrong' : undefined;
}

/** Of the provider's sign-in: one that is saved is taken for good, a new registration wants a new sign-in. */
export function problemsOfSignIn(typed: TypedMailbox, saved: MailboxSettings): FormProblems {
  return same(typed.settings.oauth, saved.oauth) ? {} : problemsOfOwnSignIn(typed, saved);
}

/** The same of a connection beside the saved one, which shares the application's secret with it and no person's sign-in. */
export function problemsOfOwnSignIn({ settings, providerSignIn }: TypedMailbox, saved: MailboxSettings): FormProblems {
  const { oauth } = settings;
  if (oauth === null || !signsInAtProvider(settings)) return {};
  const signIn = gapsOf({ ...providerSignIn, oauth }, same(oauth, saved.oauth));
  if (signIn.size > 0) return { signIn };
  return oauth.flow === 'interactive' && providerSignIn.signedIn === null
    ? { notSignedIn: 'providerSignIn.notYet' }
    : {};
}
