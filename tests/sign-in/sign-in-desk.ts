import { createHttpsClient } from '../../src-main/net/https-client.ts';
import { createTrust } from '../../src-main/net/tls.ts';
import { createSignIns, type Registration, type SignIns } from '../../src-main/sign-in/sign-in.ts';
import type { OAuthSettings } from '../../src-shared/domain/oauth.ts';
import { freePorts } from '../support/free-ports.ts';
import { browse, type LastPage, type Visit } from '../support/scripted-browser.ts';
import { clients, type SignInJudge } from '../support/sign-in-judge.ts';

/** The program's sign-ins with a scripted browser before them. */
export interface SignInDesk {
  readonly signIns: SignIns;
  /** Addresses that were opened. */
  readonly opened: readonly string[];
  /** The last page of each, when the browser has come to its end. */
  readonly ended: Promise<LastPage>[];
}

export function signInDesk(
  caPem: string,
  person: Omit<Visit, 'caPem'> | ((address: string) => Promise<LastPage>),
  options: { readonly now?: () => number; readonly patienceMilliseconds?: number } = {},
): SignInDesk {
  const opened: string[] = [];
  const ended: Promise<LastPage>[] = [];
  const visit = typeof person === 'function' ? person : (address: string) => browse(address, { ...person, caPem });
  const signIns = createSignIns({
    ...options,
    ask: createHttpsClient({ trust: createTrust([caPem]), env: {} }),
    browserWords: () => ({ language: 'en', arrived: 'It has arrived.', refused: 'It was refused.' }),
    openAddress: async (address) => {
      opened.push(address);
      ended.push(visit(address));
    },
  });
  return { signIns, opened, ended };
}

/** Both libraries against one authority. */
export async function settingsFor(judge: SignInJudge, library: 'openid-client' | 'msal'): Promise<OAuthSettings> {
  const [redirectPort = null] = library === 'msal' ? [] : await freePorts(1);
  return {
    authority: library === 'msal' ? 'microsoft' : 'other',
    issuer: judge.issuer,
    clientId: clients.public,
    directoryId: '',
    flow: 'interactive',
    signInAs: '',
    proof: 'none',
    scopes: null,
    endpoints: null,
    redirectPort,
  };
}

export function registrationOf(oauth: OAuthSettings, proof: string | null = null): Registration {
  return { oauth, uses: ['imap', 'smtp'], loginHint: 'anna@firma.test', proof };
}
