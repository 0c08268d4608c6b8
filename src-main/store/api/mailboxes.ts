import { z } from 'zod';
import { defineContract } from '../../../src-shared/contract/define-contract.ts';
import { folderRoleSchema, folderSchema, serverFolderSchema } from '../../../src-shared/domain/folder.ts';
import { folderIdSchema, mailboxIdSchema } from '../../../src-shared/domain/ids.ts';
import { mailboxSchema } from '../../../src-shared/domain/mailbox.ts';
import { settingsSchema } from '../../../src-shared/domain/settings.ts';
import { instantSchema } from '../../../src-shared/domain/time.ts';
import { dateRowsContract } from './dates.ts';
import { folderHierarchyContract } from './folder-hierarchy.ts';
import { itemsContract } from './items.ts';
import { switchRowsContract } from './switches.ts';

/** What a server said of a folder when nothing in it was left to do: while it says the same, nothing has happened. */
export const settledStateSchema = z
  .object({
    uidValidity: z.number().int(),
    uidNext: z.number().int(),
    exists: z.number().int(),
    unseen: z.number().int().nullable(),
    highestModseq: z.string().nullable(),
    /** Letters of the folder that are left out by choice. */
    heldBack: z.number().int(),
  })
  .readonly();
export type SettledState = z.infer<typeof settledStateSchema>;

/** How far a folder has been seen. What of it is still to be loaded are rows of the ledger. */
export const folderCursorSchema = z
  .object({
    folderId: folderIdSchema,
    path: z.string(),
    role: folderRoleSchema.nullable(),
    /** As the server last said; null before the first look. */
    uidValidity: z.number().int().nullable(),
    /** Which choice judged its rows, `position/week`; null before the first look. */
    judgedBy: z.string().nullable(),
    /** The first load goes back to here; null: to the beginning. Fixed when it is planned. */
    loadSince: instantSchema.nullable(),
    /** Up to this UID the period decides; above it everything is new mail. */
    periodUid: z.number().int(),
    /** Highest UID that has its row. */
    lastUid: z.number().int(),
    settled: settledStateSchema.nullable(),
  })
  .readonly();
export type FolderCursor = z.infer<typeof folderCursorSchema>;

/** What a POP3 server calls the letters of its mailbox, in the order of its listing. */
export const uidlListingSchema = z
  .object({
    mailboxId: mailboxIdSchema,
    /** Whose names they are, `login@host`. */
    source: z.string(),
    uidls: z.array(z.string()),
  })
  .readonly();
export type UidlListing = z.infer<typeof uidlListingSchema>;

export const numberedUidlsSchema = z
  .object({
    uidValidity: z.number().int(),
    uids: z.instanceof(Uint32Array),
    /** The highest that was ever given. */
    lastUid: z.number().int(),
    /** Of those, the ones whose name was used for several letters, now or before. */
    repeated: z.instanceof(Uint32Array),
  })
  .readonly();
export type NumberedUidlRows = z.infer<typeof numberedUidlsSchema>;

export const mailboxRowsContract = defineContract({
  methods: {
    'mailboxes.list': { input: z.void(), output: z.array(mailboxSchema), errors: [] },
    /**
     * `moving`: whose console, and when. If the letters are at another place by then (`samePlace`), what they were numbered by is left, as by a switch. Without it numbers stay:
     * the demo company's servers have other ports after each start.
     */
    'mailboxes.put': {
      input: z.object({
        mailbox: mailboxSchema,
        moving: z.object({ owner: z.string(), at: instantSchema }).optional(),
      }),
      output: z.void(),
      errors: ['mailbox.name-taken', 'mailbox.leased'],
    },
    /** With `keepLetters` the mailbox's letters stay readable under a mailbox marked removed, which `mailboxes.list` leaves out and `folders.listAll` keeps. Tickets stay in any case. */
    'mailboxes.remove': {
      input: z.object({ mailboxId: mailboxIdSchema, keepLetters: z.boolean() }),
      output: z.void(),
      errors: ['mailbox.unknown'],
    },
    /** Everything of the demo company: mailboxes, letters, tickets, answers, template, sender entries. */
    'mailboxes.removeDemo': { input: z.void(), output: z.void(), errors: [] },

    'folders.list': { input: z.object({ mailboxId: mailboxIdSchema }), output: z.array(folderSchema), errors: [] },
    'folders.listAll': { input: z.void(), output: z.array(folderSchema), errors: [] },
    /** Brings the rows in line with a listing; keeps ticks and letters of those that are no longer listed. `selected` null: new folders are not ticked, known ones keep their tick. */
    'folders.put': {
      input: z.object({
        mailboxId: mailboxIdSchema,
        folders: z.array(serverFolderSchema.unwrap().extend({ selected: z.boolean().nullable() })),
      }),
      output: z.array(folderSchema),
      errors: ['mailbox.unknown'],
    },
    /** What tells a folder that was renamed from one that is new: of all folders of the mailbox. */
    'folders.known': {
      input: z.object({ mailboxId: mailboxIdSchema }),
      output: z.array(
        z.object({
          folderId: folderIdSchema,
          path: z.string(),
          identity: z.string().nullable(),
          uidValidity: z.number().int().nullable(),
        }),
      ),
      errors: [],
    },
    /** The same folder under another path: its letters, rows and ticks go along. */
    'folders.rename': {
      input: z.object({ folderId: folderIdSchema, folder: serverFolderSchema }),
      output: z.void(),
      errors: [],
    },
    'folders.select': {
      input: z.object({ mailboxId: mailboxIdSchema, selected: z.array(folderIdSchema) }),
      output: z.array(folderSchema),
      errors: [],
    },
    /** Cursors of the ticked folders. */
    'folders.cursors': {
      input: z.object({ mailboxId: mailboxIdSchema }),
      output: z.array(folderCursorSchema),
      errors: [],
    },
    /** Null: it is to be opened at the next pass, whatever the server says of it. */
    'folders.settle': {
      input: z.object({ folderId: folderIdSchema, state: settledStateSchema.nullable() }),
      output: z.void(),
      errors: [],
    },

    /** Numbers for the names of a listing: the same for good, rising, none given twice. All names new where letters were there: another UIDVALIDITY. */
    'uidls.number': { input: uidlListingSchema, output: numberedUidlsSchema, errors: ['folder.gone'] },
    /** The same, for a look: new names get numbers that nobody keeps. */
    'uidls.preview': { input: uidlListingSchema, output: numberedUidlsSchema, errors: [] },

    ...itemsContract.methods,
    ...folderHierarchyContract.methods,
    ...dateRowsContract.methods,
    ...switchRowsContract.methods,

    /** The provider that a person picked for a domain (R102). */
    'providerDomains.list': {
      input: z.void(),
      output: z.array(z.object({ domain: z.string(), providerId: z.string() })),
      errors: [],
    },
    'providerDomains.learn': {
      input: z.object({ domain: z.string(), providerId: z.string() }),
      output: z.void(),
      errors: [],
    },

    'settings.get': { input: z.void(), output: settingsSchema, errors: [] },
    'settings.put': { input: z.object({ settings: settingsSchema }), output: z.void(), errors: [] },
  },
  events: {},
});
