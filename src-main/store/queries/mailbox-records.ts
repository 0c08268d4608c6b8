import type { MailboxId } from '../../../src-shared/domain/ids.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { WireError } from '../../../src-shared/errors/wire.ts';
import type { MailboxRecord } from '../api/ledger.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';

interface Lease {
  readonly mailboxId: MailboxId;
  readonly owner: string;
  readonly now: number;
  readonly until: number;
}

/** No lease is taken for so long: one that ends later was taken before the clock was set back. */
export const LONGEST_LEASE = 3_600_000;

/** Null: it is ours. One statement decides, so that of two consoles over one file one gets it. */
export function takeLease(db: WritableDb, { mailboxId, owner, now, until }: Lease): string | null {
  return db.transaction(() => {
    if (!db.get('SELECT 1 AS found FROM mailbox WHERE id = ?', mailboxId)) return null;
    db.run(
      `INSERT INTO lease (mailbox_id, owner, taken_at, expires_at) VALUES (:mailboxId, :owner, :now, :until)
       ON CONFLICT (mailbox_id) DO UPDATE SET owner = :owner, taken_at = :now, expires_at = :until
         WHERE owner = :owner OR expires_at <= :now OR expires_at > :now + ${LONGEST_LEASE}`,
      { mailboxId, owner, now, until },
    );
    const held = db.get<{ owner: string }>('SELECT owner FROM lease WHERE mailbox_id = ?', mailboxId);
    return held?.owner === owner ? null : (held?.owner ?? null);
  });
}

/** What nobody else may be at work for: fails with mailbox.leased while another console has the mailbox. */
export function refuseLeased(
  db: ReadableDb,
  { mailboxId, owner, at }: { readonly mailboxId: MailboxId; readonly owner: string; readonly at: number },
): void {
  const leased = db.get(
    `SELECT 1 AS found FROM lease WHERE mailbox_id = :mailboxId AND owner <> :owner AND expires_at > :at AND expires_at <= :at + ${LONGEST_LEASE}`,
    { mailboxId, owner, at },
  );
  if (leased) throw new AppError('mailbox.leased');
}

export function releaseLease(db: WritableDb, mailboxId: MailboxId, owner: string): void {
  db.run('DELETE FROM lease WHERE mailbox_id = ? AND owner = ?', mailboxId, owner);
}

interface RecordRow {
  readonly mailbox_id: MailboxId;
  readonly last_loaded_at: number | null;
  readonly failing_since: number | null;
  readonly problem: string | null;
  readonly disabled_because: string | null;
}

export function listRecords(db: ReadableDb): MailboxRecord[] {
  return db.all<RecordRow>('SELECT * FROM mailbox_health').map((row) => ({
    mailboxId: row.mailbox_id,
    lastLoadedAt: row.last_loaded_at,
    failingSince: row.failing_since,
    problem: row.problem === null ? null : (JSON.parse(row.problem) as WireError),
    disabledBecause: row.disabled_because === null ? null : (JSON.parse(row.disabled_because) as WireError),
  }));
}

/** Of a mailbox that is gone meanwhile nothing is kept. */
export function putRecord(db: WritableDb, record: MailboxRecord): void {
  const json = (problem: WireError | null) => (problem === null ? null : JSON.stringify(problem));
  db.run(
    `INSERT OR REPLACE INTO mailbox_health (mailbox_id, last_loaded_at, failing_since, problem, disabled_because)
     SELECT id, ?, ?, ?, ? FROM mailbox WHERE id = ?`,
    ...[record.lastLoadedAt, record.failingSince, json(record.problem), json(record.disabledBecause), record.mailboxId],
  );
}
