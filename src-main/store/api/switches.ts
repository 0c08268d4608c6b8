import { z } from 'zod';
import { defineContract } from '../../../src-shared/contract/define-contract.ts';
import { mailboxIdSchema } from '../../../src-shared/domain/ids.ts';
import { mailboxSchema } from '../../../src-shared/domain/mailbox.ts';
import { connectionSchema, mailboxSwitchSchema, switchTrialSchema } from '../../../src-shared/domain/mailbox-switch.ts';
import { instantSchema } from '../../../src-shared/domain/time.ts';

/** A mailbox's, or that of a connection beside it: both have secrets of their own. */
const vaultIdSchema = mailboxIdSchema;

const switchRowSchema = z.object({ ...mailboxSwitchSchema.unwrap().shape, vaultId: vaultIdSchema }).readonly();
export type SwitchRow = z.infer<typeof switchRowSchema>;

const exchangeSchema = z.object({
  mailboxId: mailboxIdSchema,
  at: instantSchema,
  keepUntil: instantSchema,
  /** This console: a lease of another one stands against it. */
  owner: z.string(),
});
export type ConnectionExchange = z.infer<typeof exchangeSchema>;

/** Connections beside those that mailboxes have, and whose secrets lie where. */
export const switchRowsContract = defineContract({
  methods: {
    'switches.list': { input: z.void(), output: z.array(switchRowSchema), errors: [] },
    /** In the place of one that was prepared before. Its secrets are no leftover any more. */
    'switches.prepare': {
      input: z.object({
        mailboxId: mailboxIdSchema,
        vaultId: vaultIdSchema,
        connection: connectionSchema,
        at: instantSchema,
        /** Else it is the one that the mailbox has, as old as it is. */
        typedPassword: z.boolean().default(false),
      }),
      output: z.void(),
      errors: ['mailbox.unknown'],
    },
    'switches.tried': {
      input: z.object({ mailboxId: mailboxIdSchema, vaultId: vaultIdSchema, trial: switchTrialSchema }),
      output: z.void(),
      errors: ['switch.none'],
    },
    /**
     * The prepared connection takes the place of the one in force, which is kept as the former one; in one transaction with all that hangs on it: settings, secrets, folders,
     * and numbers of letters that mean nothing at another place.
     */
    'switches.apply': {
      input: exchangeSchema.extend({ vaultId: vaultIdSchema }),
      output: mailboxSchema,
      errors: ['switch.none', 'switch.not-tried', 'mailbox.unknown', 'mailbox.leased'],
    },
    /** The former one takes its place again, in the same way; what was in force is kept as prepared, tried as it is. */
    'switches.back': {
      input: exchangeSchema,
      output: mailboxSchema,
      errors: ['switch.none', 'mailbox.unknown', 'mailbox.leased'],
    },
    'switches.drop': { input: z.object({ mailboxId: mailboxIdSchema }), output: z.void(), errors: [] },
    /** Former ones whose time is over go. Gives the mailboxes that they were of. */
    'switches.expire': { input: z.object({ now: instantSchema }), output: z.array(mailboxIdSchema), errors: [] },

    /** Of mailboxes whose secrets lie under another id than their own. */
    'vaults.owners': {
      input: z.void(),
      output: z.array(z.object({ mailboxId: mailboxIdSchema, vaultId: vaultIdSchema })),
      errors: [],
    },
    /** Secrets are about to be put there; until somebody takes them they are a leftover. */
    'vaults.open': { input: z.object({ vaultId: vaultIdSchema }), output: z.void(), errors: [] },
    'vaults.leftovers': { input: z.void(), output: z.array(vaultIdSchema), errors: [] },
    'vaults.swept': { input: z.object({ vaultId: vaultIdSchema }), output: z.void(), errors: [] },
  },
  events: {},
});
