import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { Credentials } from '../credentials/credentials.ts';
import type { Store } from '../store/store.ts';

/**
 * Secrets by mailbox, wherever they lie: under the mailbox's own id, or under that of the connection that was switched to. So a switch moves no secret; a row says whose are
 * in force.
 */
export interface OwnedSecrets extends Credentials {
  /** Whose entries of the vault the mailbox signs in with now. */
  vaultOf(mailboxId: MailboxId): Promise<MailboxId>;
  /** By the entries' own id: what has begun with one connection ends with it. */
  readonly vault: Credentials;
}

export function ownedSecrets(vault: Credentials, store: Pick<Store, 'call'>): OwnedSecrets {
  const vaultOf = async (mailboxId: MailboxId): Promise<MailboxId> => {
    const owners = await store.call('vaults.owners', undefined);
    return owners.find((owner) => owner.mailboxId === mailboxId)?.vaultId ?? mailboxId;
  };
  return {
    ...vault,
    vault,
    vaultOf,
    password: async (id, direction) => vault.password(await vaultOf(id), direction),
    putPassword: async (id, direction, password) => vault.putPassword(await vaultOf(id), direction, password),
    deletePassword: async (id, direction) => vault.deletePassword(await vaultOf(id), direction),
    secret: async (id, name) => vault.secret(await vaultOf(id), name),
    putSecret: async (id, name, secret) => vault.putSecret(await vaultOf(id), name, secret),
    deleteSecret: async (id, name) => vault.deleteSecret(await vaultOf(id), name),
  };
}

const names = ['incoming', 'outgoing', 'grant', 'client'] as const;

/** Entries that nobody needs any more. What cannot be removed now is still written down as to be removed. */
export async function sweepVault({ vault }: OwnedSecrets, store: Pick<Store, 'call'>): Promise<void> {
  for (const vaultId of await store.call('vaults.leftovers', undefined)) {
    for (const name of names) await vault.deleteSecret(vaultId, name);
    await store.call('vaults.swept', { vaultId });
  }
}
