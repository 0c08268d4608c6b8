export interface BatchLimits {
  readonly bytes: number;
  readonly letters: number;
}

/** Cuts in the given order; a letter larger than a batch is one of its own. A size that is not known counts as `unknownSize`. */
export function cutBatches(
  uids: readonly number[],
  sizes: ReadonlyMap<number, number>,
  { bytes, letters }: BatchLimits,
): number[][] {
  const batches: number[][] = [];
  let batch: number[] = [];
  let filled = 0;
  for (const uid of uids) {
    const size = sizes.get(uid) ?? unknownSize;
    if (batch.length > 0 && (filled + size > bytes || batch.length >= letters)) {
      batches.push(batch);
      batch = [];
      filled = 0;
    }
    batch.push(uid);
    filled += size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/** The usual size of a letter with a signature and no attachment, rounded up. */
const unknownSize = 64 * 1024;
