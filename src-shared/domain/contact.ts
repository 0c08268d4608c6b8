import { z } from 'zod';
import { wireErrorSchema } from '../errors/wire.ts';
import { contactIdSchema, mailboxIdSchema } from './ids.ts';
import { addressSchema } from './message.ts';
import { instantSchema } from './time.ts';

export const phoneSchema = z
  .object({
    kind: z.enum(['work', 'mobile', 'home', 'fax', 'other']),
    /** As somebody wrote it. */
    number: z.string(),
  })
  .readonly();
export type Phone = z.infer<typeof phoneSchema>;

/** A person, or a list of people that is written to as one (DistributionList; Exchange alone has them). */
export const contactKindSchema = z.enum(['person', 'list']);

/** A line of the list. */
export const contactSummarySchema = z
  .object({
    id: contactIdSchema,
    mailboxId: mailboxIdSchema,
    kind: contactKindSchema,
    /** Empty where only a company or an address is known. */
    name: z.string(),
    company: z.string(),
    /** The first one, for writing to; empty: there is none. */
    address: z.string(),
    /** The first one; empty: there is none. */
    phone: z.string(),
    /** How many are in the list; of a person 0. */
    members: z.number().int().nonnegative(),
  })
  .readonly();
export type ContactSummary = z.infer<typeof contactSummarySchema>;

export const contactSchema = contactSummarySchema
  .unwrap()
  .omit({ address: true, phone: true, members: true })
  .extend({
    department: z.string(),
    jobTitle: z.string(),
    /** `name`: what the address book says beside the address, often nothing. */
    addresses: z.array(addressSchema).readonly(),
    phones: z.array(phoneSchema).readonly(),
    /** Who is in the list, as the server names them; without an address: a list within it, or somebody whom the server does not name by one. */
    members: z.array(addressSchema).readonly(),
    /** When it came here as it is now. */
    loadedAt: instantSchema,
  })
  .readonly();
export type Contact = z.infer<typeof contactSchema>;

/** How the address book of a mailbox fares. */
export const contactsStateSchema = z
  .object({
    mailboxId: mailboxIdSchema,
    /** When it was looked at last, to the end and without a failure. */
    lookedAt: instantSchema.nullable(),
    problem: wireErrorSchema.nullable(),
  })
  .readonly();
export type ContactsState = z.infer<typeof contactsStateSchema>;
