import { z } from 'zod';
import { settingsSchema } from '../domain/settings.ts';
import { connectionErrors, vaultErrors } from '../errors/codes.ts';
import { wireErrorSchema } from '../errors/wire.ts';
import { defineContract } from './define-contract.ts';

export const healthSchema = z
  .object({
    version: z.string(),
    electron: z.string().nullable(),
    node: z.string(),
    chromium: z.string().nullable(),
    sqlite: z.string().nullable(),
    schema: z.number().int().nullable(),
    storeProcess: z.enum(['utility', 'child']),
    storePath: z.string(),
    storeBytes: z.number().int().nullable(),
    logPath: z.string(),
    vault: z.object({ kind: z.enum(['keychain', 'passphrase']), problem: wireErrorSchema.nullable() }),
    storeProblem: wireErrorSchema.nullable(),
    counts: z.object({ mailboxes: z.number().int(), letters: z.number().int(), tickets: z.number().int() }).nullable(),
  })
  .readonly();
export type Health = z.infer<typeof healthSchema>;

export const consoleContract = defineContract({
  methods: {
    /** How the start went: while there is a problem, every other call fails with it. */
    'console.startup': {
      input: z.void(),
      output: z.object({ problem: wireErrorSchema.nullable(), vault: z.enum(['keychain', 'passphrase']) }),
      errors: [],
    },
    /** Tries to open the profile once more; with a passphrase on purpose where there is no keychain. */
    'console.open': {
      input: z.object({ vault: z.enum(['keychain', 'passphrase']), passphrase: z.string().max(1000).nullable() }),
      output: z.object({ problem: wireErrorSchema.nullable(), vault: z.enum(['keychain', 'passphrase']) }),
      errors: [],
    },
    'console.health': { input: z.void(), output: healthSchema, errors: [] },
    'console.network': { input: z.void(), output: z.object({ online: z.boolean() }), errors: [] },
    'settings.get': { input: z.void(), output: settingsSchema, errors: [] },
    'settings.set': { input: z.object({ settings: settingsSchema }), output: settingsSchema, errors: [] },
    /** In the system's browser or mail program: https, http and mailto only. */
    'links.open': { input: z.object({ url: z.string().max(8000) }), output: z.void(), errors: ['link.refused'] },
    'demo.status': { input: z.void(), output: z.object({ running: z.boolean(), present: z.boolean() }), errors: [] },
    /** Starts the servers, adds the company's mailboxes, template and sender entry, and loads. Resolves when its first tickets stand. */
    'demo.start': {
      input: z.void(),
      output: z.object({ tickets: z.number().int(), letters: z.number().int() }),
      errors: [...connectionErrors, ...vaultErrors],
    },
    /** Stops the servers and removes everything that belongs to the company, tickets included. */
    'demo.end': { input: z.void(), output: z.void(), errors: [...vaultErrors] },
  },
  events: {
    'console.network': z.object({ online: z.boolean() }),
    'settings.changed': settingsSchema,
    'demo.changed': z.object({ running: z.boolean(), present: z.boolean() }),
    'console.opened': z.object({}),
    /** The store process died and came back: everything that was read may be stale. */
    'store.restarted': z.object({}),
  },
});
