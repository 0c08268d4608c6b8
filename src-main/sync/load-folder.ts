import type { FolderReport } from '../../src-shared/domain/loading.ts';
import type { LoadingSettings } from '../../src-shared/domain/mailbox.ts';
import type { FolderState, OpenFolder } from '../connectors/connectors.ts';
import type { Logger } from '../logs/logs.ts';
import type { FolderCursor } from '../store/api/mailboxes.ts';
import { type LettersParts, loadLetters } from './load-letters.ts';
import { lookAtFolder, sightingOf } from './look-at-folder.ts';
import { planScope } from './plan-load.ts';

export interface FolderParts extends Omit<LettersParts, 'largest'> {
  readonly loading: LoadingSettings;
  readonly newsOnly: boolean;
  /** What the server said of the folder before it was opened; null: it was not asked. */
  readonly state: FolderState | null;
  readonly log: Logger;
  onPlanned(letters: number): void;
  /** Read marks changed, as the server has them. */
  onMarks(): void;
}

export interface LoadedFolder {
  readonly report: FolderReport;
  /** Highest UID seen: what comes above it is news. */
  readonly highestUid: number;
  readonly unexplained: number;
}

const megabyte = 1024 * 1024;

/**
 * Loads what is new in an open folder. What is to be loaded are rows of the ledger before the first letter is asked for, so a crash at any line leaves them to be
 * loaded and nothing to be guessed.
 */
export async function loadFolder(
  folder: OpenFolder,
  cursor: FolderCursor,
  parts: FolderParts,
  signal: AbortSignal,
): Promise<LoadedFolder> {
  const { store, loading } = parts;
  const { uidValidity } = folder;
  const facts = { uidValidity, choice: loading, now: parts.now(), newsOnly: parts.newsOnly };
  const scope = planScope(cursor, facts);
  const renumbered = cursor.uidValidity !== null && cursor.uidValidity !== uidValidity;
  if (renumbered) parts.log.warn('folder was renumbered', { folder: folder.path });

  const listing = await lookAtFolder(folder, scope, signal);
  const seen = await store.call('ledger.see', sightingOf(cursor, uidValidity, { scope, listing, at: parts.now() }));
  if (seen.unexplained.length > 0)
    parts.log.warn('letters without a row', { folder: folder.path, count: seen.unexplained.length });
  parts.onPlanned(seen.wanted.length + seen.troubled.length);

  const letters = { ...parts, largest: loading.largestMb * megabyte };
  const loaded = await loadLetters(folder, cursor, { ...seen, parts: letters }, signal);
  if (loaded.failed > 0) parts.log.warn('letters not given', { folder: folder.path, count: loaded.failed });
  await refreshMarks(folder, cursor, parts, signal);

  const { counts, unexplained } = seen;
  const heldBack = counts.beforePeriod + counts.read + counts.tooLarge + counts.refused + loaded.tooLarge;
  const done = loaded.failed === 0 && counts.refused === 0 && unexplained.length === 0;
  if (done && parts.state !== null && scope.above === 0)
    await store.call('folders.settle', { folderId: cursor.folderId, state: { ...parts.state, heldBack } });
  return {
    report: {
      path: folder.path,
      onServer: folder.exists,
      loaded: counts.stored + loaded.stored,
      fresh: loaded.fresh,
      failed: loaded.failed,
      heldBack,
      unchanged: false,
      problem: null,
    },
    highestUid: Math.max(listing.listed.at(-1) ?? 0, renumbered ? 0 : cursor.lastUid),
    unexplained: unexplained.length,
  };
}

async function refreshMarks(
  folder: OpenFolder,
  { folderId }: FolderCursor,
  parts: FolderParts,
  signal: AbortSignal,
): Promise<void> {
  // Where the server keeps no marks, those here are nobody's but ours.
  if (!folder.listUnreadUids) return;
  const unread = folder.exists === 0 ? [] : await folder.listUnreadUids(signal);
  const marks = { folderId, uidValidity: folder.uidValidity, unread: Uint32Array.from(unread) };
  const { changed } = await parts.store.call('letters.setUnread', marks);
  if (changed > 0) parts.onMarks();
}
