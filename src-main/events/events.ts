import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { EventName, Payload } from '../../src-shared/contract/define-contract.ts';

/** Facts that have happened, inside the main process and on to every page and terminal that listens. */
export interface Events {
  emit<N extends EventName<AppContract>>(name: N, payload: Payload<AppContract, N>): void;
  on<N extends EventName<AppContract>>(name: N, listener: (payload: Payload<AppContract, N>) => void): () => void;
  /** Every event by name: for the transports. */
  onAny(listener: <N extends EventName<AppContract>>(name: N, payload: Payload<AppContract, N>) => void): () => void;
}

export function createEvents(): Events {
  const byName = new Map<string, Set<(payload: never) => void>>();
  const all = new Set<(name: never, payload: never) => void>();
  return {
    emit(name, payload) {
      for (const listener of byName.get(name) ?? []) listener(payload as never);
      for (const listener of all) listener(name as never, payload as never);
    },
    on(name, listener) {
      const listeners = byName.get(name) ?? new Set();
      byName.set(name, listeners);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onAny(listener) {
      all.add(listener as (name: never, payload: never) => void);
      return () => void all.delete(listener as (name: never, payload: never) => void);
    },
  };
}
