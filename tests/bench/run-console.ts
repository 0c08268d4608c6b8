import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ConsoleJob, ConsoleResult } from './console-job.ts';
import { type MemoryPeak, watchMemory } from './sample-memory.ts';

const entry = fileURLToPath(new URL('console-run.ts', import.meta.url));

export interface ConsoleRun<R> {
  readonly result: R;
  /** Main, store and workers together. */
  readonly memory: MemoryPeak;
}

/** Does one job in a console of its own and watches its memory from outside. */
export async function runConsole<K extends ConsoleJob['kind']>(
  job: ConsoleJob & { kind: K },
): Promise<ConsoleRun<ConsoleResult & { kind: K }>> {
  const child = fork(entry, [JSON.stringify(job)], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  let result: ConsoleResult | undefined;
  child.on('message', (message) => {
    result = message as ConsoleResult;
  });
  const ended = new AbortController();
  const watching = watchMemory(child.pid ?? 0, ended.signal);
  try {
    const [code, signal] = await once(child, 'exit');
    if (code !== 0 || result === undefined) throw new Error(`the console ended with ${code ?? signal}`);
  } finally {
    ended.abort();
  }
  return { result: result as ConsoleResult & { kind: K }, memory: await watching };
}
