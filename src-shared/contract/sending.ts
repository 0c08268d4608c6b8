import { z } from 'zod';
import { outgoingIdSchema } from '../domain/ids.ts';
import { outgoingSchema, outgoingStateSchema } from '../domain/outgoing.ts';
import { defineContract } from './define-contract.ts';

const one = z.object({ outgoingId: outgoingIdSchema });

export const sendingContract = defineContract({
  methods: {
    /** Newest first; empty states: all. */
    'outbox.list': {
      input: z.object({ states: z.array(outgoingStateSchema), limit: z.number().int().min(1).max(500) }),
      output: z.array(outgoingSchema),
      errors: [],
    },
    /** Tries everything that is due or waits for its next attempt, now; resolves when each was tried once. */
    'outbox.flush': { input: z.void(), output: z.array(outgoingSchema), errors: [] },
    /** Queued again by a person: after `failed`, `cancelled`, or knowingly after `unknown`. */
    'outbox.sendAgain': { input: one, output: outgoingSchema, errors: ['state.conflict', 'message.gone'] },
    /** Only while it is queued. */
    'outbox.cancel': { input: one, output: outgoingSchema, errors: ['state.conflict', 'message.gone'] },
    /** A person found the answer delivered: `unknown` becomes `accepted`. */
    'outbox.markDelivered': { input: one, output: outgoingSchema, errors: ['state.conflict', 'message.gone'] },
  },
  events: {
    'outbox.changed': z.object({ outgoingId: outgoingIdSchema.nullable() }),
  },
});
