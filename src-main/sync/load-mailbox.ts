import type { FolderReport, LoadReport } from '../../src-shared/domain/loading.ts';
import { type Mailbox, moveTargets } from '../../src-shared/domain/mailbox.ts';
import type { ErrorCode } from '../../src-shared/errors/codes.ts';
import { type AppError, isAppError } from '../../src-shared/errors/errors.ts';
import { toWire, type WireError } from '../../src-shared/errors/wire.ts';
import type { FolderState, IncomingConnector, OpenFolder } from '../connectors/connectors.ts';
import type { KeyedQueue } from '../jobs/keyed-queue.ts';
import type { Logger } from '../logs/logs.ts';
import type { FolderCursor } from '../store/api/mailboxes.ts';
import type { Store } from '../store/store.ts';
import { type CarriedOut, carryOutEffects } from './carry-out-effects.ts';
import type { BatchLimits } from './cut-batches.ts';
import { followFolders } from './follow-folders.ts';
import { loadFolder } from './load-folder.ts';
import type { ProgressBoard } from './load-progress.ts';
import { isSettled } from './plan-load.ts';

/** Rules on a mailbox's letters that have not been looked at, oldest first. */
export type SortMailbox = (mailboxId: Mailbox['id'], signal: AbortSignal) => Promise<SortedMailbox>;

export interface SortedMailbox {
  readonly created: number;
  readonly appended: number;
  readonly quarantined: number;
}

export type AfterLetters = (mailbox: Mailbox, connector: IncomingConnector, signal: AbortSignal) => Promise<void>;

export interface PassParts {
  readonly store: Pick<Store, 'call'>;
  readonly sortMailbox: SortMailbox;
  readonly log: Logger;
  readonly now: () => number;
  /** Milliseconds by the clock that nobody sets. */
  readonly passed: () => number;
  /** Asked for each folder: shared among the passes that run. */
  readonly limits: () => BatchLimits;
  /** Rules and effects of one lane run one after another (R79). */
  readonly lanes: KeyedQueue;
  readonly onMarks: () => void;
  /** What else the mailbox keeps beside its letters, on the same connection; keeps its own problems. */
  readonly afterLetters?: AfterLetters;
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
 * One pass: connect, load what is new folder by folder, wait until it is parsed, let the rules decide, do on the server what they asked for. Never rejects: what went wrong
 * stands in the report, beside what was loaded all the same.
 */
export async function loadMailbox(pass: Pass, parts: PassParts, signal: AbortSignal): Promise<PassOutcome> {
  const { mailbox, progress } = pass;
  const startedAt = parts.now();
  const started = performance.now();
  progress.set({ phase: 'connecting', folder: '', done: 0, total: 0, bytes: 0, startedAt, nextAttemptAt: null });
  const gathered: Gathered = {
    folders: [],
    highest: new Map(),
    unexplained: 0,
    unanswered: null,
    connector: null,
    tripsBefore: 0,
  };
  const loading = await attempt(() => loadFolders(pass, parts, gathered, signal));
  const sorting = await attempt(() => settleAndSort(pass, parts, signal));
  // After a line that broke there is nobody to tell; what is recorded is told in the next pass.
  const usable = loading.problem === null && sorting.problem === null ? gathered.connector : null;
  const effects = await attempt(() => carryOut(pass, parts, usable, signal));
  const others = await attempt(() => followOthers(pass, parts, effects.problem === null ? usable : null, signal));
  const problem = loading.problem ?? sorting.problem ?? effects.problem ?? others.problem;
  logOutcome(parts.log, mailbox, loading.error ?? sorting.error ?? effects.error ?? others.error);
  const report: LoadReport = {
    mailboxId: mailbox.id,
    mailboxName: mailbox.settings.name,
    folders: gathered.folders,
    ticketsCreated: sorting.value?.created ?? 0,
    ticketsAppended: sorting.value?.appended ?? 0,
    unreadable: sorting.value?.unreadable ?? 0,
    quarantined: sorting.value?.quarantined ?? 0,
    effectsDone: effects.value?.done ?? 0,
    effectsFailed: effects.value?.failed ?? 0,
    unexplained: gathered.unexplained,
    roundTrips: (gathered.connector?.roundTrips() ?? 0) - gathered.tripsBefore,
    caughtUp: null,
    milliseconds: Math.round(performance.now() - started),
    problem,
  };
  // What a person called off is not a problem to look at; a full mailbox is one, though its letters came, and so is one of which nothing can be had.
  const full = gathered.folders.find((folder) => folder.problem?.code === 'quota.exceeded')?.problem ?? null;
  const nothing = gathered.folders.every((folder) => folder.problem !== null) ? gathered.folders[0]?.problem : null;
  const shown = problem?.code === 'cancelled' ? null : (problem ?? full ?? nothing ?? null);
  if (full !== null) parts.log.warn('mailbox is full', { mailbox: mailbox.id });
  progress.set({ folder: '', problem: shown });
  return { report, highest: gathered.highest };
}

interface Gathered {
  readonly folders: FolderReport[];
  readonly highest: Map<string, number>;
  unexplained: number;
  /** Why a folder could not be opened that the server had no answer for. */
  unanswered: AppError | null;
  connector: IncomingConnector | null;
  /** A connection outlives its pass. */
  tripsBefore: number;
}

async function loadFolders(pass: Pass, parts: PassParts, gathered: Gathered, signal: AbortSignal): Promise<void> {
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

const ofFolder: readonly ErrorCode[] = [
  'folder.gone',
  'server.refused',
  'permission.denied',
  'exchange.no-access',
  'graph.no-access',
];

/** The server's no to one folder; the line is as good as before. */
function isOfFolder(error: unknown): boolean {
  return ofFolder.some((code) => isAppError(error, code));
}

/** So many folders in a row that cannot be opened are the server's trouble. */
const mostUnanswered = 3;

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

function inLane<T>({ mailbox }: Pass, { lanes }: PassParts, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  return lanes.run(String(mailbox.settings.loading.lane), work, signal);
}

/** Also after a line that broke: what came before is mail like any other. */
async function settleAndSort(pass: Pass, parts: PassParts, signal: AbortSignal) {
  if (signal.aborted) return null;
  const { mailbox, progress } = pass;
  progress.set({ phase: 'sorting', folder: '' });
  const { unreadable } = await parts.store.call('letters.settle', { mailboxId: mailbox.id }, signal);
  const sorted = await inLane(pass, parts, () => parts.sortMailbox(mailbox.id, signal), signal);
  return { unreadable, ...sorted };
}

async function carryOut(
  pass: Pass,
  parts: PassParts,
  connector: IncomingConnector | null,
  signal: AbortSignal,
): Promise<CarriedOut | null> {
  if (connector === null || signal.aborted) return null;
  const { afterwards } = pass.mailbox.settings;
  const createFolders = afterwards.kind === 'move' && afterwards.create;
  const effects = { ...parts, connector, createFolders };
  return inLane(pass, parts, () => carryOutEffects(pass.mailbox.id, effects, signal), signal);
}

/** Not when one folder alone had news. */
async function followOthers(
  { mailbox, only }: Pass,
  { afterLetters }: PassParts,
  connector: IncomingConnector | null,
  signal: AbortSignal,
): Promise<void> {
  if (connector === null || only !== null || signal.aborted) return;
  await afterLetters?.(mailbox, connector, signal);
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
