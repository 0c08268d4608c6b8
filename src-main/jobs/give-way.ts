import { setImmediate } from 'node:timers/promises';

/** Together with what a turn does besides, far below what a person notices in a window that is served by the same thread. */
const longestStretch = 4;

/**
 * For a loop whose next value is often there already: promises alone never let timers, windows and other lines have their turn. To be awaited after
 * each value; gives way only when the loop has worked for some milliseconds.
 */
export function createGiveWay(milliseconds = longestStretch): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < milliseconds) return;
    await setImmediate();
    since = performance.now();
  };
}
