import type { FolderReport } from '../../src-shared/domain/loading.ts';
import type { FirstLoadPeriod } from '../../src-shared/domain/mailbox.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { OpenFolder } from '../connectors/connectors.ts';
import type { Logger } from '../logs/logs.ts';
import type { ReceivedLetter } from '../store/api/letters.ts';
import type { FolderCursor } from '../store/api/mailboxes.ts';
import type { Store } from '../store/store.ts';
import { type BatchLimits, cutBatches } from './cut-batches.ts';
import { fetchBatch } from './fetch-batch.ts';
import { advanceCursor, planScope, wantedUids } from './plan-load.ts';

export interface FolderParts {
  readonly store: Pick<Store, 'call'>;
  readonly period: FirstLoadPeriod;
  readonly now: () => number;
  readonly limits: BatchLimits;
  readonly log: Logger;
  onPlanned(letters: number): void;
  onStored(letters: number, bytes: number): void;
  /** Read marks changed, as the server has them. */
  onMarks(): void;
}

export interface LoadedFolder {
  readonly report: FolderReport;
  /** Highest UID seen: what comes above it is news. */
  readonly highestUid: number;
}

/** Sizes are asked for this many letters at a time, so that the first letters are there before the last size is. */
const sizesAtATime = 1_000;

/** The connection ends a letter of 256 MB, and would at every pass; providers take 150 MB at most. It counts as failed. */
const largestLetter = 200 * 1024 * 1024;

/**
 * Loads what is new in an open folder. The cursor moves only after the letters are committed: a crash between the two loads some of them again,
 * which the store knows.
 */
export async function loadFolder(
  folder: OpenFolder,
  before: FolderCursor,
  parts: FolderParts,
  signal: AbortSignal,
): Promise<LoadedFolder> {
  const { store } = parts;
  const { uidValidity } = folder;
  const { cursor, question } = planScope(before, { uidValidity, period: parts.period, now: parts.now() });
  if (before.uidValidity !== null && before.uidValidity !== uidValidity) {
    parts.log.warn('folder was renumbered', { folder: folder.path });
  }
  // Fixes the period before the first letter comes.
  if (cursor !== before) await store.call('folders.setCursor', { cursor });

  const { listed, highest } = await listScope(folder, question, signal);
  const highestUid = Math.max(highest, cursor.lastUid);
  const known = await store.call('letters.knownUids', { folderId: cursor.folderId, uidValidity });
  const wanted = wantedUids(listed, known);
  parts.onPlanned(wanted.length);

  const { stored, fresh } = await loadLetters(folder, cursor, { wanted, parts, signal });
  const failed = await stillThere(folder, wanted, { stored, signal });
  if (failed.length > 0) parts.log.warn('letters not given', { folder: folder.path, count: failed.length });
  const after = advanceCursor(cursor, { highestUid, failed });
  if (!sameCursor(after, cursor)) await store.call('folders.setCursor', { cursor: after });
  await refreshMarks(folder, cursor, parts, signal);

  const report: FolderReport = {
    path: folder.path,
    onServer: folder.exists,
    loaded: known.length + stored.size,
    fresh,
    failed: failed.length,
    problem: null,
  };
  return { report, highestUid };
}

/**
 * What is in question, and the highest UID of which nothing more is to come. A period leaves out letters whose UIDs lie above it (moved here later):
 * they are not new mail either. What arrives between the two questions is: so the period is asked for once more above the first answer.
 */
async function listScope(
  folder: OpenFolder,
  question: { readonly afterUid: number; readonly since: number | null },
  signal: AbortSignal,
): Promise<{ readonly listed: Uint32Array; readonly highest: number }> {
  const listed = await folder.listUids(question, signal);
  const highest = listed.at(-1) ?? question.afterUid;
  if (question.since === null || folder.exists === 0) return { listed, highest };
  const above = await folder.listUids({ afterUid: highest, since: null }, signal);
  if (above.length === 0) return { listed, highest };
  const late = await folder.listUids({ afterUid: highest, since: question.since }, signal);
  return { listed: Uint32Array.from([...listed, ...late]), highest: above.at(-1) ?? highest };
}

interface Loading {
  readonly wanted: readonly number[];
  readonly parts: FolderParts;
  readonly signal: AbortSignal;
}

/** One batch is fetched while the one before is stored: two are in memory at most. */
async function loadLetters(folder: OpenFolder, cursor: FolderCursor, { wanted, parts, signal }: Loading) {
  const stored = new Set<number>();
  let fresh = 0;
  let storing: Promise<void> = Promise.resolve();
  try {
    for (let at = 0; at < wanted.length; at += sizesAtATime) {
      const portion = wanted.slice(at, at + sizesAtATime);
      const sizes = await folder.listSizes(portion, signal);
      const bearable = portion.filter((uid) => (sizes.get(uid) ?? 0) <= largestLetter);
      for (const uids of cutBatches(bearable, sizes, parts.limits)) {
        const { letters, bytes, error } = await fetchBatch(folder, uids, signal);
        await storing;
        storing = store(letters, bytes);
        // Awaited before the next batch and at the end; until then nobody listens.
        storing.catch(() => undefined);
        if (error !== null) throw error;
        if (signal.aborted) throw new AppError('cancelled');
      }
    }
  } finally {
    // What has come is kept, however the rest ended.
    await storing;
  }
  return { stored, fresh };

  async function store(letters: readonly ReceivedLetter[], bytes: number): Promise<void> {
    if (letters.length === 0) return;
    const { folderId } = cursor;
    const batch = { folderId, uidValidity: folder.uidValidity, letters: [...letters] };
    const outcome = await parts.store.call('letters.store', batch);
    for (const { uid } of letters) stored.add(uid);
    fresh += outcome.fresh;
    parts.onStored(letters.length, bytes);
  }
}

/** Asked for and not given: gone meanwhile, or held back by the server. Only the second is a failure. */
async function stillThere(
  folder: OpenFolder,
  wanted: readonly number[],
  { stored, signal }: { readonly stored: ReadonlySet<number>; readonly signal: AbortSignal },
): Promise<number[]> {
  const missing = wanted.filter((uid) => !stored.has(uid));
  const lowest = missing.at(-1);
  if (lowest === undefined) return [];
  const there = new Set(await folder.listUids({ afterUid: lowest - 1, since: null }, signal));
  return missing.filter((uid) => there.has(uid));
}

async function refreshMarks(
  folder: OpenFolder,
  { folderId }: FolderCursor,
  parts: FolderParts,
  signal: AbortSignal,
): Promise<void> {
  const unread = folder.exists === 0 ? [] : await folder.listUnreadUids(signal);
  const marks = { folderId, uidValidity: folder.uidValidity, unread: Uint32Array.from(unread) };
  const { changed } = await parts.store.call('letters.setUnread', marks);
  if (changed > 0) parts.onMarks();
}

function sameCursor(one: FolderCursor, other: FolderCursor): boolean {
  return one.lastUid === other.lastUid && one.firstLoadDone === other.firstLoadDone;
}
