import type { FolderId, LedgerEntryId, MailboxId } from '../../../src-shared/domain/ids.ts';
import type { WireError } from '../../../src-shared/errors/wire.ts';
import type { WritableDb } from '../process/connection.ts';
import { REFUSED_AFTER, SUSPECT_AFTER } from './ledger-see.ts';

export interface FailedLetters {
  readonly folderId: FolderId;
  readonly uidValidity: number;
  readonly uids: Uint32Array;
  readonly alone: boolean;
  readonly problem: WireError;
  readonly at: number;
}

/** Among others a letter can only become suspect; alone, it is refused after so many times. */
export function noteFailed(db: WritableDb, { folderId, uidValidity, uids, alone, problem, at }: FailedLetters): void {
  const next = alone ? 'attempts + 1' : `min(attempts + 1, max(attempts, ${SUSPECT_AFTER}))`;
  db.run(
    `UPDATE ledger SET attempts = ${next}, tried_at = :at, problem = :problem,
       held = CASE WHEN ${next} >= ${REFUSED_AFTER} THEN 'refused' ELSE held END
     WHERE folder_id = :folderId AND uid_validity = :uidValidity AND message_id IS NULL
       AND uid IN (SELECT value FROM json_each(:uids))`,
    { folderId, uidValidity, uids: JSON.stringify(Array.from(uids)), at, problem: JSON.stringify(problem) },
  );
}

/** A person says: try again. What is unexplained lies above the cursor then, and gets its row like what is new. */
export function releaseRefused(db: WritableDb, mailboxId: MailboxId, entryId: LedgerEntryId | null): number {
  const one = entryId === null ? '' : ' AND id = :entryId';
  const { changes } = db.run(
    `UPDATE ledger SET held = NULL, attempts = ${SUSPECT_AFTER} WHERE held = 'refused' AND left_at IS NULL
       AND folder_id IN (SELECT id FROM folder WHERE mailbox_id = :mailboxId)${one}`,
    { mailboxId, ...(entryId === null ? {} : { entryId }) },
  );
  db.run(
    `UPDATE folder SET settled_state = NULL, last_uid = CASE unexplained WHEN '[]' THEN last_uid ELSE 0 END WHERE mailbox_id = ?`,
    mailboxId,
  );
  return changes;
}
