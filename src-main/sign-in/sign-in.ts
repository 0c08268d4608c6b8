import { redirectPlace } from '../../src-shared/domain/oauth.ts';
import { createKeyedQueue } from '../jobs/keyed-queue.ts';
import type { AskHttps } from '../net/https-client.ts';
import { authorityHost } from './authorities.ts';
import { type BrowserWords, type Granted, openAuthority, type Registration } from './authority-client.ts';
import { createTokens, type GrantSlot, speakable, type TokenHolder } from './tokens.ts';

export type { BrowserWords, Granted, Registration } from './authority-client.ts';
export type { GrantSlot } from './tokens.ts';

/** Whose token: a mailbox, or a sign-in that waits to be saved. */
export interface TokenOwner {
  readonly key: string;
  readonly registration: Registration;
  readonly slot: GrantSlot;
}

/** Sign-ins at providers, and the tokens that come of them. Knows no mailbox and keeps no secret of its own for longer than the program runs. */
export interface SignIns {
  /** Through the system's browser; of an application, at the authority straight away. */
  signIn(registration: Registration, signal: AbortSignal): Promise<Granted>;
  /** A token that is good for some minutes at least. `refused`: one that a server did not take. */
  tokenFor(owner: TokenOwner, refused: string | null, signal: AbortSignal): Promise<string>;
  /** `tokenFor` would give one that was got before. */
  holds(owner: Pick<TokenOwner, 'key' | 'registration'>): boolean;
  /** A token that came with a sign-in need not be asked for again. */
  hold(owner: Pick<TokenOwner, 'key' | 'registration'>, granted: Granted): void;
  forget(key: string): void;
  settled(): Promise<void>;
}

export interface SignInParts {
  readonly ask: AskHttps;
  readonly openAddress: (url: string) => Promise<void>;
  readonly browserWords: () => BrowserWords;
  /** Monotonic milliseconds. */
  readonly now?: () => number;
  readonly patienceMilliseconds?: number;
}

/** Somebody who has to ask the administrator for a consent first may need a while. */
const usualPatience = 15 * 60_000;

export function createSignIns(parts: SignInParts): SignIns {
  const { ask, openAddress, browserWords: words, patienceMilliseconds = usualPatience } = parts;
  const tokens = createTokens(parts.now);
  const browsers = createKeyedQueue();
  const holderOf = ({ key, registration, slot }: TokenOwner): TokenHolder => ({
    key,
    registration: fingerprint(registration),
    host: authorityHost(registration.oauth),
    client: openAuthority(registration, ask),
    slot,
  });
  return {
    async signIn(registration, signal) {
      const client = openAuthority(registration, ask);
      const host = authorityHost(registration.oauth);
      if (registration.oauth.flow === 'application') return speakable(await client.renew(null), host);
      const { port } = redirectPlace(registration.oauth);
      const begin = () => client.signIn({ openAddress, words, patienceMilliseconds }, signal);
      // Two that come back to one address go one after another; what holds it besides us is told.
      return speakable(await (port === null ? begin() : browsers.run(String(port), begin, signal)), host);
    },
    tokenFor: (owner, refused, signal) => tokens.tokenFor(holderOf(owner), refused, signal),
    holds: ({ key, registration }) => tokens.holds({ key, registration: fingerprint(registration) }),
    hold: ({ key, registration }, granted) => tokens.hold({ key, registration: fingerprint(registration) }, granted),
    forget: tokens.forget,
    settled: tokens.settled,
  };
}

function fingerprint({ oauth, uses, proof }: Registration): string {
  return JSON.stringify([oauth, uses, proof]);
}
