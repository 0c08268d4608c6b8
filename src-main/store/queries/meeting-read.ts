import type { MailboxId, MeetingId } from '../../../src-shared/domain/ids.ts';
import type {
  Attendee,
  Meeting,
  MeetingFile,
  MeetingResponse,
  MeetingSummary,
  RecordedReply,
} from '../../../src-shared/domain/meeting.ts';
import type { Address } from '../../../src-shared/domain/message.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { WireError } from '../../../src-shared/errors/wire.ts';
import type { ReadableDb } from '../process/connection.ts';

interface SummaryRow {
  readonly id: MeetingId;
  readonly mailbox_id: MailboxId;
  readonly subject: string;
  readonly location: string;
  readonly organizer: string | null;
  readonly starts_at: number;
  readonly ends_at: number;
  readonly all_day: number;
  readonly zone: string;
  readonly response: MeetingResponse;
  readonly cancelled: number;
  readonly recurring: number;
  readonly answerable: number;
  readonly response_requested: number;
  readonly left_at: number | null;
  readonly files: number;
  readonly reply: string | null;
}

/** The last answer is the one that counts. */
const columns = `m.id, m.mailbox_id, m.subject, m.location, m.organizer, m.starts_at, m.ends_at, m.all_day, m.zone, m.response,
  m.cancelled, m.recurring, m.answerable, m.response_requested, m.left_at,
  (SELECT count(*) FROM meeting_file f WHERE f.meeting_id = m.id) AS files,
  (SELECT json_object('answer', r.answer, 'tell', r.tell, 'message', r.message, 'series', r.series, 'state', r.state,
     'plannedAt', r.planned_at, 'doneAt', r.done_at, 'problem', r.problem)
   FROM meeting_reply r WHERE r.meeting_id = m.id ORDER BY r.id DESC LIMIT 1) AS reply`;

export interface MeetingQuestion {
  readonly mailboxIds: readonly MailboxId[];
  readonly from: number;
  readonly to: number;
}

export function listMeetings(db: ReadableDb, { mailboxIds, from, to }: MeetingQuestion): MeetingSummary[] {
  const sql = `SELECT ${columns} FROM meeting m WHERE m.starts_at < ? AND m.ends_at > ?
    AND m.mailbox_id IN (SELECT value FROM json_each(?)) ORDER BY m.starts_at, m.all_day DESC, m.id`;
  return db.all<SummaryRow>(sql, to, from, JSON.stringify(mailboxIds)).map(summaryOf);
}

export function readMeeting(db: ReadableDb, meetingId: MeetingId): Meeting {
  const sql = `SELECT ${columns}, m.attendees, m.html, m.body FROM meeting m WHERE m.id = ?`;
  const row = db.get<SummaryRow & { attendees: string; html: string | null; body: string }>(sql, meetingId);
  if (row === undefined) throw new AppError('meeting.gone');
  const files = db
    .all<Omit<MeetingFile, 'loaded' | 'inline'> & { loaded: number; contentId: string }>(
      `SELECT position AS "index", name, media_type AS type, size, bytes IS NOT NULL AS loaded, content_id AS contentId
       FROM meeting_file WHERE meeting_id = ? ORDER BY position`,
      meetingId,
    )
    .map(({ contentId, loaded, ...file }) => ({
      ...{ ...file, loaded: loaded === 1 },
      inline: contentId !== '' && namesIn(row.html).has(contentId),
    }));
  const attendees = JSON.parse(row.attendees) as Attendee[];
  return { ...summaryOf(row), attendees, html: row.html, text: row.body, files };
}

/** Content ids that a text shows (RFC 2392). */
function namesIn(html: string | null): ReadonlySet<string> {
  const named = (html ?? '').matchAll(/\bcid:([^"'\s<>)]+)/gi);
  return new Set([...named].flatMap(([, id = '']) => [id, decoded(id)]));
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

export function readInlineFiles(
  db: ReadableDb,
  meetingId: MeetingId,
): { contentId: string; bytes: Uint8Array<ArrayBuffer> }[] {
  if (db.get('SELECT 1 FROM meeting WHERE id = ?', meetingId) === undefined) throw new AppError('meeting.gone');
  const sql = `SELECT content_id AS contentId, bytes FROM meeting_file
    WHERE meeting_id = ? AND content_id <> '' AND bytes IS NOT NULL ORDER BY position`;
  return db.all(sql, meetingId);
}

export function readFile(
  db: ReadableDb,
  meetingId: MeetingId,
  index: number,
): { name: string; bytes: Uint8Array<ArrayBuffer> } {
  const sql = 'SELECT name, bytes FROM meeting_file WHERE meeting_id = ? AND position = ? AND bytes IS NOT NULL';
  const file = db.get<{ name: string; bytes: Uint8Array<ArrayBuffer> }>(sql, meetingId, index);
  if (file === undefined) throw new AppError('meeting.gone');
  return file;
}

function summaryOf(row: SummaryRow): MeetingSummary {
  return {
    id: row.id,
    mailboxId: row.mailbox_id,
    subject: row.subject,
    location: row.location,
    organizer: row.organizer === null ? null : (JSON.parse(row.organizer) as Address),
    start: row.starts_at,
    end: row.ends_at,
    allDay: row.all_day === 1,
    zone: row.zone,
    response: row.response,
    cancelled: row.cancelled === 1,
    recurring: row.recurring === 1,
    answerable: row.answerable === 1 && row.left_at === null,
    responseRequested: row.response_requested === 1,
    left: row.left_at !== null,
    reply: row.reply === null ? null : replyOf(row.reply),
    files: row.files,
  };
}

type ReplyColumns = Omit<RecordedReply, 'tell' | 'series' | 'problem'> & {
  readonly tell: number;
  readonly series: number;
  readonly problem: string | null;
};

function replyOf(text: string): RecordedReply {
  const { tell, series, problem, ...reply } = JSON.parse(text) as ReplyColumns;
  const told = problem === null ? null : (JSON.parse(problem) as WireError);
  return { ...reply, tell: tell === 1, series: series === 1, problem: told };
}
