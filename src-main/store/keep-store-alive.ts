import { createClient } from '../../src-shared/contract/client.ts';
import type {
  Client,
  EventName,
  Input,
  MethodName,
  Output,
  Payload,
} from '../../src-shared/contract/define-contract.ts';
import { AppError, isAppError } from '../../src-shared/errors/errors.ts';
import type { Logger } from '../logs/logs.ts';
import { readFault } from './fault-line.ts';
import type { Store } from './store.ts';
import { type StoreContract, storeContract } from './store-api.ts';
import type { LaunchStore, StoreProcess } from './store-process-pipe.ts';

export interface StoreOptions {
  readonly launch: LaunchStore;
  readonly open: Input<StoreContract, 'database.open'>;
  readonly log: Logger;
}

export interface OpenedStore {
  readonly store: Store;
  /** What `database.open` answered the first time. */
  readonly opened: Output<StoreContract, 'database.open'>;
}

interface Running {
  readonly process: StoreProcess;
  readonly client: Client<StoreContract>;
  readonly opened: Output<StoreContract, 'database.open'>;
}

/** As many deaths within this time mean that starting again does not help. */
const MAX_DEATHS = 4;
const DEATHS_WITHIN = 60_000;
/** Before each new start: 0.1, 0.2, 0.4 seconds. */
const FIRST_PAUSE = 100;
/** An orderly end moves the log into the file; after this the process is killed, which loses nothing. */
const CLOSE_WITHIN = 15_000;

/**
 * Starts the store process and opens the file; fails with what `database.open` fails with. From then on a process that dies is replaced:
 * calls that were pending fail with store.unavailable, calls made meanwhile wait.
 */
export async function createStore(options: StoreOptions): Promise<OpenedStore> {
  const { log } = options;
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const restartListeners = new Set<() => void>();
  const deaths: number[] = [];
  let closing = false;
  let current: Promise<Running>;

  const start = async (mustExist: boolean): Promise<Running> => {
    const process = await options.launch();
    process.onFaultLine((line) => log.error('store process reports', { pid: process.pid, ...readFault(line) }));
    const client = createClient<StoreContract>(process.pipe, 'store.unavailable');
    let opened = false;
    process.pipe.onClose(() => {
      if (opened && !closing) revive(process.pid);
    });
    try {
      const answer = await client.call('database.open', { ...options.open, mustExist });
      opened = true;
      for (const name of Object.keys(storeContract.events)) forward(client, name as EventName<StoreContract>);
      return { process, client, opened: answer };
    } catch (error) {
      process.kill();
      throw error;
    }
  };

  const forward = (client: Client<StoreContract>, name: EventName<StoreContract>) => {
    client.on(name, (payload) => {
      for (const listener of listeners.get(name) ?? []) listener(payload as never);
    });
  };

  const revive = (pid: number | undefined) => {
    const now = performance.now();
    deaths.push(now);
    const recent = deaths.filter((at) => now - at < DEATHS_WITHIN).length;
    log.error('store process died', { pid, count: recent });
    if (recent >= MAX_DEATHS) {
      current = Promise.reject(new AppError('store.unavailable'));
      current.catch(() => {});
      return;
    }
    current = pause(FIRST_PAUSE * 2 ** (recent - 1)).then(() => start(true));
    current.then(
      () => {
        for (const listener of restartListeners) listener();
      },
      (error) => {
        log.error('store process not restarted', { error });
        // It died while opening. Anything else that opening can say (wrong key, damage) will be said again: it is left to the callers.
        if (isAppError(error, 'store.unavailable') && !closing) revive(pid);
      },
    );
  };

  const first = await start(options.open.mustExist);
  current = Promise.resolve(first);

  const store: Store = {
    kind: first.process.kind,
    async call<N extends MethodName<StoreContract>>(
      name: N,
      input: Input<StoreContract, N>,
      signal?: AbortSignal,
    ): Promise<Output<StoreContract, N>> {
      if (closing) throw new AppError('store.unavailable');
      return (await current).client.call(name, input, signal);
    },
    on<N extends EventName<StoreContract>>(name: N, listener: (payload: Payload<StoreContract, N>) => void) {
      const all = listeners.get(name) ?? new Set<(payload: never) => void>();
      listeners.set(name, all);
      all.add(listener as (payload: never) => void);
      return () => void all.delete(listener as (payload: never) => void);
    },
    onRestart(listener) {
      restartListeners.add(listener);
      return () => void restartListeners.delete(listener);
    },
    async close() {
      if (closing) return;
      closing = true;
      await endInOrder(current);
    },
  };
  return { store, opened: first.opened };
}

async function endInOrder(current: Promise<Running>): Promise<void> {
  const running = await current.catch(() => null);
  if (!running) return;
  const { process, client } = running;
  const gone = new Promise<void>((resolve) => process.pipe.onClose(resolve));
  const patience = new AbortController();
  try {
    const late = pause(CLOSE_WITHIN, patience.signal);
    await Promise.race([client.call('database.close', undefined).catch(() => {}), gone, late]);
  } finally {
    patience.abort();
    process.kill();
  }
  await gone;
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
