import { randomUUID } from 'node:crypto';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { mailUsesOf } from '../../src-shared/domain/mail-uses.ts';
import type { MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { mainServerOf } from '../../src-shared/domain/mailbox-directions.ts';
import { sameRegistration } from '../../src-shared/domain/oauth.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { AskToken } from '../connectors/connectors.ts';
import type { SecretName } from '../credentials/credentials.ts';
import type { GrantSlot, Registration, SignIns, TokenOwner } from '../sign-in/sign-in.ts';
import type { Store } from '../store/store.ts';
import { certificateEnd } from './certificate-end.ts';
import type { NoteDate } from './date-radar.ts';
import { findRegistration } from './find-mailbox.ts';
import type { OwnedSecrets } from './owned-secrets.ts';

type SignInDraft = Pick<MailboxDraft, 'settings' | 'mailboxId' | 'providerSignIn'>;

export interface DoneSignIn {
  readonly signInId: string;
  readonly account: string | null;
}

/** The sign-ins of mailboxes at their providers: those in the vault, and those that were just made and are not saved yet. */
export interface ProviderSignIns {
  signIn(draft: SignInDraft, signal: AbortSignal): Promise<DoneSignIn>;
  /** Tokens for a saved mailbox, or for a draft of one. */
  askTokenOf(draft: SignInDraft): AskToken;
  /** What saving the draft puts into the vault; null: is to be deleted. */
  secretsToKeep(draft: SignInDraft): Promise<readonly (readonly [SecretName, string | null])[]>;
  /** The draft was saved: its sign-in is the mailbox's now. */
  saved(draft: SignInDraft, mailboxId: MailboxId): void;
  /** The same, as the connection's that lies beside it. */
  prepared(draft: SignInDraft): void;
  forget(mailboxId: MailboxId): void;
}

interface Pending {
  grant: string | null;
  readonly madeAt: number;
}

/** A wizard that was left does not come back for its sign-in. */
const longestPending = 60 * 60_000;

export interface ProviderSignInParts {
  readonly signIns: SignIns;
  readonly credentials: Pick<OwnedSecrets, 'secret' | 'vaultOf' | 'vault'>;
  readonly store: Pick<Store, 'call'>;
  readonly now?: () => number;
  readonly noteDate?: NoteDate;
}

export function createProviderSignIns(parts: ProviderSignInParts): ProviderSignIns {
  const { signIns, credentials, store, now = Date.now, noteDate = () => {} } = parts;
  const pending = new Map<string, Pending>();
  const pendingOf = (draft: SignInDraft): Pending | null => {
    for (const [id, { madeAt }] of pending) if (now() - madeAt > longestPending) drop(id);
    const id = draft.providerSignIn?.signInId ?? null;
    if (id === null) return null;
    const made = pending.get(id);
    if (made === undefined) throw new AppError('auth.sign-in-missing', { host: mainServerOf(draft.settings).host });
    return made;
  };
  const drop = (id: string): void => {
    pending.delete(id);
    signIns.forget(id);
  };
  const proofOf = async ({ settings, mailboxId, providerSignIn }: SignInDraft): Promise<string | null> => {
    if (settings.oauth === null || settings.oauth.proof === 'none') return null;
    const typed = providerSignIn?.clientSecret;
    if (typed) return typed;
    const owner = providerSignIn?.secretOf ?? mailboxId;
    return owner !== null && (await isRegistered(owner, settings)) ? credentials.secret(owner, 'client') : null;
  };
  /** What is kept for a mailbox goes to the authority that it is from, and to no other that a draft may name. */
  const isRegistered = async (mailboxId: MailboxId, { oauth }: MailboxSettings): Promise<boolean> =>
    sameRegistration(await findRegistration(store, mailboxId), oauth);
  const registrationOf = async (draft: SignInDraft): Promise<Registration> => {
    const { oauth, address } = draft.settings;
    if (oauth === null) throw new AppError('auth.sign-in-missing', { host: mainServerOf(draft.settings).host });
    return {
      oauth,
      uses: mailUsesOf(draft.settings),
      loginHint: oauth.signInAs || address,
      proof: await proofOf(draft),
    };
  };
  const ownerOf = async (draft: SignInDraft): Promise<TokenOwner> => {
    const made = pendingOf(draft);
    const { mailboxId } = draft;
    const registration = await registrationOf(draft);
    if (mailboxId !== null) noteProof(mailboxId, registration);
    const key = (made && draft.providerSignIn?.signInId) ?? mailboxId ?? 'draft';
    return { key, registration, slot: slotOf(made, draft, mailboxId && (await credentials.vaultOf(mailboxId))) };
  };
  const noteProof = (mailboxId: MailboxId, { oauth, proof }: Registration): void => {
    const endsAt = oauth.proof === 'certificate' && proof !== null ? certificateEnd(proof) : null;
    if (endsAt !== null) noteDate(mailboxId, 'client-certificate-ends', endsAt);
  };
  /** What comes of a renewal is kept with the grant that was renewed, though another connection may be in force by then. */
  const slotOf = (made: Pending | null, draft: SignInDraft, vaultId: MailboxId | null): GrantSlot => {
    const { mailboxId, settings } = draft;
    if (made) {
      return {
        read: async () => made.grant,
        write: async (grant) => {
          made.grant = grant;
        },
      };
    }
    return {
      read: async () =>
        mailboxId !== null && vaultId !== null && (await isRegistered(mailboxId, settings))
          ? credentials.vault.secret(vaultId, 'grant')
          : null,
      write: async (grant) => {
        if (mailboxId === null || vaultId === null) return;
        await credentials.vault.putSecret(vaultId, 'grant', grant);
        noteDate(mailboxId, 'grant-renewed', now());
      },
    };
  };
  return {
    async signIn(draft, signal) {
      const registration = await registrationOf(draft);
      const granted = await signIns.signIn(registration, signal);
      const signInId = randomUUID();
      pending.set(signInId, { grant: granted.grant, madeAt: now() });
      signIns.hold({ key: signInId, registration }, granted);
      return { signInId, account: granted.account };
    },
    askTokenOf: (draft) => {
      const ask: AskToken = async (refused, signal) => signIns.tokenFor(await ownerOf(draft), refused, signal);
      return Object.assign(ask, { isHeld: async () => signIns.holds(await ownerOf(draft)) });
    },
    async secretsToKeep(draft) {
      const { oauth } = draft.settings;
      if (oauth === null) {
        const none: readonly (readonly [SecretName, null])[] = [
          ['grant', null],
          ['client', null],
        ];
        return draft.mailboxId === null ? [] : none;
      }
      const made = pendingOf(draft);
      const proof = await proofOf(draft);
      const { mailboxId, settings } = draft;
      const stays = made === null && (mailboxId === null || (await isRegistered(mailboxId, settings)));
      return [...(stays ? [] : ([['grant', made?.grant ?? null]] as const)), ['client', proof] as const];
    },
    saved({ providerSignIn }, mailboxId) {
      if (!providerSignIn?.signInId) return;
      noteDate(mailboxId, 'grant-renewed', now());
      signIns.forget(mailboxId);
      drop(providerSignIn.signInId);
    },
    prepared({ providerSignIn }) {
      if (providerSignIn?.signInId) drop(providerSignIn.signInId);
    },
    forget: (mailboxId) => signIns.forget(mailboxId),
  };
}
