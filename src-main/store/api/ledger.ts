import { z } from 'zod';
import { defineContract } from '../../../src-shared/contract/define-contract.ts';
import { ledgerContract } from '../../../src-shared/contract/ledger.ts';
import { effectKindSchema, effectStateSchema } from '../../../src-shared/domain/effect.ts';
import {
  effectIdSchema,
  folderIdSchema,
  ledgerEntryIdSchema,
  mailboxIdSchema,
  messageIdSchema,
} from '../../../src-shared/domain/ids.ts';
import { balanceCountsSchema, folderBalanceSchema, ledgerEntrySchema } from '../../../src-shared/domain/ledger.ts';
import { instantSchema } from '../../../src-shared/domain/time.ts';
import { wireErrorSchema } from '../../../src-shared/errors/wire.ts';

const uids = z.instanceof(Uint32Array);

/** A listing of a folder and what the mailbox's choice leaves out of it. */
export const sightingSchema = z
  .object({
    folderId: folderIdSchema,
    uidValidity: z.number().int(),
    at: instantSchema,
    /** Rising, each once: all UIDs of the folder above `above`. */
    listed: uids,
    /** 0: the listing is of the whole folder, so that what it does not name has left. */
    above: z.number().int().nonnegative(),
    leave: z.object({ beforePeriod: uids, read: uids }).readonly(),
    /** `all`: the choice has changed, or changes with the marks: rows that are not stored are judged again. */
    judge: z.enum(['new', 'all']),
    judgedBy: z.string(),
    loadSince: instantSchema.nullable(),
    periodUid: z.number().int(),
  })
  .readonly();
export type Sighting = z.infer<typeof sightingSchema>;

export const seenSchema = z
  .object({
    /** To be loaded, newest first. */
    wanted: uids,
    /** To be loaded last and one by one: those that were asked for in vain, the least often first. */
    troubled: uids,
    counts: balanceCountsSchema,
    /** Have left the folder since the listing before. */
    left: z.number().int(),
    unexplained: uids,
  })
  .readonly();
export type Seen = z.infer<typeof seenSchema>;

/** A change on a server whose time has come. */
export const dueEffectSchema = z
  .object({
    effectId: effectIdSchema,
    folderId: folderIdSchema,
    folderPath: z.string(),
    uidValidity: z.number().int(),
    uid: z.number().int(),
    kind: effectKindSchema,
    target: z.string().nullable(),
    /** An earlier attempt did not come to its end: it may have been done. */
    begun: z.boolean(),
    attempts: z.number().int(),
    messageIdHeader: z.string(),
    /** Bytes of the letter. */
    size: z.number().int(),
  })
  .readonly();
export type DueEffect = z.infer<typeof dueEffectSchema>;

export const effectEndSchema = z
  .object({
    effectId: effectIdSchema,
    state: effectStateSchema,
    problem: wireErrorSchema.nullable(),
    /** For `due`: when it is tried again. */
    notBefore: instantSchema.nullable(),
  })
  .readonly();
export type EffectEnd = z.infer<typeof effectEndSchema>;

/** How a mailbox fares, over restarts. */
export const mailboxRecordSchema = z
  .object({
    mailboxId: mailboxIdSchema,
    lastLoadedAt: instantSchema.nullable(),
    failingSince: instantSchema.nullable(),
    problem: wireErrorSchema.nullable(),
    disabledBecause: wireErrorSchema.nullable(),
  })
  .readonly();
export type MailboxRecord = z.infer<typeof mailboxRecordSchema>;

const asked = ledgerContract.methods;

export const ledgerRowsContract = defineContract({
  methods: {
    /**
     * Gives each message of a listing its row, in one transaction with the folder's cursor: what is to be loaded is known before it is loaded. A UIDVALIDITY other
     * than before makes all earlier rows of the folder `renumbered`.
     */
    'ledger.see': { input: sightingSchema, output: seenSchema, errors: ['folder.gone'] },
    /** Asked for and not had. `alone`: in a question of its own, so that nothing but the letter can have been in the way. */
    'ledger.failed': {
      input: z.object({
        folderId: folderIdSchema,
        uidValidity: z.number().int(),
        uids,
        alone: z.boolean(),
        problem: wireErrorSchema,
        at: instantSchema,
      }),
      output: z.void(),
      errors: [],
    },
    /** Refused rows are wanted again, and what is unexplained gets its row with the next listing: of a mailbox, or of one entry. */
    'ledger.release': {
      input: z.object({ mailboxId: mailboxIdSchema, entryId: ledgerEntryIdSchema.nullable() }),
      output: z.object({ released: z.number().int() }),
      errors: [],
    },
    'ledger.list': { input: asked['ledger.list'].input, output: asked['ledger.list'].output, errors: [] },
    'ledger.story': {
      input: asked['ledger.story'].input,
      output: asked['ledger.story'].output,
      errors: ['message.gone'],
    },
    'ledger.balances': {
      input: z.object({ mailboxId: mailboxIdSchema.nullable() }),
      output: z.array(folderBalanceSchema),
      errors: [],
    },
    /** A fresh listing beside the rows, which it does not change; the folder's balance is then as it was counted. */
    'ledger.compare': {
      input: z.object({ folderId: folderIdSchema, uidValidity: z.number().int(), listed: uids, at: instantSchema }),
      output: folderBalanceSchema,
      errors: ['folder.gone'],
    },
    /** UIDs of a folder whose letters are in the store, rising. */
    'ledger.stored': {
      input: z.object({ folderId: folderIdSchema, uidValidity: z.number().int() }),
      output: uids,
      errors: [],
    },
    /** The row by which a letter is fetched. */
    'ledger.entryOf': {
      input: z.object({ messageId: messageIdSchema }),
      output: ledgerEntrySchema,
      errors: ['message.gone'],
    },

    /** Due ones of a mailbox, by folder, kind and target, at most `limit`. */
    'effects.due': {
      input: z.object({ mailboxId: mailboxIdSchema, now: instantSchema, limit: z.number().int() }),
      output: z.array(dueEffectSchema),
      errors: [],
    },
    /** Commits that they are being done, before the server is told; answers those that were still due. */
    'effects.begin': {
      input: z.object({ effectIds: z.array(effectIdSchema) }),
      output: z.object({ effectIds: z.array(effectIdSchema) }),
      errors: [],
    },
    'effects.end': {
      input: z.object({ ends: z.array(effectEndSchema), at: instantSchema }),
      output: z.void(),
      errors: [],
    },
    'effects.list': { input: asked['effects.list'].input, output: asked['effects.list'].output, errors: [] },
    'effects.retry': { input: asked['effects.retry'].input, output: asked['effects.retry'].output, errors: [] },
    'effects.cancel': { input: asked['effects.cancel'].input, output: asked['effects.cancel'].output, errors: [] },

    /** `since`: letters that came to the desk before have left it by their age; null: none has. */
    'quarantine.list': {
      input: asked['quarantine.list'].input.extend({ since: instantSchema.nullable() }),
      output: asked['quarantine.list'].output,
      errors: [],
    },
    'quarantine.counts': {
      input: asked['quarantine.counts'].input.extend({ since: instantSchema.nullable() }),
      output: asked['quarantine.counts'].output,
      errors: [],
    },
    /** The rules shall look again, unreadable ones are parsed again; answers whose mailboxes they are. Null: all on the desk, as `since` bounds it. */
    'quarantine.release': {
      input: z.object({ messageIds: z.array(messageIdSchema).nullable(), since: instantSchema.nullable() }),
      output: z.object({ mailboxIds: z.array(mailboxIdSchema), letters: z.number().int() }),
      errors: [],
    },
    'quarantine.dismiss': {
      input: asked['quarantine.dismiss'].input,
      output: asked['quarantine.dismiss'].output,
      errors: [],
    },
    /** The sender of this letter is who they say; lower case address. */
    'senders.trust': { input: z.object({ address: z.string() }), output: z.void(), errors: [] },

    /** Taken, or kept by who has it already; `by` names another owner whose lease has not run out. */
    'leases.take': {
      input: z.object({ mailboxId: mailboxIdSchema, owner: z.string(), now: instantSchema, until: instantSchema }),
      output: z.object({ by: z.string().nullable() }),
      errors: [],
    },
    'leases.release': {
      input: z.object({ mailboxId: mailboxIdSchema, owner: z.string() }),
      output: z.void(),
      errors: [],
    },

    'records.list': { input: z.void(), output: z.array(mailboxRecordSchema), errors: [] },
    'records.put': { input: mailboxRecordSchema, output: z.void(), errors: [] },
  },
  events: {},
});
