import type { Handlers } from '../../../src-shared/contract/define-contract.ts';
import type { calendarRowsContract } from '../api/calendar.ts';
import type { WritableDb } from '../process/connection.ts';
import { keepProblem, knownMeetings, listStates, putMeetings, readFollowed, settleCalendar } from './calendar-store.ts';
import { listMeetings, readFile, readInlineFiles, readMeeting } from './meeting-read.ts';
import { beginReply, changeReply, endReply, listDueReplies, planReply } from './reply-store.ts';

/** Meetings and answers to them, over one open database. */
export function calendarRowHandlers(db: WritableDb): Handlers<typeof calendarRowsContract> {
  return {
    'calendar.followed': async ({ mailboxId }) => readFollowed(db, mailboxId),
    'calendar.known': async ({ mailboxId }) => knownMeetings(db, mailboxId),
    'calendar.put': async ({ mailboxId, meetings }) => putMeetings(db, mailboxId, meetings),
    'calendar.settle': async (settled) => settleCalendar(db, settled),
    'calendar.failed': async ({ mailboxId, problem }) => keepProblem(db, mailboxId, problem),
    'calendar.states': async ({ mailboxIds }) => listStates(db, mailboxIds),
    'calendar.list': async (question) => listMeetings(db, question),
    'calendar.meeting': async ({ meetingId }) => readMeeting(db, meetingId),
    'calendar.inlineFiles': async ({ meetingId }) => readInlineFiles(db, meetingId),
    'calendar.file': async ({ meetingId, index }) => readFile(db, meetingId, index),
    'replies.plan': async (planned) => planReply(db, planned),
    'replies.due': async ({ mailboxId }) => listDueReplies(db, mailboxId),
    'replies.begin': async ({ replyId, stood }) => beginReply(db, replyId, stood),
    'replies.end': async (end) => endReply(db, end),
    'replies.change': async ({ meetingId, to }) => changeReply(db, meetingId, to),
  };
}
