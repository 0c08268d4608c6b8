import type { FetchedMeeting, FetchedMeetings } from '../calendar.ts';
import type { NotGiven } from '../not-given.ts';
import { isNoToOne, responseCodeOf, unintelligible } from './errors.ts';
import { refusalOf } from './judge-responses.ts';
import { ews } from './library.ts';
import { readMeeting, shownOfMeetings } from './read-meeting.ts';
import type { Session } from './session.ts';

/** Of an item with this code only parts are broken, its text most of all: Microsoft's advice is to ask again without. */
const brokenInParts = 'ErrorItemCorrupt';

export async function fetchMeetings(
  session: Session,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<FetchedMeetings> {
  const first = await ask(session, ids, shownOfMeetings({ body: true }), signal);
  const broken = first.notGiven.filter(({ why }) => responseCodeOf(why) === brokenInParts).map(({ id }) => id);
  if (broken.length === 0) return first;
  const second = await ask(session, broken, shownOfMeetings({ body: false }), signal);
  return {
    given: [...first.given, ...second.given],
    notGiven: [...first.notGiven.filter(({ id }) => !broken.includes(id)), ...second.notGiven],
  };
}

async function ask(
  session: Session,
  ids: readonly string[],
  shown: ews.PropertySet,
  signal: AbortSignal,
): Promise<FetchedMeetings> {
  const asked = ids.map((id) => new ews.ItemId(id));
  const { Responses: responses } = await session.ask(
    (service) => service.BindToItems(asked, shown),
    { letter: true },
    signal,
  );
  if (responses.length < ids.length) throw unintelligible(session.endpoint, `${responses.length} < ${ids.length}`);
  const given: FetchedMeeting[] = [];
  const notGiven: NotGiven[] = [];
  ids.forEach((id, at) => {
    const response = responses[at] as (typeof responses)[number];
    const why = refusalOf(response, session.endpoint);
    if (why === null && response.Item instanceof ews.Appointment) given.push(readMeeting(response.Item));
    if (why === null || responseCodeOf(why) === 'ErrorItemNotFound') return;
    if (!isNoToOne(why)) throw why;
    notGiven.push({ id, why });
  });
  return { given, notGiven };
}
