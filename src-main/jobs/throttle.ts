/** Calls through at once, then at most once in the interval; what was asked for meanwhile follows at its end. */
export interface Throttle {
  call(): void;
  /** Calls now when something is held back. */
  flush(): void;
  /** Drops what is held back. */
  stop(): void;
}

export function createThrottle(milliseconds: number, task: () => void): Throttle {
  let timer: NodeJS.Timeout | null = null;
  let held = false;
  const stop = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    held = false;
  };
  const pass = () => {
    stop();
    timer = setTimeout(() => {
      timer = null;
      if (held) pass();
    }, milliseconds);
    // News for a screen must not keep a process alive.
    timer.unref();
    task();
  };
  return {
    call() {
      if (timer) held = true;
      else pass();
    },
    flush() {
      if (held) pass();
    },
    stop,
  };
}
