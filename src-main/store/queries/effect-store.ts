import type { PlannedEffect } from '../../../src-shared/domain/effect.ts';
import type { EffectId, FolderId, LedgerEntryId, MessageId } from '../../../src-shared/domain/ids.ts';
import type { DueEffect, EffectEnd } from '../api/ledger.ts';
import type { WritableDb } from '../process/connection.ts';
import { leaveRow } from './ledger-rows.ts';
import { settleUnread } from './letter-places.ts';

/** One for each place of the letter on the server. A place that has its effect keeps it: nothing is done twice, and what a person called off stays so. */
export function planEffects(db: WritableDb, messageId: MessageId, { kind, target, delay }: PlannedEffect): void {
  const now = Date.now();
  // Who reads a letter on the server has marked it already.
  const open = kind === 'mark-read' ? ' AND l.unread = 1' : '';
  db.run(
    `INSERT INTO effect (entry_id, mailbox_id, kind, target, planned_at, not_before)
     SELECT l.id, f.mailbox_id, :kind, :target, :now, :notBefore FROM ledger l JOIN folder f ON f.id = l.folder_id
     WHERE l.message_id = :messageId AND l.left_at IS NULL${open}
     ON CONFLICT (entry_id) DO UPDATE SET kind = :kind, target = :target, state = 'due', not_before = :notBefore, problem = NULL
       WHERE state = 'failed'`,
    { messageId, kind, target, now, notBefore: now + delay },
  );
}

export function beginEffects(db: WritableDb, effectIds: readonly EffectId[]): EffectId[] {
  return db
    .all<{ id: EffectId }>(
      `UPDATE effect SET state = 'doing', attempts = attempts + 1
       WHERE state IN ('due', 'doing') AND id IN (SELECT value FROM json_each(?)) RETURNING id`,
      JSON.stringify(effectIds),
    )
    .map(({ id }) => id);
}

interface EndedRow {
  readonly entry_id: LedgerEntryId;
  readonly kind: DueEffect['kind'];
  readonly folder_id: FolderId;
  readonly message_id: MessageId | null;
  readonly left_at: number | null;
}

/** What was done is known to the ledger at once, and not with the next listing. */
export function endEffects(db: WritableDb, ends: readonly EffectEnd[], at: number): void {
  db.transaction(() => {
    for (const { effectId, state, problem, notBefore } of ends) {
      // One that has its end, or was called off meanwhile, keeps it.
      const { changes } = db.run(
        `UPDATE effect SET state = ?, problem = ?, not_before = ifnull(?, not_before), done_at = ? WHERE id = ? AND state IN ('due', 'doing')`,
        ...[state, problem === null ? null : JSON.stringify(problem), notBefore],
        ...[state === 'done' || state === 'gone' ? at : null, effectId],
      );
      if (changes > 0 && state === 'done') followDone(db, effectId, at);
    }
  });
}

function followDone(db: WritableDb, effectId: EffectId, at: number): void {
  const row = db.get<EndedRow>(
    `SELECT e.entry_id, e.kind, l.folder_id, l.message_id, l.left_at FROM effect e JOIN ledger l ON l.id = e.entry_id WHERE e.id = ?`,
    effectId,
  );
  if (!row) return;
  if (row.kind === 'mark-read') {
    db.run('UPDATE ledger SET unread = 0 WHERE id = ?', row.entry_id);
    if (row.message_id !== null) settleUnread(db, row.message_id);
    return;
  }
  if (row.left_at !== null) return;
  leaveRow(db, { id: row.entry_id, message_id: row.message_id }, at);
  if (row.kind === 'move') db.run(`UPDATE ledger SET left_how = 'moved' WHERE id = ?`, row.entry_id);
  db.run('UPDATE folder SET on_server = max(on_server - 1, 0) WHERE id = ?', row.folder_id);
}

/** A person's word on those that wait or have failed. */
export function changeEffects(db: WritableDb, effectIds: readonly EffectId[], to: 'due' | 'cancelled'): number {
  const from = to === 'due' ? "('failed', 'cancelled')" : "('due', 'failed')";
  // Of a mailbox that receives nothing (any more) it would wait for ever.
  const carriedOut = `mailbox_id IN (SELECT id FROM mailbox WHERE removed = 0 AND settings ->> '$.incoming' IS NOT NULL)`;
  const { changes } = db.run(
    `UPDATE effect SET state = ?, problem = NULL, not_before = min(not_before, ?) WHERE state IN ${from}
       AND ${to === 'due' ? carriedOut : 'true'} AND id IN (SELECT value FROM json_each(?))`,
    ...[to, Date.now(), JSON.stringify(effectIds)],
  );
  return changes;
}
