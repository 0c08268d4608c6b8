import type { MailboxId, SenderEntryId, TemplateId } from '../../../src-shared/domain/ids.ts';
import { parseSenderPattern, senderPatternKey } from '../../../src-shared/domain/sender-pattern.ts';
import type { SenderEntry, SenderEntrySettings } from '../../../src-shared/domain/ticket.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';
import { isDuplicate } from '../process/database-errors.ts';
import { readTemplate } from './template-store.ts';

interface SenderRow {
  readonly id: SenderEntryId;
  readonly pattern: string;
  readonly template_id: TemplateId;
  readonly template_name: string;
  readonly mailbox_id: MailboxId | null;
  readonly receiving: number;
  readonly demo: number;
}

const select = 'SELECT s.*, t.name AS template_name FROM sender_entry s JOIN template t ON t.id = s.template_id';

export function listSenders(db: ReadableDb): SenderEntry[] {
  return db.all<SenderRow>(`${select} ORDER BY s.pattern_key, s.id`).map(toSenderEntry);
}

/** state.conflict: the entry or its mailbox is gone meanwhile. */
export function putSender(
  db: WritableDb,
  senderEntryId: SenderEntryId | null,
  settings: SenderEntrySettings,
  demo: boolean,
): SenderEntry {
  const { pattern, templateId, mailboxId, receiving } = settings;
  const values = {
    pattern,
    key: senderPatternKey(parseSenderPattern(pattern)),
    templateId,
    mailboxId,
    receiving: receiving ? 1 : 0,
  };
  return db.transaction(() => {
    readTemplate(db, templateId);
    if (mailboxId !== null && !db.get('SELECT 1 AS found FROM mailbox WHERE id = ? AND removed = 0', mailboxId))
      throw new AppError('state.conflict');
    try {
      if (senderEntryId === null) {
        const { lastInsertRowid } = db.run(
          `INSERT INTO sender_entry (pattern, pattern_key, template_id, mailbox_id, receiving, demo)
           VALUES (:pattern, :key, :templateId, :mailboxId, :receiving, :demo)`,
          { ...values, demo: demo ? 1 : 0 },
        );
        return readSender(db, lastInsertRowid as SenderEntryId);
      }
      db.run(
        `UPDATE sender_entry SET pattern = :pattern, pattern_key = :key, template_id = :templateId, mailbox_id = :mailboxId,
           receiving = :receiving WHERE id = :senderEntryId`,
        { ...values, senderEntryId },
      );
      return readSender(db, senderEntryId);
    } catch (error) {
      if (isDuplicate(error)) throw new AppError('sender.duplicate', { pattern }, { cause: error });
      throw error;
    }
  });
}

export function removeSender(db: WritableDb, senderEntryId: SenderEntryId): void {
  db.run('DELETE FROM sender_entry WHERE id = ?', senderEntryId);
}

function readSender(db: ReadableDb, senderEntryId: SenderEntryId): SenderEntry {
  const row = db.get<SenderRow>(`${select} WHERE s.id = ?`, senderEntryId);
  if (!row) throw new AppError('state.conflict');
  return toSenderEntry(row);
}

function toSenderEntry(row: SenderRow): SenderEntry {
  return {
    id: row.id,
    settings: {
      pattern: row.pattern,
      templateId: row.template_id,
      mailboxId: row.mailbox_id,
      receiving: row.receiving === 1,
    },
    templateName: row.template_name,
    demo: row.demo === 1,
  };
}
