import {
  type CalendarDesk,
  contentIdOf,
  type FetchedFile,
  type FetchedMeeting,
  type FetchedMeetings,
  type ListedMeeting,
  type NamedMeeting,
  type Span,
} from '../calendar.ts';
import type { NotGiven } from '../not-given.ts';
import { isGone, isLostState, isNoToOne, isRefusedWhileFull, unintelligible } from './errors.ts';
import {
  attachmentFields,
  attachmentsPage,
  eventFields,
  eventNamesPage,
  eventShape,
  type ToldEvent,
} from './event-shapes.ts';
import { wholeBytes } from './fetch-letters.ts';
import { readPages } from './pages.ts';
import { readEvent } from './read-event.ts';
import { replyStanding, replyToEvent } from './reply-to-event.ts';
import type { Session } from './session.ts';
import { queryOf } from './shapes.ts';

const day = 24 * 60 * 60_000;
/** What changes is followed further than it is shown, so that it need not be told from the start when the shown span has moved on by a day. */
const beyond = 92 * day;
/** Of changes: whole events with their texts come, for the service takes no choice of properties here. */
const changesAtATime = 50;
/** Of names: the most that the service gives is a thousand. */
const namesAtATime = '500';

/** calendarView/delta says whether anything has happened, calendarView what stands in a span of time: of a repeated meeting delta tells times alone. */
export function openCalendar(session: Session): CalendarDesk {
  return {
    source: `${session.source} calendar`,
    news: (state, span, signal) => news(session, state, span, signal),
    list: (span, signal) => listEvents(session, span, signal),
    fetch: (events, signal) => fetchEvents(session, events, signal),
    fetchFile: (id, signal) => fetchFile(session, id, signal),
    standing: (target, signal) => replyStanding(session, target, signal),
    reply: (target, reply, signal) => replyToEvent(session, target, reply, signal),
  };
}

const instant = (at: number): string => new Date(at).toISOString();
const spanQuery = ({ from, to }: Span) => ({ startDateTime: instant(from), endDateTime: instant(to) });

/** Of a calendar that delta has never told of. */
const notFollowed = '';

/** The span that is followed and the deltaLink, in one word. */
interface Followed extends Span {
  readonly link: string;
}

function followedIn(state: string | null, span: Span): Followed | null {
  const [, from, to, link = ''] = state?.match(/^(\d+) (\d+) (.+)$/) ?? [];
  const followed = { from: Number(from), to: Number(to), link };
  return link !== '' && followed.from <= span.from && followed.to >= span.to ? followed : null;
}

async function news(session: Session, state: string | null, span: Span, signal: AbortSignal) {
  const followed = followedIn(state, span);
  try {
    return await readChanges(session, followed, span, signal);
  } catch (error) {
    // Then its listing is looked at each time; once there is room, delta tells what has happened since.
    if (isRefusedWhileFull(error)) return { changed: true, state: state ?? notFollowed };
    if (followed === null || !isLostState(error)) throw error;
    return readChanges(session, null, span, signal);
  }
}

async function readChanges(
  session: Session,
  followed: Followed | null,
  span: Span,
  signal: AbortSignal,
): Promise<{ readonly changed: boolean; readonly state: string }> {
  const { from, to } = followed ?? { from: span.from, to: span.to + beyond };
  let changed = followed === null;
  const path =
    followed === null
      ? session.at(`/calendarView/delta?${queryOf(spanQuery({ from, to }))}`)
      : session.placeIn(followed.link);
  for await (const page of readPages(session, eventNamesPage, { path, pageSize: changesAtATime }, signal)) {
    changed ||= page.value.length > 0;
    const done = page['@odata.deltaLink'];
    if (done === undefined) continue;
    session.placeIn(done);
    return { changed, state: `${from} ${to} ${done}` };
  }
  throw unintelligible(session.endpoint, '@odata.deltaLink');
}

async function listEvents(session: Session, span: Span, signal: AbortSignal): Promise<readonly ListedMeeting[]> {
  const found = new Map<string, ListedMeeting>();
  const query = queryOf({ ...spanQuery(span), $select: 'id,changeKey', $top: namesAtATime });
  const path = session.at(`/calendarView?${query}`);
  for await (const { value } of readPages(session, eventNamesPage, { path }, signal))
    for (const { id, changeKey } of value) found.set(id, { id, mark: changeKey ?? '' });
  return [...found.values()];
}

const eventPath = (session: Session, id: string): string => session.at(`/events/${encodeURIComponent(id)}`);

/** One question each, and one more for its files where it has any. */
async function fetchEvents(
  session: Session,
  events: readonly NamedMeeting[],
  signal: AbortSignal,
): Promise<FetchedMeetings> {
  const given: FetchedMeeting[] = [];
  const notGiven: NotGiven[] = [];
  for (const { id } of events) {
    try {
      const path = `${eventPath(session, id)}?${queryOf({ $select: eventFields })}`;
      const event = await session.read(eventShape, { path, letter: true }, signal);
      const files = mayHaveFiles(event) ? await filesOf(session, id, signal) : [];
      given.push(readEvent(session, event, files));
    } catch (error) {
      if (isGone(error)) continue;
      if (!isNoToOne(error)) throw error;
      notGiven.push({ id, why: error });
    }
  }
  return { given, notGiven };
}

/** Pictures that stand in the text alone are no attachments to `hasAttachments`. */
const mayHaveFiles = ({ hasAttachments, body }: ToldEvent): boolean =>
  hasAttachments === true || /cid:/i.test(body?.content ?? '');

async function filesOf(session: Session, eventId: string, signal: AbortSignal): Promise<readonly FetchedFile[]> {
  const files: FetchedFile[] = [];
  const query = queryOf({ $select: attachmentFields });
  const path = `${eventPath(session, eventId)}/attachments?${query}`;
  for await (const { value } of readPages(session, attachmentsPage, { path }, signal))
    for (const { '@odata.type': kind, id, name, contentType, size, contentId } of value)
      files.push({
        ...{ name: name ?? '', type: contentType ?? '', size: size ?? 0, contentId: contentIdOf(contentId) },
        id: kind?.endsWith('.fileAttachment') ? JSON.stringify([eventId, id]) : null,
      });
  return files;
}

/** `id`: of the event and of the file, as `filesOf` has put them together. */
async function fetchFile(session: Session, id: string, signal: AbortSignal): Promise<Uint8Array | null> {
  const [eventId = '', fileId = ''] = JSON.parse(id) as string[];
  const path = `${eventPath(session, eventId)}/attachments/${encodeURIComponent(fileId)}/$value`;
  try {
    return wholeBytes(session, await session.ask({ path, letter: true }, signal));
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}
