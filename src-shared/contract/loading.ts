import { z } from 'zod';
import { mailboxIdSchema } from '../domain/ids.ts';
import { loadProgressSchema, loadReportSchema } from '../domain/loading.ts';
import { defineContract } from './define-contract.ts';

export const loadingContract = defineContract({
  methods: {
    'loading.status': { input: z.void(), output: z.array(loadProgressSchema), errors: [] },
    /** One pass over each; resolves when all have ended. A mailbox that failed says so in its report. */
    'loading.run': {
      input: z.object({ mailboxIds: z.array(mailboxIdSchema).nullable() }),
      output: z.array(loadReportSchema),
      errors: ['mailbox.unknown', 'mailbox.only-sends'],
    },
    /** Ends the pass that runs; what is stored stays, the next pass goes on there. */
    'loading.cancel': { input: z.object({ mailboxId: mailboxIdSchema }), output: z.void(), errors: [] },
  },
  events: {
    'loading.progress': loadProgressSchema,
    /** A pass has ended. */
    'loading.finished': loadReportSchema,
  },
});
