import { randomUUID } from 'node:crypto';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import type { ServerFolder } from '../../src-shared/domain/folder.ts';
import { type MailboxId, mailboxIdSchema } from '../../src-shared/domain/ids.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { endpointsOf } from '../../src-shared/domain/mailbox-directions.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { SecretName } from '../credentials/credentials.ts';
import type { Store } from '../store/store.ts';
import { findMailbox } from './find-mailbox.ts';
import { type OwnedSecrets, sweepVault } from './owned-secrets.ts';
import type { ProviderSignIns } from './provider-sign-ins.ts';

export interface MailboxToAdd {
  readonly draft: MailboxDraft;
  readonly folders: readonly (ServerFolder & { readonly selected: boolean })[];
  readonly demo: boolean;
  readonly now: number;
}

interface SaveParts {
  readonly store: Pick<Store, 'call'>;
  readonly credentials: OwnedSecrets;
  readonly providerSignIns: Pick<ProviderSignIns, 'secretsToKeep' | 'saved' | 'forget'>;
}

/** Secrets first, then rows: a mailbox that is seen can sign in. When the rows fail, the secrets go again. */
export async function addMailbox(parts: SaveParts, { draft, folders, demo, now }: MailboxToAdd) {
  const { store, providerSignIns } = parts;
  const { settings } = draft;
  await refuseTakenName(store, settings.name, null);
  const id = mailboxIdSchema.parse(randomUUID());
  const mailbox: Mailbox = { id, enabled: true, demo, createdAt: now, settings };
  const undo = await replaceSecrets(parts, id, draft);
  try {
    await store.call('mailboxes.put', { mailbox });
    await store.call('folders.put', { mailboxId: id, folders: [...folders] });
    providerSignIns.saved(draft, id);
    return mailbox;
  } catch (error) {
    await Promise.allSettled([store.call('mailboxes.remove', { mailboxId: id, keepLetters: false }), undo()]);
    throw error;
  }
}

/** What was not typed stays as it is in the vault. `moving` as in `mailboxes.put`. */
export async function updateMailbox(
  parts: SaveParts,
  draft: MailboxDraft,
  moving?: { readonly owner: string; readonly at: number },
): Promise<Mailbox> {
  const { store, providerSignIns } = parts;
  if (draft.mailboxId === null) throw new AppError('mailbox.unknown');
  const before = await findMailbox(store, draft.mailboxId);
  await refuseTakenName(store, draft.settings.name, before.id);
  const mailbox: Mailbox = { ...before, settings: draft.settings };
  const undo = await replaceSecrets(parts, before.id, draft);
  try {
    await store.call('mailboxes.put', { mailbox, moving });
    providerSignIns.saved(draft, before.id);
    return mailbox;
  } catch (error) {
    await undo().catch(() => undefined);
    throw error;
  }
}

/** Rows first, with a word of which secrets are left; those of a vault that fails then are removed at the next chance. */
export async function removeMailbox(
  { store, credentials, providerSignIns }: SaveParts,
  mailboxId: MailboxId,
  keepMail: boolean,
): Promise<() => Promise<void>> {
  await findMailbox(store, mailboxId);
  await store.call('mailboxes.remove', { mailboxId, keepLetters: keepMail });
  return async () => {
    providerSignIns.forget(mailboxId);
    await sweepVault(credentials, store);
  };
}

/** Asked before anything is written; the store's own refusal stays the last word. */
async function refuseTakenName(store: Pick<Store, 'call'>, name: string, own: MailboxId | null): Promise<void> {
  const taken = (await store.call('mailboxes.list', undefined)).some(
    ({ id, settings }) => id !== own && settings.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken) throw new AppError('mailbox.name-taken', { name });
}

/** Returns how to put the old ones back. */
async function replaceSecrets(
  { credentials, providerSignIns }: SaveParts,
  mailboxId: MailboxId,
  draft: MailboxDraft,
): Promise<() => Promise<void>> {
  const changed: { name: SecretName; before: string | null }[] = [];
  const undo = async () => {
    for (const { name, before } of changed.reverse()) {
      if (before === null) await credentials.deleteSecret(mailboxId, name);
      else await credentials.putSecret(mailboxId, name, before);
    }
  };
  try {
    for (const [name, secret] of [...secretChanges(draft), ...(await providerSignIns.secretsToKeep(draft))]) {
      const before = draft.mailboxId === null ? null : await credentials.secret(mailboxId, name);
      if (before === secret) continue;
      changed.push({ name, before });
      if (secret === null) await credentials.deleteSecret(mailboxId, name);
      else await credentials.putSecret(mailboxId, name, secret);
    }
    return undo;
  } catch (error) {
    await undo().catch(() => undefined);
    throw error;
  }
}

/** Null: is to be deleted; not named: stays. */
function secretChanges({ settings, password, outgoingPassword, mailboxId }: MailboxDraft) {
  const changes: (readonly [SecretName, string | null])[] = [];
  if (password) changes.push(['incoming', password]);
  const byPassword = endpointsOf(settings).some(({ signIn }) => signIn === 'password');
  // Nobody needs it any more, so nobody can find it any more.
  if (mailboxId !== null && !byPassword && settings.oauth !== null) changes.push(['incoming', null]);
  // One that only sends has one password, the last that was typed.
  const onlyPassword = settings.incoming === null && password !== null;
  if (settings.outgoing && outgoingPassword) changes.push(['outgoing', outgoingPassword]);
  else if (mailboxId !== null && (settings.outgoing === null || outgoingPassword === '' || onlyPassword)) {
    changes.push(['outgoing', null]);
  }
  return changes;
}
