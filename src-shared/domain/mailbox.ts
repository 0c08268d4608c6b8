import { z } from 'zod';
import { exchangeSchema } from './exchange.ts';
import { graphSchema } from './graph.ts';
import { mailboxIdSchema } from './ids.ts';
import { oauthSettingsSchema } from './oauth.ts';
import { openedMailbox } from './opened-mailbox.ts';
import { sentCopySchema } from './sent-copy.ts';
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
    /** `oauth2`: with a token of the mailbox's `oauth`. `none` is for relays that let this machine send without a sign-in (R41). */
    signIn: z.enum(['password', 'oauth2', 'none']),
    /** SHA-256 of the one certificate accepted on purpose (hex, no colons), or null: the system's trust decides. */
    pinnedCertificate: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
  })
  .readonly();
export type Endpoint = z.infer<typeof endpointSchema>;

export const incomingProtocolSchema = z.enum(['imap', 'pop3', 'ews', 'graph']);
export type IncomingProtocol = z.infer<typeof incomingProtocolSchema>;

/** Where letters are received from. Settings of before there was a choice are IMAP's. */
export const incomingEndpointSchema = endpointSchema
  .unwrap()
  .extend({
    protocol: incomingProtocolSchema.default('imap'),
    exchange: exchangeSchema.optional(),
    graph: graphSchema.optional(),
  })
  .readonly();
export type IncomingEndpoint = z.infer<typeof incomingEndpointSchema>;

export const outgoingProtocolSchema = z.enum(['smtp', 'ews', 'graph']);
export type OutgoingProtocol = z.infer<typeof outgoingProtocolSchema>;

/** Over HTTP: nobody speaks before he is asked, and one server takes letters and gives them. */
export function isOverHttp(protocol: string | undefined): protocol is IncomingProtocol & OutgoingProtocol {
  return protocol === 'ews' || protocol === 'graph';
}

/** Where letters are handed over; by SMTP where nothing is said. */
export const outgoingEndpointSchema = endpointSchema
  .unwrap()
  .extend({
    protocol: outgoingProtocolSchema.optional(),
    exchange: exchangeSchema.optional(),
    graph: graphSchema.optional(),
  })
  .readonly();
export type OutgoingEndpoint = z.infer<typeof outgoingEndpointSchema>;

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

/**
 * What of a folder counts as new (D9). `position`: every UID that was not there before, after a first load by period. `unread`: only what nobody has read
 * (R174). `everything`: the whole folder, whatever its age and marks (R2).
 */
export const newMailSchema = z.enum(['position', 'unread', 'everything']);
export type NewMail = z.infer<typeof newMailSchema>;

export const loadingSettingsSchema = z
  .object({
    firstLoadPeriod: firstLoadPeriodSchema,
    /** New mail is loaded by itself: by IDLE where the server offers it, else at the poll interval. */
    automatic: z.boolean(),
    /** Null: the console's general interval (R126). */
    pollMinutes: z.number().int().min(1).max(1440).nullable(),
    newMail: newMailSchema.default('position'),
    /** `all`: every folder that holds letters, also those made later; Sent, Drafts, Junk, Trash and All Mail only when ticked. */
    folders: z.enum(['chosen', 'all']).default('chosen'),
    /** A larger letter is listed by its header and fetched on request. */
    largestMb: z.number().int().min(1).max(200).default(35),
    /** R79: rules and effects of the mailboxes of one lane run one after another, lanes side by side. */
    lane: z.number().int().min(0).max(3).default(0),
  })
  .readonly();
export type LoadingSettings = z.infer<typeof loadingSettingsSchema>;

/** What happens on the server with a letter whose outcome is recorded (D1). Nothing, unless chosen, counted and confirmed. */
export const afterwardsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('leave') }).readonly(),
  z.object({ kind: z.literal('mark-read') }).readonly(),
  z
    .object({
      kind: z.literal('move'),
      /** Path of the folder for letters without errors (R6). */
      done: z.string().min(1),
      /** For letters with errors (R7); null: they stay where they are. */
      failed: z.string().min(1).nullable(),
      /** Folders that are missing are made. */
      create: z.boolean(),
    })
    .readonly(),
  z
    .object({
      kind: z.literal('delete'),
      /** Zero: at once. */
      afterDays: z.number().int().min(0).max(365),
    })
    .readonly(),
]);
export type Afterwards = z.infer<typeof afterwardsSchema>;

/** What a mailbox's log keeps (R61): everything with the letters' names, what went wrong, or nothing. */
export const logLevelSchema = z.enum(['full', 'errors', 'off']);
export type LogLevel = z.infer<typeof logLevelSchema>;

/** Ends that no server tells. */
export const givenDatesSchema = z
  .object({
    /** When the application's secret at the provider ends; null: not said. */
    clientSecretEnds: instantSchema.nullable(),
    /** The password must be changed after so many days; null: it never has to. */
    passwordDays: z.number().int().min(1).max(3650).nullable(),
  })
  .readonly();
export type GivenDates = z.infer<typeof givenDatesSchema>;
export const noGivenDates: GivenDates = { clientSecretEnds: null, passwordDays: null };

/** What an operator decides about a mailbox. */
export const mailboxSettingsSchema = z
  .object({
    /** Unique; what the terminal calls it by. The address unless chosen otherwise. */
    name: z.string().trim().min(1).max(120),
    address: z.email(),
    description: z.string().trim().max(2000),
    /** Null: it only sends. See `mailbox-directions.ts`. */
    incoming: incomingEndpointSchema.nullable(),
    /** Null: it only receives. */
    outgoing: outgoingEndpointSchema.nullable(),
    /** The mailbox that sends the answers of one that only receives; null or left out: none does. */
    answeredBy: mailboxIdSchema.nullable().optional(),
    /** The provider's sign-in, for each direction that asks for it; null: none does. */
    oauth: oauthSettingsSchema.nullable().default(null),
    sender: senderIdentitySchema,
    /** `automatic` where nothing is said. */
    sentCopy: sentCopySchema.optional(),
    loading: loadingSettingsSchema,
    afterwards: afterwardsSchema.default({ kind: 'leave' }),
    /** A collection address: its letters become tickets where a sender entry says so. */
    collectsTickets: z.boolean(),
    log: logLevelSchema.default('errors'),
    dates: givenDatesSchema.default(noGivenDates),
    /** Its meetings are loaded as well (R81), where the protocol has them. Left out: they are not. */
    calendar: z.boolean().optional(),
    /** Its address book is loaded as well (R122), where the protocol has one. Left out: it is not. */
    contacts: z.boolean().optional(),
  })
  .readonly()
  .refine(({ incoming, outgoing }) => incoming !== null || outgoing !== null, { path: ['outgoing'] });
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

/** Does the provider's sign-in open it, in one direction at least? */
export function signsInAtProvider({ incoming, outgoing }: Pick<MailboxSettings, 'incoming' | 'outgoing'>): boolean {
  return incoming?.signIn === 'oauth2' || outgoing?.signIn === 'oauth2';
}

/** What a console can have done on a server: POP3 knows neither marks nor folders. */
export const possibleAfterwards: Readonly<Record<IncomingProtocol, readonly Afterwards['kind'][]>> = {
  imap: ['leave', 'mark-read', 'move', 'delete'],
  pop3: ['leave', 'delete'],
  ews: ['leave', 'mark-read', 'move', 'delete'],
  graph: ['leave', 'mark-read', 'move', 'delete'],
};
export const possibleNewMail: Readonly<Record<IncomingProtocol, readonly NewMail[]>> = {
  imap: newMailSchema.options,
  pop3: ['position', 'everything'],
  ews: newMailSchema.options,
  graph: newMailSchema.options,
};

/** Does the server keep meetings beside the letters, in words that this console knows? */
export function hasCalendar(protocol: IncomingProtocol): boolean {
  return protocol === 'ews' || protocol === 'graph';
}

/** Does the server keep an address book beside the letters, in words that this console knows? */
export function hasContacts(protocol: IncomingProtocol): boolean {
  return protocol === 'ews' || protocol === 'graph';
}

/** The same wishes as far as the protocol can fulfil them; what it cannot is as for a new mailbox. */
export function withinProtocol(
  protocol: IncomingProtocol,
  { loading, afterwards }: Pick<MailboxSettings, 'loading' | 'afterwards'>,
): Pick<MailboxSettings, 'loading' | 'afterwards'> {
  const newMail = possibleNewMail[protocol].includes(loading.newMail) ? loading.newMail : 'position';
  const folders = protocol === 'pop3' ? 'chosen' : loading.folders;
  return {
    loading: { ...loading, newMail, folders },
    afterwards: possibleAfterwards[protocol].includes(afterwards.kind) ? afterwards : { kind: 'leave' },
  };
}

/** Does loading this mailbox change anything on its server? What is never loaded touches nothing, whatever is wished for it. */
export function touchesServer({ afterwards, incoming }: Pick<MailboxSettings, 'afterwards' | 'incoming'>): boolean {
  return incoming !== null && afterwards.kind !== 'leave';
}

/** Paths of the folders that processed letters are moved to. */
export function moveTargets(afterwards: Afterwards): readonly string[] {
  if (afterwards.kind !== 'move') return [];
  return [afterwards.done, afterwards.failed].filter((path) => path !== null && path !== '') as readonly string[];
}

/** Would saving touch letters that were not touched before: by new or other effects, or by the same effects on more letters? Then a person confirms it. */
export function touchesMore(before: MailboxSettings | null, after: MailboxSettings): boolean {
  return touchesServer(after) && (before === null || reach(before) !== reach(after));
}

/** Everything of the settings that decides which letters are touched, and how. */
function reach(settings: MailboxSettings): string {
  const { afterwards, loading, incoming } = settings;
  const { newMail, firstLoadPeriod, folders } = loading;
  if (incoming === null) return '';
  const { protocol, host, port, login } = incoming;
  const mailbox = openedMailbox(incoming, settings);
  return JSON.stringify([afterwards, newMail, firstLoadPeriod, folders, protocol, host, port, login, mailbox]);
}
