import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { EventName, Input, MethodName, Output, Payload } from '../../src-shared/contract/define-contract.ts';
import { fromWire, type WireError } from '../../src-shared/errors/wire.ts';
import type { ChildWish } from './console-child.ts';

const program = fileURLToPath(new URL('console-child.ts', import.meta.url));

/** A console in a process of its own. */
export interface ChildConsole {
  /** Rejects when the process ends first. */
  readonly opened: Promise<void>;
  readonly ended: Promise<void>;
  call<N extends MethodName<AppContract>>(name: N, input: Input<AppContract, N>): Promise<Output<AppContract, N>>;
  on<N extends EventName<AppContract>>(name: N, listener: (payload: Payload<AppContract, N>) => void): void;
  /** SIGKILL for the console alone, or for its store as well: both at once, as when the machine goes. */
  kill(what: 'console' | 'both'): void;
}

interface Line {
  readonly open?: true;
  readonly store?: number;
  readonly id?: number;
  readonly value?: never;
  readonly problem?: WireError;
  readonly event?: string;
  readonly payload?: never;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

export function startConsole(
  asked: Partial<ChildWish> & Pick<ChildWish, 'profile'>,
  env: NodeJS.ProcessEnv = {},
): ChildConsole {
  const wish: ChildWish = { automatic: false, dieAt: null, ...asked };
  const child = spawn(process.execPath, [program, JSON.stringify(wish)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  return over(child);
}

function over(child: ChildProcess): ChildConsole {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, ((payload: never) => void)[]>();
  const opened = Promise.withResolvers<void>();
  opened.promise.catch(() => undefined);
  let store: number | undefined;
  let nextId = 1;
  child.stdin?.on('error', () => {});
  const take = ({ open, store: pid, id, value, problem, event, payload }: Line) => {
    if (pid !== undefined) store = pid;
    if (open) opened.resolve();
    if (event !== undefined) for (const listener of listeners.get(event) ?? []) listener(payload as never);
    const asked = id === undefined ? undefined : waiting.get(id);
    if (id !== undefined) waiting.delete(id);
    if (problem === undefined) asked?.resolve(value as never);
    else if (asked) asked.reject(fromWire(problem));
    else opened.reject(fromWire(problem));
  };
  if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => take(JSON.parse(line) as Line));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  void ended.then(() => {
    const gone = new Error('the console has ended');
    opened.reject(gone);
    for (const { reject } of waiting.values()) reject(gone);
  });
  return {
    opened: opened.promise,
    ended,
    call: (name, input) =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
        child.stdin?.write(`${JSON.stringify({ id, name, input: input ?? undefined })}\n`);
      }),
    on: (name, listener) => void listeners.set(name, [...(listeners.get(name) ?? []), listener as never]),
    kill(what) {
      child.kill('SIGKILL');
      if (what === 'both' && store !== undefined) endStore(store);
    },
  };
}

/** It may have noticed by itself that nobody asks any more. */
function endStore(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
