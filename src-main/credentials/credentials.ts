import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { withLongSecrets } from './long-secrets.ts';
import { createOsKeychain } from './os-keychain.ts';
import { createPassphraseVault } from './passphrase-vault.ts';
import { markForVault, readProfileMark, writeProfileMark } from './profile-mark.ts';
import type { Vault } from './vault.ts';

export type Direction = 'incoming' | 'outgoing';
/** What a mailbox may have in the vault. `grant`: what the provider's next token is got with. `client`: the secret or certificate of the registered application. */
export type SecretName = Direction | 'grant' | 'client';

/** The secrets of one profile. They leave it only towards the store's `database.open` and a connection's sign-in. */
export interface Credentials {
  readonly kind: Vault['kind'];
  /** 64 hex digits. Made once, and only while there is no database yet; later `vault.secret-missing` when the vault does not have it. */
  databaseKey(): Promise<string>;
  /** Null: none was put. */
  password(mailboxId: MailboxId, direction: Direction): Promise<string | null>;
  putPassword(mailboxId: MailboxId, direction: Direction, password: string): Promise<void>;
  deletePassword(mailboxId: MailboxId, direction: Direction): Promise<void>;
  /** The same for any of a mailbox's secrets. */
  secret(mailboxId: MailboxId, name: SecretName): Promise<string | null>;
  putSecret(mailboxId: MailboxId, name: SecretName, secret: string): Promise<void>;
  deleteSecret(mailboxId: MailboxId, name: SecretName): Promise<void>;
  /** Proves that the vault can be written and read. */
  probe(): Promise<void>;
}

export interface ProfileFiles {
  readonly database: string;
  /** Which vault the profile was made with. */
  readonly mark: string;
  readonly passphraseVault: string;
}

export interface VaultWish {
  readonly vault: Vault['kind'];
  readonly passphrase: string | null;
}

/** Opens the profile's secrets with the wished vault; `vault.backend-changed` when the profile was made with the other one. */
export async function openCredentials(files: ProfileFiles, wish: VaultWish): Promise<Credentials> {
  const known = await readProfileMark(files.mark);
  if (!known && existsSync(files.database)) {
    // A database without its mark: which vault has its key is not known, and a new key would not open it.
    throw new AppError('vault.secret-missing');
  }
  const mark = markForVault(known, wish.vault);
  const vault =
    wish.vault === 'keychain'
      ? createOsKeychain({ profileId: mark.profileId })
      : createPassphraseVault(files.passphraseVault, wish.passphrase);
  return createCredentials({
    vault,
    databaseExists: () => existsSync(files.database),
    keepMark: async () => {
      if (!known) await writeProfileMark(files.mark, mark);
    },
  });
}

export interface CredentialParts {
  readonly vault: Vault;
  readonly databaseExists: () => boolean;
  /** Called once the key is safe in the vault, so that a profile whose vault never worked is not bound to it. */
  readonly keepMark: () => Promise<void>;
}

const databaseKeyName = 'database-key';

export function createCredentials({ vault: kept, databaseExists, keepMark }: CredentialParts): Credentials {
  const vault = withLongSecrets(kept);
  return {
    kind: vault.kind,
    async databaseKey() {
      const known = await vault.get(databaseKeyName);
      if (known === null && databaseExists()) throw new AppError('vault.secret-missing');
      const key = known ?? (await makeDatabaseKey(vault));
      await keepMark();
      return key;
    },
    password: (mailboxId, direction) => vault.get(entryOf(mailboxId, direction)),
    putPassword: (mailboxId, direction, password) => vault.put(entryOf(mailboxId, direction), password),
    deletePassword: (mailboxId, direction) => vault.delete(entryOf(mailboxId, direction)),
    secret: (mailboxId, name) => vault.get(entryOf(mailboxId, name)),
    putSecret: (mailboxId, name, secret) => vault.put(entryOf(mailboxId, name), secret),
    deleteSecret: (mailboxId, name) => vault.delete(entryOf(mailboxId, name)),
    probe: () => vault.probe(),
  };
}

async function makeDatabaseKey(vault: Vault): Promise<string> {
  const key = randomBytes(32).toString('hex');
  await vault.put(databaseKeyName, key);
  // Read back before anything is encrypted with it.
  if ((await vault.get(databaseKeyName)) !== key) throw new AppError('vault.unavailable');
  return key;
}

function entryOf(mailboxId: MailboxId, name: SecretName): string {
  return `${name} ${mailboxId}`;
}
