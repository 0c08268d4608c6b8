import type { LetterScope } from '../../../src-shared/contract/mail.ts';
import type { MessageId } from '../../../src-shared/domain/ids.ts';
import type { MessageSummary } from '../../../src-shared/domain/message.ts';
import type { ReadableDb, SqlValue } from '../process/connection.ts';
import { type SummaryRow, summaryColumns, toSummary } from './letter-rows.ts';

type Params = Record<string, SqlValue>;

const allLetters = 'SELECT id FROM message';

/**
 * The ids of a scope as one query, newest first, each read from the end of an index that is already in that order: the 500th page costs as much
 * as the first. A folder's letter with two places is one letter.
 */
export function scopeQuery(scope: LetterScope): { readonly sql: string; readonly params: Params } {
  const params: Params = {};
  if (scope.folderId !== null) {
    params.folderId = scope.folderId;
    const unread = scope.unreadOnly ? ' AND unread = 1' : '';
    return {
      sql: `SELECT DISTINCT message_id AS id FROM ledger WHERE folder_id = :folderId AND listed = 1${unread}`,
      params,
    };
  }
  const conditions = scope.unreadOnly ? ['unread = 1'] : [];
  if (scope.mailboxId !== null) {
    conditions.push('mailbox_id = :mailboxId');
    params.mailboxId = scope.mailboxId;
  }
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  return { sql: `${allLetters}${where}`, params };
}

export function countLetters(db: ReadableDb, scope: LetterScope): number {
  const { mailboxId, folderId, unreadOnly } = scope;
  // Kept, not counted: all letters and those of a mailbox are asked for at every start.
  if (folderId === null && !unreadOnly) {
    const sql = 'SELECT ifnull(sum(letters), 0) AS total FROM mailbox WHERE :mailboxId IS NULL OR id = :mailboxId';
    return db.get<{ total: number }>(sql, { mailboxId })?.total ?? 0;
  }
  const { sql, params } = scopeQuery(scope);
  return db.get<{ total: number }>(`SELECT count(*) AS total FROM (${sql})`, params)?.total ?? 0;
}

export function listLetters(
  db: ReadableDb,
  scope: LetterScope,
  before: MessageId | null,
  limit: number,
): MessageSummary[] {
  const { sql: query, params } = scopeQuery(scope);
  // Left to itself SQLite reads a smaller index whole and sorts it, and with a limit it cannot see it walks all letters for the page:
  // 30 ms of 100,000 letters instead of half a millisecond. Hence NOT INDEXED here and CROSS JOIN below.
  const sql = query === allLetters ? `${allLetters} NOT INDEXED` : query;
  const key = scope.folderId === null ? 'id' : 'message_id';
  const page = before === null ? sql : `${sql} ${sql.includes('WHERE') ? 'AND' : 'WHERE'} ${key} < :before`;
  const rows = db.all<SummaryRow>(
    `SELECT ${summaryColumns} FROM (${page} ORDER BY ${key} DESC LIMIT :limit) p CROSS JOIN message m ON m.id = p.id
     ORDER BY m.id DESC`,
    { ...params, limit, ...(before === null ? {} : { before }) },
  );
  return rows.map((row) => inScope(toSummary(row), scope));
}

/** In a folder's list every letter lies in that folder, whatever others it lies in as well. */
export function inScope(summary: MessageSummary, scope: LetterScope): MessageSummary {
  return scope.folderId === null ? summary : { ...summary, folderId: scope.folderId };
}
