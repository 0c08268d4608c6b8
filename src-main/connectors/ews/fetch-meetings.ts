import type { FetchedMeeting, FetchedMeetings, NamedMeeting } from '../calendar.ts';
import type { NotGiven } from '../not-given.ts';
import { isGoneMeeting, isNoToOne, responseCodeOf, unintelligible } from './errors.ts';
import { refusalOf } from './judge-responses.ts';
import { ews } from './library.ts';
import { readMeeting, shownOfMeetings } from './read-meeting.ts';
import type { Session } from './session.ts';

/** Of an item with this code only parts are broken, its text most of all: Microsoft's advice is to ask again without. */
const brokenInParts = 'ErrorItemCorrupt';

export async function fetchMeetings(
  session: Session,
  meetings: readonly NamedMeeting[],
  signal: AbortSignal,
): Promise<FetchedMeetings> {
  const first = await ask(session, meetings, shownOfMeetings({ body: true }), signal);
  const broken = new Set(first.notGiven.flatMap(({ id, why }) => (responseCodeOf(why) === brokenInParts ? [id] : [])));
  if (broken.size === 0) return first;
  const brokenMeetings = meetings.filter(({ id }) => broken.has(id));
  const second = await ask(session, brokenMeetings, shownOfMeetings({ body: false }), signal);
  return {
    given: [...first.given, ...second.given],
    notGiven: [...first.notGiven.filter(({ id }) => !broken.has(id)), ...second.notGiven],
  };
}

async function ask(
  session: Session,
  meetings: readonly NamedMeeting[],
  shown: ews.PropertySet,
  signal: AbortSignal,
): Promise<FetchedMeetings> {
  const asked = meetings.map(({ id }) => new ews.ItemId(id));
  const { Responses: responses } = await session.ask(
    (service) => service.BindToItems(asked, shown),
    { letter: true },
    signal,
  );
  if (responses.length < meetings.length)
    throw unintelligible(session.endpoint, `${responses.length} < ${meetings.length}`);
  const given: FetchedMeeting[] = [];
  const notGiven: NotGiven[] = [];
  meetings.forEach((meeting, at) => {
    const response = responses[at] as (typeof responses)[number];
    const why = refusalOf(response, session.endpoint);
    if (why === null && response.Item instanceof ews.Appointment) given.push(readMeeting(response.Item));
    if (why === null || isGoneMeeting(why, meeting)) return;
    if (!isNoToOne(why)) throw why;
    notGiven.push({ id: meeting.id, why });
  });
  return { given, notGiven };
}
