import { z } from 'zod';
import { defineContract } from '../../../src-shared/contract/define-contract.ts';
import { datedKindSchema, dateFactSchema } from '../../../src-shared/domain/dated-thing.ts';
import { mailboxIdSchema } from '../../../src-shared/domain/ids.ts';
import { instantSchema } from '../../../src-shared/domain/time.ts';

const factRowSchema = z.object({ mailboxId: mailboxIdSchema, fact: dateFactSchema, at: instantSchema }).readonly();
export type FactRow = z.infer<typeof factRowSchema>;

const toldRowSchema = z
  .object({ mailboxId: mailboxIdSchema, kind: datedKindSchema, endsAt: instantSchema, threshold: z.number().int() })
  .readonly();
export type ToldRow = z.infer<typeof toldRowSchema>;

/** What was seen of mailboxes that ends on a day, and what has been said of it. */
export const dateRowsContract = defineContract({
  methods: {
    'dates.facts': { input: z.void(), output: z.array(factRowSchema), errors: [] },
    /** The newest counts; of a mailbox that is gone nothing is kept. */
    'dates.note': { input: factRowSchema, output: z.void(), errors: [] },
    'dates.told': { input: z.void(), output: z.array(toldRowSchema), errors: [] },
    /** Those of them that were not told before, each given to one asker only. */
    'dates.tell': {
      input: z.object({ notices: z.array(toldRowSchema), now: instantSchema }),
      output: z.array(toldRowSchema),
      errors: [],
    },
  },
  events: {},
});
