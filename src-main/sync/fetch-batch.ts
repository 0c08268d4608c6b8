import { AppError, isAppError } from '../../src-shared/errors/errors.ts';
import type { OpenFolder } from '../connectors/connectors.ts';
import type { ReceivedLetter } from '../store/api/letters.ts';

export interface FetchedBatch {
  /** Whole letters only: one whose line was lost is not among them. */
  readonly letters: readonly ReceivedLetter[];
  readonly bytes: number;
  /** Why it ended early; what had come whole by then is kept all the same. */
  readonly error: unknown;
}

export async function fetchBatch(
  folder: OpenFolder,
  uids: readonly number[],
  signal: AbortSignal,
): Promise<FetchedBatch> {
  // A server may answer what it was not asked for, or twice.
  const missing = new Set(uids);
  const letters: ReceivedLetter[] = [];
  let bytes = 0;
  try {
    for await (const { uid, receivedAt, seen, raw } of folder.fetchLetters(uids, signal)) {
      if (!missing.delete(uid)) continue;
      // Off a socket: never memory that is shared between threads.
      letters.push({ uid, receivedAt, seen, raw: raw as Uint8Array<ArrayBuffer> });
      bytes += raw.byteLength;
    }
    return { letters, bytes, error: null };
  } catch (error) {
    return { letters, bytes, error: signal.aborted && !isAppError(error) ? new AppError('cancelled') : error };
  }
}
