import type { MailboxId } from '../../../src-shared/domain/ids.ts';
import type { FactRow, ToldRow } from '../api/dates.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';

export function listFacts(db: ReadableDb): FactRow[] {
  return db.all('SELECT mailbox_id AS mailboxId, fact, at FROM date_fact');
}

export function noteFact(db: WritableDb, { mailboxId, fact, at }: FactRow): void {
  db.run(
    `INSERT INTO date_fact (mailbox_id, fact, at) SELECT id, :fact, :at FROM mailbox WHERE id = :mailboxId
     ON CONFLICT (mailbox_id, fact) DO UPDATE SET at = excluded.at`,
    ...[{ mailboxId, fact, at }],
  );
}

/** Of a mailbox; null: not known. */
export function findFact(db: ReadableDb, mailboxId: MailboxId, fact: FactRow['fact']): number | null {
  const sql = 'SELECT at FROM date_fact WHERE mailbox_id = ? AND fact = ?';
  return db.get<{ at: number }>(sql, mailboxId, fact)?.at ?? null;
}

export function forgetFact(db: WritableDb, mailboxId: MailboxId, fact: FactRow['fact']): void {
  db.run('DELETE FROM date_fact WHERE mailbox_id = ? AND fact = ?', mailboxId, fact);
}

export function listTold(db: ReadableDb): ToldRow[] {
  return db.all('SELECT mailbox_id AS mailboxId, kind, ends_at AS endsAt, threshold FROM date_told');
}

/** One name may have two servers with a certificate each, seen in turn: what was told of either holds until its end is long past. */
const toldKept = 90 * 86_400_000;

export function tellNotices(
  db: WritableDb,
  { notices, now }: { readonly notices: readonly ToldRow[]; readonly now: number },
): ToldRow[] {
  return db.transaction(() => notices.filter((notice) => tell(db, notice, now)));
}

function tell(db: WritableDb, { mailboxId, kind, endsAt, threshold }: ToldRow, now: number): boolean {
  db.run(
    'DELETE FROM date_told WHERE mailbox_id = ? AND kind = ? AND ends_at <> ? AND ends_at < ?',
    ...[mailboxId, kind, endsAt, now - toldKept],
  );
  const { changes } = db.run(
    `INSERT INTO date_told (mailbox_id, kind, ends_at, threshold) SELECT id, :kind, :endsAt, :threshold FROM mailbox WHERE id = :mailboxId
     ON CONFLICT (mailbox_id, kind, ends_at, threshold) DO NOTHING`,
    ...[{ mailboxId, kind, endsAt, threshold }],
  );
  return changes === 1;
}
