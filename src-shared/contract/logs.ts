import { z } from 'zod';
import { logFilterSchema, logPageSchema } from '../domain/connection-log.ts';
import { mailboxIdSchema } from '../domain/ids.ts';
import { defineContract } from './define-contract.ts';

/** What happened between the console and its mail servers (R61, R73). */
export const logsContract = defineContract({
  methods: {
    'logs.read': {
      input: z.object({
        filter: logFilterSchema,
        /** Id of the entry to go on from; null: from the newest. */
        before: z.number().int().positive().nullable().default(null),
        limit: z.number().int().min(1).max(1000).default(100),
      }),
      output: logPageSchema,
      errors: [],
    },
    /** As text to send on, to a file that the person chooses; null when they thought better of it. Of addresses only the beginning is in it. */
    'logs.save': {
      input: z.object({ filter: logFilterSchema }),
      output: z.object({ path: z.string(), entries: z.number().int() }).nullable(),
      errors: ['file.not-written'],
    },
  },
  events: {
    'logs.written': z.object({ mailboxId: mailboxIdSchema }),
  },
});
