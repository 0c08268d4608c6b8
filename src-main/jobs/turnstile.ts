import { AppError } from '../../src-shared/errors/errors.ts';

/** Lets a bounded number of tasks run at once, in the order in which they came. */
export interface Turnstile {
  /** Rejects `cancelled` when the signal aborts before the task's turn. */
  run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

export function createTurnstile(atOnce: number): Turnstile {
  const waiting: (() => void)[] = [];
  let running = 0;

  const turn = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const leave = () => {
        waiting.splice(waiting.indexOf(enter), 1);
        reject(new AppError('cancelled'));
      };
      const enter = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
      waiting.push(enter);
    });

  return {
    async run(task, signal) {
      if (signal.aborted) throw new AppError('cancelled');
      if (running >= atOnce) await turn(signal);
      else running += 1;
      try {
        return await task();
      } finally {
        // The place goes to the next one, or is free.
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}
