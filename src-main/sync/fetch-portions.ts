import { AppError, isAppError } from '../../src-shared/errors/errors.ts';
import type { OpenFolder } from '../connectors/connectors.ts';
import type { ReceivedLetter } from '../store/api/letters.ts';

export interface Portion {
  /** Whole letters only: one whose line was lost is not among them. */
  readonly letters: readonly ReceivedLetter[];
  readonly bytes: number;
  /** In the last portion: why it ended early; what had come whole by then is kept all the same. */
  readonly error: unknown;
}

/** Cut by what comes, since a server may announce a hundred bytes and send a million: no more than `mostBytes` and one letter are held. The next is read off the line when the caller has taken this one. */
export async function* fetchPortions(
  folder: OpenFolder,
  uids: readonly number[],
  mostBytes: number,
  signal: AbortSignal,
): AsyncGenerator<Portion, void, undefined> {
  // A server may answer what it was not asked for, or twice.
  const missing = new Set(uids);
  let letters: ReceivedLetter[] = [];
  let bytes = 0;
  let failure: unknown = null;
  try {
    for await (const { uid, receivedAt, seen, raw } of folder.fetchLetters(uids, signal)) {
      if (!missing.delete(uid)) continue;
      // Off a socket: never memory that is shared between threads.
      letters.push({ uid, receivedAt, seen, raw: raw as Uint8Array<ArrayBuffer> });
      bytes += raw.byteLength;
      if (bytes < mostBytes) continue;
      yield { letters, bytes, error: null };
      [letters, bytes] = [[], 0];
    }
  } catch (error) {
    failure = signal.aborted && !isAppError(error) ? new AppError('cancelled') : error;
  }
  yield { letters, bytes, error: failure };
}
