import { z } from 'zod';

/** Who gives tokens. `other`: any that says where it is by OpenID Connect discovery, or is told. */
export const authoritySchema = z.enum(['microsoft', 'google', 'yandex', 'mailru', 'other']);
export type Authority = z.infer<typeof authoritySchema>;

/** `interactive`: a person signs in with the system's browser. `application`: the console signs in as itself (client credentials, RFC 6749, 4.4). */
export const oauthFlowSchema = z.enum(['interactive', 'application']);
export type OAuthFlow = z.infer<typeof oauthFlowSchema>;

/** How the console proves to be the registered application; the proof itself lies in the vault. */
export const clientProofSchema = z.enum(['none', 'secret', 'certificate']);
export type ClientProof = z.infer<typeof clientProofSchema>;

/** What proves the application to this authority, first the usual one. */
export const possibleProofs: Readonly<Record<Authority, Readonly<Record<OAuthFlow, readonly ClientProof[]>>>> = {
  microsoft: { interactive: ['none'], application: ['secret', 'certificate'] },
  google: { interactive: ['secret'], application: [] },
  yandex: { interactive: ['secret'], application: [] },
  mailru: { interactive: ['secret'], application: [] },
  other: { interactive: ['none', 'secret', 'certificate'], application: ['secret', 'certificate'] },
};

const httpsUrlSchema = z.url({ protocol: /^https$/ }).max(2000);

/** One sign-in at the provider, for both directions of a mailbox. All of it may be known to anyone; secrets are in the vault. */
export const oauthSettingsSchema = z
  .object({
    authority: authoritySchema,
    /** Of `other`: who it is. Of `microsoft`: a cloud of its own (national, External ID); null: the one for all. */
    issuer: httpsUrlSchema.nullable().default(null),
    /** The company's own registration (R106). */
    clientId: z.string().trim().min(1).max(300),
    /** Directory (tenant) of Microsoft; empty: whichever the person belongs to. */
    directoryId: z.string().trim().max(300).default(''),
    flow: oauthFlowSchema.default('interactive'),
    /** Of the person who signs in where the mailbox has no sign-in of its own (shared); empty: the mailbox's address. The provider's page suggests it. */
    signInAs: z.string().trim().max(320).default(''),
    proof: clientProofSchema.default('none'),
    /** Null: those that the authority wants for the protocols in use. */
    scopes: z.array(z.string().trim().min(1).max(300)).max(30).readonly().nullable().default(null),
    /** Where there is no discovery; null: found out, or known. */
    endpoints: z.object({ authorization: httpsUrlSchema, token: httpsUrlSchema }).readonly().nullable().default(null),
    /** Of the address on this machine that the browser comes back to; null: as usual for the authority. */
    redirectPort: z.number().int().min(1024).max(65535).nullable().default(null),
  })
  .refine(({ authority, issuer, endpoints }) => authority !== 'other' || issuer !== null || endpoints !== null, {
    path: ['issuer'],
  })
  .refine(({ authority, flow, proof }) => possibleProofs[authority][flow].includes(proof), { path: ['proof'] })
  .readonly();
export type OAuthSettings = z.infer<typeof oauthSettingsSchema>;

/** Some compare the whole address with the registered one: they get a fixed port. */
const usualRedirectPort = 47_811;

export interface RedirectPlace {
  readonly host: 'localhost' | '127.0.0.1';
  /** Null: any that is free. */
  readonly port: number | null;
  readonly path: '' | '/';
}

const fixed: RedirectPlace = { host: '127.0.0.1', port: usualRedirectPort, path: '/' };
const redirects: Readonly<Record<Authority, RedirectPlace>> = {
  // Of http://localhost alone Microsoft overlooks the port.
  microsoft: { host: 'localhost', port: null, path: '' },
  google: { host: '127.0.0.1', port: null, path: '' },
  yandex: fixed,
  mailru: fixed,
  other: fixed,
};

export function redirectPlace({
  authority,
  redirectPort,
}: Pick<OAuthSettings, 'authority' | 'redirectPort'>): RedirectPlace {
  const usual = redirects[authority];
  return { ...usual, port: redirectPort ?? usual.port };
}

/** What is to be entered where the application is registered. */
export function registeredRedirect(settings: Pick<OAuthSettings, 'authority' | 'redirectPort'>): string {
  const { host, port, path } = redirectPlace(settings);
  return port === null ? `http://${host}` : `http://${host}:${port}${path}`;
}

/** The same application at the same authority: only then may a secret or a grant of the one be shown to the other. */
export function sameRegistration(one: OAuthSettings | null, other: OAuthSettings | null): boolean {
  return one !== null && other !== null && identityOf(one) === identityOf(other);
}

function identityOf({ authority, issuer, endpoints, clientId, directoryId }: OAuthSettings): string {
  return JSON.stringify([authority, issuer, endpoints?.authorization, endpoints?.token, clientId, directoryId]);
}
