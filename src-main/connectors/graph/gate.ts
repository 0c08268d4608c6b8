import { throwIfCancelled } from '../../net/deadline.ts';

/** Lets so many through at once; the others wait in their order. */
export interface Gate {
  pass<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** By mailbox; outlives the connections, since the service counts them together. */
export type Gates = Map<string, Gate>;

/** More at once for one mailbox and one application are refused by the service (429). */
const atOnce = 4;

export function gateOf(gates: Gates, mailbox: string): Gate {
  const gate = gates.get(mailbox) ?? createGate(atOnce);
  gates.set(mailbox, gate);
  return gate;
}

export function createGate(most: number): Gate {
  const waiting: (() => void)[] = [];
  let inside = 0;
  const enter = async (signal: AbortSignal): Promise<void> => {
    throwIfCancelled(signal);
    if (inside < most) {
      inside += 1;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    const leave = (): void => {
      const at = waiting.indexOf(resolve);
      if (at < 0) return;
      waiting.splice(at, 1);
      resolve();
    };
    signal.addEventListener('abort', leave, { once: true });
    await promise;
    signal.removeEventListener('abort', leave);
  };
  // Whoever leaves hands the place on.
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) inside -= 1;
    else next();
  };
  return {
    async pass(work, signal) {
      await enter(signal);
      try {
        throwIfCancelled(signal);
        return await work();
      } finally {
        leave();
      }
    },
  };
}
