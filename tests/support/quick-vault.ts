import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { profilePaths } from '../../src-main/app/paths.ts';
import { deriveKey, type KeyDerivation, seal } from '../../src-main/credentials/passphrase-cipher.ts';

/** The least that a vault may ask of its guesser. */
const cheap = { name: 'scrypt', N: 2 ** 14, r: 8, p: 1 } as const;

/** A profile whose passphrase vault opens at once, for tests that open it dozens of times: a vault keeps its cost with it. */
export async function makeQuickProfile(profile: string, passphrase: string): Promise<void> {
  const paths = profilePaths(profile);
  const kdf: KeyDerivation = { ...cheap, salt: randomBytes(32).toString('base64') };
  const secrets = { 'database-key': randomBytes(32).toString('hex') };
  const context = `mailroom-vault-1 ${kdf.N} ${kdf.r} ${kdf.p} ${kdf.salt}`;
  const sealed = seal(await deriveKey(passphrase, kdf), JSON.stringify(secrets), context);
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  writeFileSync(paths.passphraseVault, JSON.stringify({ format: 'mailroom-vault-1', kdf, sealed }));
  writeFileSync(paths.mark, JSON.stringify({ profileId: randomUUID(), vault: 'passphrase' }));
}
