import { z } from 'zod';
import { mailboxIdSchema } from './ids.ts';
import { type Instant, instantSchema } from './time.ts';

/** `tls`: encrypted from the first byte. `starttls`: asked for, and never given up silently (D4). `none` only on purpose (D5). */
export const encryptionSchema = z.enum(['tls', 'starttls', 'none']);
export type Encryption = z.infer<typeof encryptionSchema>;

/** One direction of a mailbox's connection. The password lies in the vault, never here. */
export const endpointSchema = z
  .object({
    host: z.string().trim().min(1).max(253),
    port: z.number().int().min(1).max(65535),
    encryption: encryptionSchema,
    login: z.string().trim().max(320),
    /** `none` is for relays that let this machine send without a sign-in (R41). */
    signIn: z.enum(['password', 'none']),
    /** SHA-256 of the one certificate accepted on purpose (hex, no colons), or null: the system's trust decides. */
    pinnedCertificate: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
  })
  .readonly();
export type Endpoint = z.infer<typeof endpointSchema>;

/** Who answers are from (R48–R50). All three are needed before a mailbox may send (R51); an empty string is "not set". */
export const senderIdentitySchema = z
  .object({
    fromAddress: z.union([z.literal(''), z.email()]),
    fromName: z.string().trim().max(200),
    replyTo: z.union([z.literal(''), z.email()]),
  })
  .readonly();
export type SenderIdentity = z.infer<typeof senderIdentitySchema>;

export const firstLoadPeriodSchema = z.enum(['day', 'week', 'month', 'quarter', 'all']);
export type FirstLoadPeriod = z.infer<typeof firstLoadPeriodSchema>;

const periodDays: Readonly<Record<Exclude<FirstLoadPeriod, 'all'>, number>> = {
  day: 1,
  week: 7,
  month: 31,
  quarter: 92,
};

/** How far back a first load that begins at `now` goes; null: to the beginning. */
export function firstLoadSince(period: FirstLoadPeriod, now: Instant): Instant | null {
  return period === 'all' ? null : now - periodDays[period] * 24 * 60 * 60_000;
}

export const loadingSettingsSchema = z
  .object({
    firstLoadPeriod: firstLoadPeriodSchema,
    /** New mail is loaded by itself: by IDLE where the server offers it, else every `pollMinutes`. */
    automatic: z.boolean(),
    pollMinutes: z.number().int().min(1).max(1440),
  })
  .readonly();
export type LoadingSettings = z.infer<typeof loadingSettingsSchema>;

/** What an operator decides about a mailbox. */
export const mailboxSettingsSchema = z
  .object({
    /** Unique; what the terminal calls it by. The address unless chosen otherwise. */
    name: z.string().trim().min(1).max(120),
    address: z.email(),
    description: z.string().trim().max(2000),
    incoming: endpointSchema,
    outgoing: endpointSchema.nullable(),
    sender: senderIdentitySchema,
    loading: loadingSettingsSchema,
    /** A collection address: its letters become tickets where a sender entry says so. */
    collectsTickets: z.boolean(),
  })
  .readonly();
export type MailboxSettings = z.infer<typeof mailboxSettingsSchema>;

export const mailboxSchema = z
  .object({
    id: mailboxIdSchema,
    enabled: z.boolean(),
    /** Belongs to the demo company and goes with it. */
    demo: z.boolean(),
    createdAt: instantSchema,
    settings: mailboxSettingsSchema,
  })
  .readonly();
export type Mailbox = z.infer<typeof mailboxSchema>;

export function canSend(settings: MailboxSettings): boolean {
  const { fromAddress, fromName, replyTo } = settings.sender;
  return settings.outgoing !== null && fromAddress !== '' && fromName !== '' && replyTo !== '';
}
