import type { LedgerEntryId, MessageId } from '../../../src-shared/domain/ids.ts';
import type { LedgerEntry, LedgerStory } from '../../../src-shared/domain/ledger.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { ReadableDb } from '../process/connection.ts';
import { type EntryRow, entryColumns, entrySource, toEntry } from './ledger-entry.ts';
import { type LedgerPage, pageQuery } from './ledger-pages.ts';

export function listEntries(db: ReadableDb, page: LedgerPage): LedgerEntry[] {
  const { sql, params } = pageQuery(db, page);
  return db
    .all<EntryRow>(
      `SELECT ${entryColumns} FROM (${sql}) p CROSS JOIN ${entrySource} WHERE l.id = p.id ORDER BY l.id DESC`,
      params,
    )
    .map(toEntry);
}

export function readStory(db: ReadableDb, entryId: LedgerEntryId): LedgerStory {
  const row = db.get<EntryRow>(`SELECT ${entryColumns} FROM ${entrySource} WHERE l.id = ?`, entryId);
  if (!row) throw new AppError('message.gone');
  const entry = toEntry(row);
  if (entry.messageId === null) return { entry, elsewhere: [] };
  const others = db.all<EntryRow>(
    `SELECT ${entryColumns} FROM ${entrySource} WHERE l.message_id = ? AND l.id <> ? ORDER BY l.id LIMIT 100`,
    ...[entry.messageId, entryId],
  );
  return { entry, elsewhere: others.map(toEntry) };
}

/** The row by which a letter is fetched: one on the server before one that has left it. */
export function entryOf(db: ReadableDb, messageId: MessageId): LedgerEntry {
  const row = db.get<EntryRow>(
    `SELECT ${entryColumns} FROM ${entrySource} WHERE l.message_id = ? ORDER BY l.left_at IS NOT NULL, l.id LIMIT 1`,
    messageId,
  );
  if (!row) throw new AppError('message.gone');
  return toEntry(row);
}
