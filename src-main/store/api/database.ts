import { z } from 'zod';
import { defineContract } from '../../../src-shared/contract/define-contract.ts';

/** The file itself: opened with its key before anything else is asked. */
export const databaseContract = defineContract({
  methods: {
    /** `key`: 64 hex digits. `mustExist`: refuse to make a new file, for when a key is known but its file is gone. */
    'database.open': {
      input: z.object({ path: z.string(), key: z.string().regex(/^[0-9a-f]{64}$/), mustExist: z.boolean() }),
      output: z.object({ schema: z.number().int(), created: z.boolean(), sqlite: z.string() }),
      errors: ['store.wrong-key', 'store.from-future', 'store.readonly', 'file.unreadable'],
    },
    'database.backup': {
      input: z.object({ path: z.string() }),
      output: z.object({ bytes: z.number().int() }),
      errors: ['file.not-written'],
    },
    'database.health': {
      input: z.void(),
      output: z.object({
        sqlite: z.string(),
        schema: z.number().int(),
        bytes: z.number().int(),
        /** `ok`, or what quick_check found. */
        check: z.string(),
        mailboxes: z.number().int(),
        letters: z.number().int(),
        tickets: z.number().int(),
      }),
      errors: [],
    },
    /** Optimises, checkpoints and closes; the process may be ended afterwards. */
    'database.close': { input: z.void(), output: z.void(), errors: [] },
  },
  events: {},
});
