import type { StoredItem } from '../exchange/mailboxes.ts';
import type { StoredMeeting } from '../exchange/meetings.ts';

const responses: Readonly<Record<string, string>> = {
  NoResponseReceived: 'notResponded',
  Organizer: 'organizer',
  Tentative: 'tentativelyAccepted',
  Accept: 'accepted',
  Decline: 'declined',
};
const kinds: Readonly<Record<StoredMeeting['type'], string>> = {
  Single: 'singleInstance',
  Occurrence: 'occurrence',
  RecurringMaster: 'seriesMaster',
};

/** Told in UTC where no other zone is asked for; whole days as midnights, unless said otherwise. */
const moment = (at: number, { allDay, asMoments = false }: StoredMeeting) => {
  const day = 24 * 60 * 60_000;
  const told = allDay && !asMoments ? Math.round(at / day) * day : at;
  return { dateTime: new Date(told).toISOString().replace('Z', '0000'), timeZone: 'UTC' };
};

const person = ({ name, address }: { readonly name: string; readonly address: string }) => ({
  emailAddress: { name, address },
});

/** The resource `event`, as far as it is spoken of here. */
function properties({ id, changeKey }: StoredItem, meeting: StoredMeeting): Readonly<Record<string, unknown>> {
  const attendee = (type: string) => (one: { readonly name: string; readonly address: string }) => ({
    type,
    status: { response: 'accepted', time: '2026-01-02T03:04:05Z' },
    ...person(one),
  });
  return {
    id,
    changeKey,
    iCalUId: meeting.uid,
    subject: meeting.subject,
    body: { contentType: 'html', content: meeting.body },
    location: { displayName: meeting.location, locationType: 'default' },
    start: moment(meeting.start, meeting),
    end: moment(meeting.end, meeting),
    isAllDay: meeting.allDay,
    isCancelled: meeting.cancelled,
    responseRequested: meeting.responseRequested,
    isOrganizer: meeting.response === 'Organizer' || !meeting.isMeeting,
    responseStatus: {
      response: responses[meeting.response] ?? 'none',
      time: new Date(meeting.repliedAt ?? Date.parse('0001-01-01T00:00:00Z')).toISOString(),
    },
    organizer: meeting.organizer && person(meeting.organizer),
    attendees: [...meeting.required.map(attendee('required')), ...meeting.optional.map(attendee('optional'))],
    type: kinds[meeting.type],
    seriesMasterId: meeting.series ?? null,
    originalStartTimeZone: meeting.zone === '' ? null : meeting.zone,
    // Pictures of the text are no attachments to it.
    hasAttachments: meeting.files.some(({ contentId }) => contentId === undefined),
  };
}

/** Null: something was asked for that an event has not got. */
export function eventJson(item: StoredItem, select: string | null): object | null {
  if (!item.meeting) return null;
  const all = properties(item, item.meeting);
  const names = select === null ? Object.keys(all) : ['id', ...select.split(',')];
  if (names.some((name) => !Object.hasOwn(all, name))) return null;
  return { '@odata.etag': `W/"${item.changeKey}"`, ...Object.fromEntries(names.map((name) => [name, all[name]])) };
}

/** Of a repeated meeting a delta tells its times alone. */
export function fullEventJson(item: StoredItem): object {
  const names = item.meeting?.type === 'Occurrence' ? 'id,seriesMasterId,type,start,end' : null;
  return eventJson(item, names) ?? {};
}

const usualFields = ['id', 'name', 'contentType', 'size'];
const contentIdField = 'microsoft.graph.fileAttachment/contentId';

/** Null: a property was asked for that not every kind of file has, without the name of its kind. */
export function attachmentsJson({ meeting }: StoredItem, select: string | null): readonly object[] | null {
  const asked = select?.split(',') ?? usualFields;
  if (asked.some((field) => ![...usualFields, contentIdField].includes(field))) return null;
  return (meeting?.files ?? []).map(({ name, type, content, contentId }, at) => ({
    '@odata.type': `#microsoft.graph.${content === null ? 'itemAttachment' : 'fileAttachment'}`,
    id: String(at),
    name,
    contentType: type === '' ? null : type,
    size: content?.length ?? 10,
    ...(content !== null && asked.includes(contentIdField) ? { contentId: contentId ?? null } : {}),
  }));
}
