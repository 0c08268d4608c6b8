import type { LoadPhase, LoadProgress } from '../../src-shared/domain/loading.ts';
import type { WireError } from '../../src-shared/errors/wire.ts';
import { afterFailure } from '../jobs/backoff.ts';

export interface StepFacts {
  /** Enabled, and new mail is to come by itself. */
  readonly automatic: boolean;
  readonly pollMinutes: number;
  /** Failures in a row, the last one included. */
  readonly failures: number;
  readonly random: number;
}

/** What comes after a pass. `after` null: nothing by itself. */
export interface NextStep {
  readonly phase: Extract<LoadPhase, 'off' | 'connecting' | 'waiting' | 'retrying' | 'needs-you'>;
  readonly after: number | null;
  /** Is the server to tell of new mail meanwhile? */
  readonly watch: boolean;
}

export const firstStep = (automatic: boolean): NextStep => ({
  phase: automatic ? 'connecting' : 'off',
  after: automatic ? 0 : null,
  watch: false,
});

export function stepAfterPass(problem: WireError | null, { automatic, ...facts }: StepFacts): NextStep {
  // Called off by a person: nothing is wrong, the next pass comes at its usual time.
  const failed = problem !== null && problem.code !== 'cancelled';
  if (problem?.code === 'mailbox.leased') return stepWhileLeased(automatic);
  const failure = failed ? afterFailure({ ...facts, code: problem.code, retryAfter: retryAfterOf(problem) }) : null;
  if (failure?.kind === 'wait-for-person') return { phase: 'needs-you', after: null, watch: false };
  if (!automatic) return { phase: 'off', after: null, watch: false };
  if (failure) return { phase: 'retrying', after: failure.milliseconds, watch: false };
  return { phase: 'waiting', after: facts.pollMinutes * 60_000, watch: problem === null };
}

/** Another console is at work on it; one that has crashed lets go within a minute. */
const askedAgain = 10_000;

function stepWhileLeased(automatic: boolean): NextStep {
  return automatic
    ? { phase: 'waiting', after: askedAgain, watch: false }
    : { phase: 'off', after: null, watch: false };
}

/** It waits because the server asked for that, and for so long. */
export function isLeftAlone({ phase, problem }: Pick<LoadProgress, 'phase' | 'problem'>): boolean {
  return phase === 'retrying' && problem !== null && retryAfterOf(problem) !== null;
}

function retryAfterOf({ params }: WireError): number | null {
  return typeof params.retryAfter === 'number' ? params.retryAfter : null;
}

/** Servers and routers end quiet lines every day: that is calm until it keeps happening. */
const everydayLosses = 2;

export function stepAfterLostWatch({ failures, random }: Pick<StepFacts, 'failures' | 'random'>): NextStep {
  const wait = afterFailure({ code: 'network.dropped', failures, random, retryAfter: null });
  const after = wait.kind === 'retry' ? wait.milliseconds : null;
  return { phase: failures > everydayLosses ? 'retrying' : 'waiting', after, watch: false };
}
