import type { LedgerEntryId, MessageId } from '../../../src-shared/domain/ids.ts';
import type { LedgerFilter, LedgerStatus } from '../../../src-shared/domain/ledger.ts';
import type { ReadableDb, SqlValue } from '../process/connection.ts';
import { foldText } from '../search/fold-text.ts';

export interface LedgerPage {
  readonly filter: LedgerFilter;
  readonly before: LedgerEntryId | null;
  readonly limit: number;
}

/** What the index calls a status, and for letters that the rules have not decided on, whether they are parsed. */
type IndexedStatus = readonly [status: string, parsed: 0 | 1 | null];
const indexed: Readonly<Record<LedgerStatus, IndexedStatus>> = {
  waiting: ['waiting', null],
  held: ['held', null],
  left: ['left', null],
  stored: ['loaded', 0],
  parsed: ['loaded', 1],
  ticket: ['ticket', null],
  appended: ['appended', null],
  kept: ['kept', null],
  quarantined: ['quarantined', null],
};
const everyStatus: readonly IndexedStatus[] = [
  ...['waiting', 'held', 'left', 'loaded', 'ticket', 'appended', 'kept', 'quarantined'].map(
    (status) => [status, null] as const,
  ),
];
/** More letters than anybody looks through; the words can be narrowed. */
const MAX_FOUND = 2000;

/** A question for ids of entries, the highest first. */
export interface PageQuery {
  readonly sql: string;
  readonly params: Readonly<Record<string, SqlValue>>;
}

/**
 * The ids of a page. Without a filter they are the table read backwards; of words, the few rows of what was found; else the ends of one stretch of the index for each
 * folder and status, so that the first page of a million rows costs as much as that of a hundred.
 */
export function pageQuery(db: ReadableDb, { filter, before, limit }: LedgerPage): PageQuery {
  const { folderId, mailboxId, statuses, query } = filter;
  const asked = statuses.length === 0 ? everyStatus : statuses.map((status) => indexed[status]);
  const params: Record<string, SqlValue> = { before: before ?? Number.MAX_SAFE_INTEGER, limit };
  const found = findLetters(db, query);
  const whole = found === null && folderId === null && mailboxId === null && statuses.length === 0;
  if (whole && !hasRemoved(db))
    return { sql: 'SELECT id FROM ledger WHERE id < :before ORDER BY id DESC LIMIT :limit', params };
  const folders = ['b.removed = 0'];
  if (folderId !== null) {
    folders.push('f.id = :folderId');
    params.folderId = folderId;
  }
  if (mailboxId !== null) {
    folders.push('b.id = :mailboxId');
    params.mailboxId = mailboxId;
  }
  params.statuses = JSON.stringify(asked);
  if (found === null) return { sql: byFolderAndStatus(folders.join(' AND ')), params };
  return { sql: amongFound(folders.join(' AND ')), params: { ...params, found: JSON.stringify(found) } };
}

function hasRemoved(db: ReadableDb): boolean {
  return db.get('SELECT 1 AS found FROM mailbox WHERE removed = 1 LIMIT 1') !== undefined;
}

const letterStands = `(asked.parsed IS NULL OR asked.parsed = (SELECT state <> 'stored' FROM message WHERE id = message_id))`;

function byFolderAndStatus(folders: string): string {
  return `SELECT k.id FROM (
      SELECT f.id AS folder_id, s.value ->> 0 AS status, s.value ->> 1 AS parsed
      FROM mailbox b CROSS JOIN folder f ON f.mailbox_id = b.id CROSS JOIN json_each(:statuses) s WHERE ${folders}
    ) asked CROSS JOIN ledger k WHERE k.id IN (
      SELECT id FROM ledger WHERE folder_id = asked.folder_id AND status = asked.status AND id < :before AND ${letterStands}
      ORDER BY id DESC LIMIT :limit
    ) ORDER BY k.id DESC LIMIT :limit`;
}

function amongFound(folders: string): string {
  return `SELECT l.id FROM json_each(:found) w CROSS JOIN ledger l ON l.message_id = w.value
      CROSS JOIN folder f ON f.id = l.folder_id CROSS JOIN mailbox b ON b.id = f.mailbox_id
    WHERE ${folders} AND l.id < :before AND EXISTS (
      SELECT 1 FROM (SELECT value ->> 0 AS status, value ->> 1 AS parsed FROM json_each(:statuses)) asked
      WHERE asked.status = l.status AND ${letterStands}
    ) ORDER BY l.id DESC LIMIT :limit`;
}

/** Null: no words. A Message-ID as it is, else words of sender and subject by their beginnings. */
function findLetters(db: ReadableDb, query: string): MessageId[] | null {
  const asked = query.trim();
  if (asked === '') return null;
  const ids = new Set<MessageId>();
  const header = /^<?([^<>\s]+@[^<>\s]+)>?$/.exec(asked)?.[1];
  if (header !== undefined) {
    const bearers = db.all<{ message_id: MessageId }>(
      `SELECT message_id FROM message_header WHERE header = ? AND own = 1 LIMIT ${MAX_FOUND}`,
      `<${header}>`,
    );
    for (const { message_id } of bearers) ids.add(message_id);
  }
  const words = (foldText(asked.toWellFormed()).match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).slice(0, 12);
  if (words.length > 0) {
    const match = `{subject sender} : (${words.map((word) => `"${word}" *`).join(' AND ')})`;
    const rows = db.all<{ id: MessageId }>(
      `SELECT rowid AS id FROM letter_index WHERE letter_index MATCH ? ORDER BY rowid DESC LIMIT ${MAX_FOUND}`,
      match,
    );
    for (const { id } of rows) ids.add(id);
  }
  return [...ids];
}
