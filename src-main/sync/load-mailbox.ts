import type { FolderReport, LoadReport } from '../../src-shared/domain/loading.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { type AppError, isAppError } from '../../src-shared/errors/errors.ts';
import { toWire, type WireError } from '../../src-shared/errors/wire.ts';
import type { IncomingConnector } from '../connectors/connectors.ts';
import type { Logger } from '../logs/logs.ts';
import type { FolderCursor } from '../store/api/mailboxes.ts';
import type { Store } from '../store/store.ts';
import type { BatchLimits } from './cut-batches.ts';
import { loadFolder } from './load-folder.ts';
import type { ProgressBoard } from './load-progress.ts';

/** Makes tickets of a mailbox's letters that have not been looked at, oldest first. */
export type SortMailbox = (
  mailboxId: Mailbox['id'],
  signal: AbortSignal,
) => Promise<{ readonly created: number; readonly appended: number }>;

export interface PassParts {
  readonly store: Pick<Store, 'call'>;
  readonly sortMailbox: SortMailbox;
  readonly log: Logger;
  readonly now: () => number;
  /** Asked for each folder: shared among the passes that run. */
  readonly limits: () => BatchLimits;
  readonly onMarks: () => void;
}

export interface Pass {
  readonly mailbox: Mailbox;
  readonly progress: ProgressBoard;
  /** Which of the ticked folders; null: all of them. */
  readonly only: string | null;
  readonly open: () => Promise<IncomingConnector>;
}

export interface PassOutcome {
  readonly report: LoadReport;
  /** Highest UID seen, by path of the folder. */
  readonly highest: ReadonlyMap<string, number>;
}

/**
 * One pass: connect, load what is new folder by folder, wait until it is parsed, sort it into tickets. Never rejects: what went wrong stands in the
 * report, beside what was loaded all the same.
 */
export async function loadMailbox(pass: Pass, parts: PassParts, signal: AbortSignal): Promise<PassOutcome> {
  const { mailbox, progress } = pass;
  const startedAt = parts.now();
  const started = performance.now();
  progress.set({ phase: 'connecting', folder: '', done: 0, total: 0, bytes: 0, startedAt, nextAttemptAt: null });
  const folders: FolderReport[] = [];
  const highest = new Map<string, number>();
  const loading = await attempt(() => loadFolders(pass, parts, { folders, highest, signal }));
  const sorting = await attempt(() => settleAndSort(pass, parts, signal));
  const problem = loading.problem ?? sorting.problem;
  logOutcome(parts.log, mailbox, loading.error ?? sorting.error);
  const report: LoadReport = {
    mailboxId: mailbox.id,
    mailboxName: mailbox.settings.name,
    folders,
    ticketsCreated: sorting.value?.created ?? 0,
    ticketsAppended: sorting.value?.appended ?? 0,
    unreadable: sorting.value?.unreadable ?? 0,
    milliseconds: Math.round(performance.now() - started),
    problem,
  };
  // What a person called off is not a problem to look at.
  const shown = problem?.code === 'cancelled' ? null : problem;
  progress.set({ folder: '', problem: shown, ...(problem ? {} : { lastLoadedAt: parts.now() }) });
  return { report, highest };
}

interface Gathered {
  readonly folders: FolderReport[];
  readonly highest: Map<string, number>;
  readonly signal: AbortSignal;
}

async function loadFolders({ open, only, progress, mailbox }: Pass, parts: PassParts, gathered: Gathered) {
  const connector = await open();
  const cursors = await parts.store.call('folders.cursors', { mailboxId: mailbox.id });
  for (const cursor of cursors) {
    if (only !== null && cursor.path !== only) continue;
    progress.set({ phase: 'loading', folder: cursor.path });
    let stored = 0;
    const folderParts = {
      ...parts,
      period: mailbox.settings.loading.firstLoadPeriod,
      limits: parts.limits(),
      onPlanned: (letters: number) => progress.set({ total: progress.now.total + letters }),
      onStored: (letters: number, bytes: number) => {
        stored += letters;
        progress.set({ done: progress.now.done + letters, bytes: progress.now.bytes + bytes });
      },
    };
    try {
      const folder = await connector.openFolder(cursor.path, gathered.signal);
      const { report, highestUid } = await loadFolder(folder, cursor, folderParts, gathered.signal);
      gathered.folders.push(report);
      gathered.highest.set(cursor.path, highestUid);
    } catch (error) {
      gathered.folders.push(failedFolder(cursor, stored, error));
      if (!isOfFolder(error)) throw error;
      parts.log.warn('folder not loaded', { mailbox: mailbox.id, folder: cursor.path, error });
    }
  }
}

/** The server's no to one folder; the line is as good as before. */
function isOfFolder(error: unknown): error is AppError {
  return (
    isAppError(error, 'folder.gone') || isAppError(error, 'server.refused') || isAppError(error, 'permission.denied')
  );
}

/** What came before the failure is kept. */
function failedFolder({ path }: FolderCursor, stored: number, error: unknown): FolderReport {
  return { path, onServer: 0, loaded: stored, fresh: stored, failed: 0, problem: toWire(error) };
}

/** Also after a line that broke: what came before is mail like any other. */
async function settleAndSort({ mailbox, progress }: Pass, parts: PassParts, signal: AbortSignal) {
  if (signal.aborted) return null;
  progress.set({ phase: 'sorting', folder: '' });
  const { unreadable } = await parts.store.call('letters.settle', { mailboxId: mailbox.id }, signal);
  return { unreadable, ...(await parts.sortMailbox(mailbox.id, signal)) };
}

interface Attempt<T> {
  readonly value: T | null;
  readonly problem: WireError | null;
  readonly error: unknown;
}

async function attempt<T>(work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await work(), problem: null, error: null };
  } catch (error) {
    return { value: null, problem: toWire(error), error };
  }
}

function logOutcome(log: Logger, { id }: Mailbox, error: unknown): void {
  if (error === null) log.debug('pass ended', { mailbox: id });
  else if (isAppError(error, 'cancelled')) log.info('pass cancelled', { mailbox: id });
  else if (isAppError(error)) log.warn('pass failed', { mailbox: id, code: error.code, error });
  else log.error('pass met a defect', { mailbox: id, error });
}
