import { z } from 'zod';
import { defineContract } from '../../../src-shared/contract/define-contract.ts';
import { folderSchema, serverFolderSchema } from '../../../src-shared/domain/folder.ts';
import { folderIdSchema, mailboxIdSchema } from '../../../src-shared/domain/ids.ts';
import { mailboxSchema } from '../../../src-shared/domain/mailbox.ts';
import { settingsSchema } from '../../../src-shared/domain/settings.ts';
import { instantSchema } from '../../../src-shared/domain/time.ts';

/** How far loading of a folder is. */
export const folderCursorSchema = z
  .object({
    folderId: folderIdSchema,
    path: z.string(),
    /** As the server last said; null before the first look. Decimal digits: 32 bits, but BigInt in the library. */
    uidValidity: z.number().int().nullable(),
    /** First load goes back to here; null: to the beginning. Fixed when the first load is planned. */
    loadSince: instantSchema.nullable(),
    firstLoadPlanned: z.boolean(),
    firstLoadDone: z.boolean(),
    /** Highest UID that was in question and is stored; new mail is above it. */
    lastUid: z.number().int(),
  })
  .readonly();
export type FolderCursor = z.infer<typeof folderCursorSchema>;

export const mailboxRowsContract = defineContract({
  methods: {
    'mailboxes.list': { input: z.void(), output: z.array(mailboxSchema), errors: [] },
    'mailboxes.put': { input: z.object({ mailbox: mailboxSchema }), output: z.void(), errors: ['mailbox.name-taken'] },
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
    'folders.setCursor': { input: z.object({ cursor: folderCursorSchema }), output: z.void(), errors: [] },

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
