import type { MeetingAnswer, MeetingReply } from '../../../src-shared/domain/meeting.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { ReplyStanding, ReplyTarget } from '../calendar.ts';
import { isGone } from './errors.ts';
import { standingFields, standingShape } from './event-shapes.ts';
import { responseOf, wantsResponse } from './read-event.ts';
import type { Session } from './session.ts';
import { queryOf } from './shapes.ts';

const actions: Readonly<Record<MeetingAnswer, string>> = {
  accept: 'accept',
  tentative: 'tentativelyAccept',
  decline: 'decline',
};

/** Null: the meeting is gone, as it is after it was declined. */
export async function replyStanding(
  session: Session,
  target: ReplyTarget,
  signal: AbortSignal,
): Promise<ReplyStanding | null> {
  const event = await targetOf(session, target, signal);
  if (event === null) return null;
  const response = responseOf(event.responseStatus);
  const time = Date.parse(event.responseStatus?.time ?? '');
  // Of one that was never answered the service tells the year 1.
  const exact = time > 0;
  return { response, word: `${response} ${exact ? time : ''}`, exact };
}

/** Without `sendResponse` the answer stands in the calendar alone, as it must where the organiser wants none now, whatever was so when it was recorded. */
export async function replyToEvent(
  session: Session,
  target: ReplyTarget,
  { answer, tell, message }: MeetingReply,
  signal: AbortSignal,
): Promise<void> {
  const gone = (cause?: unknown) => new AppError('meeting.gone', {}, { cause });
  const event = await targetOf(session, target, signal);
  if (event === null) throw gone();
  const path = session.at(`/events/${encodeURIComponent(event.id)}/${actions[answer]}`);
  const sendResponse = tell && wantsResponse(event);
  const body = { sendResponse, ...(sendResponse && message !== '' ? { comment: message } : {}) };
  try {
    await session.ask({ method: 'POST', path, body }, signal);
  } catch (error) {
    throw isGone(error) ? gone(error) : error;
  }
}

/** Of a series: its master, which an occurrence names. */
async function targetOf(session: Session, { id, series }: ReplyTarget, signal: AbortSignal) {
  const event = await ask(session, id, signal);
  const master = event?.seriesMasterId;
  return series && master ? ask(session, master, signal) : event;
}

async function ask(session: Session, id: string, signal: AbortSignal) {
  const path = session.at(`/events/${encodeURIComponent(id)}?${queryOf({ $select: standingFields })}`);
  try {
    return await session.read(standingShape, { path }, signal);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}
