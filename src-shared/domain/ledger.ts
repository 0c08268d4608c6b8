import { z } from 'zod';
import { wireErrorSchema } from '../errors/wire.ts';
import { effectSchema } from './effect.ts';
import { folderIdSchema, ledgerEntryIdSchema, mailboxIdSchema, messageIdSchema, ticketIdSchema } from './ids.ts';
import { addressSchema } from './message.ts';
import { instantSchema } from './time.ts';

/**
 * Where a letter of the server stands. `waiting`: seen, to be loaded. `held`: seen and left out, `why` says for what. `stored`: its bytes are safe.
 * `parsed`: read and indexed, the rules have not looked at it. Then one outcome: `ticket`, `appended` to one, `kept` as mail, `quarantined`.
 * `left`: it left the server before it was loaded.
 */
export const ledgerStatusSchema = z.enum([
  'waiting',
  'held',
  'stored',
  'parsed',
  'ticket',
  'appended',
  'kept',
  'quarantined',
  'left',
]);
export type LedgerStatus = z.infer<typeof ledgerStatusSchema>;

/** `refused`: the server did not give it, several times over. */
export const heldWhySchema = z.enum(['before-period', 'read', 'too-large', 'refused']);
export type HeldWhy = z.infer<typeof heldWhySchema>;

/** Why a letter made no ticket and that is as it should be. */
export const keptWhySchema = z.enum(['not-collecting', 'own-letter', 'receiving-off']);
export type KeptWhy = z.infer<typeof keptWhySchema>;

/** Why a person should look at a letter. */
export const quarantineWhySchema = z.enum([
  'no-sender-entry',
  'no-sender',
  'unreadable',
  'too-large',
  'suspected-sender',
]);
export type QuarantineWhy = z.infer<typeof quarantineWhySchema>;

export const leftHowSchema = z.enum(['moved', 'deleted', 'renumbered']);
export type LeftHow = z.infer<typeof leftHowSchema>;

/** One message as a server's folder holds or held it (folder, UIDVALIDITY, UID), from seen to done. */
export const ledgerEntrySchema = z
  .object({
    id: ledgerEntryIdSchema,
    mailboxId: mailboxIdSchema,
    folderId: folderIdSchema,
    folderPath: z.string(),
    uidValidity: z.number().int(),
    uid: z.number().int(),
    /** Null until it is stored. */
    messageId: messageIdSchema.nullable(),
    status: ledgerStatusSchema,
    why: z.union([heldWhySchema, keptWhySchema, quarantineWhySchema]).nullable(),
    problem: wireErrorSchema.nullable(),
    /** As the letter says; null and empty until it is parsed. */
    from: addressSchema.nullable(),
    subject: z.string(),
    messageIdHeader: z.string(),
    ticketId: ticketIdSchema.nullable(),
    /** Bytes; null while the server was not asked. */
    size: z.number().int().nullable(),
    /** How often it was asked for. */
    attempts: z.number().int(),
    receivedAt: instantSchema.nullable(),
    seenAt: instantSchema,
    storedAt: instantSchema.nullable(),
    parsedAt: instantSchema.nullable(),
    /** When the rules decided. */
    ruledAt: instantSchema.nullable(),
    leftAt: instantSchema.nullable(),
    leftHow: leftHowSchema.nullable(),
    effect: effectSchema.nullable(),
  })
  .readonly();
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

/** An entry with the other places in which the same letter lies or lay. */
export const ledgerStorySchema = z
  .object({ entry: ledgerEntrySchema, elsewhere: z.array(ledgerEntrySchema).readonly() })
  .readonly();
export type LedgerStory = z.infer<typeof ledgerStorySchema>;

/** Rows of a folder that are on the server, by where they stand: the sum is `inLedger`. */
export const balanceCountsSchema = z
  .object({
    stored: z.number().int(),
    waiting: z.number().int(),
    beforePeriod: z.number().int(),
    read: z.number().int(),
    tooLarge: z.number().int(),
    refused: z.number().int(),
  })
  .readonly();
export type BalanceCounts = z.infer<typeof balanceCountsSchema>;

/** On the server N = in the ledger N, unexplained 0. */
export const folderBalanceSchema = z
  .object({
    mailboxId: mailboxIdSchema,
    folderId: folderIdSchema,
    path: z.string(),
    /** When the server was asked; null: not yet. */
    at: instantSchema.nullable(),
    onServer: z.number().int(),
    inLedger: z.number().int(),
    /** UIDs on the server without a row; the first thousand. */
    unexplained: z.array(z.number().int()).readonly(),
    counts: balanceCountsSchema,
  })
  .readonly();
export type FolderBalance = z.infer<typeof folderBalanceSchema>;

export const ledgerFilterSchema = z
  .object({
    mailboxId: mailboxIdSchema.nullable(),
    folderId: folderIdSchema.nullable(),
    /** Empty: all. */
    statuses: z.array(ledgerStatusSchema).readonly(),
    /** Words of sender and subject by prefix, or a whole Message-ID. */
    query: z.string().max(998),
  })
  .readonly();
export type LedgerFilter = z.infer<typeof ledgerFilterSchema>;
