import Database from 'better-sqlite3';
import { AppError } from '../../../src-shared/errors/errors.ts';

/**
 * What SQLite's extended result codes mean to us. Everything else (constraints, faults of our own SQL) passes as it is: either the
 * query that provoked it knows what it means, or it is a defect.
 */
export function toStoreError(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const { code } = error;
  const cause = { cause: error };
  if (code === 'SQLITE_NOTADB') return new AppError('store.wrong-key', {}, cause);
  if (code.startsWith('SQLITE_CORRUPT')) return new AppError('store.corrupt', {}, cause);
  // The shared-memory index is a file as well: on a full disk it fails with an input/output error of its own.
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') return new AppError('store.disk-full', {}, cause);
  if (code.startsWith('SQLITE_READONLY')) return new AppError('store.readonly', {}, cause);
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_PERM'))
    return new AppError('file.unreadable', {}, cause);
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_BUSY'))
    return new AppError('store.unavailable', {}, cause);
  return error;
}

/** Whether a unique index or primary key refused a row. */
export function isDuplicate(error: unknown): boolean {
  return (
    error instanceof Database.SqliteError &&
    (error.code === 'SQLITE_CONSTRAINT_UNIQUE' || error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY')
  );
}
