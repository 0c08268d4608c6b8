import { z } from 'zod';
import { quarantineWhySchema } from './ledger.ts';
import { messageSummarySchema } from './message.ts';
import { instantSchema } from './time.ts';

/** A letter that a person should look at. It leaves the desk when somebody decides on it, never by a run. */
export const quarantinedSchema = z
  .object({
    letter: messageSummarySchema,
    why: quarantineWhySchema,
    /** What was seen, for people who know mail: `dmarc=fail`, the size, the sender's two addresses. */
    note: z.string(),
    at: instantSchema,
    /** Taken off the desk by a person. */
    dismissed: z.boolean(),
  })
  .readonly();
export type Quarantined = z.infer<typeof quarantinedSchema>;
