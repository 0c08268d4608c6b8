import { isAppError } from '../../src-shared/errors/errors.ts';
import type { SignIn } from './connectors.ts';
import type { HttpAnswer } from './http-line.ts';

type Ask = (token: string) => Promise<HttpAnswer>;
type Clock = () => number;

/** Whoever gives tokens gives another one five minutes before the end of the one before, so that one is not used past it. */
const looksAgainAfter = 60_000;

/**
 * Asks with a token for as long as a session lasts, which may be longer than the token does: another is got before it ends, and once where the server has refused it (401). `now` in
 * milliseconds, on a clock that nobody can set.
 */
export function keepToken(
  { accessToken, askToken }: Pick<SignIn, 'accessToken' | 'askToken'>,
  now: Clock = () => performance.now(),
): (ask: Ask, signal: AbortSignal) => Promise<HttpAnswer> {
  let token = accessToken ?? '';
  let lookedAt = now();
  // A refusal before the first yes is the sign-in's, which has a renewal of its own (`with-token.ts`).
  let accepted = false;
  const renew = async (refused: string | null, signal: AbortSignal): Promise<void> => {
    if (!askToken) return;
    lookedAt = now();
    token = await askToken(refused, signal);
  };
  const renewBeforeItsEnd = async (signal: AbortSignal): Promise<void> => {
    if (!accepted || now() - lookedAt < looksAgainAfter) return;
    try {
      await renew(null, signal);
    } catch (error) {
      if (isAppError(error, 'cancelled')) throw error;
      // The one at hand is still good: what is wrong is told when it is not.
    }
  };
  return async (ask, signal) => {
    await renewBeforeItsEnd(signal);
    const said = token;
    const answer = await ask(said);
    if (answer.status >= 200 && answer.status <= 299) accepted = true;
    if (answer.status !== 401 || !accepted || !askToken) return answer;
    // Whoever is not let in has done nothing: asked again, nothing is done twice.
    await renew(said, signal);
    return ask(token);
  };
}
