import { z } from 'zod';
import { connectionCheckSchema } from '../domain/connection-check.ts';
import { mailboxIdSchema } from '../domain/ids.ts';
import { mailboxSchema } from '../domain/mailbox.ts';
import { folderTrialSchema, mailboxSwitchSchema } from '../domain/mailbox-switch.ts';
import { connectionErrors, vaultErrors } from '../errors/codes.ts';
import { defineContract } from './define-contract.ts';
import { draftSchema } from './mailboxes.ts';

const ofMailbox = z.object({ mailboxId: mailboxIdSchema });
/** The person knows that letters are marked, moved or deleted through the other connection from now on. Needed where the mailbox does such things. */
const confirmable = ofMailbox.extend({ confirmed: z.boolean().default(false) });
const looking = ['switch.none', 'mailbox.unknown', 'folder.gone', ...connectionErrors, ...vaultErrors] as const;

/** Another connection for a mailbox: prepared, tried beside the running one, put in its place, taken back. */
export const switchesContract = defineContract({
  methods: {
    /** What is prepared, and what there is to go back to. */
    'switches.list': { input: z.void(), output: z.array(mailboxSwitchSchema), errors: [] },
    /**
     * Of the draft of a saved mailbox, servers and sign-in alone; what was not typed is as the mailbox has it, but for a person's sign-in, which has to be new. The running
     * connection is not touched. In the place of one that was prepared before.
     */
    'switches.prepare': {
      input: z.object({ draft: draftSchema }),
      output: mailboxSwitchSchema,
      errors: ['mailbox.unknown', 'auth.sign-in-missing', ...vaultErrors],
    },
    /** As `mailboxes.check`, of the prepared connection. */
    'switches.check': {
      input: ofMailbox.extend({ checkId: z.string().min(1).max(100).nullable().default(null) }),
      output: connectionCheckSchema,
      errors: looking,
    },
    /** Counts the ticked folders through it, and looks for some of its letters among those loaded. Changes nothing at the server and keeps no letter. */
    'switches.try': { input: ofMailbox, output: mailboxSwitchSchema, errors: looking },
    /** It takes the place of the running one, at once and whole; letters that are loaded are met again by content. Only after it was tried. */
    'switches.apply': {
      input: confirmable,
      output: mailboxSchema,
      errors: ['switch.none', 'switch.not-tried', 'mailbox.unknown', 'mailbox.not-confirmed', 'mailbox.leased'],
    },
    /** The same the other way round, within thirty days. */
    'switches.back': {
      input: confirmable,
      output: mailboxSchema,
      errors: ['switch.none', 'mailbox.unknown', 'mailbox.not-confirmed', 'mailbox.leased'],
    },
    /** What is prepared is forgotten, and its secrets with it. */
    'switches.drop': { input: ofMailbox, output: z.void(), errors: [...vaultErrors] },
  },
  events: {
    'switches.changed': z.object({ mailboxId: mailboxIdSchema }),
    /** One more folder was tried. */
    'switches.folder': z.object({ mailboxId: mailboxIdSchema, trial: folderTrialSchema }),
  },
});
