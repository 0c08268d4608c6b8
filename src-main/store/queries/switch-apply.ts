import { z } from 'zod';
import type { MailboxId } from '../../../src-shared/domain/ids.ts';
import {
  type Afterwards,
  type Mailbox,
  type MailboxSettings,
  mailboxSettingsSchema,
} from '../../../src-shared/domain/mailbox.ts';
import {
  connectionOf,
  samePlace,
  withConnection,
  withFormerConnection,
} from '../../../src-shared/domain/mailbox-switch.ts';
import { instantSchema } from '../../../src-shared/domain/time.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { ConnectionExchange } from '../api/switches.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';
import { findFact, forgetFact, noteFact } from './date-store.ts';
import { leaveNumbers } from './leave-numbers.ts';
import { refuseLeased } from './mailbox-records.ts';
import { listMailboxes } from './mailbox-store.ts';
import {
  bringBack,
  folderSnapshotSchema,
  moveFolders,
  placesOf,
  readFolders,
  tickAgain,
  untick,
} from './switch-folders.ts';
import { dropSwitch, findSwitch, putPrepared } from './switch-store.ts';

/** Of a former connection: what the mailbox was with it. */
const beforeSchema = z.object({
  settings: mailboxSettingsSchema,
  folders: z.array(folderSnapshotSchema),
  /** Ticks of folders that the other connection does not show. */
  unticked: z.array(folderSnapshotSchema.shape.id),
  /** When its password was last typed; null: not known. */
  passwordSet: instantSchema.nullable(),
});

export function applySwitch(
  db: WritableDb,
  { vaultId, ...exchange }: ConnectionExchange & { readonly vaultId: MailboxId },
): Mailbox {
  return db.transaction(() => {
    const { mailboxId, at } = exchange;
    const { mailbox, owner } = begin(db, exchange);
    const prepared = findSwitch(db, mailboxId, 'prepared');
    if (prepared.vaultId !== vaultId) throw new AppError('switch.none');
    const { trial } = prepared;
    if (trial === null) throw new AppError('switch.not-tried');
    const folders = readFolders(db, mailboxId);
    const moved = new Map(trial.matches.map(({ folderId, folder }) => [folderId, folder]));
    const unticked = folders.filter(({ id, selected }) => selected && !moved.has(id)).map(({ id }) => id);
    const passwordSet = findFact(db, mailboxId, 'password-set');
    const before = beforeSchema.parse({ settings: mailbox.settings, folders, unticked, passwordSet });
    dropSwitch(db, mailboxId, 'former');
    db.run(`DELETE FROM mailbox_switch WHERE mailbox_id = ? AND state = 'prepared'`, mailboxId);
    db.run(
      `INSERT INTO mailbox_switch (mailbox_id, state, vault_id, connection, prepared_at, trial, switched_at, keep_until, before)
       VALUES (:mailboxId, 'former', :owner, :connection, :preparedAt, :trial, :at, :keepUntil, :before)`,
      {
        ...{ mailboxId, owner, at, keepUntil: exchange.keepUntil, preparedAt: prepared.preparedAt },
        connection: JSON.stringify(connectionOf(mailbox.settings)),
        trial: JSON.stringify(trial),
        before: JSON.stringify(before),
      },
    );
    const after = withConnection(mailbox.settings, prepared.connection);
    const renamed = moveFolders(db, mailboxId, moved);
    untick(db, unticked);
    putPasswordSet(db, mailboxId, prepared.passwordSet);
    return putInForce(db, { mailbox, after: withTargets(after, renamed), vaultId, at });
  });
}

export function goBack(db: WritableDb, exchange: ConnectionExchange): Mailbox {
  return db.transaction(() => {
    const { mailboxId, at } = exchange;
    const { mailbox, owner } = begin(db, exchange);
    const former = findSwitch(db, mailboxId, 'former');
    const before = beforeSchema.parse(JSON.parse(former.before ?? ''));
    const { preparedAt, trial } = former;
    db.run(`DELETE FROM mailbox_switch WHERE mailbox_id = ? AND state = 'former'`, mailboxId);
    const connection = connectionOf(mailbox.settings);
    const passwordSet = findFact(db, mailboxId, 'password-set');
    putPrepared(db, { mailboxId, vaultId: owner, connection, at: preparedAt, passwordSet, trial, switchedAt: at });
    bringBack(db, mailboxId, before.folders);
    const renamed = moveFolders(db, mailboxId, placesOf(db, before.folders));
    tickAgain(db, before.unticked);
    putPasswordSet(db, mailboxId, before.passwordSet);
    const after = withTargets(withFormerConnection(mailbox.settings, before.settings), renamed);
    return putInForce(db, { mailbox, after, vaultId: former.vaultId, at });
  });
}

/** Of the password that is in force from now on. */
function putPasswordSet(db: WritableDb, mailboxId: MailboxId, at: number | null): void {
  if (at === null) forgetFact(db, mailboxId, 'password-set');
  else noteFact(db, { mailboxId, fact: 'password-set', at });
}

interface Found {
  readonly mailbox: Mailbox;
  /** Whose entries of the vault it signs in with. */
  readonly owner: MailboxId;
}

function begin(db: ReadableDb, { mailboxId, owner, at }: ConnectionExchange): Found {
  const mailbox = listMailboxes(db).find(({ id }) => id === mailboxId);
  if (!mailbox) throw new AppError('mailbox.unknown');
  refuseLeased(db, { mailboxId, owner, at });
  const row = db.get<{ vault_id: MailboxId | null }>('SELECT vault_id FROM mailbox WHERE id = ?', mailboxId);
  return { mailbox, owner: row?.vault_id ?? mailboxId };
}

interface Outcome {
  readonly mailbox: Mailbox;
  readonly after: MailboxSettings;
  readonly vaultId: MailboxId;
  readonly at: number;
}

function putInForce(db: WritableDb, { mailbox, after, vaultId, at }: Outcome): Mailbox {
  const { id, settings } = mailbox;
  db.run(
    'UPDATE mailbox SET settings = ?, vault_id = ? WHERE id = ?',
    ...[JSON.stringify(after), vaultId === id ? null : vaultId, id],
  );
  // What was wrong with the other connection says nothing of this one.
  db.run(
    'UPDATE mailbox_health SET failing_since = NULL, problem = NULL, disabled_because = NULL WHERE mailbox_id = ?',
    id,
  );
  if (!samePlace(settings, after)) leaveNumbers(db, id, at);
  return { ...mailbox, settings: after };
}

/** Folders that letters are moved to go by their names here. */
function withTargets(settings: MailboxSettings, renamed: ReadonlyMap<string, string>): MailboxSettings {
  const { afterwards } = settings;
  if (afterwards.kind !== 'move') return settings;
  const { done, failed } = afterwards;
  const moved: Afterwards = {
    ...afterwards,
    done: renamed.get(done) ?? done,
    failed: failed === null ? null : (renamed.get(failed) ?? failed),
  };
  return { ...settings, afterwards: moved };
}
