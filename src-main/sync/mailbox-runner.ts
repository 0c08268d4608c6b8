import type { LoadProgress, LoadReport } from '../../src-shared/domain/loading.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { ReceivingMailbox } from '../../src-shared/domain/mailbox-directions.ts';
import { AppError, isAppError } from '../../src-shared/errors/errors.ts';
import { toWire, type WireError } from '../../src-shared/errors/wire.ts';
import type { IncomingConnector } from '../connectors/connectors.ts';
import type { MailboxRecord } from '../store/api/ledger.ts';
import { takeLease } from './hold-lease.ts';
import { loadMailbox, type PassOutcome } from './load-mailbox.ts';
import { createProgressBoard } from './load-progress.ts';
import { emptyRecord, recordPass, withoutDrift } from './mailbox-record.ts';
import { firstStep, isLeftAlone, type NextStep, stepAfterLostWatch, stepAfterPass } from './next-step.ts';
import type { PassParts } from './pass.ts';
import { type EndOfRest, rest, type SetAlarm } from './rest.ts';
import { type WatchedLine, watchInbox } from './watch-inbox.ts';

export interface RunnerParts extends PassParts {
  readonly open: (mailboxId: Mailbox['id'], signal: AbortSignal) => Promise<IncomingConnector>;
  /** Loads by itself where the mailbox says so; else only when asked. */
  readonly byItself: boolean;
  /** How the mailbox fared when it was looked at last, this console or one before. */
  readonly record: MailboxRecord;
  /** The console's general poll interval, for mailboxes without one of their own. */
  readonly generalPollMinutes: () => number;
  readonly alarm: SetAlarm;
  /** One for each console that runs. */
  readonly owner: string;
  readonly tell: (progress: LoadProgress) => void;
  readonly finished: (report: LoadReport) => void;
  /** It has failed for days: it is disabled, with a notice. */
  readonly giveUp: (mailboxId: Mailbox['id']) => Promise<void>;
}

/** The life of one mailbox: passes, and the waiting between them; one at a time, on a connection of its own. */
export interface MailboxRunner {
  status(): LoadProgress;
  /** Resolves after a pass that began later than this call: everything that is on the server now is loaded then. */
  run(signal: AbortSignal): Promise<LoadReport>;
  cancel(): void;
  /** Saved anew: whatever it waited for may be mended. */
  changed(mailbox: ReceivingMailbox): void;
  /** The network is back: a line from before is not to be trusted. A server that asked for a wait has it to its end. */
  wake(): void;
  stop(): Promise<void>;
}

interface Request {
  readonly signal: AbortSignal;
  readonly resolve: (report: LoadReport) => void;
}

/** A line that is lost sooner than this after it was put on watch will be lost again. */
const shortWatch = 60_000;

export function createMailboxRunner(first: ReceivingMailbox, parts: RunnerParts): MailboxRunner {
  let mailbox = first;
  let { record } = parts;
  const progress = createProgressBoard(record, parts.tell);
  const ended = new AbortController();
  const requests: Request[] = [];
  /** A pass over all folders is wanted, by no one in particular. */
  let due = false;
  let stale = false;
  let failures = 0;
  let lostWatches = 0;
  /** When a pass ended last, by both clocks; null: none has. */
  let endedAt: { readonly wall: number; readonly passed: number } | null = null;
  /** When the first of the failures in a row ended; null: it does not fail. */
  let failingFrom: number | null = null;
  /** When a pass over all folders began last. */
  let wholePassAt = Number.NEGATIVE_INFINITY;
  let passing: AbortController | null = null;
  let connector: IncomingConnector | null = null;
  let bell = Promise.withResolvers<void>();

  const automatic = () => parts.byItself && mailbox.enabled && mailbox.settings.loading.automatic;
  const pollMinutes = () => mailbox.settings.loading.pollMinutes ?? parts.generalPollMinutes();
  const stepFacts = () => ({
    automatic: automatic(),
    pollMinutes: pollMinutes(),
    random: Math.random(),
  });
  const drop = async () => {
    const closing = connector;
    connector = null;
    stale = false;
    await closing?.close();
  };

  /** `only`: the folder that has news; null: all. */
  const pass = async (only: string | null, asked: readonly Request[]): Promise<PassOutcome> => {
    if (stale) await drop();
    const lease = await takeLease(mailbox.id, parts).catch(toWire);
    if (lease === null) return notBegun({ code: 'mailbox.leased', params: {} });
    if ('code' in lease) return notBegun(lease);
    const controller = new AbortController();
    passing = controller;
    const wishes = asked.map((request) => request.signal);
    const signal = AbortSignal.any([controller.signal, ended.signal, lease.lost, ...wishes]);
    const open = async () => {
      connector ??= await parts.open(mailbox.id, signal);
      return connector;
    };
    try {
      return await loadMailbox({ mailbox, progress, only, open }, parts, signal);
    } finally {
      passing = null;
      await lease.release();
    }
  };

  /** Nothing was looked at: another console works on it, or nobody can say whether one does. */
  const notBegun = (problem: WireError): PassOutcome => {
    progress.set({ problem });
    return { report: { ...notRun(mailbox), problem }, highest: new Map() };
  };

  const keepRecord = async (next: MailboxRecord) => {
    record = next;
    const { lastLoadedAt, failingSince, disabledBecause } = next;
    progress.set({ lastLoadedAt, failingSince, disabledBecause });
    // The next pass writes it again: what was loaded does not hang on it.
    await parts.store
      .call('records.put', next)
      .catch((error: unknown) => parts.log.warn('record not kept', { mailbox: next.mailboxId, error }));
  };

  const passAndReport = async (only: string | null): Promise<{ outcome: PassOutcome; step: NextStep }> => {
    const asked = requests.splice(0);
    // The inbox of a busy mailbox has news all day: the other folders have their turn all the same.
    const overdue = parts.passed() - wholePassAt >= pollMinutes() * 60_000;
    const everything = only === null || asked.length > 0 || due || overdue;
    if (everything) wholePassAt = parts.passed();
    due = false;
    const outcome = await pass(everything ? null : only, asked);
    const now = parts.now();
    const passed = parts.passed();
    const drift = endedAt === null ? 0 : now - endedAt.wall - (passed - endedAt.passed);
    endedAt = { wall: now, passed };
    failingFrom = outcome.report.problem === null ? null : (failingFrom ?? passed);
    const facts = { now, pollMinutes: pollMinutes(), failingFor: passed - (failingFrom ?? passed) };
    const recorded = recordPass(withoutDrift(record, drift), outcome.report, facts);
    const report = { ...outcome.report, caughtUp: recorded.caughtUp };
    if (recorded.record !== record) await keepRecord(recorded.record);
    // Not disabled now, it is with the next failure.
    if (recorded.giveUp)
      await parts
        .giveUp(mailbox.id)
        .catch((error: unknown) => parts.log.warn('mailbox not disabled', { mailbox: mailbox.id, error }));
    failures = report.problem === null || report.problem.code === 'cancelled' ? 0 : failures + 1;
    const step = stepAfterPass(report.problem, { ...stepFacts(), failures });
    if (!step.watch) await drop();
    parts.finished(report);
    for (const request of asked) request.resolve(report);
    return { outcome, step };
  };

  const restUntilReason = async (
    { after, phase, watch }: NextStep,
    outcome: PassOutcome | null,
  ): Promise<EndOfRest> => {
    progress.set({ phase, nextAttemptAt: phase === 'retrying' && after !== null ? parts.now() + after : null });
    const line = connector && { connector, letGo: drop, ended: ended.signal };
    const watchLine = async (signal: AbortSignal) => {
      const cursors = await parts.store.call('folders.cursors', { mailboxId: mailbox.id });
      return watchInbox(line as WatchedLine, cursors, outcome?.highest ?? new Map(), signal);
    };
    // Rung while a pass ran: its reason may be met by now, or wait in `requests` and `due`.
    if (requests.length > 0 || due || ended.signal.aborted) return { kind: 'bell' };
    bell = Promise.withResolvers();
    const { end, lineLost } = await rest({
      after,
      alarm: parts.alarm,
      bell: bell.promise,
      watch: watch && line ? watchLine : null,
    });
    stale ||= lineLost;
    return end;
  };

  const afterLostWatch = async (error: unknown, since: number): Promise<NextStep> => {
    await drop();
    lostWatches = performance.now() - since < shortWatch ? lostWatches + 1 : 1;
    parts.log.info('watch ended', { mailbox: mailbox.id, error });
    const step = stepAfterLostWatch({ failures: lostWatches, random: Math.random() });
    if (step.phase === 'retrying') progress.set({ problem: toWire(error) });
    return step;
  };

  /** Asked for and never begun. */
  const refuseRequests = () => {
    for (const { resolve } of requests.splice(0)) resolve(notRun(mailbox));
  };

  const live = async () => {
    let step = firstStep(automatic());
    let outcome: PassOutcome | null = null;
    while (!ended.signal.aborted) {
      const since = performance.now();
      const end = await restUntilReason(step, outcome);
      if (ended.signal.aborted) break;
      if (end.kind === 'lost') step = await afterLostWatch(end.error, since);
      else if (end.kind === 'bell' && requests.length === 0 && !due) step = firstStep(false);
      else ({ outcome, step } = await passAndReport(end.kind === 'news' ? end.path : null));
    }
    await drop();
  };
  const life = live();
  life.catch((error: unknown) => parts.log.error('runner died', { mailbox: mailbox.id, error }));

  return {
    status: () => progress.now,
    run: (signal) => {
      if (ended.signal.aborted) return Promise.reject(new AppError('cancelled'));
      return new Promise((resolve) => {
        requests.push({ signal, resolve });
        bell.resolve();
      });
    },
    cancel() {
      passing?.abort();
      refuseRequests();
    },
    changed(next) {
      const moved = JSON.stringify(next.settings.incoming) !== JSON.stringify(mailbox.settings.incoming);
      mailbox = next;
      // Enabled again: whatever it was disabled for is history.
      if (next.enabled && record.disabledBecause)
        void keepRecord({ ...emptyRecord(next.id), lastLoadedAt: record.lastLoadedAt });
      stale ||= moved;
      failures = 0;
      due = automatic();
      if (moved || !next.enabled) passing?.abort();
      if (!due) progress.set({ problem: null });
      bell.resolve();
    },
    wake() {
      if (!automatic() || progress.now.phase === 'needs-you' || isLeftAlone(progress.now)) return;
      stale = true;
      failures = 0;
      due = true;
      bell.resolve();
    },
    async stop() {
      ended.abort();
      bell.resolve();
      await life.catch((error: unknown) => !isAppError(error));
      refuseRequests();
      progress.close();
    },
  };
}

function notRun({ id, settings }: Mailbox): LoadReport {
  const nothing = { ticketsCreated: 0, ticketsAppended: 0, unreadable: 0, quarantined: 0, milliseconds: 0 };
  const untouched = { effectsDone: 0, effectsFailed: 0, unexplained: 0, roundTrips: 0, caughtUp: null };
  return {
    mailboxId: id,
    mailboxName: settings.name,
    folders: [],
    ...nothing,
    ...untouched,
    problem: { code: 'cancelled', params: {} },
  };
}
