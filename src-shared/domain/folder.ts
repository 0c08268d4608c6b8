import { z } from 'zod';
import { folderIdSchema, mailboxIdSchema } from './ids.ts';

/** RFC 6154 special use, and the inbox. */
export const folderRoleSchema = z.enum(['inbox', 'sent', 'drafts', 'junk', 'trash', 'archive', 'all']);
export type FolderRole = z.infer<typeof folderRoleSchema>;

/** Whose a folder is (RFC 2342): the mailbox's own, another user's, or everybody's. */
export type FolderNamespace = 'personal' | 'others' | 'shared';

const placement = {
  /** Left out: the mailbox's own. */
  namespace: z.enum(['others', 'shared']).optional(),
  /** What the server puts before every path of the folder's namespace (`INBOX.`); left out: nothing. */
  prefix: z.string().optional(),
};

/** A folder as the server lists it. */
export const serverFolderSchema = z
  .object({
    /** Decoded, with the server's own separator. */
    path: z.string().min(1),
    /** Last level of the path. */
    name: z.string(),
    separator: z.string(),
    role: folderRoleSchema.nullable(),
    /** False for a level that only holds other folders (\Noselect). */
    selectable: z.boolean(),
    /** MAILBOXID of OBJECTID (RFC 8474), which a renamed folder keeps; null where not offered. */
    identity: z.string().nullable(),
    ...placement,
  })
  .readonly();
export type ServerFolder = z.infer<typeof serverFolderSchema>;

/** A folder as the console knows it. */
export const folderSchema = z
  .object({
    id: folderIdSchema,
    mailboxId: mailboxIdSchema,
    path: z.string(),
    name: z.string(),
    separator: z.string(),
    role: folderRoleSchema.nullable(),
    /** Ticked for loading. A parent does not stand for its children (D11). */
    selected: z.boolean(),
    total: z.number().int(),
    unread: z.number().int(),
    ...placement,
  })
  .readonly();
export type Folder = z.infer<typeof folderSchema>;

/** Inbox and archive hold mail that came; the others what was sent, thrown away, or everything a second time. What is not the mailbox's own, somebody has to want. */
export function isLoadedUnasked({
  role,
  selectable,
  namespace,
}: Pick<Folder, 'role' | 'namespace'> & { readonly selectable?: boolean }): boolean {
  return selectable !== false && namespace === undefined && (role === null || role === 'inbox' || role === 'archive');
}

/** POP3 has no UIDVALIDITY; its numberings begin here. IMAP's has 32 bits: no folder that changes its protocol keeps its numbering. */
export const firstPop3Numbering = 2 ** 32;

/** Exchange has none either, and its numberings begin above those. */
export const firstExchangeNumbering = 2 ** 33;
