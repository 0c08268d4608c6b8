import type { MailboxId } from '../../../src-shared/domain/ids.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';

export function listVaultOwners(db: ReadableDb): { mailboxId: MailboxId; vaultId: MailboxId }[] {
  return db.all('SELECT id AS mailboxId, vault_id AS vaultId FROM mailbox WHERE vault_id IS NOT NULL');
}

export function addLeftover(db: WritableDb, vaultId: MailboxId): void {
  db.run('INSERT INTO vault_leftover (vault_id) VALUES (?) ON CONFLICT DO NOTHING', vaultId);
}

export function listLeftovers(db: ReadableDb): MailboxId[] {
  return db.all<{ vault_id: MailboxId }>('SELECT vault_id FROM vault_leftover').map(({ vault_id }) => vault_id);
}

export function forgetLeftover(db: WritableDb, vaultId: MailboxId): void {
  db.run('DELETE FROM vault_leftover WHERE vault_id = ?', vaultId);
}

/** Nobody signs in for it any more, by whichever connection. */
export function leaveVaultsOf(db: WritableDb, mailboxId: MailboxId): void {
  db.run(
    `INSERT INTO vault_leftover (vault_id)
       SELECT ifnull(vault_id, id) FROM mailbox WHERE id = :mailboxId UNION SELECT vault_id FROM mailbox_switch WHERE mailbox_id = :mailboxId
     ON CONFLICT DO NOTHING`,
    { mailboxId },
  );
  db.run('DELETE FROM mailbox_switch WHERE mailbox_id = ?', mailboxId);
}
