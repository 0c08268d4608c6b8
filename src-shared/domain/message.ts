import { z } from 'zod';
import { wireErrorSchema } from '../errors/wire.ts';
import { folderIdSchema, mailboxIdSchema, messageIdSchema, ticketIdSchema } from './ids.ts';
import { instantSchema } from './time.ts';

export const addressSchema = z.object({ name: z.string(), address: z.string() }).readonly();
export type Address = z.infer<typeof addressSchema>;

/**
 * `stored`: raw bytes are safe, parsing is to come. `parsed`: fields and text are indexed.
 * `unreadable`: could not be parsed (in time); kept, listed, openable as source. `too-large`: only its header was loaded.
 */
export const messageStateSchema = z.enum(['stored', 'parsed', 'unreadable', 'too-large']);
export type MessageState = z.infer<typeof messageStateSchema>;

/** A line of the list. */
export const messageSummarySchema = z
  .object({
    id: messageIdSchema,
    mailboxId: mailboxIdSchema,
    /** One of the folders it lies in; null when it has left all of them on the server. */
    folderId: folderIdSchema.nullable(),
    state: messageStateSchema,
    problem: wireErrorSchema.nullable(),
    from: addressSchema.nullable(),
    subject: z.string(),
    /** First words of the text, one line. */
    preview: z.string(),
    /** The Date header; the arrival where it is missing or absurd. */
    sentAt: instantSchema,
    /** The server's INTERNALDATE. */
    receivedAt: instantSchema,
    size: z.number().int(),
    attachmentCount: z.number().int(),
    unread: z.boolean(),
    ticketId: ticketIdSchema.nullable(),
    threadId: messageIdSchema,
    threadSize: z.number().int(),
  })
  .readonly();
export type MessageSummary = z.infer<typeof messageSummarySchema>;

export const attachmentSchema = z
  .object({
    index: z.number().int().nonnegative(),
    /** As the sender wrote it; may hold anything. */
    name: z.string(),
    /** Harmless as a file name on Windows, macOS and Linux. */
    safeName: z.string(),
    type: z.string(),
    size: z.number().int(),
    /** Without angle brackets; null where the part has none. */
    contentId: z.string().nullable(),
    inline: z.boolean(),
  })
  .readonly();
export type Attachment = z.infer<typeof attachmentSchema>;

/** A whole letter for reading. `html` is foreign and not sanitised: only the letter component may show it. */
export const letterSchema = z
  .object({
    summary: messageSummarySchema,
    to: z.array(addressSchema).readonly(),
    cc: z.array(addressSchema).readonly(),
    replyTo: z.array(addressSchema).readonly(),
    /** With angle brackets, as in the header; empty when missing. */
    messageIdHeader: z.string(),
    text: z.string(),
    html: z.string().nullable(),
    attachments: z.array(attachmentSchema).readonly(),
    /** Auto-Submitted other than `no`, or a list, bounce or bulk letter (RFC 3834). */
    automatic: z.boolean(),
  })
  .readonly();
export type Letter = z.infer<typeof letterSchema>;

export const headerSchema = z.object({ name: z.string(), value: z.string() }).readonly();
export type Header = z.infer<typeof headerSchema>;
