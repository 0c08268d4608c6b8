import { z } from 'zod';
import { defineContract } from '../../../src-shared/contract/define-contract.ts';
import { folderRoleSchema } from '../../../src-shared/domain/folder.ts';
import { mailboxIdSchema } from '../../../src-shared/domain/ids.ts';

export const folderHierarchySchema = z
  .object({
    /** Whose folders they are: server, login and mailbox in one word. */
    source: z.string(),
    syncState: z.string(),
    folders: z
      .array(z.object({ id: z.string(), parentId: z.string(), name: z.string(), folderClass: z.string() }).readonly())
      .readonly(),
    /** What the server keeps folders for. */
    roles: z
      .array(z.object({ id: z.string(), role: z.union([folderRoleSchema, z.literal('outbox')]) }).readonly())
      .readonly(),
  })
  .readonly();
export type FolderHierarchyRow = z.infer<typeof folderHierarchySchema>;

/** What Exchange said of all folders of a mailbox, which includes those that are never loaded. */
export const folderHierarchyContract = defineContract({
  methods: {
    /** Null: nothing is known. */
    'hierarchies.recall': {
      input: z.object({ mailboxId: mailboxIdSchema }).readonly(),
      output: folderHierarchySchema.nullable(),
      errors: [],
    },
    /** In the place of what was known; nothing where the mailbox is gone. */
    'hierarchies.keep': {
      input: z.object({ mailboxId: mailboxIdSchema, hierarchy: folderHierarchySchema }).readonly(),
      output: z.void(),
      errors: [],
    },
  },
  events: {},
});
