import type { MailboxId, MeetingId } from '../../../src-shared/domain/ids.ts';
import type { MailboxSettings } from '../../../src-shared/domain/mailbox.ts';
import { followsCalendar } from '../../../src-shared/domain/mailbox-directions.ts';
import { type MeetingReply, responseAfter } from '../../../src-shared/domain/meeting.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { WireError } from '../../../src-shared/errors/wire.ts';
import type { DueReply } from '../api/calendar.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';

export interface PlannedReply {
  readonly meetingId: MeetingId;
  readonly reply: MeetingReply;
  readonly at: number;
}

interface AskedMeeting {
  readonly answerable: number;
  readonly response_requested: number;
  readonly recurring: number;
  readonly left_at: number | null;
}

export function planReply(db: WritableDb, { meetingId, reply, at }: PlannedReply): void {
  db.transaction(() => {
    const sql = 'SELECT answerable, response_requested, recurring, left_at FROM meeting WHERE id = ?';
    const row = db.get<AskedMeeting>(sql, meetingId);
    if (row === undefined || row.left_at !== null) throw new AppError('meeting.gone');
    requireFollowed(db, meetingId);
    if (row.answerable === 0) throw new AppError('meeting.not-answerable');
    const doing = `SELECT 1 FROM meeting_reply WHERE meeting_id = ? AND state = 'doing'`;
    if (db.get(doing, meetingId) !== undefined) throw new AppError('state.conflict');
    db.run(`UPDATE meeting_reply SET state = 'cancelled' WHERE meeting_id = ? AND state = 'due'`, meetingId);
    const tell = reply.tell && row.response_requested === 1;
    const message = tell ? reply.message : '';
    db.run(
      'INSERT INTO meeting_reply (meeting_id, answer, tell, message, series, planned_at) VALUES (?, ?, ?, ?, ?, ?)',
      ...[meetingId, reply.answer, Number(tell), message, Number(reply.series && row.recurring === 1), at],
    );
  });
}

/** An answer is said by a pass over the calendar: without one it would wait for ever. Asked in the transaction that records it, since a mailbox may be saved at any time. */
function requireFollowed(db: ReadableDb, meetingId: MeetingId): void {
  const sql = `SELECT b.settings FROM meeting m JOIN mailbox b ON b.id = m.mailbox_id AND b.removed = 0 WHERE m.id = ?`;
  const row = db.get<{ settings: string }>(sql, meetingId);
  if (row === undefined || !followsCalendar(JSON.parse(row.settings) as MailboxSettings))
    throw new AppError('meeting.not-followed');
}

type DueRow = Omit<DueReply, 'tell' | 'series' | 'begun' | 'occurrence'> & {
  readonly occurrence: number;
  readonly tell: number;
  readonly series: number;
  readonly begun: number;
};

export function listDueReplies(db: ReadableDb, mailboxId: MailboxId): DueReply[] {
  return db
    .all<DueRow>(
      `SELECT r.id AS replyId, m.item_id AS itemId, m.recurring AS occurrence, r.state = 'doing' AS begun, r.stood, r.answer, r.tell, r.message, r.series
       FROM meeting_reply r JOIN meeting m ON m.id = r.meeting_id
       WHERE m.mailbox_id = ? AND r.state IN ('due', 'doing') ORDER BY r.id`,
      mailboxId,
    )
    .map((row) => ({
      ...{ ...row, occurrence: row.occurrence === 1, begun: row.begun === 1 },
      ...{ tell: row.tell === 1, series: row.series === 1 },
    }));
}

export function beginReply(db: WritableDb, replyId: number, stood: string): boolean {
  const sql = `UPDATE meeting_reply SET state = 'doing', stood = ? WHERE id = ? AND state IN ('due', 'doing')`;
  return db.run(sql, stood, replyId).changes > 0;
}

export interface EndedReply {
  readonly replyId: number;
  readonly state: 'done' | 'gone' | 'failed';
  readonly problem: WireError | null;
  readonly at: number;
}

/** What was done stands in the list at once, and not with the next look at the server. */
export function endReply(db: WritableDb, { replyId, state, problem, at }: EndedReply): void {
  db.transaction(() => {
    const ended = db.run(
      `UPDATE meeting_reply SET state = ?, problem = ?, done_at = ? WHERE id = ? AND state IN ('due', 'doing')`,
      ...[state, problem && JSON.stringify(problem), state === 'failed' ? null : at, replyId],
    );
    if (ended.changes === 0 || state !== 'done') return;
    const sql = 'SELECT meeting_id, answer FROM meeting_reply WHERE id = ?';
    const reply = db.get<{ meeting_id: MeetingId; answer: MeetingReply['answer'] }>(sql, replyId);
    if (reply) db.run('UPDATE meeting SET response = ? WHERE id = ?', responseAfter[reply.answer], reply.meeting_id);
  });
}

export function changeReply(db: WritableDb, meetingId: MeetingId, to: 'due' | 'cancelled'): void {
  const from = to === 'due' ? "('failed', 'cancelled')" : "('due', 'failed')";
  // One that may be on the server already is looked at before it is done again.
  const next = to === 'due' ? `CASE WHEN stood IS NULL THEN 'due' ELSE 'doing' END` : `'cancelled'`;
  db.transaction(() => {
    if (to === 'due') requireFollowed(db, meetingId);
    const { changes } = db.run(
      `UPDATE meeting_reply SET state = ${next}, problem = NULL WHERE state IN ${from}
         AND id = (SELECT max(id) FROM meeting_reply WHERE meeting_id = ?)`,
      meetingId,
    );
    if (changes === 0) throw new AppError('state.conflict');
  });
}
