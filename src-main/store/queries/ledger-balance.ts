import type { FolderId, MailboxId } from '../../../src-shared/domain/ids.ts';
import type { BalanceCounts, FolderBalance, HeldWhy } from '../../../src-shared/domain/ledger.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';

interface FolderRow {
  readonly id: FolderId;
  readonly mailbox_id: MailboxId;
  readonly path: string;
  readonly uid_validity: number | null;
  readonly balance_at: number | null;
  readonly on_server: number;
  readonly unexplained: string;
}

const folderColumns = 'id, mailbox_id, path, uid_validity, balance_at, on_server, unexplained';
const MAX_NAMED = 1000;
const nothing = { stored: 0, waiting: 0, beforePeriod: 0, read: 0, tooLarge: 0, refused: 0 };

/** As the server was last asked, of the folders that are loaded; what came to rows since then is counted. */
export function listBalances(db: ReadableDb, mailboxId: MailboxId | null): FolderBalance[] {
  const rows = db.all<FolderRow>(
    `SELECT ${folderColumns} FROM folder WHERE selected = 1 AND mailbox_id IN (SELECT id FROM mailbox WHERE removed = 0)
       ${mailboxId === null ? '' : 'AND mailbox_id = :mailboxId'} ORDER BY mailbox_id, path`,
    mailboxId === null ? {} : { mailboxId },
  );
  return rows.map((row) => {
    const counts = countRows(db, row.id, row.uid_validity ?? 0);
    const inLedger = sum(counts);
    const unexplained = JSON.parse(row.unexplained) as number[];
    // Rows that came by news after the last whole listing are on the server as well.
    const onServer = row.balance_at === null ? 0 : Math.max(row.on_server, inLedger + unexplained.length);
    return { ...folderOf(row), at: row.balance_at, onServer, inLedger, unexplained, counts };
  });
}

/** A listing made just now beside the rows, which stay as they are; the folder keeps what was counted, so that what is unexplained can be loaded. */
export function compareFolder(
  db: WritableDb,
  folderId: FolderId,
  { uidValidity, listed, at }: { readonly uidValidity: number; readonly listed: Uint32Array; readonly at: number },
): FolderBalance {
  const row = db.get<FolderRow>(`SELECT ${folderColumns} FROM folder WHERE id = ?`, folderId);
  if (!row) throw new AppError('folder.gone');
  const missing = new Set(listed);
  const known = db.iterate<KnownRow>(
    'SELECT uid, held, message_id IS NOT NULL AS stored FROM ledger WHERE folder_id = ? AND uid_validity = ?',
    folderId,
    uidValidity,
  );
  // Only of what is listed: a letter that left since the last pass still has a row that does not know.
  const counts = { ...nothing };
  for (const entry of known) if (missing.delete(entry.uid)) counts[standOf(entry)] += 1;
  const unexplained = [...missing].slice(0, MAX_NAMED);
  // Of another numbering the next pass has to make sense first.
  if (row.uid_validity === uidValidity)
    keepCount(db, folderId, { at, onServer: listed.length, unexplained: JSON.stringify(unexplained) });
  return {
    ...folderOf(row),
    at,
    onServer: listed.length,
    inLedger: listed.length - missing.size,
    unexplained,
    counts,
  };
}

interface Count {
  readonly at: number;
  readonly onServer: number;
  /** UIDs, as JSON. */
  readonly unexplained: string;
}

function keepCount(db: WritableDb, folderId: FolderId, { at, onServer, unexplained }: Count): void {
  db.run(
    `UPDATE folder SET balance_at = :at, on_server = :onServer, unexplained = :unexplained,
       settled_state = CASE :unexplained WHEN '[]' THEN settled_state END WHERE id = :folderId`,
    { folderId, at, onServer, unexplained },
  );
}

interface KnownRow {
  readonly uid: number;
  readonly held: HeldWhy | null;
  readonly stored: 0 | 1;
}

const heldAs: Readonly<Record<HeldWhy, keyof BalanceCounts>> = {
  'before-period': 'beforePeriod',
  read: 'read',
  'too-large': 'tooLarge',
  refused: 'refused',
};

function standOf({ held, stored }: KnownRow): keyof BalanceCounts {
  if (held !== null) return heldAs[held];
  return stored === 1 ? 'stored' : 'waiting';
}

/** Rows on the server under this numbering, by where they stand: one walk over the folder's part of an index that holds all that is asked. */
export function countRows(db: ReadableDb, folderId: FolderId, uidValidity: number): BalanceCounts {
  const held = (why: HeldWhy) => `count(*) FILTER (WHERE held = '${why}')`;
  const counts = db.get<BalanceCounts>(
    `SELECT count(*) FILTER (WHERE held IS NULL AND message_id IS NOT NULL) AS stored,
       count(*) FILTER (WHERE held IS NULL AND message_id IS NULL) AS waiting, ${held('before-period')} AS beforePeriod,
       ${held('read')} AS read, ${held('too-large')} AS tooLarge, ${held('refused')} AS refused
     FROM ledger INDEXED BY ledger_by_status WHERE folder_id = ? AND uid_validity = ? AND left_at IS NULL`,
    folderId,
    uidValidity,
  );
  return counts ?? nothing;
}

function sum(counts: BalanceCounts): number {
  return Object.values(counts).reduce((all, n) => all + n, 0);
}

function folderOf({ id, mailbox_id, path }: FolderRow): Pick<FolderBalance, 'folderId' | 'mailboxId' | 'path'> {
  return { folderId: id, mailboxId: mailbox_id, path };
}

export function readStoredUids(db: ReadableDb, folderId: FolderId, uidValidity: number): Uint32Array<ArrayBuffer> {
  const rows = db.all<{ uid: number }>(
    'SELECT uid FROM ledger WHERE folder_id = ? AND uid_validity = ? AND message_id IS NOT NULL AND left_at IS NULL ORDER BY uid',
    folderId,
    uidValidity,
  );
  return Uint32Array.from(rows, ({ uid }) => uid);
}
