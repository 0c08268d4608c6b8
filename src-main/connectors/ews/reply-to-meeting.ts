import type { MeetingReply } from '../../../src-shared/domain/meeting.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { ReplyStanding, ReplyTarget } from '../calendar.ts';
import { isGoneMeeting, responseCodeOf } from './errors.ts';
import { keptFolder } from './folder-directory.ts';
import { ews } from './library.ts';
import { responseOf } from './read-meeting.ts';
import type { Session } from './session.ts';
import { read } from './sync-items.ts';

/** Null: the meeting is gone, as it is after it was declined. */
export async function replyStanding(
  session: Session,
  target: ReplyTarget,
  signal: AbortSignal,
): Promise<ReplyStanding | null> {
  try {
    const item = await session.ask((service) => bind(service, target), {}, signal);
    const response = responseOf(item);
    const at = read<number | null>(() => item.AppointmentReplyTime.TotalMilliSeconds, null);
    return { response, word: `${response} ${at ?? ''}`, exact: at !== null };
  } catch (error) {
    if (isGoneMeeting(error, target)) return null;
    throw error;
  }
}

/** Below the library's own calls, which look for copies in the answer and fail where it has none: after the answer was taken. */
interface Creating {
  InternalCreate(folder: ews.FolderId | null, disposition: ews.MessageDisposition): Promise<unknown>;
}

/** SendAndSaveCopy tells the organiser, SaveOnly marks the meeting in the calendar alone. */
export async function replyToMeeting(
  session: Session,
  target: ReplyTarget,
  { answer, tell, message }: MeetingReply,
  signal: AbortSignal,
): Promise<void> {
  let found = false;
  const sent = keptFolder(session, ews.WellKnownFolderName.SentItems);
  try {
    await session.ask(
      async (service) => {
        // An answer names the ChangeKey of now.
        const item = await bind(service, target);
        found = true;
        const reply =
          answer === 'decline' ? item.CreateDeclineMessage() : item.CreateAcceptMessage(answer === 'tentative');
        if (tell && message !== '') reply.Body = new ews.MessageBody(ews.BodyType.Text, message);
        const { SendAndSaveCopy, SaveOnly } = ews.MessageDisposition;
        await (reply as unknown as Creating).InternalCreate(tell ? sent : null, tell ? SendAndSaveCopy : SaveOnly);
      },
      { changes: true },
      signal,
    );
  } catch (error) {
    // To the answer itself an invalid operation is any other.
    const gone = found ? responseCodeOf(error) === 'ErrorItemNotFound' : isGoneMeeting(error, target);
    throw gone ? new AppError('meeting.gone', {}, { cause: error }) : error;
  }
}

function bind(service: ews.ExchangeService, { id, series }: ReplyTarget): Promise<ews.Appointment> {
  const { MyResponseType, AppointmentReplyTime } = ews.AppointmentSchema;
  const shape = new ews.PropertySet(ews.BasePropertySet.IdOnly, [MyResponseType, AppointmentReplyTime]);
  const named = new ews.ItemId(id);
  return series
    ? ews.Appointment.BindToRecurringMaster(service, named, shape)
    : ews.Appointment.Bind(service, named, shape);
}
