import { AppError } from '../../src-shared/errors/errors.ts';

/** How long a piece of work may take, and who may call it off. */
export interface Budget {
  readonly milliseconds: number;
  readonly signal: AbortSignal;
}

/**
 * Settles with `work`, or with `network.timeout` when the time is up, or with `cancelled` when the signal aborts.
 * In both of the last cases `giveUp` is called first; it must make the work end by itself soon, its outcome is dropped.
 */
export async function withinBudget<T>(
  { milliseconds, signal }: Budget,
  work: () => Promise<T>,
  giveUp: () => void,
): Promise<T> {
  throwIfCancelled(signal);
  const { promise: over, reject } = Promise.withResolvers<never>();
  const end = (error: AppError): void => {
    // First the reason: giving up may make the work fail on the spot.
    reject(error);
    giveUp();
  };
  const cancel = (): void => end(cancelled(signal));
  const timer = setTimeout(() => end(new AppError('network.timeout')), milliseconds);
  signal.addEventListener('abort', cancel, { once: true });
  const running = work();
  // Whichever loses the race has nobody left to tell.
  running.catch(() => {});
  over.catch(() => {});
  try {
    return await Promise.race([running, over]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  }
}

export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled(signal);
}

function cancelled(signal: AbortSignal): AppError {
  return new AppError('cancelled', {}, { cause: signal.reason });
}
