import { networkInterfaces } from 'node:os';

export interface NetworkWatch {
  online(): boolean;
  /** Called with each change. */
  onChange(listener: (online: boolean) => void): () => void;
  stop(): void;
}

/** Systems tell of a lost cable within seconds; asking every five costs nothing and is what a person would not notice. */
const askEvery = 5_000;

/** `isOnline`: what the platform thinks. It is a hint for the screen and for waking up work early, never a reason not to try. */
export function watchNetwork(isOnline: () => boolean = hasOutsideAddress): NetworkWatch {
  const listeners = new Set<(online: boolean) => void>();
  let last = isOnline();
  const timer = setInterval(() => {
    const now = isOnline();
    if (now === last) return;
    last = now;
    for (const listener of listeners) listener(now);
  }, askEvery);
  timer.unref();
  return {
    online: () => last,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: () => clearInterval(timer),
  };
}

/** Is there an address by which another machine could be reached? */
export function hasOutsideAddress(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));
}
