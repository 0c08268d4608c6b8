import { setImmediate } from 'node:timers/promises';
import type { FolderId, LedgerEntryId, MessageId } from '../../../src-shared/domain/ids.ts';
import type { HeldWhy } from '../../../src-shared/domain/ledger.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { Seen, Sighting } from '../api/ledger.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';
import { countRows } from './ledger-balance.ts';
import { leaveRow, returnRow } from './ledger-rows.ts';

/** A letter that was asked for in vain this often is not asked for among others any more. */
export const SUSPECT_AFTER = 2;
/** And after so many times alone not at all, until a day has passed or a person says so. */
export const REFUSED_AFTER = 5;
const TRIED_AGAIN_AFTER = 24 * 60 * 60_000;
/** Named on the folder; the balance says how many there are in all. */
const MAX_NAMED = 1000;
/** Rows of one transaction: about a quarter of a second. */
const PORTION = 20_000;

type Judge = (uid: number) => HeldWhy | null;

interface Row {
  readonly id: LedgerEntryId;
  readonly uid: number;
  readonly message_id: MessageId | null;
  readonly held: HeldWhy | null;
  readonly left_at: number | null;
}

interface Differences {
  readonly arrived: number[];
  readonly unexplained: number[];
  readonly left: Row[];
  readonly back: Row[];
  readonly judged: Row[];
}

/**
 * Newcomers of a huge folder are entered in portions, so that the store answers others in between; a crash leaves the cursor at the end of a portion, and what is above it
 * are newcomers again. All the rest is one transaction: rows, what has left, and the cursor.
 */
export async function seeFolder(db: WritableDb, sighting: Sighting): Promise<Seen> {
  const heldWhy = judgeOf(sighting);
  const { uid_validity, last_uid } = readFolder(db, sighting.folderId);
  const lastUid = uid_validity === sighting.uidValidity ? last_uid : 0;
  const newcomers = sighting.listed.subarray(sighting.listed.findLastIndex((uid) => uid <= lastUid) + 1);
  for (let at = 0; at + PORTION < newcomers.length; at += PORTION) {
    db.transaction(() => enterPortion(db, sighting, newcomers.subarray(at, at + PORTION), heldWhy));
    await setImmediate();
  }
  return db.transaction(() => enterRest(db, sighting, heldWhy));
}

function enterPortion(db: WritableDb, sighting: Sighting, uids: Uint32Array, heldWhy: Judge): void {
  const { folderId, uidValidity } = sighting;
  const before = readFolder(db, folderId);
  const renumbered = before.uid_validity !== uidValidity;
  if (renumbered) leaveNumbering(db, sighting);
  for (const uid of uids) insertRow(db, sighting, uid, heldWhy(uid));
  // Where rows are there already they are still to be judged by a new choice: until then the folder keeps the word of the old one.
  if (renumbered) keepChoice(db, sighting);
  db.run('UPDATE folder SET last_uid = ?, settled_state = NULL WHERE id = ?', uids.at(-1) ?? 0, folderId);
}

function enterRest(db: WritableDb, sighting: Sighting, heldWhy: Judge): Seen {
  const { folderId, uidValidity, at } = sighting;
  const before = readFolder(db, folderId);
  const renumbered = before.uid_validity !== uidValidity;
  if (renumbered) leaveNumbering(db, sighting);
  const lastUid = renumbered ? 0 : before.last_uid;
  const differences = compare(db, sighting, lastUid, heldWhy);
  for (const uid of differences.arrived) insertRow(db, sighting, uid, heldWhy(uid));
  for (const row of differences.left) leaveRow(db, row, at);
  for (const row of differences.back) returnRow(db, row);
  for (const { id, uid } of differences.judged) db.run('UPDATE ledger SET held = ? WHERE id = ?', heldWhy(uid), id);
  retryTomorrow(db, folderId, at);
  keepChoice(db, sighting);
  keepCursor(db, sighting, { lastUid, unexplained: differences.unexplained });
  return {
    ...toBeLoaded(db, folderId, uidValidity),
    counts: countRows(db, folderId, uidValidity),
    left: differences.left.length,
    unexplained: Uint32Array.from(differences.unexplained),
  };
}

function readFolder(db: ReadableDb, folderId: FolderId) {
  const row = db.get<{ uid_validity: number | null; last_uid: number }>(
    'SELECT uid_validity, last_uid FROM folder WHERE id = ?',
    folderId,
  );
  if (!row) throw new AppError('folder.gone');
  return row;
}

/** All UIDs mean nothing any more (RFC 9051, 2.3.1.1). Letters that are met again take their rows along: `letter-store.ts`. */
function leaveNumbering(db: WritableDb, { folderId, uidValidity, at }: Sighting): void {
  db.run(
    `UPDATE ledger SET left_at = ?, left_how = 'renumbered' WHERE folder_id = ? AND uid_validity <> ? AND left_at IS NULL`,
    ...[at, folderId, uidValidity],
  );
}

/** Rows and listing side by side, both rising: no more than one row is held at a time. */
function compare(db: ReadableDb, sighting: Sighting, lastUid: number, heldWhy: Judge) {
  const { folderId, uidValidity, listed, above, judge } = sighting;
  const found: Differences = { arrived: [], unexplained: [], left: [], back: [], judged: [] };
  const judgeAll = judge === 'all';
  const arrives = (uid: number) => (uid > lastUid || judgeAll ? found.arrived.push(uid) : found.unexplained.push(uid));
  let next = 0;
  const rows = db.iterate<Row>(
    'SELECT id, uid, message_id, held, left_at FROM ledger WHERE folder_id = ? AND uid_validity = ? AND uid > ? ORDER BY uid',
    ...[folderId, uidValidity, above],
  );
  for (const row of rows) {
    for (let uid = listed[next]; uid !== undefined && uid < row.uid; uid = listed[next]) {
      arrives(uid);
      next += 1;
    }
    if (listed[next] === row.uid) {
      next += 1;
      if (row.left_at !== null) found.back.push(row);
      const byChoice = row.held === null || row.held === 'before-period' || row.held === 'read';
      if (judgeAll && row.message_id === null && byChoice && row.held !== heldWhy(row.uid)) found.judged.push(row);
    } else if (above === 0 && row.left_at === null) {
      found.left.push(row);
    }
  }
  for (; next < listed.length; next += 1) arrives(listed[next] ?? 0);
  return found;
}

function judgeOf({ leave }: Sighting): Judge {
  const beforePeriod = new Set(leave.beforePeriod);
  const read = new Set(leave.read);
  return (uid) => (beforePeriod.has(uid) ? 'before-period' : read.has(uid) ? 'read' : null);
}

/** After a person's word the cursor is below rows that are there: they stay as they are. */
function insertRow(db: WritableDb, { folderId, uidValidity, at }: Sighting, uid: number, held: HeldWhy | null): void {
  db.run(
    'INSERT INTO ledger (folder_id, uid_validity, uid, unread, seen_at, held) VALUES (?, ?, ?, 0, ?, ?) ON CONFLICT DO NOTHING',
    ...[folderId, uidValidity, uid, at, held],
  );
}

/**
 * A server that could not give a letter may have been mended. Alone and once: five more times would end the line as often. An attempt in the future was made before the
 * clock was set back.
 */
function retryTomorrow(db: WritableDb, folderId: FolderId, at: number): void {
  db.run(
    `UPDATE ledger SET held = NULL, attempts = ${REFUSED_AFTER - 1} WHERE folder_id = ? AND held = 'refused' AND (tried_at < ? OR tried_at > ?)`,
    ...[folderId, at - TRIED_AGAIN_AFTER, at + TRIED_AGAIN_AFTER],
  );
}

interface After {
  readonly lastUid: number;
  readonly unexplained: readonly number[];
}

function keepChoice(db: WritableDb, { folderId, uidValidity, judgedBy, loadSince, periodUid }: Sighting): void {
  db.run(
    'UPDATE folder SET uid_validity = ?, judged_by = ?, load_since = ?, period_uid = ? WHERE id = ?',
    ...[uidValidity, judgedBy, loadSince, periodUid, folderId],
  );
}

function keepCursor(db: WritableDb, { folderId, listed, above, at }: Sighting, { lastUid, unexplained }: After): void {
  db.run(
    'UPDATE folder SET last_uid = ?, settled_state = NULL WHERE id = ?',
    ...[Math.max(lastUid, listed.at(-1) ?? 0), folderId],
  );
  if (above > 0) return;
  db.run(
    'UPDATE folder SET balance_at = ?, on_server = ?, unexplained = ? WHERE id = ?',
    ...[at, listed.length, JSON.stringify(unexplained.slice(0, MAX_NAMED)), folderId],
  );
}

function toBeLoaded(db: ReadableDb, folderId: FolderId, uidValidity: number): Pick<Seen, 'wanted' | 'troubled'> {
  const rows = db.iterate<{ uid: number; attempts: number }>(
    `SELECT uid, attempts FROM ledger WHERE folder_id = ? AND uid_validity = ? AND message_id IS NULL AND left_at IS NULL AND held IS NULL
     ORDER BY uid DESC`,
    folderId,
    uidValidity,
  );
  const wanted: number[] = [];
  const troubled: { readonly uid: number; readonly attempts: number }[] = [];
  for (const row of rows) {
    if (row.attempts < SUSPECT_AFTER) wanted.push(row.uid);
    else troubled.push(row);
  }
  const least = troubled.sort((one, other) => one.attempts - other.attempts);
  return { wanted: Uint32Array.from(wanted), troubled: Uint32Array.from(least, ({ uid }) => uid) };
}
