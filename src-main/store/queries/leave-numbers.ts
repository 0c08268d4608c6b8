import { firstPop3Numbering } from '../../../src-shared/domain/folder.ts';
import type { MailboxId } from '../../../src-shared/domain/ids.ts';
import type { WritableDb } from '../process/connection.ts';
import { readFolders } from './switch-folders.ts';

/**
 * At another place all numbers mean other letters. IMAP's may come again there by chance (some servers number every folder 1), so they are put out of the way, below zero;
 * those of POP3 and Exchange name the place that they are of. Letters that are met again take their rows along, as after a renumbering: `ledger-rows.ts`.
 */
export function leaveNumbers(db: WritableDb, mailboxId: MailboxId, at: number): void {
  db.run('UPDATE mailbox SET moved_at = ? WHERE id = ?', at, mailboxId);
  for (const { id } of readFolders(db, mailboxId)) {
    db.run(
      `UPDATE ledger SET left_at = ?, left_how = 'renumbered' WHERE folder_id = ? AND left_at IS NULL`,
      ...[at, id],
    );
    const numberings = db.all<{ uid_validity: number }>(
      'SELECT DISTINCT uid_validity FROM ledger WHERE folder_id = ? ORDER BY uid_validity',
      id,
    );
    let lowest = Math.min(0, numberings[0]?.uid_validity ?? 0);
    for (const { uid_validity } of numberings) {
      if (uid_validity < 0 || uid_validity >= firstPop3Numbering) continue;
      lowest -= 1;
      db.run(
        'UPDATE ledger SET uid_validity = ? WHERE folder_id = ? AND uid_validity = ?',
        ...[lowest, id, uid_validity],
      );
    }
    db.run(
      `UPDATE folder SET uid_validity = NULL, last_uid = 0, period_uid = 0, settled_state = NULL, balance_at = NULL, on_server = 0, unexplained = '[]'
       WHERE id = ?`,
      id,
    );
  }
}
