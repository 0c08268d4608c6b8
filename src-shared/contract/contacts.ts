import { z } from 'zod';
import { contactSchema, contactSummarySchema, contactsStateSchema } from '../domain/contact.ts';
import { contactIdSchema, mailboxIdSchema } from '../domain/ids.ts';
import { defineContract } from './define-contract.ts';

export const contactPageSchema = z.object({
  /** How many there are in all. */
  total: z.number().int().nonnegative(),
  contacts: z.array(contactSummarySchema),
});

/** From which row on, of the list by name. */
export const contactQuestionSchema = z.object({
  /** Words that a name, company, address or phone number has, by their beginning; all of them. Empty: everybody. */
  query: z.string().max(500),
  from: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(500),
});

export const contactsContract = defineContract({
  methods: {
    /** Mailboxes whose address book is followed, and how it fares. */
    'contacts.states': { input: z.void(), output: z.array(contactsStateSchema), errors: [] },
    /** People in these address books, by name. */
    'contacts.list': { input: contactQuestionSchema, output: contactPageSchema, errors: [] },
    'contacts.get': {
      input: z.object({ contactId: contactIdSchema }),
      output: contactSchema,
      errors: ['contact.gone'],
    },
  },
  events: {
    'contacts.changed': z.object({ mailboxId: mailboxIdSchema.nullable() }),
  },
});
