import type { LetterScope } from '../../../src-shared/contract/mail.ts';
import type { MessageId } from '../../../src-shared/domain/ids.ts';
import type { MessageSummary } from '../../../src-shared/domain/message.ts';
import type { ReadableDb, SqlValue } from '../process/connection.ts';
import { parseQuery } from '../search/parse-query.ts';
import { inScope, listLetters } from './letter-list.ts';
import { type SummaryRow, summaryColumns, toSummary } from './letter-rows.ts';

export interface LetterSearch {
  readonly query: string;
  readonly scope: LetterScope;
  readonly before: MessageId | null;
  readonly limit: number;
}

/** Newest first, straight from the index: rowid is the letter's id, so the search ends with the last letter of the page. */
export function searchLetters(db: ReadableDb, { query, scope, before, limit }: LetterSearch): MessageSummary[] {
  const { include, exclude } = parseQuery(query);
  if (include === null && exclude === null) return listLetters(db, scope, before, limit);
  const params: Record<string, SqlValue> = { limit };
  const conditions: string[] = [];
  const given = (condition: string, name: string, value: SqlValue) => {
    conditions.push(condition);
    params[name] = value;
  };
  if (include !== null)
    given('letter_index MATCH :match', 'match', exclude === null ? include : `${include} NOT ${exclude}`);
  else given('m.id NOT IN (SELECT rowid FROM letter_index WHERE letter_index MATCH :match)', 'match', exclude ?? '');
  const key = include === null ? 'm.id' : 'x.rowid';
  if (before !== null) given(`${key} < :before`, 'before', before);
  if (scope.mailboxId !== null) given('m.mailbox_id = :mailboxId', 'mailboxId', scope.mailboxId);
  if (scope.folderId !== null) {
    const unread = scope.unreadOnly ? ' AND unread = 1' : '';
    const place = `EXISTS (SELECT 1 FROM ledger WHERE message_id = m.id AND folder_id = :folderId AND listed = 1${unread})`;
    given(place, 'folderId', scope.folderId);
  } else if (scope.unreadOnly) conditions.push('m.unread = 1');
  // CROSS JOIN holds SQLite to this order: the index drives, the letter's row is looked up.
  const from = include === null ? 'message m' : 'letter_index x CROSS JOIN message m ON m.id = x.rowid';
  const rows = db.all<SummaryRow>(
    `SELECT ${summaryColumns} FROM ${from} WHERE ${conditions.join(' AND ')} ORDER BY ${key} DESC LIMIT :limit`,
    params,
  );
  return rows.map((row) => inScope(toSummary(row), scope));
}
