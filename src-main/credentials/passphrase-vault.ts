import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError, isAppError } from '../../src-shared/errors/errors.ts';
import {
  deriveKey,
  type KeyDerivation,
  kdfSchema,
  newKeyDerivation,
  type Sealed,
  seal,
  sealedSchema,
  unseal,
} from './passphrase-cipher.ts';
import { replaceFile } from './replace-file.ts';
import type { Vault } from './vault.ts';

const vaultFileSchema = z.object({ format: z.literal('mailroom-vault-1'), kdf: kdfSchema, sealed: sealedSchema });
const secretsSchema = z.record(z.string(), z.string());

interface OpenVault {
  readonly key: Buffer;
  readonly kdf: KeyDerivation;
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * All secrets in one file under a passphrase, for machines without a keychain. Only made when it was chosen on purpose: by `put`.
 * Names are inside the sealed part as well: they hold mailbox ids.
 */
export function createPassphraseVault(file: string, passphrase: string | null): Vault {
  let opened: Promise<OpenVault> | null = null;
  let lastWrite: Promise<unknown> = Promise.resolve();

  const open = (): Promise<OpenVault> => {
    opened ??= openVault(file, passphrase).catch((error) => {
      opened = null;
      throw error;
    });
    return opened;
  };
  /** One change at a time: each rewrites the whole file. */
  const change = (edit: (secrets: Readonly<Record<string, string>>) => Record<string, string>): Promise<void> => {
    const turn = lastWrite.then(async () => {
      const vault = await open();
      const next = { ...vault, secrets: edit(vault.secrets) };
      await writeVault(file, next);
      opened = Promise.resolve(next);
    });
    lastWrite = turn.catch(() => undefined);
    return turn;
  };

  return {
    kind: 'passphrase',
    async get(name) {
      const { secrets } = await open();
      return Object.hasOwn(secrets, name) ? (secrets[name] ?? null) : null;
    },
    put: (name, secret) => change((secrets) => ({ ...secrets, [name]: secret })),
    delete: (name) => change(({ [name]: _gone, ...rest }) => rest),
    async probe() {
      await change((secrets) => ({ ...secrets }));
    },
  };
}

async function openVault(file: string, passphrase: string | null): Promise<OpenVault> {
  if (passphrase === null || passphrase === '') throw new AppError('vault.passphrase-needed');
  const text = await readVaultFile(file);
  if (text === null) {
    const kdf = newKeyDerivation();
    return { kdf, key: await deriveKey(passphrase, kdf), secrets: {} };
  }
  const { kdf, sealed } = parseVaultFile(text);
  const key = await deriveKey(passphrase, kdf);
  return { kdf, key, secrets: unsealSecrets(key, kdf, sealed) };
}

async function readVaultFile(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError('vault.unavailable', {}, { cause: error });
  }
}

function parseVaultFile(text: string): z.infer<typeof vaultFileSchema> {
  try {
    return vaultFileSchema.parse(JSON.parse(text));
  } catch {
    // No cause: a parser quotes what it read.
    throw new AppError('vault.unavailable');
  }
}

/** A wrong passphrase and a damaged file cannot be told apart; a person can try the first. */
function unsealSecrets(key: Buffer, kdf: KeyDerivation, sealed: Sealed): Record<string, string> {
  try {
    return secretsSchema.parse(JSON.parse(unseal(key, sealed, contextOf(kdf))));
  } catch {
    throw new AppError('vault.wrong-passphrase');
  }
}

async function writeVault(file: string, { key, kdf, secrets }: OpenVault): Promise<void> {
  const content = { format: 'mailroom-vault-1', kdf, sealed: seal(key, JSON.stringify(secrets), contextOf(kdf)) };
  try {
    await replaceFile(file, `${JSON.stringify(content, null, 1)}\n`);
  } catch (error) {
    throw isAppError(error) ? error : new AppError('vault.unavailable', {}, { cause: error });
  }
}

/** The stored cost is authenticated: weakened parameters in the file do not open it. */
function contextOf({ N, r, p, salt }: KeyDerivation): string {
  return `mailroom-vault-1 ${N} ${r} ${p} ${salt}`;
}
