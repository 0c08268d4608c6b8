import {
  AuthError,
  type AuthenticationResult,
  ConfidentialClientApplication,
  type Configuration,
  CryptoProvider,
  type INetworkModule,
  ProtocolMode,
  PublicClientApplication,
  ResponseMode,
} from '@azure/msal-node';
import { z } from 'zod';
import { AppError, isAppError } from '../../src-shared/errors/errors.ts';
import type { AskHttps, HttpsAnswer } from '../net/https-client.ts';
import { askPerson } from './ask-person.ts';
import { microsoftPlace, planAuthority } from './authorities.ts';
import type { AuthorityClient, Granted, Registration } from './authority-client.ts';
import { readClientCertificate } from './client-certificate.ts';
import { refusalError } from './errors.ts';

/** Microsoft by its own library. It keeps no file: its cache, as far as the next token needs it, is the grant. */
export function createMicrosoftClient(registration: Registration, ask: AskHttps): AuthorityClient {
  const { oauth, uses, loginHint } = registration;
  const { scopes, consents, parameters } = planAuthority(oauth, uses);
  const { authority } = microsoftPlace(oauth);
  const host = new URL(authority).hostname;
  const network = networkOver(ask);
  const named = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw network.failure() ?? withClock(microsoftError(error, network.lastStatus(), host), network.minutesAhead());
    }
  };
  const interactive = () => new PublicClientApplication(configuration(registration, network.module));
  return {
    signIn: (interaction, signal) =>
      named(async () => {
        const app = interactive();
        const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
        const question = { scopes: [...scopes, ...consents], loginHint };
        const addressFor = (redirectUri: string, state: string) =>
          app.getAuthCodeUrl({
            ...question,
            ...parameters,
            redirectUri,
            state,
            responseMode: ResponseMode.FORM_POST,
            codeChallenge: challenge,
            codeChallengeMethod: 'S256',
          });
        const { redirectUri, parameters: answer } = await askPerson(oauth, addressFor, interaction, signal);
        const code = answer.get('code');
        if (code === null) throw refusedInBrowser(answer, host);
        const clientInfo = answer.get('client_info');
        const token = await app.acquireTokenByCode({
          scopes: [...scopes],
          redirectUri,
          code,
          codeVerifier: verifier,
          ...(clientInfo === null ? {} : { clientInfo }),
        });
        return grantedBy(token, app.getTokenCache().serialize());
      }),
    renew: (grant) =>
      named(async () => {
        if (oauth.flow === 'application') {
          const app = new ConfidentialClientApplication(configuration(registration, network.module));
          const token = await app.acquireTokenByClientCredential({ scopes: [...scopes], skipCache: true });
          if (token === null) throw new AppError('server.protocol', { host, port: 443, serverWords: 'token' });
          return grantedBy(token, null);
        }
        if (grant === null) throw new AppError('auth.sign-in-missing', { host });
        const app = interactive();
        const cache = app.getTokenCache();
        cache.deserialize(grant);
        const [account] = await cache.getAllAccounts();
        if (account === undefined) throw new AppError('auth.sign-in-missing', { host });
        const token = await app.acquireTokenSilent({ account, scopes: [...scopes], forceRefresh: true });
        return grantedBy(token, cache.serialize());
      }),
  };
}

function configuration({ oauth, proof }: Registration, networkClient: INetworkModule): Configuration {
  const { authority, ownHost } = microsoftPlace(oauth);
  const auth = { clientId: oauth.clientId, authority };
  return {
    auth: {
      ...auth,
      ...(ownHost === null ? {} : { knownAuthorities: [ownHost] }),
      ...(oauth.proof === 'none' ? {} : proofOf(oauth.proof, proof, new URL(authority).hostname)),
    },
    system: {
      networkClient,
      disableInternalRetries: true,
      // An authority of one's own is found by discovery, not by the rules of Microsoft's addresses.
      protocolMode: ownHost === null ? ProtocolMode.AAD : ProtocolMode.OIDC,
    },
  };
}

function proofOf(kind: 'secret' | 'certificate', proof: string | null, host: string) {
  if (proof === null) throw new AppError('auth.client-proof-missing', { host });
  if (kind === 'secret') return { clientSecret: proof };
  const { keyPem, thumbprint } = readClientCertificate(proof, host);
  return { clientCertificate: { thumbprintSha256: thumbprint, privateKey: keyPem } };
}

function grantedBy({ accessToken, expiresOn, account }: AuthenticationResult, cache: string | null): Granted {
  // The library has added the token's life to this computer's clock: the same clock takes it away again.
  const left = expiresOn === null ? 0 : Math.round((expiresOn.getTime() - Date.now()) / 1000);
  const grant = cache === null ? null : withoutShortLived(cache);
  return { accessToken, secondsLeft: Math.max(0, left), grant, account: account?.username || null };
}

const cacheSchema = z.looseObject({ AccessToken: z.unknown(), IdToken: z.unknown() });

/** Tokens for an hour need no vault; it has little room on Windows. */
function withoutShortLived(cache: string): string {
  return JSON.stringify({ ...cacheSchema.parse(JSON.parse(cache)), AccessToken: {}, IdToken: {} });
}

function networkOver(ask: AskHttps) {
  let failure: unknown = null;
  let lastStatus: number | null = null;
  let minutesAhead: number | null = null;
  const exchange = async <T>(
    method: string,
    url: string,
    sent: Parameters<INetworkModule['sendPostRequestAsync']>[1],
  ) => {
    const never = new AbortController().signal;
    const question = { url, method, headers: sent?.headers ?? {}, body: sent?.body ?? null };
    try {
      const answer = await ask(question, never);
      lastStatus = answer.status;
      const serverTime = Date.parse(answer.headers.date ?? '');
      minutesAhead = Number.isNaN(serverTime) ? null : Math.round((Date.now() - serverTime) / 60_000);
      return { headers: { ...answer.headers }, body: bodyOf(answer) as T, status: answer.status };
    } catch (error) {
      // The library puts an error of its own over whatever happens on the line.
      failure = error;
      throw error;
    }
  };
  const module: INetworkModule = {
    sendGetRequestAsync: (url, sent) => exchange('GET', url, sent),
    sendPostRequestAsync: (url, sent) => exchange('POST', url, sent),
  };
  return { module, failure: () => failure, lastStatus: () => lastStatus, minutesAhead: () => minutesAhead };
}

function bodyOf({ body, status }: HttpsAnswer): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return { error: status >= 500 ? 'server_error' : 'unreadable', error_description: '' };
  }
}

/** By how much this computer's clock is ahead of the authority's; behind: below zero. */
function withClock(error: unknown, minutesAhead: number | null): unknown {
  if (!isAppError(error, 'auth.clock-off') || minutesAhead === null) return error;
  return new AppError(error.code, { ...error.params, minutesAhead }, { cause: error.cause });
}

function refusedInBrowser(answer: URLSearchParams, host: string): AppError {
  const description = answer.get('error_description') ?? '';
  return refusalError({ error: answer.get('error') ?? '', description, status: null }, host);
}

function microsoftError(error: unknown, status: number | null, host: string): unknown {
  if (error instanceof AppError || !(error instanceof AuthError)) return error;
  // "700082 - [2025-…]: AADSTS700082: …" or the bare description.
  return refusalError({ error: error.errorCode, description: error.errorMessage ?? '', status }, host);
}
