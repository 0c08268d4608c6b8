import { z } from 'zod';
import { ticketStateSchema } from './ticket.ts';

/** What is kept of an answer that was begun; its files are not. */
export const ticketDraftSchema = z
  .object({
    text: z.string().max(1_000_000),
    /** State of the ticket once the answer is queued; null leaves it. */
    nextState: ticketStateSchema.nullable(),
  })
  .readonly();
export type TicketDraft = z.infer<typeof ticketDraftSchema>;

export const emptyDraft: TicketDraft = { text: '', nextState: 'waiting' };
