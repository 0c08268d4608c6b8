import { z } from 'zod';
import {
  mailboxIdSchema,
  messageIdSchema,
  outgoingIdSchema,
  senderEntryIdSchema,
  templateIdSchema,
  ticketIdSchema,
} from './ids.ts';
import { addressSchema, attachmentSchema } from './message.ts';
import { outgoingStateSchema, recipientResultSchema } from './outgoing.ts';
import { sentCopyFateSchema } from './sent-copy.ts';
import { instantSchema } from './time.ts';

export const ticketStateSchema = z.enum(['new', 'open', 'waiting', 'solved', 'closed']);
export type TicketState = z.infer<typeof ticketStateSchema>;

/** What a template fills in and an agent may change (R149–R156). */
export const ticketFieldsSchema = z
  .object({
    type: z.string().trim().max(200),
    /** Empty: a template for all customers (D7). */
    customer: z.string().trim().max(200),
    object: z.string().trim().max(200),
    workKind: z.string().trim().max(200),
    criticality: z.string().trim().max(200),
  })
  .readonly();
export type TicketFields = z.infer<typeof ticketFieldsSchema>;

export const ticketSummarySchema = z
  .object({
    id: ticketIdSchema,
    subject: z.string(),
    state: ticketStateSchema,
    fields: ticketFieldsSchema,
    templateId: templateIdSchema.nullable(),
    templateName: z.string(),
    mailboxId: mailboxIdSchema,
    requester: addressSchema,
    /** Name of the operator who took it; empty when nobody has. */
    assignee: z.string(),
    createdAt: instantSchema,
    updatedAt: instantSchema,
    letterCount: z.number().int(),
    answerCount: z.number().int(),
    /** The worst state among its answers, so that a failed one is seen in the list; null without answers. */
    delivery: outgoingStateSchema.nullable(),
  })
  .readonly();
export type TicketSummary = z.infer<typeof ticketSummarySchema>;

/** Which sign attached a letter to the ticket. */
export const attachReasonSchema = z.enum(['sender-entry', 'in-reply-to', 'references', 'subject-mark', 'by-hand']);
export type AttachReason = z.infer<typeof attachReasonSchema>;

export const ticketEntrySchema = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('letter'),
      at: instantSchema,
      messageId: messageIdSchema,
      from: addressSchema,
      subject: z.string(),
      text: z.string(),
      hasHtml: z.boolean(),
      attachments: z.array(attachmentSchema).readonly(),
      reason: attachReasonSchema,
    })
    .readonly(),
  z
    .object({
      kind: z.literal('answer'),
      at: instantSchema,
      outgoingId: outgoingIdSchema,
      author: z.string(),
      to: z.array(addressSchema).readonly(),
      recipients: z.array(recipientResultSchema).readonly(),
      text: z.string(),
      attachments: z.array(z.object({ name: z.string(), size: z.number().int() }).readonly()).readonly(),
      state: outgoingStateSchema,
      /** What the server said, word for word; empty until it has spoken. */
      serverWords: z.string(),
      attempts: z.number().int(),
      nextAttemptAt: instantSchema.nullable(),
      givesUpAt: instantSchema.nullable(),
      sentCopy: sentCopyFateSchema.nullable(),
    })
    .readonly(),
  z
    .object({
      kind: z.literal('change'),
      at: instantSchema,
      author: z.string(),
      field: z.enum(['state', 'assignee', 'type', 'customer', 'object', 'workKind', 'criticality']),
      before: z.string(),
      after: z.string(),
    })
    .readonly(),
]);
export type TicketEntry = z.infer<typeof ticketEntrySchema>;

export const ticketSchema = z
  .object({ summary: ticketSummarySchema, entries: z.array(ticketEntrySchema).readonly() })
  .readonly();
export type Ticket = z.infer<typeof ticketSchema>;

export const ticketTemplateSettingsSchema = z
  .object({
    name: z.string().trim().min(1).max(200),
    fields: ticketFieldsSchema,
  })
  .readonly();
export type TicketTemplateSettings = z.infer<typeof ticketTemplateSettingsSchema>;

export const ticketTemplateSchema = z
  .object({
    id: templateIdSchema,
    settings: ticketTemplateSettingsSchema,
    /** Sender entries that use it. */
    usedBy: z.number().int(),
    demo: z.boolean(),
  })
  .readonly();
export type TicketTemplate = z.infer<typeof ticketTemplateSchema>;

/** D7: no customer is fine; without object and kind of work no sender entry may use the template. */
export function isComplete({ fields }: TicketTemplateSettings): boolean {
  return fields.object !== '' && fields.workKind !== '';
}

export const senderEntrySettingsSchema = z
  .object({
    /** `user@x`, `*@domain` or `*@*` (R166). Compared without case. */
    pattern: z.string().trim().min(3).max(320),
    templateId: templateIdSchema,
    /** Null: for every collection address. */
    mailboxId: mailboxIdSchema.nullable(),
    /** R169: off, and letters that match it make no ticket. */
    receiving: z.boolean(),
  })
  .readonly();
export type SenderEntrySettings = z.infer<typeof senderEntrySettingsSchema>;

export const senderEntrySchema = z
  .object({ id: senderEntryIdSchema, settings: senderEntrySettingsSchema, templateName: z.string(), demo: z.boolean() })
  .readonly();
export type SenderEntry = z.infer<typeof senderEntrySchema>;
