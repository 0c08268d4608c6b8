import { z } from 'zod';
import { wireErrorSchema } from '../errors/wire.ts';
import { mailboxIdSchema, outgoingIdSchema, ticketIdSchema } from './ids.ts';
import { addressSchema } from './message.ts';
import { sentCopyFateSchema } from './sent-copy.ts';
import { instantSchema } from './time.ts';

/**
 * `queued`: waits for its turn, for the network or for the next attempt. `sending`: handed to the server just now.
 * `accepted`: the server took it. `failed`: refused for good, with the server's words.
 * `unknown`: the line was lost after the text had been sent; only a person may send it again.
 */
export const outgoingStateSchema = z.enum(['queued', 'sending', 'accepted', 'failed', 'unknown', 'cancelled']);
export type OutgoingState = z.infer<typeof outgoingStateSchema>;

/** How the letter fares with one of its recipients; the answer's own state where the server has told nothing of this one. */
export const recipientResultSchema = z
  .object({ address: z.string(), state: outgoingStateSchema, serverWords: z.string() })
  .readonly();
export type RecipientResult = z.infer<typeof recipientResultSchema>;

/** Has it arrived with some of them, so that its state does not say the whole? */
export function isPartlyTaken(state: OutgoingState, recipients: readonly RecipientResult[]): boolean {
  return state !== 'accepted' && recipients.some((recipient) => recipient.state === 'accepted');
}

export const outgoingSchema = z
  .object({
    id: outgoingIdSchema,
    mailboxId: mailboxIdSchema,
    ticketId: ticketIdSchema.nullable(),
    to: z.array(addressSchema).readonly(),
    /** One for each in `to`, in their order. */
    recipients: z.array(recipientResultSchema).readonly(),
    subject: z.string(),
    state: outgoingStateSchema,
    createdAt: instantSchema,
    attempts: z.number().int(),
    nextAttemptAt: instantSchema.nullable(),
    /** About when the last attempt will be; null: as long as it takes, or nothing is planned. */
    givesUpAt: instantSchema.nullable(),
    /** Its copy in the Sent folder; null where none is planned. */
    sentCopy: sentCopyFateSchema.nullable(),
    /** The last failure by our name, and in the server's words. */
    problem: wireErrorSchema.nullable(),
    serverWords: z.string(),
    size: z.number().int(),
  })
  .readonly();
export type Outgoing = z.infer<typeof outgoingSchema>;
