export type EndOfRest =
  | { readonly kind: 'bell' }
  | { readonly kind: 'clock' }
  | { readonly kind: 'news'; readonly path: string }
  /** The line on watch ended. */
  | { readonly kind: 'lost'; readonly error: unknown };

export interface Rest {
  /** Milliseconds; null: no clock. */
  readonly after: number | null;
  readonly bell: Promise<void>;
  /** Resolves with the folder that has news; ends soon after its signal aborts. */
  readonly watch: ((signal: AbortSignal) => Promise<string>) | null;
}

/** Waits for whatever comes first, and leaves nothing waiting behind: the line can be used again when this returns. */
export async function rest({ after, bell, watch }: Rest): Promise<EndOfRest> {
  const quiet = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const reasons: Promise<EndOfRest>[] = [bell.then(() => ({ kind: 'bell' }))];
  if (after !== null) {
    const { promise, resolve } = Promise.withResolvers<EndOfRest>();
    timer = setTimeout(() => resolve({ kind: 'clock' }), after);
    reasons.push(promise);
  }
  const watching = watch?.(quiet.signal).then(
    (path): EndOfRest => ({ kind: 'news', path }),
    (error: unknown): EndOfRest => ({ kind: 'lost', error }),
  );
  if (watching) reasons.push(watching);
  try {
    return await Promise.race(reasons);
  } finally {
    clearTimeout(timer);
    quiet.abort();
    await watching;
  }
}
