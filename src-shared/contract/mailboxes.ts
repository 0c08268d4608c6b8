import { z } from 'zod';
import { checkStepSchema, connectionCheckSchema } from '../domain/connection-check.ts';
import { folderSchema, serverFolderSchema } from '../domain/folder.ts';
import { folderIdSchema, mailboxIdSchema } from '../domain/ids.ts';
import { loadLookSchema } from '../domain/loading.ts';
import { mailboxSchema, mailboxSettingsSchema } from '../domain/mailbox.ts';
import { detectionSchema, providerSchema } from '../domain/provider.ts';
import { connectionErrors, vaultErrors } from '../errors/codes.ts';
import { defineContract } from './define-contract.ts';

/** A mailbox that is not saved yet, or a saved one with changes. Passwords go one way: in. */
export const draftSchema = z
  .object({
    settings: mailboxSettingsSchema,
    /** Null: the one in the vault (only with `mailboxId`). */
    password: z.string().nullable(),
    /** Null: the one kept apart in the vault where there is one, else as the incoming password. Empty: as the incoming password from now on. */
    outgoingPassword: z.string().nullable(),
    mailboxId: mailboxIdSchema.nullable(),
    /** Of the provider's sign-in; left out, or null in it: as it is in the vault. */
    providerSignIn: z
      .object({
        /** Given by `mailboxes.signIn`; forgotten after an hour, or when it was saved. */
        signInId: z.string().nullable(),
        /** The application's secret, or its certificate with the private key (PEM). */
        clientSecret: z.string().max(100_000).nullable(),
        /** The mailbox of the same registration whose secret serves here too. */
        secretOf: mailboxIdSchema.nullable(),
      })
      .readonly()
      .optional(),
  })
  .readonly();
export type MailboxDraft = z.infer<typeof draftSchema>;

/** The person has seen what it would do to the server (`mailboxes.look`). Needed where letters would be marked, moved or deleted and were not so before. */
const confirmedSchema = z.boolean().default(false);

const signInErrors = [...connectionErrors, ...vaultErrors, 'mailbox.unknown', 'folder.gone'] as const;

export const mailboxesContract = defineContract({
  methods: {
    'mailboxes.list': { input: z.void(), output: z.array(mailboxSchema), errors: [] },
    'mailboxes.get': {
      input: z.object({ mailboxId: mailboxIdSchema }),
      output: mailboxSchema,
      errors: ['mailbox.unknown'],
    },

    /** From an address to settings: learned domains first, then the directory; no network is used. */
    'mailboxes.detect': { input: z.object({ address: z.email() }), output: detectionSchema, errors: [] },
    'providers.list': { input: z.void(), output: z.array(providerSchema), errors: [] },

    /**
     * Walks through both directions. A failed step is a result, not an error; each is told as it ends (`mailboxes.checkStep`, under the caller's `checkId`). Takes up to a
     * minute; may be cancelled.
     */
    'mailboxes.check': {
      input: z.object({
        draft: draftSchema,
        /** Of the caller's making; null: only the end is of interest. */
        checkId: z.string().min(1).max(100).nullable().default(null),
        /** Puts a mark on the newest letter and takes it back. */
        writeFlag: z.boolean().default(false),
        /**
         * When all directions work: sends a letter to oneself and waits up to three minutes until it is in the inbox, where it stays. A mailbox that only sends has it
         * sent to where answers to it go, and waits for nothing.
         */
        sendLetter: z.boolean().default(false),
      }),
      output: connectionCheckSchema,
      errors: ['mailbox.unknown', 'mailbox.cannot-send', ...connectionErrors, ...vaultErrors],
    },
    /**
     * Signs in at the mailbox's provider: opens the system's browser and waits until the person has signed in there, or calls it off. Nothing is saved until the
     * draft is. `account`: who signed in, as the provider says.
     */
    'mailboxes.signIn': {
      input: z.object({ draft: draftSchema }),
      output: z.object({ signInId: z.string(), account: z.string().nullable() }),
      errors: [...signInErrors, 'auth.denied', 'auth.nobody-answered', 'auth.port-taken', 'link.refused'],
    },
    /** A report to send on, to a file that the person chooses; null when they thought better of it. */
    'mailboxes.saveReport': {
      input: z.object({ text: z.string().max(200_000) }),
      output: z.object({ path: z.string() }).nullable(),
      errors: ['file.not-written'],
    },
    'mailboxes.listServerFolders': {
      input: z.object({ draft: draftSchema }),
      output: z.array(serverFolderSchema),
      errors: signInErrors,
    },
    /**
     * Counts what loading would do with these settings to these folders: letters to load, to mark, to move, to delete. Looks only (EXAMINE, SEARCH,
     * PEEK): marks and numbers on the server are the same afterwards. Of a saved mailbox it counts what is not loaded yet.
     */
    'mailboxes.look': {
      input: z.object({ draft: draftSchema, folders: z.array(z.string()) }),
      output: loadLookSchema,
      errors: signInErrors,
    },

    /** Saves the mailbox, remembers the provider for its domain, puts the password into the vault; loading starts when `settings.loading.automatic`. */
    'mailboxes.add': {
      input: z.object({
        draft: draftSchema,
        folders: z.array(serverFolderSchema.unwrap().extend({ selected: z.boolean() })),
        /** Provider picked by hand, to be remembered for the domain; null: nothing to remember. */
        learnProviderId: z.string().nullable(),
        confirmed: confirmedSchema,
      }),
      output: mailboxSchema,
      errors: [
        'mailbox.name-taken',
        'mailbox.not-confirmed',
        'mailbox.unknown',
        'auth.sign-in-missing',
        ...vaultErrors,
      ],
    },
    'mailboxes.update': {
      input: z.object({ draft: draftSchema, confirmed: confirmedSchema }),
      output: mailboxSchema,
      errors: [
        'mailbox.unknown',
        'mailbox.name-taken',
        'mailbox.not-confirmed',
        'mailbox.leased',
        'auth.sign-in-missing',
        ...vaultErrors,
      ],
    },
    'mailboxes.setEnabled': {
      input: z.object({ mailboxId: mailboxIdSchema, enabled: z.boolean() }),
      output: mailboxSchema,
      errors: ['mailbox.unknown'],
    },
    /** Tickets stay in any case; with `keepMail` so do the loaded letters. Nothing happens on the server. */
    'mailboxes.remove': {
      input: z.object({ mailboxId: mailboxIdSchema, keepMail: z.boolean() }),
      output: z.void(),
      errors: ['mailbox.unknown', ...vaultErrors],
    },

    'folders.list': {
      input: z.object({ mailboxId: mailboxIdSchema }),
      output: z.array(folderSchema),
      errors: ['mailbox.unknown'],
    },
    /** Lists the server's folders again and keeps the ticks. */
    'folders.refresh': {
      input: z.object({ mailboxId: mailboxIdSchema }),
      output: z.array(folderSchema),
      errors: signInErrors,
    },
    'folders.select': {
      input: z.object({
        mailboxId: mailboxIdSchema,
        selected: z.array(folderIdSchema),
        /** As in `mailboxes.update`: more folders are more letters to be touched. */
        confirmed: confirmedSchema,
      }),
      output: z.array(folderSchema),
      errors: ['mailbox.unknown', 'mailbox.not-confirmed'],
    },
  },
  events: {
    'mailboxes.checkStep': z.object({ checkId: z.string(), step: checkStepSchema }),
    'mailboxes.changed': z.object({ mailboxId: mailboxIdSchema.nullable() }),
  },
});
