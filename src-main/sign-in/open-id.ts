import * as oidc from 'openid-client';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { AskHttps } from '../net/https-client.ts';
import { askPerson } from './ask-person.ts';
import { authorityHost, planAuthority } from './authorities.ts';
import type { AuthorityClient, Granted, Registration } from './authority-client.ts';
import { readClientCertificate } from './client-certificate.ts';
import { refusalError } from './errors.ts';

/** Where an authority does not say how long a token lives (RFC 6749, 5.1). */
const usualSeconds = 3600;
/** A clock that is off by less disturbs nobody. */
const smallSkewSeconds = 30;

/** Any authority that speaks OpenID Connect or plain OAuth 2: code with PKCE for a person, client credentials for the application. */
export function createOpenIdClient(registration: Registration, ask: AskHttps): AuthorityClient {
  const { oauth, uses, loginHint } = registration;
  const plan = planAuthority(oauth, uses);
  const scope = plan.scopes.join(' ');
  const host = authorityHost(oauth);
  const named = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw openIdError(error, host);
    }
  };
  return {
    signIn: (interaction, signal) =>
      named(async () => {
        const config = await configure(registration, ask);
        const verifier = oidc.randomPKCECodeVerifier();
        const nonce = oidc.randomNonce();
        const challenge = await oidc.calculatePKCECodeChallenge(verifier);
        const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
        const identified = plan.scopes.includes('openid');
        const addressFor = async (redirectUri: string, state: string) =>
          oidc.buildAuthorizationUrl(config, {
            ...plan.parameters,
            ...pkce,
            ...(identified ? { nonce } : {}),
            scope,
            state,
            redirect_uri: redirectUri,
            login_hint: loginHint,
          }).href;
        const { redirectUri, state, parameters } = await askPerson(oauth, addressFor, interaction, signal);
        const answered = new URL(redirectUri);
        answered.search = parameters.toString();
        const checks = { pkceCodeVerifier: verifier, expectedState: state };
        return grantedBy(
          await oidc.authorizationCodeGrant(config, answered, {
            ...checks,
            ...(identified ? { expectedNonce: nonce, idTokenExpected: true } : {}),
          }),
          null,
        );
      }),
    renew: (grant) =>
      named(async () => {
        if (oauth.flow === 'interactive' && grant === null) throw new AppError('auth.sign-in-missing', { host });
        const config = await configure(registration, ask);
        if (oauth.flow === 'application') {
          return grantedBy(await oidc.clientCredentialsGrant(config, scope === '' ? {} : { scope }), null);
        }
        return grantedBy(await oidc.refreshTokenGrant(config, grant ?? ''), grant);
      }),
  };
}

type TokenAnswer = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers;

/** A refresh token that was not replaced stays good. */
function grantedBy(answer: TokenAnswer, before: string | null): Granted {
  const claims = answer.claims();
  const account = claims?.email ?? claims?.preferred_username;
  return {
    accessToken: answer.access_token,
    secondsLeft: answer.expires_in ?? usualSeconds,
    grant: answer.refresh_token ?? before,
    account: typeof account === 'string' ? account : null,
  };
}

async function configure(registration: Registration, ask: AskHttps): Promise<oidc.Configuration> {
  const { oauth, uses } = registration;
  const { clientId } = oauth;
  const { issuer, endpoints } = planAuthority(oauth, uses);
  let skew = 0;
  const fetchOver: oidc.CustomFetch = async (url, { method, headers, body, signal }) => {
    const text = body instanceof URLSearchParams ? body.toString() : typeof body === 'string' ? body : null;
    const never = new AbortController().signal;
    const answer = await ask({ url, method, headers, body: text }, signal ?? never);
    skew = skewOf(answer.headers.date);
    const bodiless = answer.status === 204 || answer.status === 304;
    // With a challenge (RFC 6749, 5.2) the library does not read what the authority has against the application.
    const { 'www-authenticate': _, ...readable } = answer.headers;
    return new Response(bodiless ? null : answer.body, { status: answer.status, headers: readable });
  };
  const found =
    endpoints === null
      ? (
          await oidc.discovery(new URL(issuer ?? ''), clientId, undefined, undefined, {
            [oidc.customFetch]: fetchOver,
          })
        ).serverMetadata()
      : {
          issuer: new URL(endpoints.token).origin,
          authorization_endpoint: endpoints.authorization,
          token_endpoint: endpoints.token,
        };
  // The authority's clock is the one that its tokens and our assertions are judged by.
  const metadata = { [oidc.clockSkew]: skew };
  const config = new oidc.Configuration(found, clientId, metadata, await clientAuth(registration, found));
  config[oidc.customFetch] = fetchOver;
  return config;
}

async function clientAuth({ oauth, proof }: Registration, server: oidc.ServerMetadata): Promise<oidc.ClientAuth> {
  if (oauth.proof === 'none') return oidc.None();
  const { hostname } = new URL(server.token_endpoint ?? server.issuer);
  if (proof === null) throw new AppError('auth.client-proof-missing', { host: hostname });
  if (oauth.proof === 'secret') {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_post'];
    return methods.includes('client_secret_post') ? oidc.ClientSecretPost(proof) : oidc.ClientSecretBasic(proof);
  }
  const { key, thumbprint } = readClientCertificate(proof, hostname);
  const algorithm =
    key.asymmetricKeyType === 'ec'
      ? { name: 'ECDSA', namedCurve: 'P-256' }
      : { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const der = key.export({ type: 'pkcs8', format: 'der' });
  const signing = await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
  const x5t = Buffer.from(thumbprint, 'hex').toString('base64url');
  return oidc.PrivateKeyJwt(signing, {
    [oidc.modifyAssertion]: (header) => {
      header['x5t#S256'] = x5t;
    },
  });
}

/** How many seconds the authority is ahead of this computer; a date tells whole seconds, and has travelled. */
function skewOf(date: string | undefined): number {
  const seconds = date === undefined ? 0 : Math.round((Date.parse(date) - Date.now()) / 1000);
  return Number.isFinite(seconds) && Math.abs(seconds) > smallSkewSeconds ? seconds : 0;
}

function openIdError(error: unknown, host: string): unknown {
  if (error instanceof AppError) return error;
  // What the net says reaches the library, and comes back wrapped.
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof AppError) return cause;
  if (error instanceof oidc.ResponseBodyError || error instanceof oidc.AuthorizationResponseError) {
    const status = error instanceof oidc.ResponseBodyError ? error.status : null;
    return refusalError({ error: error.error, description: error.error_description ?? '', status }, host);
  }
  const { code } = (error ?? {}) as { readonly code?: unknown };
  if (typeof code !== 'string') return error;
  // Neither an answer nor a refusal, as of a server that is not well.
  if (cause instanceof Response && !cause.ok) {
    return refusalError({ error: '', description: '', status: cause.status }, host);
  }
  // JWT_TIMESTAMP_CHECK_FAILED: clocks; everything else is an answer that is none.
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return new AppError('auth.clock-off', { host, serverWords: code });
  return new AppError('server.protocol', { host, port: 443, serverWords: code });
}
