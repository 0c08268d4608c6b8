import { z } from 'zod';
import { defineContract } from '../../../src-shared/contract/define-contract.ts';
import { letterScopeSchema } from '../../../src-shared/contract/mail.ts';
import { folderIdSchema, mailboxIdSchema, messageIdSchema } from '../../../src-shared/domain/ids.ts';
import { headerSchema, letterSchema, messageSummarySchema } from '../../../src-shared/domain/message.ts';
import { instantSchema } from '../../../src-shared/domain/time.ts';

const uidSchema = z.number().int().positive();

/** A letter as it came off the wire. */
export const receivedLetterSchema = z
  .object({
    uid: uidSchema,
    /** INTERNALDATE. */
    receivedAt: instantSchema,
    seen: z.boolean(),
    raw: z.instanceof(Uint8Array),
  })
  .readonly();
export type ReceivedLetter = z.infer<typeof receivedLetterSchema>;

export const lettersContract = defineContract({
  methods: {
    /**
     * Keeps a batch: when this returns, raw bytes and transport keys are committed (one transaction, `synchronous=FULL`).
     * Parsing and indexing follow by themselves in the workers; the call is held back while more than a bounded number of
     * bytes waits for them, so a fast server cannot fill the memory.
     * A letter whose transport key is known is left alone; one whose content the mailbox has already (other folder, other UIDVALIDITY) gets a
     * second place, not a second copy.
     */
    'letters.store': {
      input: z.object({
        folderId: folderIdSchema,
        uidValidity: z.number().int(),
        letters: z.array(receivedLetterSchema),
      }),
      output: z.object({ fresh: z.number().int(), known: z.number().int() }),
      errors: ['folder.gone'],
    },
    /**
     * Keeps the header of a letter that is too large to be loaded unasked; it is listed, and `letters.complete` puts the whole in its place.
     */
    'letters.storeHeader': {
      input: z.object({
        folderId: folderIdSchema,
        uidValidity: z.number().int(),
        letter: receivedLetterSchema
          .unwrap()
          .omit({ raw: true })
          .extend({
            header: z.instanceof(Uint8Array),
            /** Of the whole letter on the server. */
            size: z.number().int(),
          }),
      }),
      output: z.object({ messageId: messageIdSchema }),
      errors: ['folder.gone'],
    },
    /** The whole of a letter whose header alone was kept: under the same id, parsed and judged anew. */
    'letters.complete': {
      input: z.object({ messageId: messageIdSchema, letter: receivedLetterSchema }),
      output: z.void(),
      errors: ['message.gone'],
    },
    /** Which of these letters the mailbox has, in their order: byte for byte, by Message-ID and date, or not at all. Keeps nothing. */
    'letters.recognise': {
      input: z.object({
        mailboxId: mailboxIdSchema,
        letters: z.array(receivedLetterSchema.unwrap().pick({ raw: true, receivedAt: true })),
      }),
      output: z.array(z.enum(['same', 'alike', 'unknown'])),
      errors: [],
    },
    /** Sets the unread marks of a folder to what the server says; says whether anything changed. */
    'letters.setUnread': {
      input: z.object({ folderId: folderIdSchema, uidValidity: z.number().int(), unread: z.instanceof(Uint32Array) }),
      output: z.object({ changed: z.number().int() }),
      errors: [],
    },
    /** Resolves when nothing of this mailbox (null: of any) waits for parsing any more; counts what turned out unreadable since it was last asked. */
    'letters.settle': {
      input: z.object({ mailboxId: mailboxIdSchema.nullable() }),
      output: z.object({ unreadable: z.number().int() }),
      errors: [],
    },

    'letters.count': {
      input: z.object({ scope: letterScopeSchema }),
      output: z.object({ total: z.number().int() }),
      errors: [],
    },
    'letters.list': {
      input: z.object({ scope: letterScopeSchema, before: messageIdSchema.nullable(), limit: z.number().int() }),
      output: z.array(messageSummarySchema),
      errors: [],
    },
    'letters.search': {
      input: z.object({
        query: z.string(),
        scope: letterScopeSchema,
        before: messageIdSchema.nullable(),
        limit: z.number().int(),
      }),
      output: z.array(messageSummarySchema),
      errors: [],
    },
    'letters.thread': {
      input: z.object({ messageId: messageIdSchema }),
      output: z.array(messageSummarySchema),
      errors: ['message.gone'],
    },
    'letters.get': { input: z.object({ messageId: messageIdSchema }), output: letterSchema, errors: ['message.gone'] },
    'letters.headers': {
      input: z.object({ messageId: messageIdSchema }),
      output: z.array(headerSchema),
      errors: ['message.gone'],
    },
    /** The exact bytes. */
    'letters.raw': {
      input: z.object({ messageId: messageIdSchema }),
      output: z.instanceof(Uint8Array),
      errors: ['message.gone'],
    },
    'letters.attachment': {
      input: z.object({ messageId: messageIdSchema, index: z.number().int() }),
      output: z.object({ safeName: z.string(), type: z.string(), bytes: z.instanceof(Uint8Array) }),
      errors: ['message.gone', 'message.unreadable', 'message.parse-timeout', 'message.parse-memory'],
    },
    /** Decoded pictures that the letter shows in its text, by content id. */
    'letters.inlinePictures': {
      input: z.object({ messageId: messageIdSchema }),
      output: z.array(z.object({ contentId: z.string(), type: z.string(), bytes: z.instanceof(Uint8Array) })),
      errors: ['message.gone', 'message.unreadable', 'message.parse-timeout', 'message.parse-memory'],
    },
  },
  events: {
    /** A group of letters was parsed and indexed (or found unreadable). */
    'letters.parsed': z.object({ mailboxId: mailboxIdSchema, count: z.number().int(), unreadable: z.number().int() }),
  },
});
