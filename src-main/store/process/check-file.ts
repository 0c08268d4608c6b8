import { parentPort, Worker, workerData } from 'node:worker_threads';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { openForReading, type ReadableDb } from './connection.ts';

/** Up to here a whole check takes under a fifth of a second and is done before the file is used: docs/notes/store.md. */
export const CHECKED_BEFORE_USE = 128 * 1024 * 1024;

/** `ok`, or the first fault SQLite finds. A page whose seal is broken fails with store.corrupt before that. */
export function quickCheck(db: ReadableDb): string {
  return db.get<{ quick_check: string }>('PRAGMA quick_check(1)')?.quick_check ?? 'ok';
}

export function refuseDamaged(db: ReadableDb): void {
  if (quickCheck(db) !== 'ok') throw new AppError('store.corrupt');
}

interface CheckRequest {
  readonly kind: 'check-file';
  readonly path: string;
  readonly key: string;
}

/**
 * The whole check of a large file, in a thread with a connection of its own, while the file is in use: every page that is read meanwhile proves
 * its own seal. Calls back only when something is wrong.
 */
export function checkInBackground(workerFile: string, path: string, key: string, onDamage: () => void): () => void {
  const request: CheckRequest = { kind: 'check-file', path, key };
  const worker = new Worker(workerFile, { workerData: request, env: {}, execArgv: [] });
  worker.unref();
  worker.on('message', (damaged: boolean) => damaged && onDamage());
  // The check itself failed to start: the seals still hold, and the next start checks again.
  worker.on('error', () => {});
  return () => void worker.terminate();
}

/** In the thread. */
export function runCheck(): void {
  const { path, key } = workerData as CheckRequest;
  parentPort?.postMessage(isDamaged(path, key));
  parentPort?.close();
}

function isDamaged(path: string, key: string): boolean {
  const db = openForReading({ path, key });
  try {
    return quickCheck(db) !== 'ok';
  } catch (error) {
    return error instanceof AppError && error.code === 'store.corrupt';
  } finally {
    db.close();
  }
}
