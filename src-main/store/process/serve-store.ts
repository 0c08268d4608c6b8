import type { Emit, Handlers, MethodName } from '../../../src-shared/contract/define-contract.ts';
import type { ServerPipe } from '../../../src-shared/contract/envelope.ts';
import { createRouter, type DefectLog } from '../../../src-shared/contract/router.ts';
import { serve } from '../../../src-shared/contract/serve.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { type StoreContract, storeContract } from '../store-api.ts';
import { type OpenStore, type OpenStoreOptions, openStore } from './open-store.ts';

export interface ServeOptions extends Omit<OpenStoreOptions, 'emit' | 'onFault'> {
  readonly log: DefectLog;
  readonly checkOutput?: boolean;
  /** Called once, when the first letters come: from then on there is work for minutes. */
  readonly onLoad?: () => void;
}

type Handle = (input: unknown, signal: AbortSignal) => Promise<unknown>;

/** Answers one pipe with the store's contract: first `database.open`, then everything else. */
export function serveStore(pipe: ServerPipe, options: ServeOptions): void {
  let store: OpenStore | null = null;
  let emit: Emit<StoreContract> = () => {};
  const onFault = (error: unknown) => options.log.error('parsing', { method: 'letters.store', error });

  let loading = false;
  const handle =
    (name: string): Handle =>
    (input, signal) => {
      if (!store) return Promise.reject(new AppError('store.unavailable'));
      const fault = store.fault();
      if (fault && name !== 'database.close') return Promise.reject(fault);
      if (name === 'letters.store' && !loading) {
        loading = true;
        options.onLoad?.();
      }
      return (store.handlers as Record<string, Handle>)[name]?.(input, signal) ?? Promise.resolve();
    };

  const handlers = Object.fromEntries(
    (Object.keys(storeContract.methods) as MethodName<StoreContract>[]).map((name) => [name, handle(name)]),
  ) as unknown as Handlers<StoreContract>;

  const route = createRouter<StoreContract>(
    storeContract,
    {
      ...handlers,
      'database.open': async (request) => {
        if (store) throw new AppError('state.conflict');
        store = openStore(request, { ...options, emit: (name, payload) => emit(name, payload), onFault });
        return store.opened;
      },
      'database.close': async () => {
        const open = store;
        store = null;
        await open?.handlers['database.close'](undefined, new AbortController().signal);
      },
    },
    { log: options.log, checkOutput: options.checkOutput ?? false },
  );
  emit = serve<StoreContract>(pipe, route);
}
