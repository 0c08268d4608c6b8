import type { MailboxId, MeetingId } from '../../../src-shared/domain/ids.ts';
import type { CalendarState } from '../../../src-shared/domain/meeting.ts';
import type { WireError } from '../../../src-shared/errors/wire.ts';
import type { FollowedCalendar, MeetingToKeep } from '../api/calendar.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';

export function readFollowed(db: ReadableDb, mailboxId: MailboxId): (FollowedCalendar & Problem) | null {
  const columns = 'source, sync_state AS syncState, span_from AS "from", span_to AS "to", problem';
  const sql = `SELECT ${columns} FROM calendar WHERE mailbox_id = ?`;
  const row = db.get<FollowedCalendar & { readonly problem: string | null }>(sql, mailboxId);
  return row ? { ...row, problem: problemIn(row.problem) } : null;
}

interface Problem {
  readonly problem: WireError | null;
}

const problemIn = (text: string | null): WireError | null => (text === null ? null : (JSON.parse(text) as WireError));

export function knownMeetings(db: ReadableDb, mailboxId: MailboxId): { id: string; mark: string }[] {
  return db.all('SELECT item_id AS id, mark FROM meeting WHERE mailbox_id = ? AND left_at IS NULL', mailboxId);
}

export function putMeetings(db: WritableDb, mailboxId: MailboxId, meetings: readonly MeetingToKeep[]): void {
  db.transaction(() => {
    for (const meeting of meetings) putMeeting(db, mailboxId, meeting);
  });
}

function putMeeting(db: WritableDb, mailboxId: MailboxId, meeting: MeetingToKeep): void {
  const columns = {
    mailboxId,
    ...{ itemId: meeting.id, mark: meeting.mark, uid: meeting.uid, start: meeting.start, end: meeting.end },
    ...{ allDay: Number(meeting.allDay), zone: meeting.zone, subject: meeting.subject, location: meeting.location },
    organizer: meeting.organizer && JSON.stringify(meeting.organizer),
    attendees: JSON.stringify(meeting.attendees),
    ...{ response: meeting.response, cancelled: Number(meeting.cancelled), recurring: Number(meeting.recurring) },
    ...{ answerable: Number(meeting.answerable), responseRequested: Number(meeting.responseRequested) },
    ...{ html: meeting.html, body: meeting.text },
  };
  const id = rowOf(db, mailboxId, meeting);
  if (id === null)
    db.run(
      `INSERT INTO meeting (mailbox_id, item_id, mark, uid, starts_at, ends_at, all_day, zone, subject, location, organizer,
         attendees, response, cancelled, recurring, answerable, response_requested, html, body)
       VALUES (:mailboxId, :itemId, :mark, :uid, :start, :end, :allDay, :zone, :subject, :location, :organizer,
         :attendees, :response, :cancelled, :recurring, :answerable, :responseRequested, :html, :body)`,
      columns,
    );
  else
    db.run(
      `UPDATE meeting SET item_id = :itemId, mark = :mark, uid = :uid, starts_at = :start, ends_at = :end, all_day = :allDay,
         zone = :zone, subject = :subject, location = :location, organizer = :organizer, attendees = :attendees,
         response = :response, cancelled = :cancelled, recurring = :recurring, answerable = :answerable,
         response_requested = :responseRequested, html = :html, body = :body, left_at = NULL WHERE id = :id AND mailbox_id = :mailboxId`,
      { ...columns, id },
    );
  const row = rowOf(db, mailboxId, meeting);
  if (row !== null) putFiles(db, row, meeting.files);
}

/** By its name; else by UID and start, which outlive a move of the mailbox to another database. */
function rowOf(db: ReadableDb, mailboxId: MailboxId, { id, uid, start }: MeetingToKeep): MeetingId | null {
  const named = 'SELECT id FROM meeting WHERE mailbox_id = ? AND item_id = ?';
  const alike = `SELECT id FROM meeting WHERE mailbox_id = ? AND uid = ? AND uid <> '' AND starts_at = ?`;
  const row =
    db.get<{ id: MeetingId }>(named, mailboxId, id) ?? db.get<{ id: MeetingId }>(alike, mailboxId, uid, start);
  return row?.id ?? null;
}

function putFiles(db: WritableDb, meetingId: MeetingId, files: MeetingToKeep['files']): void {
  db.run('DELETE FROM meeting_file WHERE meeting_id = ?', meetingId);
  files.forEach(({ name, type, size, contentId, bytes }, position) => {
    db.run(
      'INSERT INTO meeting_file (meeting_id, position, name, media_type, size, content_id, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ...[meetingId, position, name, type, size, contentId, bytes],
    );
  });
}

export interface SettledCalendar extends Problem {
  readonly mailboxId: MailboxId;
  readonly followed: FollowedCalendar;
  readonly listed: readonly string[] | null;
  readonly at: number;
}

export function settleCalendar(db: WritableDb, { mailboxId, followed, listed, problem, at }: SettledCalendar): void {
  const { from, to } = followed;
  db.transaction(() => {
    if (listed !== null) leaveUnlisted(db, { mailboxId, from, to, at }, listed);
    db.run(
      `INSERT INTO calendar (mailbox_id, source, sync_state, span_from, span_to, looked_at, problem)
         VALUES (:mailboxId, :source, :syncState, :from, :to, :at, :problem)
       ON CONFLICT (mailbox_id) DO UPDATE SET source = :source, sync_state = :syncState, span_from = :from, span_to = :to,
         looked_at = :at, problem = :problem`,
      { mailboxId, ...followed, at, problem: problem && JSON.stringify(problem) },
    );
  });
}

interface Looked {
  readonly mailboxId: MailboxId;
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

/** What was answered here is kept with its answer. Meetings before the span are history and stay. */
function leaveUnlisted(db: WritableDb, looked: Looked, listed: readonly string[]): void {
  db.run(
    `UPDATE meeting SET left_at = :at WHERE mailbox_id = :mailboxId AND left_at IS NULL AND starts_at < :to AND ends_at > :from
       AND item_id NOT IN (SELECT value FROM json_each(:listed))`,
    { ...looked, listed: JSON.stringify(listed) },
  );
  db.run(
    `DELETE FROM meeting WHERE mailbox_id = ? AND left_at IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM meeting_reply r WHERE r.meeting_id = meeting.id)`,
    looked.mailboxId,
  );
}

export function keepProblem(db: WritableDb, mailboxId: MailboxId, problem: WireError): void {
  db.run(
    `INSERT INTO calendar (mailbox_id, source, span_from, span_to, problem) VALUES (:mailboxId, '', 0, 0, :problem)
     ON CONFLICT (mailbox_id) DO UPDATE SET problem = :problem`,
    { mailboxId, problem: JSON.stringify(problem) },
  );
}

interface StateRow {
  readonly mailbox_id: MailboxId;
  readonly looked_at: number | null;
  readonly problem: string | null;
}

export function listStates(db: ReadableDb, mailboxIds: readonly MailboxId[]): CalendarState[] {
  const rows = db.all<StateRow>('SELECT mailbox_id, looked_at, problem FROM calendar');
  const byId = new Map(rows.map((row) => [row.mailbox_id, row]));
  return mailboxIds.map((mailboxId) => {
    const row = byId.get(mailboxId);
    return { mailboxId, lookedAt: row?.looked_at ?? null, problem: problemIn(row?.problem ?? null) };
  });
}
