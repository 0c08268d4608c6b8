import { z } from 'zod';
import { defineContract } from '../../../src-shared/contract/define-contract.ts';
import { mailboxIdSchema } from '../../../src-shared/domain/ids.ts';

const itemPlaceSchema = z.object({ mailboxId: mailboxIdSchema, path: z.string() }).readonly();
export type ItemPlaceRow = z.infer<typeof itemPlaceSchema>;

export const itemNumberingSchema = z
  .object({
    /** Whose names they are: server, login, mailbox and folder in one word. */
    source: z.string(),
    syncState: z.string().nullable(),
    generation: z.number().int(),
    /** The highest number that was ever given. */
    lastUid: z.number().int(),
    /** Rises with each change. */
    revision: z.number().int(),
    exists: z.number().int(),
    unseen: z.number().int(),
  })
  .readonly();
export type ItemNumberingRow = z.infer<typeof itemNumberingSchema>;

/** Columns of equal length: a hundred thousand rows are read at once. */
export const itemColumnsSchema = z
  .object({
    uids: z.instanceof(Uint32Array),
    ids: z.array(z.string()),
    /** 1: read. */
    seen: z.instanceof(Uint8Array),
    receivedAt: z.array(z.number()),
    sizes: z.array(z.number()),
  })
  .readonly();
export type ItemColumns = z.infer<typeof itemColumnsSchema>;

export const itemsKeptSchema = z
  .object({
    mailboxId: mailboxIdSchema,
    path: z.string(),
    /** The revision that the change was made of; 0: nothing was known. */
    after: z.number().int(),
    numbering: itemNumberingSchema,
    /** All that was known goes, before `put`. */
    replace: z.boolean(),
    put: itemColumnsSchema,
    gone: z.instanceof(Uint32Array),
  })
  .readonly();
export type ItemsKept = z.infer<typeof itemsKeptSchema>;

/** What Exchange calls the letters of each folder. */
export const itemsContract = defineContract({
  methods: {
    /** Null: nothing is known of the folder. */
    'items.numbering': { input: itemPlaceSchema, output: itemNumberingSchema.nullable(), errors: [] },
    /** By rising number. */
    'items.recall': { input: itemPlaceSchema, output: itemColumnsSchema, errors: [] },
    /** All or nothing; false where the mailbox has no such folder. Refused when something was kept meanwhile. */
    'items.keep': { input: itemsKeptSchema, output: z.boolean(), errors: ['state.conflict'] },
  },
  events: {},
});
