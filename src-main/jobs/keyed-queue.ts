import { AppError } from '../../src-shared/errors/errors.ts';

/** Tasks of one key run one after another, those of different keys side by side. */
export interface KeyedQueue {
  /** Rejects `cancelled` when the signal aborts before the task's turn; a task that runs must look at the signal itself. */
  run<T>(key: string, task: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

export function createKeyedQueue(): KeyedQueue {
  const last = new Map<string, Promise<unknown>>();
  return {
    async run(key, task, signal) {
      const before = last.get(key) ?? Promise.resolve();
      const turn = before.then(() => {
        if (signal?.aborted) throw new AppError('cancelled');
        return task();
      });
      const settled = turn.catch(() => undefined);
      last.set(key, settled);
      try {
        return await turn;
      } finally {
        // The last of its key leaves nothing behind.
        if (last.get(key) === settled) last.delete(key);
      }
    },
  };
}
