import { z } from 'zod';
import { contactPageSchema, contactQuestionSchema } from '../../../src-shared/contract/contacts.ts';
import { defineContract } from '../../../src-shared/contract/define-contract.ts';
import {
  contactKindSchema,
  contactSchema,
  contactsStateSchema,
  phoneSchema,
} from '../../../src-shared/domain/contact.ts';
import { contactIdSchema, mailboxIdSchema } from '../../../src-shared/domain/ids.ts';
import { addressSchema } from '../../../src-shared/domain/message.ts';
import { instantSchema } from '../../../src-shared/domain/time.ts';
import { wireErrorSchema } from '../../../src-shared/errors/wire.ts';

export const contactToKeepSchema = z
  .object({
    id: z.string(),
    kind: contactKindSchema,
    name: z.string(),
    company: z.string(),
    department: z.string(),
    jobTitle: z.string(),
    addresses: z.array(addressSchema).readonly(),
    phones: z.array(phoneSchema).readonly(),
    members: z.array(addressSchema).readonly(),
  })
  .readonly();
export type ContactToKeep = z.infer<typeof contactToKeepSchema>;

const ofMailbox = z.object({ mailboxId: mailboxIdSchema });
const ofMailboxes = z.object({ mailboxIds: z.array(mailboxIdSchema) });

/** A part of what has happened in an address book. */
export const contactPortionSchema = ofMailbox.extend({
  source: z.string(),
  /** Everybody is told anew from here on. */
  begins: z.boolean(),
  put: z.array(contactToKeepSchema).readonly(),
  gone: z.array(z.string()).readonly(),
  /** There as before, although not told how. */
  notGiven: z.array(z.string()).readonly(),
  problem: wireErrorSchema.nullable(),
  syncState: z.string(),
  last: z.boolean(),
  at: instantSchema,
});
export type ContactPortion = z.infer<typeof contactPortionSchema>;

export const contactRowsContract = defineContract({
  methods: {
    /** Null: never looked at. */
    'contacts.followed': {
      input: ofMailbox,
      output: z
        .object({ source: z.string(), syncState: z.string().nullable(), problem: wireErrorSchema.nullable() })
        .nullable(),
      errors: [],
    },
    /** Kept together with the place to go on from. With the last portion, whoever was not told since the beginning goes. True: something is other than before. */
    'contacts.take': { input: contactPortionSchema, output: z.boolean(), errors: [] },
    'contacts.failed': { input: ofMailbox.extend({ problem: wireErrorSchema }), output: z.void(), errors: [] },
    'contacts.states': { input: ofMailboxes, output: z.array(contactsStateSchema), errors: [] },
    'contacts.list': {
      input: contactQuestionSchema.extend(ofMailboxes.shape),
      output: contactPageSchema,
      errors: [],
    },
    'contacts.get': {
      input: z.object({ contactId: contactIdSchema }),
      output: contactSchema,
      errors: ['contact.gone'],
    },
  },
  events: {},
});
