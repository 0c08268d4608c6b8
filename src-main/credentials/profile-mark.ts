import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../../src-shared/errors/errors.ts';
import { replaceFile } from './replace-file.ts';
import type { Vault } from './vault.ts';

const profileMarkSchema = z.object({ profileId: z.uuid(), vault: z.enum(['keychain', 'passphrase']) }).readonly();
/** Beside the store, no secret in it: which vault the profile's secrets were put into, and under which name. */
export type ProfileMark = z.infer<typeof profileMarkSchema>;

/** Null: the profile is new. */
export async function readProfileMark(file: string): Promise<ProfileMark | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError('file.unreadable', { path: file }, { cause: error });
  }
  try {
    return profileMarkSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new AppError('file.unreadable', { path: file }, { cause: error });
  }
}

/** Throws `vault.backend-changed` when the profile was made with the other kind of vault. */
export function markForVault(known: ProfileMark | null, wanted: Vault['kind']): ProfileMark {
  if (!known) return { profileId: randomUUID(), vault: wanted };
  if (known.vault !== wanted) throw new AppError('vault.backend-changed', { was: known.vault, is: wanted });
  return known;
}

export function writeProfileMark(file: string, mark: ProfileMark): Promise<void> {
  return replaceFile(file, `${JSON.stringify(mark)}\n`);
}
