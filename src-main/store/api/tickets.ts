import { z } from 'zod';
import { defineContract } from '../../../src-shared/contract/define-contract.ts';
import { ticketFilterSchema } from '../../../src-shared/contract/tickets.ts';
import { plannedEffectSchema } from '../../../src-shared/domain/effect.ts';
import {
  mailboxIdSchema,
  messageIdSchema,
  senderEntryIdSchema,
  templateIdSchema,
  ticketIdSchema,
} from '../../../src-shared/domain/ids.ts';
import { keptWhySchema, quarantineWhySchema } from '../../../src-shared/domain/ledger.ts';
import { addressSchema, messageStateSchema } from '../../../src-shared/domain/message.ts';
import {
  attachReasonSchema,
  senderEntrySchema,
  senderEntrySettingsSchema,
  ticketFieldsSchema,
  ticketSchema,
  ticketStateSchema,
  ticketSummarySchema,
  ticketTemplateSchema,
  ticketTemplateSettingsSchema,
} from '../../../src-shared/domain/ticket.ts';
import { ticketDraftSchema } from '../../../src-shared/domain/ticket-draft.ts';
import { instantSchema } from '../../../src-shared/domain/time.ts';
import { wireErrorSchema } from '../../../src-shared/errors/wire.ts';

/** What the rules look at in a letter. */
export const unsortedLetterSchema = z
  .object({
    messageId: messageIdSchema,
    mailboxId: mailboxIdSchema,
    from: addressSchema.nullable(),
    subject: z.string(),
    messageIdHeader: z.string(),
    inReplyTo: z.array(z.string()).readonly(),
    references: z.array(z.string()).readonly(),
    automatic: z.boolean(),
    receivedAt: instantSchema,
    state: messageStateSchema.exclude(['stored']),
    /** Of one that was not read or not loaded whole. */
    problem: wireErrorSchema.nullable(),
    /** Why the receiving server holds its sender to be false; empty: it does not. */
    suspicion: z.string(),
    /** A person said that this sender is who they say. */
    senderAllowed: z.boolean(),
  })
  .readonly();
export type UnsortedLetter = z.infer<typeof unsortedLetterSchema>;

/** What is to become of a letter: decided by the rules, carried out by the store in one transaction. */
export const sortingOutcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ticket'), templateId: templateIdSchema.nullable(), reason: attachReasonSchema }),
  z.object({ kind: z.literal('append'), ticketId: ticketIdSchema, reason: attachReasonSchema }),
  z.object({ kind: z.literal('kept'), why: keptWhySchema }),
  z.object({ kind: z.literal('quarantined'), why: quarantineWhySchema, note: z.string() }),
]);
export type SortingOutcome = z.infer<typeof sortingOutcomeSchema>;

const decisionSchema = z.object({
  messageId: messageIdSchema,
  outcome: sortingOutcomeSchema,
  /** What is to be done on the server with each place of the letter; recorded with the outcome, done afterwards. */
  effect: plannedEffectSchema.nullable(),
});
export type SortingDecision = Readonly<z.infer<typeof decisionSchema>>;

export const ticketRowsContract = defineContract({
  methods: {
    /** Parsed letters of a mailbox, collecting or not, that no rule has looked at yet, oldest first. */
    'sorting.next': {
      input: z.object({ mailboxId: mailboxIdSchema, limit: z.number().int() }),
      output: z.array(unsortedLetterSchema),
      errors: [],
    },
    /** Of a letter that was sorted or not: what the rules would see. */
    'sorting.letter': {
      input: z.object({ messageId: messageIdSchema }),
      output: unsortedLetterSchema,
      errors: ['message.gone'],
    },
    /** Tickets whose letters or answers bear one of these Message-IDs (any mailbox), by Message-ID. */
    'sorting.ticketsByHeader': {
      input: z.object({ headers: z.array(z.string()) }),
      output: z.array(
        z.object({
          header: z.string(),
          ticketId: ticketIdSchema,
          /** Of an answer of ours, not of a letter. */
          ours: z.boolean(),
        }),
      ),
      errors: [],
    },
    /** Tickets by number, with who may write to them: the requester and everybody an answer went to. */
    'sorting.ticketsByNumber': {
      input: z.object({ numbers: z.array(z.number().int()) }),
      output: z.array(z.object({ ticketId: ticketIdSchema, correspondents: z.array(z.string()) })),
      errors: [],
    },
    /**
     * Carries out one decision: ticket made or letter appended (a waiting, solved or closed ticket opens again), in one transaction with its outcome and
     * with what is to be done on the server. A letter that is sorted already changes nothing and says so.
     */
    'sorting.settle': {
      input: decisionSchema.extend({ demo: z.boolean() }),
      output: z.object({ ticketId: ticketIdSchema.nullable(), already: z.boolean() }),
      errors: ['message.gone', 'ticket.unknown', 'template.unknown'],
    },
    /**
     * Several decisions in one transaction, in their order. A letter, ticket or template that is gone meanwhile leaves its letter as it was
     * and out of the answer.
     */
    'sorting.settleMany': {
      input: z.object({
        decisions: z.array(decisionSchema).max(1000),
        demo: z.boolean(),
      }),
      output: z.array(
        z.object({ messageId: messageIdSchema, ticketId: ticketIdSchema.nullable(), already: z.boolean() }),
      ),
      errors: [],
    },
    /** Letters not in a ticket whose sender matches: for the preview of a pattern. `addressLike`: SQL LIKE, lower case, escaped with \. */
    'sorting.countSenders': {
      input: z.object({ addressLike: z.string(), mailboxId: mailboxIdSchema.nullable() }),
      output: z.object({ letters: z.number().int(), senders: z.number().int() }),
      errors: [],
    },

    /**
     * Letters that the rules have passed over and whose sender matches are to be looked at once more: by the next sorting, with the rules as they
     * are then. Scope and pattern as in `sorting.countSenders`.
     */
    'sorting.reconsider': {
      input: z.object({ addressLike: z.string(), mailboxId: mailboxIdSchema.nullable() }),
      output: z.object({ letters: z.number().int() }),
      errors: [],
    },

    'tickets.list': {
      input: z.object({
        filter: ticketFilterSchema,
        operator: z.string(),
        offset: z.number().int(),
        limit: z.number().int(),
      }),
      output: z.object({ tickets: z.array(ticketSummarySchema), total: z.number().int() }),
      errors: [],
    },
    'tickets.counts': { input: z.void(), output: z.record(ticketStateSchema, z.number().int()), errors: [] },
    'tickets.get': { input: z.object({ ticketId: ticketIdSchema }), output: ticketSchema, errors: ['ticket.unknown'] },
    /** Null leaves a thing as it is; each change becomes an entry of the ticket. `from`: refuse with state.conflict unless the ticket is in that state. */
    'tickets.change': {
      input: z.object({
        ticketId: ticketIdSchema,
        author: z.string(),
        state: ticketStateSchema.nullable(),
        fields: ticketFieldsSchema.nullable(),
        assignee: z.string().nullable(),
      }),
      output: ticketSchema,
      errors: ['ticket.unknown'],
    },
    /** Message-IDs of the ticket's letters and answers in order, for In-Reply-To and References. */
    'tickets.headers': {
      input: z.object({ ticketId: ticketIdSchema }),
      output: z.array(z.string()),
      errors: ['ticket.unknown'],
    },

    /** The answer that was begun and not sent; empty where none was. */
    'drafts.get': { input: z.object({ ticketId: ticketIdSchema }), output: ticketDraftSchema, errors: [] },
    'drafts.put': {
      input: z.object({ ticketId: ticketIdSchema, draft: ticketDraftSchema }),
      output: z.void(),
      errors: ['ticket.unknown'],
    },

    'templates.list': { input: z.void(), output: z.array(ticketTemplateSchema), errors: [] },
    'templates.put': {
      input: z.object({
        templateId: templateIdSchema.nullable(),
        settings: ticketTemplateSettingsSchema,
        demo: z.boolean(),
      }),
      output: ticketTemplateSchema,
      errors: ['template.unknown'],
    },
    'templates.remove': {
      input: z.object({ templateId: templateIdSchema }),
      output: z.void(),
      errors: ['template.unknown', 'template.in-use'],
    },
    'senders.list': { input: z.void(), output: z.array(senderEntrySchema), errors: [] },
    'senders.put': {
      input: z.object({
        senderEntryId: senderEntryIdSchema.nullable(),
        settings: senderEntrySettingsSchema,
        demo: z.boolean(),
      }),
      output: senderEntrySchema,
      errors: ['sender.duplicate', 'template.unknown', 'state.conflict'],
    },
    'senders.remove': { input: z.object({ senderEntryId: senderEntryIdSchema }), output: z.void(), errors: [] },
  },
  events: {},
});
