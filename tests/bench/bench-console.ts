import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadReport } from '../../src-shared/domain/loading.ts';
import type { ConsoleAnswer, ConsoleQuestion, ConsoleWish } from './console-run.ts';
import type { AskConsole } from './load-through.ts';

export interface BenchConsole {
  readonly call: AskConsole;
  /** Processor time of the console and its store so far. */
  cpuSeconds(): Promise<number>;
  /** Resolves with the first report that is as asked, and when it came. */
  finished(holds: (report: LoadReport) => boolean): Promise<{ readonly at: number; readonly report: LoadReport }>;
  close(): Promise<void>;
}

type Unsent = ConsoleQuestion extends infer Q ? (Q extends { readonly id: number } ? Omit<Q, 'id'> : never) : never;

/** A console without a window, in a process of its own: what it needs is not mixed with what the bench needs. */
export function startBenchConsole(wish: ConsoleWish): BenchConsole {
  const entry = fileURLToPath(new URL('console-run.ts', import.meta.url));
  const child = fork(entry, [JSON.stringify(wish)], { execArgv: [], serialization: 'advanced' });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const watchers = new Set<(report: LoadReport, at: number) => void>();
  let next = 1;
  child.on('message', (answer: ConsoleAnswer) => {
    if ('event' in answer) {
      for (const watcher of [...watchers]) watcher(answer.payload as LoadReport, answer.at);
      return;
    }
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('problem' in answer) asked?.reject(new Error(answer.problem));
    else asked?.resolve(answer.value);
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`the console ended with ${code}`));
  });
  const ask = (question: Unsent): Promise<unknown> => {
    const asked = Promise.withResolvers<unknown>();
    const id = next++;
    waiting.set(id, asked);
    child.send({ ...question, id });
    return asked.promise;
  };
  return {
    call: (name, input) => ask({ kind: 'call', name, input }) as never,
    cpuSeconds: () => ask({ kind: 'cpu' }) as Promise<number>,
    finished: (holds) =>
      new Promise((resolve) => {
        const watcher = (report: LoadReport, at: number) => {
          if (!holds(report)) return;
          watchers.delete(watcher);
          resolve({ at, report });
        };
        watchers.add(watcher);
      }),
    async close() {
      const gone = once(child, 'exit');
      await ask({ kind: 'close' });
      await gone;
    },
  };
}
