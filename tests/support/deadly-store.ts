import { fileURLToPath } from 'node:url';
import { launchInChildProcess } from '../../src-main/store/launch-in-child-process.ts';
import type { LaunchStore, StoreProcess } from '../../src-main/store/store-process-pipe.ts';
import type { Answer, Question } from '../../src-shared/contract/envelope.ts';

/**
 * `unasked`: the process dies before the call reaches it. `working`: while it may be at it. `unanswered`: after it has done the work, and before anybody hears so.
 */
export type DeathAt = 'unasked' | 'working' | 'unanswered';
export const deathsAt: readonly DeathAt[] = ['unasked', 'working', 'unanswered'];

/** The real store process with a SIGKILL at a chosen call. */
export interface DeadlyStore {
  readonly launch: LaunchStore;
  /** Calls since the last `dieAt`, or since the start. */
  readonly calls: readonly string[];
  /** At the call after so many from here; happens once. */
  dieAt(call: number, when: DeathAt): void;
  /** The process that serves just now dies. */
  kill(): void;
  readonly pid: number | undefined;
}

const storeProcess = fileURLToPath(new URL('../../src-main/store/process/store-process.ts', import.meta.url));

/** `onDeath`: instead of killing the store process alone. */
export function createDeadlyStore(
  onDeath: (kill: () => void) => void = (kill) => kill(),
  launchReal = launchInChildProcess(storeProcess),
): DeadlyStore {
  let calls: string[] = [];
  let plan: { readonly call: number; readonly when: DeathAt } | null = null;
  let serving: StoreProcess | null = null;

  const launch: LaunchStore = async () => {
    const real = await launchReal();
    serving = real;
    const unanswered = new Set<number>();
    const die = () => {
      plan = null;
      onDeath(real.kill);
    };
    const send = (message: Question) => {
      if (message.kind !== 'call' || message.name.startsWith('database.')) return real.pipe.send(message);
      const planned = plan?.call === calls.length ? plan.when : null;
      calls.push(message.name);
      if (planned === 'unasked') return die();
      if (planned === 'unanswered') unanswered.add(message.id);
      real.pipe.send(message);
      // The message leaves in this turn; what the process does with it, it does beside us.
      if (planned === 'working') setImmediate(die);
    };
    const onMessage = (listener: (message: Answer) => void) =>
      real.pipe.onMessage((message) => {
        if (message.kind !== 'event' && unanswered.delete(message.id)) return die();
        listener(message);
      });
    return { ...real, pipe: { ...real.pipe, send, onMessage } };
  };
  return {
    launch,
    get calls() {
      return calls;
    },
    get pid() {
      return serving?.pid;
    },
    dieAt(call, when) {
      calls = [];
      plan = { call, when };
    },
    kill: () => serving?.kill(),
  };
}
