import type { SetAlarm } from '../../src-main/sync/rest.ts';

/** A clock whose hands a test moves: alarms ring in their order, none before its time. */
export interface HandClock {
  readonly alarm: SetAlarm;
  /** When those that are set will ring, in milliseconds from now; rising. */
  readonly due: () => readonly number[];
  forward(milliseconds: number): void;
}

export function createHandClock(): HandClock {
  const set = new Map<() => void, number>();
  let now = 0;
  const rising = () => [...set].sort(([, one], [, other]) => one - other);
  return {
    alarm(milliseconds, ring) {
      if (milliseconds > 0) set.set(ring, now + milliseconds);
      else queueMicrotask(ring);
      return () => set.delete(ring);
    },
    due: () => rising().map(([, at]) => at - now),
    forward(milliseconds) {
      now += milliseconds;
      for (const [ring, at] of rising()) {
        if (at > now) return;
        set.delete(ring);
        ring();
      }
    },
  };
}
