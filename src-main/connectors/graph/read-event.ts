import type { Attendee, MeetingResponse } from '../../../src-shared/domain/meeting.ts';
import type { Address } from '../../../src-shared/domain/message.ts';
import { wholeDays, zoneOffset } from '../../../src-shared/domain/whole-days.ts';
import type { FetchedFile, FetchedMeeting } from '../calendar.ts';
import { unintelligible } from './errors.ts';
import type { ToldEvent } from './event-shapes.ts';
import type { Session } from './session.ts';

const responses: Readonly<Record<string, MeetingResponse>> = {
  organizer: 'organizer',
  tentativelyAccepted: 'tentative',
  accepted: 'accepted',
  declined: 'declined',
  notResponded: 'not-answered',
};

export const responseOf = (said: { readonly response?: string | null | undefined } | null | undefined) =>
  (Object.hasOwn(responses, said?.response ?? '') ? responses[said?.response ?? ''] : undefined) ?? 'none';

/** Whether the organiser asked for answers; Graph refuses to send one that was not asked for. */
export const wantsResponse = ({ responseRequested }: { readonly responseRequested?: boolean | null | undefined }) =>
  responseRequested !== false;

/** What the service left out is empty: a meeting without a subject is one all the same. */
export function readEvent(session: Session, event: ToldEvent, files: readonly FetchedFile[]): FetchedMeeting {
  const response = responseOf(event.responseStatus);
  const start = momentOf(session, event.start);
  const end = Math.max(start, momentOf(session, event.end));
  const allDay = event.isAllDay === true;
  const cancelled = event.isCancelled === true;
  const zone = event.originalStartTimeZone ?? '';
  return {
    id: event.id,
    mark: event.changeKey ?? '',
    uid: event.iCalUId ?? '',
    subject: event.subject ?? '',
    location: event.location?.displayName ?? '',
    organizer: addressOf(event.organizer),
    attendees: attendeesOf(event),
    ...(allDay ? wholeDays(start, end, [zoneOffset(zone, start)]) : { start, end }),
    allDay,
    zone,
    response,
    cancelled,
    recurring: (event.type ?? 'singleInstance') !== 'singleInstance',
    answerable: event.isOrganizer === false && response !== 'organizer' && !cancelled,
    responseRequested: wantsResponse(event),
    ...bodyOf(event),
    files,
  };
}

function bodyOf({ body }: ToldEvent): { readonly html: string | null; readonly text: string } {
  const words = body?.content ?? '';
  const isHtml = body?.contentType?.toLowerCase() === 'html' && words.trim() !== '';
  return isHtml ? { html: words, text: '' } : { html: null, text: words };
}

function attendeesOf({ attendees }: ToldEvent): readonly Attendee[] {
  return (attendees ?? []).flatMap((attendee) => {
    const person = addressOf(attendee);
    const { type } = attendee;
    const part = type === 'optional' || type === 'resource' ? type : 'required';
    return person === null ? [] : [{ person, part, response: responseOf(attendee.status) }];
  });
}

function addressOf(told: ToldEvent['organizer']): Address | null {
  const name = told?.emailAddress?.name ?? '';
  const address = told?.emailAddress?.address ?? '';
  return name === '' && address === '' ? null : { name, address };
}

/** `2026-11-02T07:00:00.0000000` with its zone beside it, which is UTC unless another was asked for. */
function momentOf(session: Session, { dateTime, timeZone }: ToldEvent['start']): number {
  const at = Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(dateTime) ? dateTime : `${dateTime}Z`);
  if (Number.isNaN(at) || (timeZone ?? 'UTC') !== 'UTC') throw unintelligible(session.endpoint, 'dateTimeTimeZone');
  return at;
}
