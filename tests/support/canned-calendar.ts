import type { calendarContract } from '../../src-shared/contract/calendar.ts';
import type { Handlers } from '../../src-shared/contract/define-contract.ts';
import type { MeetingId } from '../../src-shared/domain/ids.ts';
import type { Meeting, RecordedReply } from '../../src-shared/domain/meeting.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { pixel } from './canned-mail.ts';
import { supportId } from './canned-mailboxes.ts';

const hour = 60 * 60_000;

export function cannedMeeting(id: number, meeting: Partial<Meeting> = {}): Meeting {
  const start = new Date().setHours(9, 0, 0, 0) + id * 24 * hour;
  return {
    id: id as MeetingId,
    mailboxId: supportId,
    subject: `Meeting ${id}`,
    location: 'Room 12',
    organizer: { name: 'Irina Volkova', address: 'irina@company.example' },
    ...{ start, end: start + hour, allDay: false, zone: '(UTC+03:00) Moscow' },
    ...{ response: 'not-answered', cancelled: false, recurring: false, answerable: true, left: false, reply: null },
    responseRequested: true,
    attendees: [
      { person: { name: 'Support', address: 'support@company.example' }, part: 'required', response: 'not-answered' },
    ],
    html: null,
    text: 'What is to be done before winter.',
    files: [],
    ...meeting,
  };
}

/** Without meetings no mailbox has its calendar switched on. */
export function cannedCalendar(first: readonly Meeting[] = []): Handlers<typeof calendarContract> {
  let meetings = first;
  const find = (id: MeetingId): Meeting => {
    const meeting = meetings.find((one) => one.id === id);
    if (!meeting) throw new AppError('meeting.gone');
    return meeting;
  };
  const change = (id: MeetingId, reply: Partial<RecordedReply>): Meeting => {
    const blank = { answer: 'accept', tell: true, message: '', series: false, state: 'due' } as const;
    const before = find(id);
    const next = { ...blank, plannedAt: Date.now(), doneAt: null, problem: null, ...before.reply, ...reply };
    meetings = meetings.map((one) => (one.id === id ? { ...one, reply: next } : one));
    return find(id);
  };
  return {
    'calendar.states': async () =>
      first.length === 0 ? [] : [{ mailboxId: supportId, lookedAt: Date.now(), problem: null }],
    'calendar.list': async ({ from, to }) =>
      meetings
        .filter(({ start, end }) => start < to && end > from)
        .map(({ attendees: _a, html: _h, text: _t, files, ...summary }) => ({ ...summary, files: files.length })),
    'calendar.meeting': async ({ meetingId }) => find(meetingId),
    'calendar.inlinePictures': async () => ({ 'plan@company': pixel }),
    'calendar.answer': async ({ meetingId, reply }) => change(meetingId, { ...reply, state: 'due' }),
    'calendar.cancelAnswer': async ({ meetingId }) => change(meetingId, { state: 'cancelled' }),
    'calendar.answerAgain': async ({ meetingId }) => change(meetingId, { state: 'due', problem: null }),
    'calendar.saveFile': async () => ({ path: '/tmp/plan.pdf' }),
  };
}
