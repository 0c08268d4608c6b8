import type { MailboxId } from '../../../src-shared/domain/ids.ts';
import { type Mailbox, mailboxSettingsSchema } from '../../../src-shared/domain/mailbox.ts';
import { samePlace } from '../../../src-shared/domain/mailbox-switch.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';
import { isDuplicate } from '../process/database-errors.ts';
import { leaveNumbers } from './leave-numbers.ts';
import { refuseLeased } from './mailbox-records.ts';
import { callOffReplies, stopReceiving } from './stop-receiving.ts';
import { leaveVaultsOf } from './vault-owners.ts';

interface MailboxRow {
  readonly id: MailboxId;
  readonly enabled: number;
  readonly demo: number;
  readonly created_at: number;
  readonly settings: string;
}

export function listMailboxes(db: ReadableDb): Mailbox[] {
  return db
    .all<MailboxRow>('SELECT * FROM mailbox WHERE removed = 0 ORDER BY name_key')
    .map(({ id, enabled, demo, created_at, settings }) => ({
      id,
      enabled: enabled === 1,
      demo: demo === 1,
      createdAt: created_at,
      settings: mailboxSettingsSchema.parse(JSON.parse(settings)),
    }));
}

/** Who changes where a mailbox's letters are, and when. */
export interface Moving {
  readonly owner: string;
  readonly at: number;
}

/** With `moving`, numbers of another place than the one before are left in the same transaction. */
export function putMailbox(db: WritableDb, mailbox: Mailbox, moving: Moving | null): void {
  db.transaction(() => {
    const before = listMailboxes(db).find(({ id }) => id === mailbox.id);
    putRow(db, mailbox);
    if (before === undefined) return;
    if (before.settings.incoming !== null && mailbox.settings.incoming === null)
      stopReceiving(db, mailbox.id, { code: 'mailbox.only-sends', params: { mailbox: mailbox.settings.name } });
    if (before.settings.calendar === true && mailbox.settings.calendar !== true)
      callOffReplies(db, mailbox.id, { code: 'meeting.not-followed', params: {} });
    if (moving === null) return;
    if (samePlace(before.settings, mailbox.settings)) return;
    refuseLeased(db, { mailboxId: mailbox.id, ...moving });
    leaveNumbers(db, mailbox.id, moving.at);
  });
}

function putRow(db: WritableDb, { id, enabled, demo, createdAt, settings }: Mailbox): void {
  try {
    db.run(
      `INSERT INTO mailbox (id, name, name_key, address, enabled, demo, collects_tickets, created_at, settings)
       VALUES (:id, :name, :key, :address, :enabled, :demo, :collects, :createdAt, :settings)
       ON CONFLICT (id) DO UPDATE SET name = :name, name_key = :key, address = :address, enabled = :enabled, demo = :demo,
         collects_tickets = :collects, settings = :settings, removed = 0`,
      {
        id,
        name: settings.name,
        key: nameKey(settings.name),
        address: settings.address,
        enabled: enabled ? 1 : 0,
        demo: demo ? 1 : 0,
        collects: settings.collectsTickets ? 1 : 0,
        createdAt,
        settings: JSON.stringify(settings),
      },
    );
  } catch (error) {
    if (isDuplicate(error)) throw new AppError('mailbox.name-taken', { name: settings.name }, { cause: error });
    throw error;
  }
}

export function removeMailbox(db: WritableDb, mailboxId: MailboxId, keepLetters: boolean): void {
  db.transaction(() => {
    if (!db.get('SELECT 1 AS found FROM mailbox WHERE id = ?', mailboxId)) throw new AppError('mailbox.unknown');
    stopSending(db, mailboxId);
    leaveVaultsOf(db, mailboxId);
    if (keepLetters) {
      stopReceiving(db, mailboxId, { code: 'mailbox.unknown', params: {} });
      db.run('DELETE FROM sender_entry WHERE mailbox_id = ?', mailboxId);
      db.run('UPDATE mailbox SET removed = 1, enabled = 0 WHERE id = ?', mailboxId);
    } else {
      db.run('DELETE FROM mailbox WHERE id = ?', mailboxId);
    }
  });
}

/** Nobody can sign in for it any more: what waits has failed, and says why. */
function stopSending(db: WritableDb, mailboxId: MailboxId): void {
  const problem = JSON.stringify({ code: 'mailbox.unknown', params: {} });
  const waiting = "mailbox_id = :mailboxId AND state = 'queued'";
  db.run(
    `UPDATE ticket SET delivery = 'failed' WHERE id IN (SELECT ticket_id FROM outgoing WHERE ${waiting})`,
    ...[{ mailboxId }],
  );
  db.run(
    `UPDATE outgoing SET state = 'failed', next_attempt_at = NULL, gives_up_at = NULL, problem = :problem WHERE ${waiting}`,
    ...[{ mailboxId, problem }],
  );
}

/** A template of the demo company that a sender entry of the user's own took up is theirs now. */
export function removeDemo(db: WritableDb): void {
  db.transaction(() => {
    const demoMailboxes = 'SELECT id FROM mailbox WHERE demo = 1';
    db.run(`DELETE FROM outgoing WHERE mailbox_id IN (${demoMailboxes})`);
    db.run(`DELETE FROM ticket WHERE demo = 1 OR mailbox_id IN (${demoMailboxes})`);
    db.run(`DELETE FROM sender_entry WHERE demo = 1 OR mailbox_id IN (${demoMailboxes})`);
    db.run('UPDATE template SET demo = 0 WHERE demo = 1 AND id IN (SELECT template_id FROM sender_entry)');
    db.run('DELETE FROM template WHERE demo = 1');
    db.run('DELETE FROM mailbox WHERE demo = 1');
  });
}

function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
