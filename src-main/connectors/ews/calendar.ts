import type { CalendarDesk } from '../calendar.ts';
import { responseCodeOf, unintelligible } from './errors.ts';
import { fetchMeetings } from './fetch-meetings.ts';
import { keptFolder } from './folder-directory.ts';
import { refusalOf } from './judge-responses.ts';
import { ews } from './library.ts';
import { listMeetings } from './list-meetings.ts';
import { replyStanding, replyToMeeting } from './reply-to-meeting.ts';
import type { Session } from './session.ts';
import { readPages, unlessLost } from './sync-pages.ts';

/** Of a file. */
const gone = new Set(['ErrorItemNotFound', 'ErrorAttachmentNotFound', 'ErrorInvalidAttachmentId']);

/** SyncFolderItems says whether anything has happened, CalendarView what stands in a span of time: the first knows no occurrences, the second no changes. */
export function openCalendar(session: Session): CalendarDesk {
  return {
    source: `${session.source} calendar`,
    news: (state, _span, signal) =>
      unlessLost(state, async (from) => {
        let changed = from === null;
        const folder = keptFolder(session, ews.WellKnownFolderName.Calendar);
        const enter = () => {
          changed = true;
        };
        return { state: await readPages(session, { folder, properties: [], enter }, from, signal), changed };
      }),
    list: (span, signal) => listMeetings(session, span, signal),
    fetch: (meetings, signal) => fetchMeetings(session, meetings, signal),
    fetchFile: (id, signal) => fetchFile(session, id, signal),
    standing: (target, signal) => replyStanding(session, target, signal),
    reply: (target, reply, signal) => replyToMeeting(session, target, reply, signal),
  };
}

async function fetchFile(session: Session, id: string, signal: AbortSignal): Promise<Uint8Array | null> {
  const found = await session.ask(
    (service) => service.GetAttachments([id], null as unknown as ews.BodyType, []),
    { letter: true },
    signal,
  );
  const [response] = found.Responses;
  if (response === undefined) throw unintelligible(session.endpoint, 'GetAttachmentResponseMessage');
  const refusal = refusalOf(response, session.endpoint);
  if (refusal !== null && gone.has(responseCodeOf(refusal) ?? '')) return null;
  if (refusal !== null) throw refusal;
  const file = response.Attachment;
  return file instanceof ews.FileAttachment ? Buffer.from(file.Base64Content ?? '', 'base64') : null;
}
