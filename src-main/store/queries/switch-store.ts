import type { MailboxId } from '../../../src-shared/domain/ids.ts';
import {
  type Connection,
  connectionSchema,
  type SwitchState,
  type SwitchTrial,
  switchTrialSchema,
  wayBackMilliseconds,
} from '../../../src-shared/domain/mailbox-switch.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { SwitchRow } from '../api/switches.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';
import { findFact } from './date-store.ts';
import { addLeftover, forgetLeftover } from './vault-owners.ts';

interface Row {
  readonly mailbox_id: MailboxId;
  readonly state: SwitchState;
  readonly vault_id: MailboxId;
  readonly connection: string;
  readonly prepared_at: number;
  readonly trial: string | null;
  readonly keep_until: number | null;
  readonly before: string | null;
  readonly password_set: number | null;
}

export interface FoundSwitch extends SwitchRow {
  /** Of one that is prepared: when its password was typed; null: not known. */
  readonly passwordSet: number | null;
  /** JSON, see `switch-apply.ts`. */
  readonly before: string | null;
}

export function listSwitches(db: ReadableDb): SwitchRow[] {
  return db
    .all<Row>(
      'SELECT s.* FROM mailbox_switch s JOIN mailbox m ON m.id = s.mailbox_id WHERE m.removed = 0 ORDER BY mailbox_id, state',
    )
    .map((row) => {
      const { before: _before, passwordSet: _set, ...found } = toFound(row);
      return found;
    });
}

/** `switch.none` where there is none. */
export function findSwitch(db: ReadableDb, mailboxId: MailboxId, state: SwitchState): FoundSwitch {
  const row = db.get<Row>('SELECT * FROM mailbox_switch WHERE mailbox_id = ? AND state = ?', mailboxId, state);
  if (!row) throw new AppError('switch.none');
  return toFound(row);
}

function toFound(row: Row): FoundSwitch {
  return {
    mailboxId: row.mailbox_id,
    state: row.state,
    vaultId: row.vault_id,
    connection: connectionSchema.parse(JSON.parse(row.connection)),
    preparedAt: row.prepared_at,
    trial: row.trial === null ? null : switchTrialSchema.parse(JSON.parse(row.trial)),
    keepUntil: row.keep_until,
    before: row.before,
    passwordSet: row.password_set,
  };
}

export interface Prepared {
  readonly mailboxId: MailboxId;
  readonly vaultId: MailboxId;
  readonly connection: Connection;
  readonly at: number;
}

export function prepareSwitch(
  db: WritableDb,
  { typedPassword, ...prepared }: Prepared & { readonly typedPassword: boolean },
): void {
  db.transaction(() => {
    const { mailboxId, at } = prepared;
    if (!db.get('SELECT 1 AS found FROM mailbox WHERE id = ? AND removed = 0', mailboxId))
      throw new AppError('mailbox.unknown');
    // One that was copied is as old here as there, whatever is typed for the mailbox afterwards.
    const passwordSet = typedPassword ? at : findFact(db, mailboxId, 'password-set');
    putPrepared(db, { ...prepared, passwordSet, trial: null, switchedAt: null });
  });
}

interface KeptPrepared extends Prepared {
  readonly passwordSet: number | null;
  readonly trial: SwitchTrial | null;
  readonly switchedAt: number | null;
}

export function putPrepared(db: WritableDb, { mailboxId, vaultId, connection, at, ...kept }: KeptPrepared): void {
  dropSwitch(db, mailboxId, 'prepared');
  forgetLeftover(db, vaultId);
  db.run(
    `INSERT INTO mailbox_switch (mailbox_id, state, vault_id, connection, prepared_at, trial, switched_at, password_set)
     VALUES (?, 'prepared', ?, ?, ?, ?, ?, ?)`,
    ...[mailboxId, vaultId, JSON.stringify(connection), at],
    ...[kept.trial === null ? null : JSON.stringify(kept.trial), kept.switchedAt, kept.passwordSet],
  );
}

/** Of another one than was tried nothing is said. */
export function keepTrial(
  db: WritableDb,
  {
    mailboxId,
    vaultId,
    trial,
  }: { readonly mailboxId: MailboxId; readonly vaultId: MailboxId; readonly trial: SwitchTrial },
): void {
  const { changes } = db.run(
    `UPDATE mailbox_switch SET trial = ? WHERE mailbox_id = ? AND state = 'prepared' AND vault_id = ?`,
    ...[JSON.stringify(trial), mailboxId, vaultId],
  );
  if (changes === 0) throw new AppError('switch.none');
}

export function dropPrepared(db: WritableDb, mailboxId: MailboxId): void {
  db.transaction(() => dropSwitch(db, mailboxId, 'prepared'));
}

/** Its secrets are nobody's from now on. */
export function dropSwitch(db: WritableDb, mailboxId: MailboxId, state: SwitchState): void {
  const sql = 'DELETE FROM mailbox_switch WHERE mailbox_id = ? AND state = ? RETURNING vault_id';
  for (const { vault_id } of db.all<{ vault_id: MailboxId }>(sql, mailboxId, state)) addLeftover(db, vault_id);
}

export function expireFormer(db: WritableDb, now: number): MailboxId[] {
  return db.transaction(() => {
    const over = db.all<{ mailbox_id: MailboxId }>('SELECT mailbox_id FROM mailbox_switch WHERE keep_until <= ?', now);
    for (const { mailbox_id } of over) dropSwitch(db, mailbox_id, 'former');
    // What was not met again by now is not expected any more.
    db.run('UPDATE mailbox SET moved_at = NULL WHERE moved_at <= ?', now - wayBackMilliseconds);
    return over.map(({ mailbox_id }) => mailbox_id);
  });
}
