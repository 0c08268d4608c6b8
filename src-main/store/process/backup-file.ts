import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError, isAppError } from '../../../src-shared/errors/errors.ts';
import { type OpenDatabase, openForReading, type ReadableDb } from './connection.ts';

/**
 * A copy under the same key, whole or not there: written beside its name, opened again with the key, checked and counted, then put in place.
 * `backup()` of the library cannot copy an encrypted file.
 */
export function backUp(db: OpenDatabase, key: string, path: string): { bytes: number } {
  const draft = `${path}.part`;
  try {
    rmSync(draft, { force: true });
    const before = countRows(db);
    db.run('VACUUM INTO ?', draft);
    proveCopy(draft, key, before);
    syncFile(draft);
    renameSync(draft, path);
    syncFile(dirname(path));
    return { bytes: statSync(path).size };
  } catch (error) {
    rmSync(draft, { force: true });
    if (isAppError(error, 'store.disk-full') || isAppError(error, 'store.corrupt')) throw error;
    throw new AppError('file.not-written', { path }, { cause: error });
  }
}

function proveCopy(path: string, key: string, expected: string): void {
  const copy = openForReading({ path, key });
  try {
    const check = copy.get<{ integrity_check: string }>('PRAGMA integrity_check(1)')?.integrity_check;
    if (check !== 'ok') throw new AppError('store.corrupt');
    if (countRows(copy) !== expected) throw new AppError('file.not-written', { path });
  } finally {
    copy.close();
  }
}

function countRows(db: ReadableDb): string {
  const tables = ['mailbox', 'folder', 'message', 'raw', 'ledger', 'effect', 'ticket'];
  return tables.map((table) => db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n).join(' ');
}

function syncFile(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
