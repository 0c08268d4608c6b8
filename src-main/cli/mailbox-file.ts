import { z } from 'zod';
import { exchangeVersionSchema, newExchange } from '../../src-shared/domain/exchange.ts';
import {
  encryptionSchema,
  firstLoadPeriodSchema,
  incomingProtocolSchema,
  newMailSchema,
  outgoingProtocolSchema,
} from '../../src-shared/domain/mailbox.ts';
import { clientProofSchema, oauthSettingsSchema } from '../../src-shared/domain/oauth.ts';
import { sentCopySchema } from '../../src-shared/domain/sent-copy.ts';
import { isHostAlone } from '../../src-shared/domain/server-place.ts';
import { recordFields } from './record-fields.ts';

const serverSchema = z.strictObject({
  host: z
    .string()
    .trim()
    .min(1)
    .max(253)
    // Port and encryption have fields of their own, and one of the two would be wrong.
    .refine(isHostAlone)
    .optional()
    .describe('Server name. Found out from the address where left out.'),
  port: z.int().min(1).max(65535).optional(),
  encryption: encryptionSchema
    .optional()
    .describe('tls: from the first byte; starttls: asked for and never given up; none: only on purpose.'),
  login: z.string().trim().max(320).optional().describe('The address, or its local part, as the provider wants it.'),
  signIn: z
    .enum(['password', 'oauth2', 'none'])
    .optional()
    .describe(
      'oauth2: by the provider’s sign-in, and so where `oauth` is given; else password. none: a relay that takes letters without sign-in.',
    ),
  pinnedCertificate: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .default(null)
    .describe('SHA-256 of the one certificate to accept, 64 hex digits; null: the system decides.'),
});
export type ServerInFile = z.output<typeof serverSchema>;

const exchangeInFile = z
  .strictObject({
    path: z
      .string()
      .regex(/^\/\S*$/)
      .max(500)
      .default(newExchange.path)
      .describe('Where on the host the service is.'),
    version: exchangeVersionSchema.default('automatic'),
    windows: z.boolean().default(true).describe('Windows sign-in (NTLM); false: Basic.'),
    domain: z.string().trim().max(255).default(''),
    mailbox: z
      .union([z.literal(''), z.email()])
      .default('')
      .describe('Another person’s or a shared mailbox that this login opens; empty: its own.'),
  })
  .describe('With protocol ews: Exchange Web Services of an Exchange server.');

const graphInFile = z
  .strictObject({
    mailbox: z
      .union([z.literal(''), z.email()])
      .default('')
      .describe('Another person’s or a shared mailbox that this sign-in opens; empty: its own.'),
  })
  .describe('With protocol graph: Microsoft 365, signed in to by oauth.');

const incomingServerSchema = serverSchema.extend({
  protocol: incomingProtocolSchema
    .default('imap')
    .describe(
      'pop3: the inbox alone, without marks; its letters are left or deleted. ews: an Exchange server. graph: Microsoft 365. Their servers are not found out from the address.',
    ),
  exchange: exchangeInFile.optional(),
  graph: graphInFile.optional(),
});

const outgoingServerSchema = serverSchema.extend({
  protocol: outgoingProtocolSchema
    .default('smtp')
    .describe('ews, graph: the server that gives letters sends too and keeps the copy; all else as in incoming.'),
  exchange: exchangeInFile.optional(),
  graph: graphInFile.optional(),
});

const oauthInFile = z
  .strictObject({
    ...oauthSettingsSchema.unwrap().shape,
    proof: clientProofSchema
      .optional()
      .describe('How the application proves itself; what it proves itself with comes by --client-secret-stdin.'),
  })
  .describe('The provider’s sign-in with the company’s own application, for both directions.');

/** As in the settings, but strict: a misspelt word must not mean "leave". */
const afterwardsInFile = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('leave') }),
    z.strictObject({ kind: z.literal('mark-read') }),
    z.strictObject({
      kind: z.literal('move'),
      done: z.string().min(1).describe('Folder for letters without errors.'),
      failed: z.string().min(1).nullable().default(null).describe('For letters with errors; null: they stay.'),
      create: z.boolean().default(false).describe('Folders that are missing are made.'),
    }),
    z.strictObject({ kind: z.literal('delete'), afterDays: z.int().min(0).max(365).describe('0: at once.') }),
  ])
  .describe('What happens on the server with letters whose outcome is recorded; other than `leave` needs --confirm.');

/** Named alike in the file of a new mailbox and in that of changes to one. */
export const mailboxFileFields = {
  description: z.string().trim().max(2000),
  folders: z
    .union([z.literal('all'), z.array(z.string().min(1)).min(1)])
    .describe(
      'Paths to load, as `mailroom folder list` shows them, or with / or \\ between levels. A parent does not stand for its children. `all`: every folder but Sent, Drafts, Junk, Trash and All Mail, new ones too.',
    ),
  firstLoadPeriod: firstLoadPeriodSchema.describe('How far back the first load goes.'),
  newMail: newMailSchema.describe(
    'What counts as new: what was not there before (position), only what is unread, or everything in the folder.',
  ),
  largestMb: z.int().min(1).max(200).describe('Of a larger letter only the header is loaded.'),
  lane: z.int().min(0).max(3).describe('Rules of the mailboxes of one lane run one after another.'),
  afterwards: afterwardsInFile,
  automatic: z.boolean().describe('New mail is loaded by itself while the console is open.'),
  pollMinutes: z.int().min(1).max(1440),
  sentCopy: sentCopySchema.describe(
    'Who puts what was sent into the Sent folder: we, where the server does not (automatic), always we, or nobody.',
  ),
  collectsTickets: z.boolean().describe('Its letters become tickets where a sender entry says so.'),
  ...recordFields,
  calendar: z.boolean().describe('With protocol ews or graph: its meetings are loaded as well.'),
  contacts: z.boolean().describe('With protocol ews or graph: its address book is loaded as well.'),
};
const fields = mailboxFileFields;

/** What `mailroom mailbox add` reads. A password is never part of it. */
export const mailboxFileSchema = z.strictObject({
  address: z.email().describe('The mailbox’s address; all else can be left out where its provider is known.'),
  name: z
    .string()
    .trim()
    .min(1)
    .max(120)
    .optional()
    .describe('What the terminal calls it by; the address if left out.'),
  description: fields.description.default(''),
  incoming: incomingServerSchema
    .nullable()
    .prefault({})
    .describe('Where letters are received from; null: this mailbox only sends.'),
  outgoing: outgoingServerSchema
    .nullable()
    .prefault({})
    .describe('SMTP, ews or graph; null: this mailbox only receives.'),
  answeredBy: z
    .string()
    .min(1)
    .optional()
    .describe('Of a mailbox that only receives: name or address of the one that sends its answers.'),
  oauth: oauthInFile.optional(),
  sender: z
    .strictObject({
      fromAddress: z.email().optional(),
      fromName: z.string().trim().min(1).max(200).optional(),
      replyTo: z.email().optional(),
    })
    .prefault({})
    .describe('Who answers are from; the address and the name of the mailbox if left out.'),
  folders: fields.folders.optional().describe(`${fields.folders.description} The inbox if left out.`),
  firstLoadPeriod: fields.firstLoadPeriod.default('month'),
  newMail: fields.newMail.default('position'),
  largestMb: fields.largestMb.default(35),
  lane: fields.lane.default(0),
  afterwards: fields.afterwards.default({ kind: 'leave' }),
  automatic: fields.automatic.default(true),
  pollMinutes: fields.pollMinutes
    .optional()
    .describe('Where the server does not tell of new mail; the console’s general interval if left out.'),
  sentCopy: fields.sentCopy.default('automatic'),
  collectsTickets: fields.collectsTickets.default(false),
  log: fields.log.default('errors'),
  clientSecretEnds: fields.clientSecretEnds.default(null),
  passwordDays: fields.passwordDays.default(null),
  calendar: fields.calendar.default(false),
  contacts: fields.contacts.default(false),
});
export type MailboxFile = z.output<typeof mailboxFileSchema>;
