import { z } from 'zod';
import { datedThingSchema, dateNoticeSchema } from '../domain/dated-thing.ts';
import { mailboxIdSchema } from '../domain/ids.ts';
import { defineContract } from './define-contract.ts';

/** What of the mailboxes ends on a day. */
export const datesContract = defineContract({
  methods: {
    /** The nearest first. */
    'dates.list': { input: z.void(), output: z.array(datedThingSchema), errors: [] },
    /** What is to be said now, of mailboxes that are not disabled; whoever asks says it, because it is given once. */
    'dates.takeNotices': { input: z.void(), output: z.array(dateNoticeSchema), errors: [] },
  },
  events: {
    'dates.changed': z.object({ mailboxId: mailboxIdSchema }),
  },
});
