import { isAppError } from '../../src-shared/errors/errors.ts';

export type EndOfRest =
  | { readonly kind: 'bell' }
  | { readonly kind: 'clock' }
  | { readonly kind: 'news'; readonly path: string }
  /** The line on watch ended. */
  | { readonly kind: 'lost'; readonly error: unknown };

/** Rings once, after so many milliseconds; what it gives back takes it off. */
export type SetAlarm = (milliseconds: number, ring: () => void) => () => void;

export const setTimer: SetAlarm = (milliseconds, ring) => {
  const timer = setTimeout(ring, milliseconds);
  return () => clearTimeout(timer);
};

export interface Rest {
  /** Milliseconds; null: no clock. */
  readonly after: number | null;
  readonly alarm: SetAlarm;
  readonly bell: Promise<void>;
  /** Resolves with the folder that has news; ends soon after its signal aborts. */
  readonly watch: ((signal: AbortSignal) => Promise<string>) | null;
}

export interface Rested {
  readonly end: EndOfRest;
  /** Whatever ended the rest, the line did not outlive the watch. */
  readonly lineLost: boolean;
}

/** Waits for whatever comes first, and leaves nothing waiting behind: the line can be used again when this returns. */
export async function rest({ after, alarm, bell, watch }: Rest): Promise<Rested> {
  const quiet = new AbortController();
  let takeOff = () => {};
  const reasons: Promise<EndOfRest>[] = [bell.then(() => ({ kind: 'bell' }))];
  if (after !== null) {
    const { promise, resolve } = Promise.withResolvers<EndOfRest>();
    takeOff = alarm(after, () => resolve({ kind: 'clock' }));
    reasons.push(promise);
  }
  const watching = watch?.(quiet.signal).then(
    (path): EndOfRest => ({ kind: 'news', path }),
    (error: unknown): EndOfRest => ({ kind: 'lost', error }),
  );
  if (watching) reasons.push(watching);
  try {
    const end = await Promise.race(reasons);
    quiet.abort();
    const watched = await watching;
    return { end, lineLost: watched?.kind === 'lost' && !isAppError(watched.error, 'cancelled') };
  } finally {
    takeOff();
  }
}
