import type { MailboxId, MessageId } from '../../../src-shared/domain/ids.ts';
import { type QuarantineWhy, quarantineWhySchema } from '../../../src-shared/domain/ledger.ts';
import type { Quarantined } from '../../../src-shared/domain/quarantine.ts';
import type { ReadableDb, SqlValue, WritableDb } from '../process/connection.ts';
import { type SummaryRow, summaryColumns, toSummary } from './letter-rows.ts';
import { forgetParsed } from './letter-store.ts';

export interface DeskQuestion {
  readonly mailboxId: MailboxId | null;
  readonly why: QuarantineWhy | null;
  readonly dismissed: boolean;
  readonly before: MessageId | null;
  readonly limit: number;
  /** What came to the desk before is off it by its age; null: nothing is. */
  readonly since: number | null;
}

interface DeskRow extends SummaryRow {
  readonly why: QuarantineWhy;
  readonly note: string;
  readonly sorted_at: number;
  readonly dismissed_at: number | null;
}

/** Newest first: the ends of one stretch of the index for each mailbox and reason. */
export function listQuarantine(db: ReadableDb, question: DeskQuestion): Quarantined[] {
  const { before, limit } = question;
  const { asked, onDesk, params } = deskOf(question);
  const condition = question.dismissed ? `NOT (${onDesk})` : onDesk;
  const page = `SELECT k.id FROM (${asked}) asked CROSS JOIN message k WHERE k.id IN (
      SELECT id FROM message WHERE outcome = 'quarantined' AND mailbox_id = asked.mailbox_id AND outcome_why = asked.why
        AND id < :before AND ${condition} ORDER BY id DESC LIMIT :limit
    ) ORDER BY k.id DESC LIMIT :limit`;
  return db
    .all<DeskRow>(
      `SELECT ${summaryColumns}, m.outcome_why AS why, m.outcome_note AS note, m.sorted_at, m.dismissed_at
       FROM (${page}) p CROSS JOIN message m ON m.id = p.id ORDER BY m.id DESC`,
      { ...params, limit, before: before ?? Number.MAX_SAFE_INTEGER },
    )
    .map((row) => ({
      letter: toSummary(row),
      why: row.why,
      note: row.note,
      at: row.sorted_at,
      dismissed: row.dismissed_at !== null,
    }));
}

export function countQuarantine(
  db: ReadableDb,
  question: Pick<DeskQuestion, 'mailboxId' | 'since'>,
): Record<QuarantineWhy, number> {
  const counts: Record<QuarantineWhy, number> = {
    'no-sender-entry': 0,
    'no-sender': 0,
    unreadable: 0,
    'too-large': 0,
    'suspected-sender': 0,
  };
  const { asked, onDesk, params } = deskOf({ ...question, why: null });
  const rows = db.all<{ why: QuarantineWhy; n: number }>(
    `SELECT asked.why, (SELECT count(*) FROM message WHERE outcome = 'quarantined' AND mailbox_id = asked.mailbox_id
       AND outcome_why = asked.why AND ${onDesk}) AS n FROM (${asked}) asked`,
    params,
  );
  for (const { why, n } of rows) counts[why] += n;
  return counts;
}

/** Which stretches of the index, and which letters in them are on the desk. Letters of a removed mailbox are not: nobody could try them again. */
function deskOf({ mailboxId, why, since }: Pick<DeskQuestion, 'mailboxId' | 'why' | 'since'>) {
  const params: Record<string, SqlValue> = { whys: JSON.stringify(why === null ? quarantineWhySchema.options : [why]) };
  if (since !== null) params.since = since;
  if (mailboxId !== null) params.mailboxId = mailboxId;
  const inMailbox = mailboxId === null ? '' : ' AND b.id = :mailboxId';
  return {
    asked: `SELECT b.id AS mailbox_id, w.value AS why FROM mailbox b CROSS JOIN json_each(:whys) w WHERE b.removed = 0${inMailbox}`,
    onDesk: `dismissed_at IS NULL${since === null ? '' : ' AND sorted_at >= :since'}`,
    params,
  };
}

/** The rules shall look again. An unreadable one is parsed again first; one that is too large is still too large. */
export function releaseQuarantine(
  db: WritableDb,
  messageIds: readonly MessageId[] | null,
  since: number | null,
): { readonly mailboxIds: MailboxId[]; readonly letters: number; readonly toParse: boolean } {
  return db.transaction(() => {
    const { onDesk, params } = deskOf({ mailboxId: null, why: null, since });
    const chosen = messageIds === null ? onDesk : `id IN (SELECT value FROM json_each(:ids))`;
    const rows = db.all<{ id: MessageId; mailbox_id: MailboxId; outcome_why: QuarantineWhy }>(
      `SELECT id, mailbox_id, outcome_why FROM message WHERE outcome = 'quarantined' AND outcome_why <> 'too-large' AND ${chosen}
         AND mailbox_id IN (SELECT id FROM mailbox WHERE removed = 0)`,
      messageIds === null ? params : { ids: JSON.stringify(messageIds) },
    );
    for (const { id, outcome_why } of rows) {
      if (outcome_why === 'unreadable') forgetParsed(db, id);
      else db.run('UPDATE message SET sorted_at = NULL, outcome = NULL, outcome_why = NULL WHERE id = ?', id);
    }
    return {
      mailboxIds: [...new Set(rows.map(({ mailbox_id }) => mailbox_id))],
      letters: rows.length,
      toParse: rows.some(({ outcome_why }) => outcome_why === 'unreadable'),
    };
  });
}

export function dismissQuarantined(db: WritableDb, messageIds: readonly MessageId[], dismissed: boolean): number {
  const { changes } = db.run(
    `UPDATE message SET dismissed_at = ?, sorted_at = CASE WHEN ? THEN sorted_at ELSE ? END
     WHERE outcome = 'quarantined' AND (dismissed_at IS NULL) = ? AND id IN (SELECT value FROM json_each(?))`,
    ...[dismissed ? Date.now() : null, dismissed ? 1 : 0, Date.now()],
    ...[dismissed ? 1 : 0, JSON.stringify(messageIds)],
  );
  return changes;
}

export function trustSender(db: WritableDb, address: string): void {
  db.run('INSERT INTO allowed_sender (address, at) VALUES (?, ?) ON CONFLICT DO NOTHING', address, Date.now());
}
