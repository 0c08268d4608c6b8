import type { Attendee, MeetingResponse } from '../../../src-shared/domain/meeting.ts';
import type { Address } from '../../../src-shared/domain/message.ts';
import { wholeDays, zoneOffset } from '../../../src-shared/domain/whole-days.ts';
import { contentIdOf, type FetchedFile, type FetchedMeeting } from '../calendar.ts';
import { ews } from './library.ts';
import { type ToldZone, zoneName, zoneOffsets } from './meeting-zone.ts';
import { read } from './sync-items.ts';

/** Everything that is read below, and nothing more; `body`: its text too. */
export function shownOfMeetings({ body }: { readonly body: boolean }): ews.PropertySet {
  const { AppointmentSchema: meeting, ItemSchema: item } = ews;
  const shape = new ews.PropertySet(ews.BasePropertySet.IdOnly, [
    ...[
      item.Subject,
      ...(body ? [item.Body] : []),
      item.Attachments,
      meeting.ICalUid,
      meeting.Start,
      meeting.End,
      meeting.TimeZone,
    ],
    ...[meeting.IsAllDayEvent, meeting.Location, meeting.IsMeeting, meeting.IsCancelled, meeting.IsRecurring],
    ...[meeting.AppointmentType, meeting.StartTimeZone, meeting.MyResponseType, meeting.Organizer],
    ...[meeting.RequiredAttendees, meeting.OptionalAttendees, meeting.Resources],
  ]);
  shape.RequestedBodyType = ews.BodyType.HTML;
  return shape;
}

export const responses: Readonly<Record<number, MeetingResponse>> = {
  [ews.MeetingResponseType.Organizer]: 'organizer',
  [ews.MeetingResponseType.Tentative]: 'tentative',
  [ews.MeetingResponseType.Accept]: 'accepted',
  [ews.MeetingResponseType.Decline]: 'declined',
  [ews.MeetingResponseType.NoResponseReceived]: 'not-answered',
};

/** What the server left out is empty: a meeting without a subject is one all the same. */
export function readMeeting(item: ews.Appointment): FetchedMeeting {
  const response = responseOf(item);
  const words = read(() => item.TimeZone, '');
  const told = read<ToldZone | null>(() => item.StartTimeZone as unknown as ToldZone, null);
  const allDay = read(() => item.IsAllDayEvent, false);
  const start = read(() => item.Start.TotalMilliSeconds, 0);
  const end = Math.max(
    start,
    read(() => item.End.TotalMilliSeconds, start),
  );
  const cancelled = read(() => item.IsCancelled, false);
  return {
    id: item.Id.UniqueId,
    mark: item.Id.ChangeKey ?? '',
    uid: read(() => item.ICalUid, ''),
    subject: read(() => item.Subject, ''),
    location: read(() => item.Location, ''),
    organizer: addressOf(read<ews.EmailAddress | null>(() => item.Organizer, null)),
    attendees: attendeesOf(item),
    ...(allDay ? wholeDays(start, end, [zoneOffset(words, start), ...zoneOffsets(told, start)]) : { start, end }),
    allDay,
    zone: words || zoneName(told),
    response,
    cancelled,
    recurring: read(() => item.AppointmentType, ews.AppointmentType.Single) !== ews.AppointmentType.Single,
    answerable: read(() => item.IsMeeting, false) && response !== 'organizer' && !cancelled,
    // No response code of Exchange refuses an answer that nobody asked for: whoever answers decides, whatever IsResponseRequested says.
    responseRequested: true,
    ...bodyOf(item),
    files: read(() => item.Attachments.GetEnumerator(), []).map(fileOf),
  };
}

export function responseOf(item: ews.Appointment): MeetingResponse {
  return responses[read<number>(() => item.MyResponseType, ews.MeetingResponseType.Unknown)] ?? 'none';
}

function bodyOf(item: ews.Appointment): { readonly html: string | null; readonly text: string } {
  const body = read<ews.MessageBody | null>(() => item.Body, null);
  const words = body?.Text ?? '';
  const isHtml = body?.BodyType === ews.BodyType.HTML && words.trim() !== '';
  return isHtml ? { html: words, text: '' } : { html: null, text: words };
}

function attendeesOf(item: ews.Appointment): readonly Attendee[] {
  const parts = {
    required: () => item.RequiredAttendees,
    optional: () => item.OptionalAttendees,
    resource: () => item.Resources,
  } as const;
  return (Object.keys(parts) as (keyof typeof parts)[]).flatMap((part) =>
    read<ews.Attendee[]>(() => parts[part]().GetEnumerator(), []).flatMap((attendee) => {
      const person = addressOf(attendee);
      if (person === null) return [];
      const said = read<number>(() => attendee.ResponseType as number, ews.MeetingResponseType.Unknown);
      return [{ person, part, response: responses[said] ?? 'none' }];
    }),
  );
}

/** In place of an SMTP address Exchange names its own people by a path (`/o=…`): their name is more use. */
function addressOf(found: ews.EmailAddress | null): Address | null {
  const name = found?.Name ?? '';
  const address = found?.Address ?? '';
  return name === '' && address === '' ? null : { name, address: address.startsWith('/') ? '' : address };
}

function fileOf(attachment: ews.Attachment): FetchedFile {
  const isFile = attachment instanceof ews.FileAttachment;
  return {
    name: attachment.Name ?? '',
    type: attachment.ContentType ?? '',
    size: Number(read(() => attachment.Size, 0)),
    contentId: contentIdOf(attachment.ContentId),
    id: isFile ? attachment.Id : null,
  };
}
