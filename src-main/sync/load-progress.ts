import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { LoadProgress } from '../../src-shared/domain/loading.ts';
import { createThrottle } from '../jobs/throttle.ts';

/** Where a mailbox stands, told as it changes. */
export interface ProgressBoard {
  readonly now: LoadProgress;
  /** A change of phase is told at once, figures five times a second. */
  set(change: Partial<Omit<LoadProgress, 'mailboxId'>>): void;
  close(): void;
}

/** The eye reads no more than this. */
const tellEvery = 200;

export function createProgressBoard(mailboxId: MailboxId, tell: (progress: LoadProgress) => void): ProgressBoard {
  let now: LoadProgress = {
    mailboxId,
    phase: 'off',
    folder: '',
    done: 0,
    total: 0,
    bytes: 0,
    startedAt: null,
    lastLoadedAt: null,
    nextAttemptAt: null,
    problem: null,
  };
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
