import { firstPop3Numbering } from '../../../src-shared/domain/folder.ts';
import type { FolderId, MailboxId } from '../../../src-shared/domain/ids.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { NumberedUidlRows, UidlListing } from '../api/mailboxes.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';

interface Numbering {
  readonly source: string;
  readonly generation: number;
  readonly last_uid: number;
}

interface InboxRow {
  readonly id: FolderId;
  readonly uid_validity: number | null;
  readonly last_uid: number;
}

interface Name {
  readonly uidl: string;
  readonly nth: number;
  /** Null: not met before. */
  readonly uid: number | null;
}

/** The numbers of a listing's names, the new ones kept before they are told. */
export function numberUidls(db: WritableDb, { mailboxId, source, uidls }: UidlListing): NumberedUidlRows {
  return db.transaction(() => {
    const inbox = findInbox(db, mailboxId);
    if (!inbox) throw new AppError('folder.gone');
    const before = readNumbering(db, inbox.id);
    if (before !== null) forgetUnseen(db, inbox, before);
    if (before !== null) forgetDeleted(db, inbox, before);
    const known = before === null ? namesOf(uidls) : findNames(db, inbox.id, uidls);
    const renamed = before !== null && (before.source !== source || isRenamed(db, inbox, before, known));
    const numbering = {
      source,
      generation: (before?.generation ?? 0) + (renamed ? 1 : 0),
      last_uid: before?.last_uid ?? 0,
    };
    const names = renamed ? namesOf(uidls) : known;
    const { uids, lastUid } = withNumbers(names, numbering.last_uid);
    putNumbering(db, inbox.id, { ...numbering, last_uid: lastUid });
    if (renamed) db.run('DELETE FROM uidl WHERE folder_id = ?', inbox.id);
    names.forEach(({ uidl, nth, uid }, at) => {
      if (uid !== null) return;
      db.run('INSERT INTO uidl (folder_id, uidl, nth, uid) VALUES (?, ?, ?, ?)', inbox.id, uidl, nth, uids[at] ?? 0);
    });
    return answer(db, inbox.id, { names, uids, lastUid, generation: numbering.generation });
  });
}

/** The same for a look that leaves nothing behind. */
export function previewUidls(db: ReadableDb, { mailboxId, source, uidls }: UidlListing): NumberedUidlRows {
  const inbox = findInbox(db, mailboxId);
  const before = inbox ? readNumbering(db, inbox.id) : null;
  const same = inbox !== undefined && before?.source === source;
  const names = same ? findNames(db, inbox.id, uidls) : namesOf(uidls);
  const generation = (before?.generation ?? 0) + (same || before === null ? 0 : 1);
  const { uids, lastUid } = withNumbers(names, before?.last_uid ?? 0);
  return answer(db, same ? inbox.id : null, { names, uids, lastUid, generation });
}

function findInbox(db: ReadableDb, mailboxId: MailboxId): InboxRow | undefined {
  return db.get<InboxRow>(
    `SELECT id, uid_validity, last_uid FROM folder WHERE mailbox_id = ? AND path = 'INBOX' COLLATE NOCASE`,
    mailboxId,
  );
}

function readNumbering(db: ReadableDb, folderId: FolderId): Numbering | null {
  const sql = 'SELECT source, generation, last_uid FROM uidl_numbering WHERE folder_id = ?';
  return db.get<Numbering>(sql, folderId) ?? null;
}

function putNumbering(db: WritableDb, folderId: FolderId, { source, generation, last_uid }: Numbering): void {
  db.run(
    `INSERT INTO uidl_numbering (folder_id, source, generation, last_uid) VALUES (:folderId, :source, :generation, :last_uid)
     ON CONFLICT (folder_id) DO UPDATE SET source = :source, generation = :generation, last_uid = :last_uid`,
    { folderId, source, generation, last_uid },
  );
}

/**
 * A number that was given and has no row, since a crash came between, and is not above the cursor any more would be a letter unexplained: its name gets another one.
 */
function forgetUnseen(db: WritableDb, { id, uid_validity, last_uid }: InboxRow, { generation }: Numbering): void {
  if (uid_validity !== firstPop3Numbering + generation) return;
  db.run(
    `DELETE FROM uidl WHERE folder_id = :id AND uid <= :last_uid
       AND NOT EXISTS (SELECT 1 FROM ledger WHERE folder_id = :id AND uid_validity = :uid_validity AND uid = uidl.uid)`,
    { id, uid_validity, last_uid },
  );
}

/**
 * We have deleted it: a letter of that name is another one, on servers that use their names again, or has survived; then it is known by content. Under its old number it
 * would count as loaded, unseen. The same where it was to be deleted and another letter was found under its name.
 */
function forgetDeleted(db: WritableDb, { id }: InboxRow, { generation }: Numbering): void {
  db.run(
    `DELETE FROM uidl WHERE folder_id = :id AND EXISTS (
       SELECT 1 FROM ledger l JOIN effect e ON e.entry_id = l.id
       WHERE l.folder_id = :id AND l.uid_validity = :uidValidity AND l.uid = uidl.uid AND e.kind = 'delete'
         AND e.state = CASE WHEN l.left_at IS NULL THEN 'gone' ELSE 'done' END)`,
    { id, uidValidity: firstPop3Numbering + generation },
  );
}

function namesOf(uidls: readonly string[]): readonly Name[] {
  const times = new Map<string, number>();
  return uidls.map((uidl) => {
    const nth = (times.get(uidl) ?? 0) + 1;
    times.set(uidl, nth);
    return { uidl, nth, uid: null };
  });
}

function findNames(db: ReadableDb, folderId: FolderId, uidls: readonly string[]): readonly Name[] {
  const sql = 'SELECT uid FROM uidl WHERE folder_id = ? AND uidl = ? AND nth = ?';
  return namesOf(uidls).map((name) => ({
    ...name,
    uid: db.get<{ uid: number }>(sql, folderId, name.uidl, name.nth)?.uid ?? null,
  }));
}

/**
 * Not one name is known, though letters were there and nothing took them away: the server calls all of them otherwise. Then the folder was renumbered, as IMAP has it: the
 * period is asked again, and letters that are met again take their rows along. Letters about to be deleted by us, and those whose name has gone to another, are no witnesses.
 */
function isRenamed(db: ReadableDb, inbox: InboxRow, { generation }: Numbering, names: readonly Name[]): boolean {
  if (names.length === 0 || names.some(({ uid }) => uid !== null)) return false;
  const there = db.get(
    `SELECT 1 AS found FROM ledger l WHERE l.folder_id = ? AND l.uid_validity = ? AND l.left_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM effect e WHERE e.entry_id = l.id AND e.state IN ('doing', 'gone')) LIMIT 1`,
    ...[inbox.id, firstPop3Numbering + generation],
  );
  return there !== undefined;
}

function withNumbers(names: readonly Name[], last: number) {
  let lastUid = last;
  const uids = Uint32Array.from(names, ({ uid }) => {
    if (uid !== null) return uid;
    lastUid += 1;
    return lastUid;
  });
  return { uids, lastUid };
}

interface Numbered {
  readonly names: readonly Name[];
  readonly uids: Uint32Array<ArrayBuffer>;
  readonly lastUid: number;
  readonly generation: number;
}

function answer(db: ReadableDb, folderId: FolderId | null, { names, uids, lastUid, generation }: Numbered) {
  const before =
    folderId === null
      ? []
      : db.all<{ uidl: string }>('SELECT DISTINCT uidl FROM uidl WHERE folder_id = ? AND nth > 1', folderId);
  const shared = new Set([
    ...before.map(({ uidl }) => uidl),
    ...names.filter(({ nth }) => nth > 1).map(({ uidl }) => uidl),
  ]);
  const repeated = uids.filter((_, at) => shared.has(names[at]?.uidl ?? ''));
  return { uidValidity: firstPop3Numbering + generation, uids, lastUid, repeated };
}
