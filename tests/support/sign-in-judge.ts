import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign, verify } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type ClientMetadata, type Configuration, Provider } from 'oidc-provider';
import type { TestCertificates } from './certificates.ts';
import { forgettingAdapter } from './judge-adapter.ts';

/** An identity provider by other hands (oidc-provider, certified) over TLS: signs in whoever says who they are, and gives tokens that a mail server can judge. */
export interface SignInJudge {
  readonly issuer: string;
  /** Answers of the token endpoint so far. */
  readonly asked: readonly { readonly grant: string; readonly status: number }[];
  /** Codes, tokens, verifiers, assertions that went over the wire: to be found nowhere later. */
  readonly secrets: ReadonlySet<string>;
  /** Life of the tokens to come. */
  tokenSeconds: number;
  /** What the token endpoint answers next, instead of its own. */
  readonly planned: PlannedAnswer[];
  /** Nothing that was given before can be renewed. */
  revokeAll(): void;
  /** In the judge's name; `forged`: signed with another key. */
  tokenFor(email: string, wish?: { readonly seconds?: number; readonly forged?: boolean }): string;
  /** Whom a token stands for; null: it is not in the judge's name, or has ended. */
  emailIn(token: string): string | null;
  /** Puts the public key where Dovecot looks for it; `forged`: that of the other key. */
  writeKey(dir: string, forged?: boolean): void;
  stop(): Promise<void>;
}

export const clients = {
  /** For people; no secret. */
  public: 'desk-public',
  /** For the application itself. */
  secret: { id: 'desk-application', secret: 'a-secret-of-the-application' },
  certified: 'desk-certified',
} as const;

export interface JudgeOptions {
  readonly certificates: TestCertificates;
  /** Person's address to the shared address that the person may open too. */
  readonly delegates?: Readonly<Record<string, string>>;
  /** Whose mailbox the application's own tokens open. */
  readonly applicationMailbox?: string;
  /** PEM certificate of `clients.certified`. */
  readonly clientCertificate?: string;
}

const kid = 'judge';
/** Dovecot takes a token without the name that it looks for as a fault of its own. */
const nobody = 'nobody@nowhere.test';
const audience = 'urn:mail';
const mailScopes = [
  'https://outlook.office.com/IMAP.AccessAsUser.All',
  'https://outlook.office.com/POP.AccessAsUser.All',
  'https://outlook.office.com/SMTP.Send',
  'https://outlook.office.com/EWS.AccessAsUser.All',
  'https://outlook.office365.com/.default',
  // Of shared mailboxes alone: to ask for a person's own letters is refused.
  'https://graph.microsoft.com/Mail.ReadWrite.Shared',
  'https://graph.microsoft.com/Mail.Send.Shared',
];

export interface PlannedAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, string>>;
  /** Instead of the true time. */
  readonly date?: Date;
}

interface JudgeState {
  readonly asked: { readonly grant: string; readonly status: number }[];
  readonly secrets: Set<string>;
  readonly planned: PlannedAnswer[];
  tokenSeconds: number;
}

export async function startSignInJudge(options: JudgeOptions): Promise<SignInJudge> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { cert, key } = options.certificates.valid;
  const state: JudgeState = { asked: [], secrets: new Set(), planned: [], tokenSeconds: 3600 };
  const { adapter, forget } = forgettingAdapter();
  const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `https://localhost:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, { adapter, ...configurationOf(options, privateKey, state) });
  listen(provider, state);
  server.on('request', provider.callback());
  const forger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return Object.assign(state, {
    issuer,
    revokeAll: forget,
    tokenFor: (email: string, { seconds = 600, forged = false } = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const claims = { iss: issuer, sub: email, email, shared_mailbox: nobody, iat: now - 60, exp: now + seconds };
      return signed(claims, forged ? forger.privateKey : privateKey);
    },
    emailIn: (token: string) => {
      const claims = claimsIn(token, publicKey);
      return claims?.iss === issuer && Number(claims.exp) > Date.now() / 1000 ? String(claims.email) : null;
    },
    writeKey: (dir: string, forged = false) => {
      const key = forged ? forger.publicKey : publicKey;
      for (const place of ['default', 'shared/default']) {
        mkdirSync(join(dir, place, 'RS256'), { recursive: true, mode: 0o755 });
        writeFileSync(join(dir, place, 'RS256', kid), key.export({ type: 'spki', format: 'pem' }));
      }
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function signed(claims: object, key: KeyObject): string {
  const parts = [{ alg: 'RS256', typ: 'JWT', kid }, claims];
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

/** Null: signed by another hand, or not at all. */
function claimsIn(token: string, key: KeyObject): Readonly<Record<string, unknown>> | null {
  const [, text = '', claims = '', signature = ''] = token.match(/^([\w-]+\.([\w-]+))\.([\w-]+)$/) ?? [];
  const right = verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64url'));
  return right ? JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) : null;
}

function configurationOf(options: JudgeOptions, key: KeyObject, state: JudgeState): Configuration {
  const seconds = () => state.tokenSeconds;
  return {
    clients: clientsOf(options.clientCertificate),
    jwks: { keys: [{ ...key.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] as never },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    scopes: ['openid', 'offline_access', 'profile', 'email', 'mail', ...mailScopes],
    claims: { openid: ['sub'], email: ['email'], profile: ['preferred_username'] },
    conformIdTokenClaims: false,
    ttl: {
      AccessToken: seconds,
      ClientCredentials: seconds,
      IdToken: 3600,
      Interaction: 3600,
      Session: 3600,
      Grant: 86_400,
      RefreshToken: 86_400,
    },
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, email: id, preferred_username: id }),
    }),
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    extraTokenClaims: (_ctx, token) => {
      const email = 'accountId' in token ? token.accountId : options.applicationMailbox;
      return { email, shared_mailbox: options.delegates?.[email ?? ''] ?? nobody };
    },
    // Dovecot 2.3 knows plain JWTs alone, not RFC 9068's `at+jwt`.
    formats: {
      customizers: {
        jwt: (_ctx, _token, parts) => {
          parts.header = { typ: 'JWT' };
        },
      },
    },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: ['mail', ...mailScopes].join(' '),
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256', kid } },
        }),
      },
    },
  };
}

function clientsOf(certificate: string | undefined): ClientMetadata[] {
  const forPeople: ClientMetadata = {
    client_id: clients.public,
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    redirect_uris: ['http://127.0.0.1', 'http://127.0.0.1/', 'http://localhost'],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  };
  const application: ClientMetadata = {
    client_id: clients.secret.id,
    client_secret: clients.secret.secret,
    token_endpoint_auth_method: 'client_secret_post',
    redirect_uris: [],
    grant_types: ['client_credentials'],
    response_types: [],
  };
  if (certificate === undefined) return [forPeople, application];
  const { client_secret: _none, ...like } = application;
  const jwk = createPublicKey(certificate).export({ format: 'jwk' });
  return [
    forPeople,
    application,
    {
      ...like,
      client_id: clients.certified,
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [jwk as never] },
    },
  ];
}

const secretNames = ['code', 'code_verifier', 'refresh_token', 'client_secret', 'client_assertion'];

function listen(provider: Provider, { asked, secrets, planned }: JudgeState): void {
  provider.use(async (ctx, next) => {
    if (ctx.path !== '/token') return next();
    const answer = planned.shift();
    if (answer) {
      Object.assign(ctx, { status: answer.status, body: answer.body });
      if (answer.date) ctx.set('date', answer.date.toUTCString());
      asked.push({ grant: 'planned', status: answer.status });
      return undefined;
    }
    await next();
    const parameters: Readonly<Record<string, unknown>> = ctx.oidc?.params ?? {};
    asked.push({ grant: String(parameters.grant_type), status: ctx.status });
    const given = ctx.body as Readonly<Record<string, unknown>> | null;
    const values = [
      ...secretNames.map((name) => parameters[name] ?? (ctx.oidc?.body as typeof parameters | undefined)?.[name]),
      ...['access_token', 'refresh_token', 'id_token'].map((name) => given?.[name]),
    ];
    for (const value of values) if (typeof value === 'string' && value !== '') secrets.add(value);
    return undefined;
  });
}
