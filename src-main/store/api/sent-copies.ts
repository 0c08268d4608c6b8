import { z } from 'zod';
import { defineContract } from '../../../src-shared/contract/define-contract.ts';
import { mailboxIdSchema, outgoingIdSchema } from '../../../src-shared/domain/ids.ts';
import { mailboxSettingsSchema } from '../../../src-shared/domain/mailbox.ts';
import { outgoingSchema } from '../../../src-shared/domain/outgoing.ts';
import { sentCopyFateSchema } from '../../../src-shared/domain/sent-copy.ts';
import { instantSchema } from '../../../src-shared/domain/time.ts';

/** A letter that is to stand in the Sent folder, and what decides who puts it there. */
const dueSentCopySchema = z
  .object({
    outgoingId: outgoingIdSchema,
    mailboxId: mailboxIdSchema,
    /** With angle brackets. */
    messageId: z.string(),
    /** This one included. */
    attempts: z.number().int(),
    raw: z.instanceof(Uint8Array),
    servers: mailboxSettingsSchema.unwrap().pick({ incoming: true, outgoing: true, sentCopy: true }),
  })
  .readonly();
export type DueSentCopy = z.infer<typeof dueSentCopySchema>;
const sentCopyEndSchema = sentCopyFateSchema.unwrap().extend({ outgoingId: outgoingIdSchema }).readonly();
export type SentCopyEnd = z.infer<typeof sentCopyEndSchema>;

export const sentCopiesContract = defineContract({
  methods: {
    /** Takes one copy that is due, its attempt counted; null when there is none. */
    'sentCopies.claim': { input: z.object({ now: instantSchema }), output: dueSentCopySchema.nullable(), errors: [] },
    'sentCopies.end': { input: sentCopyEndSchema, output: outgoingSchema, errors: ['message.gone'] },
    'sentCopies.nextDue': { input: z.void(), output: z.object({ at: instantSchema.nullable() }), errors: [] },
  },
  events: {},
});
