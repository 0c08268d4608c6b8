import { z } from 'zod';
import { wireErrorSchema } from '../errors/wire.ts';
import { mailboxIdSchema } from './ids.ts';
import { instantSchema } from './time.ts';

export const folderReportSchema = z
  .object({
    path: z.string(),
    /** In the folder on the server. */
    onServer: z.number().int(),
    /** How many of the folder's letters are in the store now; fewer than on the server where the first load had a period. */
    loaded: z.number().int(),
    /** Came with this pass. */
    fresh: z.number().int(),
    failed: z.number().int(),
    problem: wireErrorSchema.nullable(),
  })
  .readonly();
export type FolderReport = z.infer<typeof folderReportSchema>;

export const loadReportSchema = z
  .object({
    mailboxId: mailboxIdSchema,
    mailboxName: z.string(),
    folders: z.array(folderReportSchema).readonly(),
    ticketsCreated: z.number().int(),
    ticketsAppended: z.number().int(),
    unreadable: z.number().int(),
    milliseconds: z.number(),
    problem: wireErrorSchema.nullable(),
  })
  .readonly();
export type LoadReport = z.infer<typeof loadReportSchema>;

/**
 * `waiting`: nothing to do, new mail is awaited. `off`: disabled, or not automatic.
 * `needs-you`: stopped until a person acts (wrong password, certificate). `retrying`: will try again by itself.
 */
export const loadPhaseSchema = z.enum(['off', 'connecting', 'loading', 'sorting', 'waiting', 'retrying', 'needs-you']);
export type LoadPhase = z.infer<typeof loadPhaseSchema>;

export const loadProgressSchema = z
  .object({
    mailboxId: mailboxIdSchema,
    phase: loadPhaseSchema,
    /** Path of the folder in hand; empty between folders. */
    folder: z.string(),
    done: z.number().int(),
    total: z.number().int(),
    bytes: z.number().int(),
    startedAt: instantSchema.nullable(),
    /** End of the last pass that succeeded. */
    lastLoadedAt: instantSchema.nullable(),
    nextAttemptAt: instantSchema.nullable(),
    problem: wireErrorSchema.nullable(),
  })
  .readonly();
export type LoadProgress = z.infer<typeof loadProgressSchema>;

/** What a first load would do, counted before anything happens. */
export const loadPreviewSchema = z
  .object({
    folders: z
      .array(z.object({ path: z.string(), onServer: z.number().int(), toLoad: z.number().int() }).readonly())
      .readonly(),
    toLoad: z.number().int(),
    /** Always zero in this version: loading touches nothing on the server. */
    toMark: z.number().int(),
    toMove: z.number().int(),
    toDelete: z.number().int(),
  })
  .readonly();
export type LoadPreview = z.infer<typeof loadPreviewSchema>;
