import type { LoadProgress } from '../../src-shared/domain/loading.ts';
import type { WireError } from '../../src-shared/errors/wire.ts';
import { afterFailure } from '../jobs/backoff.ts';
import { createThrottle } from '../jobs/throttle.ts';
import type { MailboxRecord } from '../store/api/ledger.ts';

/** Where a mailbox stands, told as it changes. */
export interface ProgressBoard {
  readonly now: LoadProgress;
  /** A change of phase is told at once, figures five times a second. */
  set(change: Partial<Omit<LoadProgress, 'mailboxId'>>): void;
  close(): void;
}

/** The eye reads no more than this. */
const tellEvery = 200;

export function createProgressBoard(record: MailboxRecord, tell: (progress: LoadProgress) => void): ProgressBoard {
  let now: LoadProgress = { ...restingProgress(record), phase: 'off' };
  const telling = createThrottle(tellEvery, () => tell(now));
  return {
    get now() {
      return now;
    },
    set(change) {
      const newPhase = change.phase !== undefined && change.phase !== now.phase;
      now = { ...now, ...change };
      telling.call();
      if (newPhase) telling.flush();
    },
    close: telling.stop,
  };
}

/** Of a mailbox that nobody works on: as the last pass left it, in this console or one before. */
export function restingProgress({
  mailboxId,
  lastLoadedAt,
  problem,
  failingSince,
  disabledBecause,
}: MailboxRecord): LoadProgress {
  const figures = { folder: '', done: 0, total: 0, bytes: 0, startedAt: null, nextAttemptAt: null };
  const phase = problem !== null && waitsForPerson(problem) ? 'needs-you' : 'off';
  return { mailboxId, phase, ...figures, lastLoadedAt, problem, failingSince, disabledBecause };
}

function waitsForPerson({ code }: WireError): boolean {
  return afterFailure({ code, failures: 1, random: 0, retryAfter: null }).kind === 'wait-for-person';
}
