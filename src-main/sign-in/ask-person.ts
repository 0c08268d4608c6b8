import { randomBytes } from 'node:crypto';
import { type OAuthSettings, redirectPlace } from '../../src-shared/domain/oauth.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { Interaction } from './authority-client.ts';
import { openLoopback } from './loopback.ts';

export interface PersonsAnswer {
  readonly redirectUri: string;
  readonly state: string;
  readonly parameters: URLSearchParams;
}

/** To the browser and back: `addressFor` makes the authority's page out of where to come back to. */
export async function askPerson(
  oauth: OAuthSettings,
  addressFor: (redirectUri: string, state: string) => Promise<string>,
  { openAddress, words, patienceMilliseconds }: Interaction,
  signal: AbortSignal,
): Promise<PersonsAnswer> {
  const state = randomBytes(24).toString('base64url');
  const loopback = await openLoopback(redirectPlace(oauth), state, words);
  try {
    const { redirectUri } = loopback;
    await openAddress(onlyHttps(await addressFor(redirectUri, state)));
    const parameters = await loopback.answer(patienceMilliseconds, signal);
    return { redirectUri, state, parameters };
  } finally {
    loopback.close();
  }
}

/** Whatever an authority's discovery says: no other program and no open line. */
function onlyHttps(address: string): string {
  const { protocol } = new URL(address);
  if (protocol !== 'https:') throw new AppError('link.refused', { scheme: protocol });
  return address;
}
