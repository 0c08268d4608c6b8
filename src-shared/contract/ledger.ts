import { z } from 'zod';
import { effectStateSchema } from '../domain/effect.ts';
import {
  effectIdSchema,
  ledgerEntryIdSchema,
  mailboxIdSchema,
  messageIdSchema,
  templateIdSchema,
} from '../domain/ids.ts';
import {
  folderBalanceSchema,
  ledgerEntrySchema,
  ledgerFilterSchema,
  ledgerStorySchema,
  quarantineWhySchema,
} from '../domain/ledger.ts';
import { loadReportSchema } from '../domain/loading.ts';
import { quarantinedSchema } from '../domain/quarantine.ts';
import { connectionErrors, vaultErrors } from '../errors/codes.ts';
import { defineContract } from './define-contract.ts';

const signInErrors = [...connectionErrors, ...vaultErrors, 'mailbox.unknown', 'mailbox.leased'] as const;

/** Every message of every server, from seen to done; what was done about it there; and what a person should look at. */
export const ledgerContract = defineContract({
  methods: {
    /** Last seen first. `before`: the last id of the page above. */
    'ledger.list': {
      input: z.object({
        filter: ledgerFilterSchema,
        before: ledgerEntryIdSchema.nullable(),
        limit: z.number().int().min(1).max(500),
      }),
      output: z.array(ledgerEntrySchema),
      errors: [],
    },
    'ledger.story': {
      input: z.object({ entryId: ledgerEntryIdSchema }),
      output: ledgerStorySchema,
      errors: ['message.gone'],
    },
    /** As the server was last asked; of every ticked folder. */
    'ledger.balances': {
      input: z.object({ mailboxId: mailboxIdSchema.nullable() }),
      output: z.array(folderBalanceSchema),
      errors: ['mailbox.unknown'],
    },
    /** Asks the server now; changes nothing there, and no row of the ledger. */
    'ledger.recount': {
      input: z.object({ mailboxId: mailboxIdSchema }),
      output: z.array(folderBalanceSchema),
      errors: signInErrors,
    },
    /** Gives what is unexplained its rows, tries again what was refused, and loads. */
    'ledger.loadMissing': {
      input: z.object({ mailboxId: mailboxIdSchema }),
      output: loadReportSchema,
      errors: ['mailbox.unknown'],
    },
    /** As CSV, to a file that the person chooses; null when they thought better of it. Nothing in it is a formula to a spreadsheet. */
    'ledger.export': {
      input: z.object({ filter: ledgerFilterSchema }),
      output: z.object({ path: z.string(), rows: z.number().int() }).nullable(),
      errors: ['file.not-written'],
    },

    /** Changes on servers that are to come or have failed, the entries they belong to, oldest first. */
    'effects.list': {
      input: z.object({
        mailboxId: mailboxIdSchema.nullable(),
        states: z.array(effectStateSchema),
        limit: z.number().int().min(1).max(500),
      }),
      output: z.array(ledgerEntrySchema),
      errors: [],
    },
    /** `failed` ones become due. */
    'effects.retry': {
      input: z.object({ effectIds: z.array(effectIdSchema).max(500) }),
      output: z.object({ changed: z.number().int() }),
      errors: [],
    },
    /** Due or failed ones are called off: the letter stays as it is on the server. */
    'effects.cancel': {
      input: z.object({ effectIds: z.array(effectIdSchema).max(500) }),
      output: z.object({ changed: z.number().int() }),
      errors: [],
    },

    /** Newest first. */
    'quarantine.list': {
      input: z.object({
        mailboxId: mailboxIdSchema.nullable(),
        why: quarantineWhySchema.nullable(),
        dismissed: z.boolean(),
        before: messageIdSchema.nullable(),
        limit: z.number().int().min(1).max(500),
      }),
      output: z.array(quarantinedSchema),
      errors: [],
    },
    /** On the desk now. */
    'quarantine.counts': {
      input: z.object({ mailboxId: mailboxIdSchema.nullable() }),
      output: z.record(quarantineWhySchema, z.number().int()),
      errors: [],
    },
    /** The rules look again; an unreadable letter is parsed again. Null: all on the desk. A ticket by hand is `tickets.makeFromLetter`. */
    'quarantine.retry': {
      input: z.object({ messageIds: z.array(messageIdSchema).max(500).nullable() }),
      output: z.object({ released: z.number().int(), left: z.number().int() }),
      errors: [],
    },
    /** From now on letters of this sender pass: a sender entry with this template where none spoke for them, trust where they were suspected. Those on the desk are tried again. */
    'quarantine.allowSender': {
      input: z.object({ messageId: messageIdSchema, templateId: templateIdSchema.nullable() }),
      output: z.object({ released: z.number().int() }),
      errors: ['message.gone', 'template.unknown', 'template.incomplete', 'sender.duplicate', 'state.conflict'],
    },
    /** Off the desk (the letter stays in the mail), or back on it. */
    'quarantine.dismiss': {
      input: z.object({ messageIds: z.array(messageIdSchema).max(500), dismissed: z.boolean() }),
      output: z.object({ changed: z.number().int() }),
      errors: [],
    },
    /** Loads a letter whole that was left on the server for its size. */
    'quarantine.fetchAnyway': {
      input: z.object({ messageId: messageIdSchema }),
      output: z.void(),
      errors: ['message.gone', 'message.over-limit', 'folder.gone', 'state.conflict', ...signInErrors],
    },
  },
  events: {
    /** Rows, balances, effects or outcomes of a mailbox (null: of any) have changed. */
    'ledger.changed': z.object({ mailboxId: mailboxIdSchema.nullable() }),
    'quarantine.changed': z.object({ mailboxId: mailboxIdSchema.nullable() }),
  },
});
