import type { LoadReport } from '../../src-shared/domain/loading.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
import { toWire, type WireError } from '../../src-shared/errors/wire.ts';
import type { IncomingConnector } from '../connectors/connectors.ts';
import type { Logger } from '../logs/logs.ts';
import { type CarriedOut, carryOutEffects } from './carry-out-effects.ts';
import { type Gathered, loadFolders } from './load-folders.ts';
import type { Pass, PassParts } from './pass.ts';

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
