import { z } from 'zod';
import { defineContract } from '../../../src-shared/contract/define-contract.ts';
import { mailboxIdSchema, outgoingIdSchema, ticketIdSchema } from '../../../src-shared/domain/ids.ts';
import { addressSchema } from '../../../src-shared/domain/message.ts';
import { outgoingSchema, outgoingStateSchema } from '../../../src-shared/domain/outgoing.ts';
import { ticketStateSchema } from '../../../src-shared/domain/ticket.ts';
import { instantSchema } from '../../../src-shared/domain/time.ts';
import { wireErrorSchema } from '../../../src-shared/errors/wire.ts';

/** An answer with its exact bytes, ready for any number of attempts under one Message-ID. */
export const newOutgoingSchema = z
  .object({
    mailboxId: mailboxIdSchema,
    ticketId: ticketIdSchema.nullable(),
    messageIdHeader: z.string(),
    /** The envelope: who gets it. */
    from: z.string(),
    to: z.array(addressSchema),
    subject: z.string(),
    text: z.string(),
    attachments: z.array(z.object({ name: z.string(), size: z.number().int() })),
    author: z.string(),
    raw: z.instanceof(Uint8Array),
  })
  .readonly();
export type NewOutgoing = z.infer<typeof newOutgoingSchema>;

export const submissionSchema = z
  .object({
    outgoing: outgoingSchema,
    from: z.string(),
    /** The envelope: those of its recipients that the server has neither taken nor refused for good. */
    to: z.array(z.string()).readonly(),
    raw: z.instanceof(Uint8Array),
  })
  .readonly();
export type Submission = z.infer<typeof submissionSchema>;

/** `deferred`: tried again, alone. */
const toldRecipientSchema = z
  .object({ address: z.string(), state: z.enum(['accepted', 'refused', 'deferred']), serverWords: z.string() })
  .readonly();
export type ToldRecipient = z.infer<typeof toldRecipientSchema>;

/** The end of an attempt. */
export const attemptEndSchema = z
  .object({
    outgoingId: outgoingIdSchema,
    state: outgoingStateSchema,
    nextAttemptAt: instantSchema.nullable(),
    problem: wireErrorSchema.nullable(),
    serverWords: z.string(),
    givesUpAt: instantSchema.nullable().default(null),
    /** What this attempt has found out about single recipients. */
    recipients: z.array(toldRecipientSchema).readonly().default([]),
  })
  .readonly();
export type AttemptEnd = z.infer<typeof attemptEndSchema>;

export const outboxRowsContract = defineContract({
  methods: {
    /** Queues an answer and, in the same transaction, its place in the ticket and the ticket's next state. */
    'outbox.put': {
      input: z.object({ outgoing: newOutgoingSchema, nextState: ticketStateSchema.nullable() }),
      output: outgoingSchema,
      errors: ['ticket.unknown', 'mailbox.unknown'],
    },
    'outbox.list': {
      input: z.object({ states: z.array(outgoingStateSchema), limit: z.number().int() }),
      output: z.array(outgoingSchema),
      errors: [],
    },
    /** When the next queued answer is due; null when none waits. */
    'outbox.nextDue': { input: z.void(), output: z.object({ at: instantSchema.nullable() }), errors: [] },
    /**
     * Takes one answer that is due (`now`; with `evenEarly` any queued one not in `except`) and commits `sending` before it is handed over; null when there is none.
     * Mailboxes that are busy sending are passed over with `exceptMailboxes`.
     */
    'outbox.claim': {
      input: z.object({
        now: instantSchema,
        evenEarly: z.boolean(),
        except: z.array(outgoingIdSchema),
        exceptMailboxes: z.array(mailboxIdSchema).default([]),
      }),
      output: submissionSchema.nullable(),
      errors: [],
    },
    /** The end of an attempt. `queued` with `nextAttemptAt` for another try. */
    'outbox.settle': {
      input: attemptEndSchema,
      output: outgoingSchema,
      errors: ['message.gone'],
    },
    /** A person's decision; only from one of the states given, else state.conflict. */
    'outbox.decide': {
      input: z.object({ outgoingId: outgoingIdSchema, from: z.array(outgoingStateSchema), state: outgoingStateSchema }),
      output: outgoingSchema,
      errors: ['message.gone', 'state.conflict'],
    },
    /** At start: what was `sending` when the program ended is `unknown` now, never sent again by itself. */
    'outbox.recover': { input: z.void(), output: z.array(outgoingSchema), errors: [] },
  },
  events: {},
});
