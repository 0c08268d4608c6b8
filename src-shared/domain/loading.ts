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
    /** Seen and left out: before the period, read already, too large, refused too often. */
    heldBack: z.number().int(),
    /** The server said that nothing has changed since it was last counted; it was not opened. */
    unchanged: z.boolean(),
    problem: wireErrorSchema.nullable(),
  })
  .readonly();
export type FolderReport = z.infer<typeof folderReportSchema>;

/** What was missed while a mailbox could not be loaded, and since when. */
export const caughtUpSchema = z.object({ letters: z.number().int(), since: instantSchema }).readonly();
export type CaughtUp = z.infer<typeof caughtUpSchema>;

export const loadReportSchema = z
  .object({
    mailboxId: mailboxIdSchema,
    mailboxName: z.string(),
    folders: z.array(folderReportSchema).readonly(),
    ticketsCreated: z.number().int(),
    ticketsAppended: z.number().int(),
    unreadable: z.number().int(),
    /** Letters that a person should look at. */
    quarantined: z.number().int(),
    /** Changes on the server: carried out, and failed, with this pass. */
    effectsDone: z.number().int(),
    effectsFailed: z.number().int(),
    /** On the server without a row in the ledger: to be zero. */
    unexplained: z.number().int(),
    /** Commands that were sent. */
    roundTrips: z.number().int(),
    /** The first good pass after an outage says what it has brought. */
    caughtUp: caughtUpSchema.nullable(),
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
    /** When the first of the failures in a row happened; kept over restarts. */
    failingSince: instantSchema.nullable(),
    /** What went wrong for so long that the mailbox was disabled; null where a person disabled it, or nobody. */
    disabledBecause: wireErrorSchema.nullable(),
  })
  .readonly();
export type LoadProgress = z.infer<typeof loadProgressSchema>;

/** What loading would do to one folder, counted by looking (EXAMINE, SEARCH). */
export const folderLookSchema = z
  .object({
    path: z.string(),
    onServer: z.number().int(),
    toLoad: z.number().int(),
    /** Left out: before the period, or read already. */
    heldBack: z.number().int(),
    /** Of those to load: only their headers would be. */
    tooLarge: z.number().int(),
    /** At most, as the rules have not seen the letters: those that end in quarantine are not touched. */
    toMark: z.number().int(),
    toMove: z.number().int(),
    toDelete: z.number().int(),
  })
  .readonly();
export type FolderLook = z.infer<typeof folderLookSchema>;

/** The whole of it, before anything happens. */
export const loadLookSchema = z
  .object({
    folders: z.array(folderLookSchema).readonly(),
    toLoad: z.number().int(),
    toMark: z.number().int(),
    toMove: z.number().int(),
    toDelete: z.number().int(),
    /** A first load never answers old letters: always zero. */
    automaticAnswers: z.number().int(),
    /** Loaded before: they stay as they are on the server, whatever is chosen now. */
    loadedBefore: z.number().int(),
    /** Estimated from the sizes of up to a thousand letters of each folder. */
    bytes: z.number(),
    /** Measured on a few letters; null where there was nothing to measure. */
    bytesPerSecond: z.number().nullable(),
    seconds: z.number().nullable(),
    /** What the provider lets one mailbox load in a day, where that is known. */
    providerMbPerDay: z.number().nullable(),
    /** Folders to move to that are not there. */
    missingFolders: z.array(z.string()).readonly(),
  })
  .readonly();
export type LoadLook = z.infer<typeof loadLookSchema>;
