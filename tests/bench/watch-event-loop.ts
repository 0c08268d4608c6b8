/** Times between two turns of the event loop that a timer of a millisecond could have been served in. */
export interface Blocks {
  /** What somebody who waits for an answer feels, a busy machine included. */
  readonly longestMs: number;
  /** The most that this thread itself computed in one of them: what is left of it on an idle machine. */
  readonly longestWorkMs: number;
}

const everyMs = 1;

/** Watches this thread from now on; the function ends it. */
export function watchEventLoop(): () => Blocks {
  let longestMs = 0;
  let longestWorkMs = 0;
  let at = performance.now();
  let worked = workMs();
  const look = (): void => {
    const now = performance.now();
    const workedNow = workMs();
    longestMs = Math.max(longestMs, now - at - everyMs);
    longestWorkMs = Math.max(longestWorkMs, workedNow - worked);
    at = now;
    worked = workedNow;
  };
  const timer = setInterval(look, everyMs);
  return () => {
    look();
    clearInterval(timer);
    return { longestMs, longestWorkMs };
  };
}

function workMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
