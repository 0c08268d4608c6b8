import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MeetingToKeep } from '../../src-main/store/api/calendar.ts';
import { runMigrations } from '../../src-main/store/migrations/run-migrations.ts';
import { type OpenDatabase, openInMemoryDatabase, type WritableDb } from '../../src-main/store/process/connection.ts';
import { knownMeetings, putMeetings, settleCalendar } from '../../src-main/store/queries/calendar-store.ts';
import { listMeetings, readMeeting } from '../../src-main/store/queries/meeting-read.ts';
import { beginReply, endReply, listDueReplies, planReply } from '../../src-main/store/queries/reply-store.ts';
import type { MailboxId, MeetingId } from '../../src-shared/domain/ids.ts';
import { plansOf } from '../support/query-plans.ts';

const mailboxId = 'm1' as MailboxId;
const meetingId = 1 as MeetingId;
const meeting: MeetingToKeep = {
  ...{ id: 'a', mark: '1', uid: 'u', subject: '', location: '', organizer: null, attendees: [], start: 5, end: 9 },
  ...{ allDay: false, zone: '', response: 'not-answered', cancelled: false, recurring: false, answerable: true },
  ...{ responseRequested: true, html: null, text: '', files: [] },
};
const reply = { answer: 'accept', tell: true, message: '', series: false } as const;

let db: OpenDatabase;
beforeAll(() => {
  db = openInMemoryDatabase();
  runMigrations(db);
  db.exec(`INSERT INTO mailbox (id, name, name_key, address, enabled, demo, collects_tickets, created_at, settings)
    VALUES ('m1', 'Support', 'support', 's@x.example', 1, 0, 1, 5, '{"calendar":true,"incoming":{"protocol":"ews"}}')`);
  putMeetings(db, mailboxId, [meeting]);
});
afterAll(() => db.close());

test.each<[string, (db: WritableDb) => void]>([
  ['the list', (it) => listMeetings(it, { mailboxIds: [mailboxId], from: 1, to: 9 })],
  ['one meeting', (it) => readMeeting(it, meetingId)],
  ['those that are known', (it) => knownMeetings(it, mailboxId)],
  ['keeping', (it) => putMeetings(it, mailboxId, [meeting, { ...meeting, id: 'b', uid: '' }])],
  ['an answer', (it) => planReply(it, { meetingId, reply, at: 7 })],
  ['due answers', (it) => listDueReplies(it, mailboxId)],
  ['beginning an answer', (it) => beginReply(it, 1, '')],
  ['ending an answer', (it) => endReply(it, { replyId: 1, state: 'done', problem: null, at: 8 })],
  [
    'settling',
    (it) =>
      settleCalendar(it, {
        mailboxId,
        followed: { source: 's', syncState: '1', from: 1, to: 9 },
        listed: ['a'],
        problem: null,
        at: 8,
      }),
  ],
])('%s of a calendar: no walk over a table', (_name, work) => {
  const walks = plansOf(db, work).flatMap(({ sql, steps }) =>
    steps.filter(({ detail }) => /^SCAN (?!json_each)/.test(detail)).map(({ detail }) => `${detail} in ${sql}`),
  );
  expect(walks).toEqual([]);
});

test('a walk is noticed', () => {
  const [plan] = plansOf(db, (it) => it.all('SELECT * FROM meeting WHERE subject = ?', 'x'));
  expect(plan?.steps.map(({ detail }) => detail)).toEqual(['SCAN meeting']);
});
