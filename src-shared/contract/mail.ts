import { z } from 'zod';
import { folderSchema } from '../domain/folder.ts';
import { folderIdSchema, mailboxIdSchema, messageIdSchema } from '../domain/ids.ts';
import { headerSchema, letterSchema, messageSummarySchema } from '../domain/message.ts';
import { connectionErrors } from '../errors/codes.ts';
import { defineContract } from './define-contract.ts';

/** Which letters: all, of a mailbox, or of a folder; with a typed query, those that match it. */
export const letterScopeSchema = z
  .object({
    mailboxId: mailboxIdSchema.nullable(),
    folderId: folderIdSchema.nullable(),
    unreadOnly: z.boolean(),
  })
  .readonly();
export type LetterScope = z.infer<typeof letterScopeSchema>;

const savedSchema = z.object({ path: z.string() }).nullable();

export const mailContract = defineContract({
  methods: {
    /** Every folder of every mailbox, with counts. */
    'mail.folders': { input: z.void(), output: z.array(folderSchema), errors: [] },
    /** How many letters `mail.list` would give in all: the height of the list. */
    'mail.count': {
      input: z.object({ scope: letterScopeSchema }),
      output: z.object({ total: z.number().int() }),
      errors: [],
    },
    /** Newest first. `before`: the last id of the page above; null for the first page. */
    'mail.list': {
      input: z.object({
        scope: letterScopeSchema,
        before: messageIdSchema.nullable(),
        limit: z.number().int().min(1).max(500),
      }),
      output: z.array(messageSummarySchema),
      errors: [],
    },
    /**
     * Words match by prefix, without case and diacritics, in subject, addresses, text and attachment names.
     * `from:`, `to:`, `subject:`, `file:` narrow a word to a field; "…" keeps words together. Newest first.
     */
    'mail.search': {
      input: z.object({
        query: z.string().max(500),
        scope: letterScopeSchema,
        before: messageIdSchema.nullable(),
        limit: z.number().int().min(1).max(500),
      }),
      output: z.array(messageSummarySchema),
      errors: [],
    },
    /** For a letter that could not be parsed: its summary, empty text, no attachments. */
    'mail.letter': { input: z.object({ messageId: messageIdSchema }), output: letterSchema, errors: ['message.gone'] },
    /** The conversation it belongs to, oldest first. */
    'mail.thread': {
      input: z.object({ messageId: messageIdSchema }),
      output: z.array(messageSummarySchema),
      errors: ['message.gone'],
    },
    'mail.headers': {
      input: z.object({ messageId: messageIdSchema }),
      output: z.array(headerSchema),
      errors: ['message.gone'],
    },
    /** The raw letter as text (bytes as Latin-1 where they are not UTF-8), at most `limit` characters from `offset`. */
    'mail.source': {
      input: z.object({
        messageId: messageIdSchema,
        offset: z.number().int().nonnegative(),
        limit: z.number().int().min(1).max(1_000_000),
      }),
      output: z.object({ text: z.string(), totalBytes: z.number().int() }),
      errors: ['message.gone'],
    },
    /** Parts that the letter shows in its text (cid:), as data: URLs by content id. */
    'mail.inlinePictures': {
      input: z.object({ messageId: messageIdSchema }),
      output: z.record(z.string(), z.string()),
      errors: ['message.gone', 'message.unreadable', 'message.parse-timeout', 'message.parse-memory'],
    },
    /** Fetched by the main process on the reader's wish, as data: URLs by address; an address that could not be fetched is left out. */
    'mail.remotePictures': {
      input: z.object({ urls: z.array(z.string().max(4000)).max(200) }),
      output: z.record(z.string(), z.string()),
      errors: [...connectionErrors],
    },
    /** Asks the person where to; null when they thought better of it. */
    'mail.saveLetter': {
      input: z.object({ messageId: messageIdSchema }),
      output: savedSchema,
      errors: ['message.gone', 'file.not-written'],
    },
    'mail.saveAttachment': {
      input: z.object({ messageId: messageIdSchema, index: z.number().int().nonnegative() }),
      output: savedSchema,
      errors: [
        'message.gone',
        'message.unreadable',
        'message.parse-timeout',
        'message.parse-memory',
        'file.not-written',
      ],
    },
  },
  events: {
    /** Letters came, were parsed, or their unread marks changed. */
    'mail.changed': z.object({ mailboxId: mailboxIdSchema.nullable() }),
  },
});
