import { z } from 'zod';
import { encryptionSchema } from './mailbox.ts';
import { authoritySchema } from './oauth.ts';

export const serverAddressSchema = z
  .object({ host: z.string(), port: z.number().int(), encryption: encryptionSchema })
  .readonly();
export type ServerAddress = z.infer<typeof serverAddressSchema>;

export const signInKindSchema = z.enum(['password', 'app-password', 'oauth2']);
export type SignInKind = z.infer<typeof signInKindSchema>;

/** Facts about a provider that the wizard needs. */
export const providerSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    domains: z.array(z.string()).readonly(),
    /** Null: the provider has no IMAP for us. */
    imap: serverAddressSchema.nullable(),
    smtp: serverAddressSchema.nullable(),
    /** In the order to be offered. */
    signIn: z.array(signInKindSchema).readonly(),
    login: z.enum(['address', 'local-part']),
    /** The page where the provider makes app passwords. */
    appPasswordUrl: z.url().nullable(),
    /** Key of the catalogue's steps for the app password; null: the general steps. */
    appPasswordSteps: z.string().nullable(),
    /** Keys of warnings of the catalogue (IMAP must be switched on, local part as login, …). */
    traps: z.array(z.string()).readonly(),
    /** What it lets one mailbox load in a day over IMAP; null where it does not say. */
    loadMbPerDay: z.number().int().nullable().default(null),
    /** Who gives its tokens; null: the console cannot sign in there but by password. */
    oauth: authoritySchema.nullable().default(null),
  })
  .readonly();
export type Provider = z.infer<typeof providerSchema>;

/** Where a candidate came from, best first. */
export const detectionSourceSchema = z.enum(['learned', 'directory', 'guess']);
export type DetectionSource = z.infer<typeof detectionSourceSchema>;

export const detectionSchema = z
  .object({
    address: z.string(),
    domain: z.string(),
    source: detectionSourceSchema,
    /** Null where no provider is known: the operator picks one or types the settings. */
    provider: providerSchema.nullable(),
    incoming: serverAddressSchema.nullable(),
    outgoing: serverAddressSchema.nullable(),
    login: z.string(),
  })
  .readonly();
export type Detection = z.infer<typeof detectionSchema>;
