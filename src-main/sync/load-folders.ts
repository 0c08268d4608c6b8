import type { FolderReport } from '../../src-shared/domain/loading.ts';
import { moveTargets } from '../../src-shared/domain/mailbox.ts';
import { type AppError, isAppError } from '../../src-shared/errors/errors.ts';
import { toWire, type WireError } from '../../src-shared/errors/wire.ts';
import type { FolderState, IncomingConnector, OpenFolder } from '../connectors/connectors.ts';
import { isOfFolder, mostUnanswered } from '../connectors/folder-refusals.ts';
import type { FolderCursor } from '../store/api/mailboxes.ts';
import { followFolders } from './follow-folders.ts';
import { loadFolder } from './load-folder.ts';
import type { Pass, PassParts } from './pass.ts';
import { isSettled } from './plan-load.ts';

export interface Gathered {
  readonly folders: FolderReport[];
  readonly highest: Map<string, number>;
  unexplained: number;
  /** Why a folder could not be opened that the server had no answer for. */
  unanswered: AppError | null;
  connector: IncomingConnector | null;
  /** A connection outlives its pass. */
  tripsBefore: number;
}

export async function loadFolders(
  pass: Pass,
  parts: PassParts,
  gathered: Gathered,
  signal: AbortSignal,
): Promise<void> {
  const { open, only, mailbox } = pass;
  const fresh = await open();
  gathered.connector = fresh;
  gathered.tripsBefore = fresh.roundTrips();
  const { cursors, states } = await foldersOf(pass, parts, fresh, signal);
  for (const cursor of cursors) {
    if (only !== null && cursor.path !== only) continue;
    const state = states.get(cursor.path) ?? null;
    if (only === null && state !== null && isSettled(cursor, state, mailbox.settings.loading)) {
      gathered.folders.push({ ...unchangedFolder(cursor, state), problem: troubleOf(fresh, cursor.path) });
      gathered.highest.set(cursor.path, cursor.lastUid);
      continue;
    }
    await loadOne(cursor, { pass, parts, gathered, state }, signal);
  }
  const { unanswered } = gathered;
  if (unanswered !== null && gathered.folders.every(isUnanswered)) throw unanswered;
}

/** What the server has, and what it says of each folder before any is opened: one or two commands for fifty folders. */
async function foldersOf({ only, mailbox }: Pass, parts: PassParts, connector: IncomingConnector, signal: AbortSignal) {
  const { store, log } = parts;
  const mailboxId = mailbox.id;
  const cursorsNow = () => store.call('folders.cursors', { mailboxId });
  let cursors = await cursorsNow();
  if (only !== null) return { cursors, states: new Map<string, FolderState>() };
  const paths = () => cursors.map(({ path }) => path);
  let { states } = await connector.folderStates(paths(), signal);
  const { loading, afterwards } = mailbox.settings;
  const loadNew = loading.folders === 'all';
  const missing = cursors.some(({ path }) => !states.has(path));
  if (loadNew || missing) {
    const movedTo = moveTargets(afterwards);
    await followFolders(cursors, { store, connector, mailboxId, loadNew, movedTo, log }, signal);
    cursors = await cursorsNow();
    if (cursors.some(({ path }) => !states.has(path))) states = (await connector.folderStates(paths(), signal)).states;
  }
  return { cursors, states };
}

interface OneFolder {
  readonly pass: Pass;
  readonly parts: PassParts;
  readonly gathered: Gathered;
  readonly state: FolderState | null;
}

async function loadOne(cursor: FolderCursor, { pass, parts, gathered, state }: OneFolder, signal: AbortSignal) {
  const { progress, mailbox, only } = pass;
  progress.set({ phase: 'loading', folder: cursor.path });
  let stored = 0;
  const folderParts = {
    ...parts,
    loading: mailbox.settings.loading,
    newsOnly: only !== null,
    state,
    limits: parts.limits(),
    onPlanned: (letters: number) => progress.set({ total: progress.now.total + letters }),
    onStored: (letters: number, bytes: number) => {
      stored += letters;
      progress.set({ done: progress.now.done + letters, bytes: progress.now.bytes + bytes });
    },
  };
  try {
    const { connector } = gathered;
    if (connector === null) return;
    const folder = await openOne(connector, cursor.path, { gathered, signal });
    const { report, highestUid, unexplained } = await loadFolder(folder, cursor, folderParts, signal);
    gathered.folders.push({ ...report, problem: troubleOf(connector, cursor.path) });
    gathered.highest.set(cursor.path, highestUid);
    gathered.unexplained += unexplained;
  } catch (error) {
    gathered.folders.push(failedFolder(cursor, stored, error));
    if (!isOfFolder(error) && !mayBeOfFolder(error, gathered)) throw error;
    parts.log.warn('folder not loaded', { mailbox: mailbox.id, folder: cursor.path, error });
  }
}

function troubleOf(connector: IncomingConnector, path: string): WireError | null {
  const trouble = connector.trouble?.(path) ?? null;
  return trouble && toWire(trouble);
}

async function openOne(
  connector: IncomingConnector,
  path: string,
  { gathered, signal }: { readonly gathered: Gathered; readonly signal: AbortSignal },
): Promise<OpenFolder> {
  try {
    return await connector.openFolder(path, signal);
  } catch (error) {
    // The inbox is the mailbox; and a server that says goodbye speaks of no folder.
    const itsOwn = path.toUpperCase() !== 'INBOX' && connector.usable?.() !== false;
    if (itsOwn && isAppError(error, 'server.unavailable')) gathered.unanswered = error;
    throw error;
  }
}

/** A server that has no answer for a folder may have one for the next: a folder can be broken for good. */
function mayBeOfFolder(error: unknown, { folders, unanswered }: Gathered): boolean {
  const last = folders.slice(-mostUnanswered);
  return error === unanswered && !(last.length === mostUnanswered && last.every(isUnanswered));
}

const isUnanswered = ({ problem }: FolderReport): boolean => problem?.code === 'server.unavailable';

/** What came before the failure is kept. */
function failedFolder({ path }: FolderCursor, stored: number, error: unknown): FolderReport {
  const figures = { onServer: 0, loaded: stored, fresh: stored, failed: 0, heldBack: 0 };
  return { path, ...figures, unchanged: false, problem: toWire(error) };
}

function unchangedFolder({ path, settled }: FolderCursor, { exists }: FolderState): FolderReport {
  const heldBack = settled?.heldBack ?? 0;
  const figures = { onServer: exists, loaded: exists - heldBack, fresh: 0, failed: 0, heldBack };
  return { path, ...figures, unchanged: true, problem: null };
}
