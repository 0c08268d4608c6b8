import type { MailUse } from '../../src-shared/domain/mail-uses.ts';
import type { OAuthSettings } from '../../src-shared/domain/oauth.ts';
import type { AskHttps } from '../net/https-client.ts';

/** What an authority gave. */
export interface Granted {
  readonly accessToken: string;
  readonly secondsLeft: number;
  /** What the next token is got with, to be kept in the vault; null: nothing of the kind was given. */
  readonly grant: string | null;
  /** Who signed in, as the authority says. */
  readonly account: string | null;
}

/** A person at a browser. */
export interface Interaction {
  /** Opens an address in the system's browser. */
  readonly openAddress: (url: string) => Promise<void>;
  /** What the browser shows when it comes back. */
  readonly words: () => BrowserWords;
  readonly patienceMilliseconds: number;
}

export interface BrowserWords {
  readonly language: string;
  readonly arrived: string;
  readonly refused: string;
}

/** One registration at one authority. Each call ends within the net's deadlines; a renewal cannot be called off, since the old grant may be used up by then. */
export interface AuthorityClient {
  signIn(interaction: Interaction, signal: AbortSignal): Promise<Granted>;
  /** A token without a person. Throws `auth.expired` and its kin when the grant is dead. */
  renew(grant: string | null): Promise<Granted>;
}

export interface Registration {
  readonly oauth: OAuthSettings;
  readonly uses: readonly MailUse[];
  /** The mailbox's address: the browser begins with it. */
  readonly loginHint: string;
  /** The application's secret, or its certificate with key (PEM); null where it has none. */
  readonly proof: string | null;
}

export type OpenAuthority = (registration: Registration, ask: AskHttps) => AuthorityClient;

/** Microsoft by its own library, everyone else by OpenID Connect. Half a megabyte of libraries, read at the first sign-in. */
export const openAuthority: OpenAuthority = (registration, ask) => {
  const open = async (): Promise<AuthorityClient> => {
    if (registration.oauth.authority === 'microsoft') {
      const { createMicrosoftClient } = await import('./microsoft.ts');
      return createMicrosoftClient(registration, ask);
    }
    const { createOpenIdClient } = await import('./open-id.ts');
    return createOpenIdClient(registration, ask);
  };
  return {
    signIn: async (interaction, signal) => (await open()).signIn(interaction, signal),
    renew: async (grant) => (await open()).renew(grant),
  };
};
