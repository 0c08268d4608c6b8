import { isAppError } from '../../src-shared/errors/errors.ts';
import type { SignIn } from './connectors.ts';

/**
 * Gets the token, where one is wanted, before a line is opened. A server may refuse a token that is still good by its date: another one is tried, once, and then the
 * refusal is one. `auth.rejected` means in every protocol that nothing else has been done.
 */
export async function withToken<T>(
  signIn: SignIn,
  signal: AbortSignal,
  work: (ready: SignIn) => Promise<T>,
): Promise<T> {
  const { askToken } = signIn;
  if (askToken === undefined) return work(signIn);
  const accessToken = await askToken(null, signal);
  try {
    return await work({ ...signIn, accessToken });
  } catch (error) {
    if (!isAppError(error, 'auth.rejected')) throw error;
    const another = await askToken(accessToken, signal);
    return work({ ...signIn, accessToken: another });
  }
}
