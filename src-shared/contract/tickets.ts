import { z } from 'zod';
import {
  mailboxIdSchema,
  messageIdSchema,
  senderEntryIdSchema,
  templateIdSchema,
  ticketIdSchema,
} from '../domain/ids.ts';
import { outgoingSchema } from '../domain/outgoing.ts';
import {
  senderEntrySchema,
  senderEntrySettingsSchema,
  ticketFieldsSchema,
  ticketSchema,
  ticketStateSchema,
  ticketSummarySchema,
  ticketTemplateSchema,
  ticketTemplateSettingsSchema,
} from '../domain/ticket.ts';
import { ticketDraftSchema } from '../domain/ticket-draft.ts';
import { defineContract } from './define-contract.ts';

export const ticketFilterSchema = z
  .object({
    /** Empty: all states. */
    states: z.array(ticketStateSchema),
    templateId: templateIdSchema.nullable(),
    mailboxId: mailboxIdSchema.nullable(),
    /** Only those taken by this console's operator. */
    mine: z.boolean(),
    /** Number, or words of subject, requester and text. */
    query: z.string().max(500),
  })
  .readonly();
export type TicketFilter = z.infer<typeof ticketFilterSchema>;

export const replySchema = z
  .object({
    ticketId: ticketIdSchema,
    text: z.string().min(1).max(1_000_000),
    /** Null: made from the text. */
    html: z.string().max(2_000_000).nullable(),
    attachments: z
      .array(z.object({ name: z.string().min(1).max(255), type: z.string(), bytes: z.instanceof(Uint8Array) }))
      .max(50),
    /** State of the ticket once the answer is queued; null leaves it. */
    nextState: ticketStateSchema.nullable(),
  })
  .readonly();
export type Reply = z.infer<typeof replySchema>;

export const ticketsContract = defineContract({
  methods: {
    /** Last changed first. */
    'tickets.list': {
      input: z.object({
        filter: ticketFilterSchema,
        offset: z.number().int().nonnegative(),
        limit: z.number().int().min(1).max(500),
      }),
      output: z.object({ tickets: z.array(ticketSummarySchema), total: z.number().int() }),
      errors: [],
    },
    /** Tickets by state, for the whole console. */
    'tickets.counts': { input: z.void(), output: z.record(ticketStateSchema, z.number().int()), errors: [] },
    'tickets.get': { input: z.object({ ticketId: ticketIdSchema }), output: ticketSchema, errors: ['ticket.unknown'] },
    'tickets.setState': {
      input: z.object({ ticketId: ticketIdSchema, state: ticketStateSchema }),
      output: ticketSchema,
      errors: ['ticket.unknown', 'state.conflict'],
    },
    'tickets.setFields': {
      input: z.object({ ticketId: ticketIdSchema, fields: ticketFieldsSchema }),
      output: ticketSchema,
      errors: ['ticket.unknown'],
    },
    /** Take it, or give it back. */
    'tickets.assign': {
      input: z.object({ ticketId: ticketIdSchema, toMe: z.boolean() }),
      output: ticketSchema,
      errors: ['ticket.unknown'],
    },
    /** A letter for which no sender entry spoke, made a ticket by hand. */
    'tickets.makeFromLetter': {
      input: z.object({ messageId: messageIdSchema, templateId: templateIdSchema.nullable() }),
      output: ticketSchema,
      errors: ['message.gone', 'template.unknown', 'state.conflict'],
    },
    /** Queues the answer; it goes out when the network allows. */
    'tickets.reply': {
      input: z.object({ reply: replySchema }),
      output: outgoingSchema,
      errors: ['ticket.unknown', 'mailbox.unknown', 'mailbox.cannot-send', 'answer.too-large'],
    },

    /** The answer that was begun and not sent; empty where none was. */
    'drafts.get': { input: z.object({ ticketId: ticketIdSchema }), output: ticketDraftSchema, errors: [] },
    'drafts.put': {
      input: z.object({ ticketId: ticketIdSchema, draft: ticketDraftSchema }),
      output: z.void(),
      errors: ['ticket.unknown'],
    },

    'templates.list': { input: z.void(), output: z.array(ticketTemplateSchema), errors: [] },
    'templates.save': {
      input: z.object({ templateId: templateIdSchema.nullable(), settings: ticketTemplateSettingsSchema }),
      output: ticketTemplateSchema,
      errors: ['template.unknown', 'template.incomplete'],
    },
    'templates.remove': {
      input: z.object({ templateId: templateIdSchema }),
      output: z.void(),
      errors: ['template.unknown', 'template.in-use'],
    },

    'senders.list': { input: z.void(), output: z.array(senderEntrySchema), errors: [] },
    'senders.save': {
      input: z.object({
        senderEntryId: senderEntryIdSchema.nullable(),
        settings: senderEntrySettingsSchema,
        /** Also letters that were loaded before become tickets where they match; else only those that come from now on. */
        loadedToo: z.boolean().default(false),
      }),
      output: senderEntrySchema,
      errors: [
        'sender.pattern-invalid',
        'sender.duplicate',
        'template.unknown',
        'template.incomplete',
        'state.conflict',
      ],
    },
    'senders.remove': { input: z.object({ senderEntryId: senderEntryIdSchema }), output: z.void(), errors: [] },
    /** How many of the letters loaded so far, not in a ticket yet, this pattern would match (R167: `*@*` is said in numbers). */
    'senders.preview': {
      input: z.object({ pattern: z.string().max(320), mailboxId: mailboxIdSchema.nullable() }),
      output: z.object({ letters: z.number().int(), senders: z.number().int() }),
      errors: ['sender.pattern-invalid'],
    },
  },
  events: {
    'tickets.changed': z.object({ ticketId: ticketIdSchema.nullable() }),
    /** Templates or sender entries. */
    'rules.changed': z.object({}),
  },
});
