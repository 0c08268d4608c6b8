import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { EventName, Payload } from '../../src-shared/contract/define-contract.ts';

/** Facts that have happened, inside the main process and on to every page and terminal that listens. */
export interface Events {
  emit<N extends EventName<AppContract>>(name: N, payload: Payload<AppContract, N>): void;
  on<N extends EventName<AppContract>>(name: N, listener: (payload: Payload<AppContract, N>) => void): () => void;
  /** Every event by name: for the transports. */
  onAny(listener: <N extends EventName<AppContract>>(name: N, payload: Payload<AppContract, N>) => void): () => void;
}

/** `report`: a listener failed. Whoever told of the fact goes on: it has happened, whatever others make of it. */
export function createEvents(report: (error: unknown) => void): Events {
  const byName = new Map<string, Set<(payload: never) => void>>();
  const all = new Set<(name: never, payload: never) => void>();
  const tell = (listen: () => void) => {
    try {
      listen();
    } catch (error) {
      report(error);
    }
  };
  return {
    emit(name, payload) {
      for (const listener of byName.get(name) ?? []) tell(() => listener(payload as never));
      for (const listener of all) tell(() => listener(name as never, payload as never));
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
