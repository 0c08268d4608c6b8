import { readProfileMark } from '../credentials/profile-mark.ts';
import type { ProfilePaths } from './paths.ts';

/** What a command line leaves open, the profile decides. A mark that cannot be read is told about when the profile is opened. */
export async function usualVault({ mark }: ProfilePaths): Promise<'keychain' | 'passphrase'> {
  const known = await readProfileMark(mark).catch(() => null);
  return known?.vault ?? 'keychain';
}
