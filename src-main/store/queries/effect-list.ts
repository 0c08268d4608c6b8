import type { EffectKind, EffectState } from '../../../src-shared/domain/effect.ts';
import type { EffectId, FolderId, MailboxId } from '../../../src-shared/domain/ids.ts';
import type { LedgerEntry } from '../../../src-shared/domain/ledger.ts';
import type { DueEffect } from '../api/ledger.ts';
import type { ReadableDb } from '../process/connection.ts';
import { type EntryRow, entryColumns, entrySource, toEntry } from './ledger-entry.ts';

interface DueRow {
  readonly id: EffectId;
  readonly folder_id: FolderId;
  readonly path: string;
  readonly uid_validity: number;
  readonly uid: number;
  readonly kind: EffectKind;
  readonly target: string | null;
  readonly state: 'due' | 'doing';
  readonly attempts: number;
  readonly message_id_header: string;
  readonly size: number;
}

/** Longer than any wait after a failure: a time beyond it was written before the clock was set back. What was never tried may well be planned for later. */
const LONGEST_WAIT = 48 * 3_600_000;

/** Those that have been due the longest, then by what one command can do together. */
export function listDue(db: ReadableDb, mailboxId: MailboxId, now: number, limit: number): DueEffect[] {
  const rows = db.all<DueRow>(
    `SELECT e.id, l.folder_id, f.path, l.uid_validity, l.uid, e.kind, e.target, e.state, e.attempts, m.message_id_header, coalesce(l.size, m.size) AS size
     FROM (
       SELECT id FROM (SELECT id FROM effect WHERE state IN ('due', 'doing') AND mailbox_id = :mailboxId AND not_before <= :now ORDER BY not_before, id LIMIT :limit)
       UNION ALL
       SELECT id FROM effect WHERE state IN ('due', 'doing') AND mailbox_id = :mailboxId AND not_before > :now + ${LONGEST_WAIT} AND attempts > 0 LIMIT :limit) d
       CROSS JOIN effect e ON e.id = d.id CROSS JOIN ledger l ON l.id = e.entry_id
       CROSS JOIN folder f ON f.id = l.folder_id CROSS JOIN message m ON m.id = l.message_id
     ORDER BY l.folder_id, l.uid_validity, e.kind, e.target, l.uid`,
    { mailboxId, now, limit },
  );
  return rows.map((row) => ({
    effectId: row.id,
    folderId: row.folder_id,
    folderPath: row.path,
    uidValidity: row.uid_validity,
    uid: row.uid,
    kind: row.kind,
    target: row.target,
    begun: row.state === 'doing',
    attempts: row.attempts,
    messageIdHeader: row.message_id_header,
    size: row.size,
  }));
}

export interface EffectsQuestion {
  readonly mailboxId: MailboxId | null;
  readonly states: readonly EffectState[];
  readonly limit: number;
}

/** Oldest first: the beginnings of one stretch of the index for each mailbox and state. */
export function listEffects(db: ReadableDb, { mailboxId, states, limit }: EffectsQuestion): LedgerEntry[] {
  const inMailbox = mailboxId === null ? '' : ' AND b.id = :mailboxId';
  const page = `SELECT k.id, k.entry_id FROM (
      SELECT b.id AS mailbox_id, s.value AS state FROM mailbox b CROSS JOIN json_each(:states) s WHERE b.removed = 0${inMailbox}
    ) asked CROSS JOIN effect k WHERE k.id IN (
      SELECT id FROM effect WHERE mailbox_id = asked.mailbox_id AND state = asked.state ORDER BY id LIMIT :limit
    ) ORDER BY k.id LIMIT :limit`;
  return db
    .all<EntryRow>(
      `SELECT ${entryColumns} FROM (${page}) p CROSS JOIN ${entrySource} WHERE l.id = p.entry_id ORDER BY p.id`,
      { states: JSON.stringify([...new Set(states)]), limit, ...(mailboxId === null ? {} : { mailboxId }) },
    )
    .map(toEntry);
}
