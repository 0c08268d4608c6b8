import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import { type MailboxSettings, signsInAtProvider } from '../../src-shared/domain/mailbox.ts';
import { mainServerOf } from '../../src-shared/domain/mailbox-directions.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { SecretName } from '../credentials/credentials.ts';
import type { OwnedSecrets } from './owned-secrets.ts';
import type { ProviderSignIns } from './provider-sign-ins.ts';

interface SecretParts {
  readonly credentials: Pick<OwnedSecrets, 'password'>;
  readonly providerSignIns: Pick<ProviderSignIns, 'secretsToKeep'>;
}

/**
 * Everything that a connection beside the running one signs in with: what was typed or done, else a copy of what the mailbox has; a password is shown to no other host than
 * before, and a person's sign-in is never copied. Throws `vault.secret-missing` and `auth.sign-in-missing`.
 */
export async function candidateSecrets(
  parts: SecretParts,
  draft: MailboxDraft,
  running: MailboxSettings,
): Promise<ReadonlyMap<SecretName, string>> {
  return new Map([...(await passwordsFor(parts, draft, running)), ...(await proofsFor(parts, draft))]);
}

async function passwordsFor(
  { credentials }: SecretParts,
  { settings, password, outgoingPassword, mailboxId }: MailboxDraft,
  running: MailboxSettings,
): Promise<readonly (readonly [SecretName, string])[]> {
  const { incoming, outgoing } = settings;
  const kept = async (direction: 'incoming' | 'outgoing', there: string, here?: string): Promise<string | null> =>
    mailboxId !== null && there.toLowerCase() === here?.toLowerCase()
      ? credentials.password(mailboxId, direction)
      : null;
  const apart =
    outgoing?.signIn === 'password'
      ? outgoingPassword ||
        (outgoingPassword === null ? await kept('outgoing', outgoing.host, running.outgoing?.host) : null)
      : null;
  const wanted = incoming?.signIn === 'password' || (outgoing?.signIn === 'password' && apart === null);
  // Received with a token and sent with a password: the one that there is goes to the server that takes letters, and to no other.
  const onlySendsByPassword = incoming !== null && incoming.signIn !== 'password';
  const there = onlySendsByPassword && outgoing !== null ? outgoing.host : mainServerOf(settings).host;
  const here = onlySendsByPassword ? running.outgoing?.host : mainServerOf(running).host;
  const first = password || (wanted ? await kept('incoming', there, here) : null);
  if (wanted && first === null) throw new AppError('vault.secret-missing', { host: there });
  const name = onlySendsByPassword ? 'outgoing' : 'incoming';
  return [
    ...(first !== null && wanted ? ([[name, first]] as const) : []),
    ...(apart !== null ? ([['outgoing', apart]] as const) : []),
  ];
}

async function proofsFor({ providerSignIns }: Pick<SecretParts, 'providerSignIns'>, draft: MailboxDraft) {
  const { settings } = draft;
  // Kept for later where nothing signs in with it.
  if (settings.oauth === null || !signsInAtProvider(settings)) return [];
  const changes = new Map(await providerSignIns.secretsToKeep(draft));
  // Many an authority takes a grant once: a copy that is renewed uses up the other, and when that one comes, both are withdrawn (RFC 9700, 4.14.2).
  if (settings.oauth.flow === 'interactive' && !changes.get('grant'))
    throw new AppError('auth.sign-in-missing', { host: mainServerOf(settings).host });
  return [...changes].filter((change): change is [SecretName, string] => change[1] !== null);
}
