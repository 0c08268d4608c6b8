import type { StoredFolder, StoredItem, StoredMailbox } from '../exchange/mailboxes.ts';
import { distinguishedFolder } from '../exchange/mailboxes.ts';
import { meetingsWithin, takeAnswer } from '../exchange/meetings.ts';
import { attachmentsJson, eventJson, fullEventJson } from './event-json.ts';
import { type GraphAnswer, type GraphAsked, type Route, refused } from './routes.ts';

const gone = refused(404, 'ErrorItemNotFound');
const calendarOf = (mailbox: StoredMailbox): StoredFolder => distinguishedFolder(mailbox, 'calendar');

function ofEvent(asked: GraphAsked, work: (item: StoredItem, folder: StoredFolder) => GraphAnswer): GraphAnswer {
  const folder = calendarOf(asked.mailbox);
  const item = folder.items.get(asked.ids[0] ?? '');
  return item?.meeting ? work(item, folder) : gone;
}

/** A token: the span, the calendar's age, and a place among what happened (`since`) or among what stands there (`start`). */
const tokenWords = /^(start|since)_(\d+)_(\d+)_(\d+)_(\d+)_(\d+)$/;

function delta({ mailbox, query, pageSize, link }: GraphAsked): GraphAnswer {
  const folder = calendarOf(mailbox);
  const token = query.get('$skiptoken') ?? query.get('$deltatoken');
  const [from, to] = [query.get('startDateTime'), query.get('endDateTime')].map((at) => Date.parse(at ?? ''));
  if (token === null && (Number.isNaN(from) || Number.isNaN(to))) return refused(400, 'ErrorInvalidParameter');
  const first = ['', 'start', from, to, folder.age, 0, folder.log.length];
  const [, kind, start, end, age, at, reached] = token === null ? first : (token.match(tokenWords) ?? []);
  if (Number(age) !== folder.age) return refused(410, 'syncStateNotFound');
  const [place, known] = [Number(at), Number(reached)];
  const within = meetingsWithin(folder, Number(start), Number(end));
  const answerWith = (value: readonly object[], next: string, more: boolean): GraphAnswer => {
    const word = more ? '$skiptoken' : '$deltatoken';
    const token = next.replace('_', `_${start}_${end}_${age}_`);
    const name = more ? '@odata.nextLink' : '@odata.deltaLink';
    return { status: 200, json: { value, [name]: link(`${word}=${token}`) } };
  };
  if (kind === 'start') {
    const value = within.slice(place, place + pageSize).map(fullEventJson);
    const more = place + pageSize < within.length;
    return answerWith(value, more ? `start_${place + pageSize}_${known}` : `since_${known}_0`, more);
  }
  const part = folder.log.slice(place, place + pageSize);
  const named = new Set(part.map(({ id }) => id));
  // Of a series its occurrences are told.
  const changed = within.filter(({ id, meeting }) => named.has(meeting?.series ?? id));
  const removed = [...named].filter((id) => !folder.items.has(id));
  const value = [...changed.map(fullEventJson), ...removed.map((id) => ({ id, '@removed': { reason: 'deleted' } }))];
  const more = place + part.length < folder.log.length;
  return answerWith(value, `since_${place + part.length}_0`, more);
}

function view({ mailbox, query, pageSize, link }: GraphAsked): GraphAnswer {
  const [from, to] = ['startDateTime', 'endDateTime'].map((name) => Date.parse(query.get(name) ?? '')) as [
    number,
    number,
  ];
  if (Number.isNaN(from) || Number.isNaN(to)) return refused(400, 'ErrorInvalidParameter');
  const all = meetingsWithin(calendarOf(mailbox), from, to);
  const skip = Number(query.get('$skip') ?? 0);
  const most = Math.min(Number(query.get('$top') ?? 10), pageSize);
  const value = all.slice(skip, skip + most).map((item) => eventJson(item, query.get('$select')));
  if (value.includes(null)) return refused(400, 'RequestBroker--ParseUri');
  const next = new URLSearchParams(query);
  next.set('$skip', String(skip + most));
  return { status: 200, json: { value, ...(skip + most < all.length ? { '@odata.nextLink': link(`${next}`) } : {}) } };
}

const answers: Readonly<Record<string, string>> = {
  accept: 'AcceptItem',
  decline: 'DeclineItem',
  tentativelyAccept: 'TentativelyAcceptItem',
};

/** As the service does: what is declined leaves the calendar, and the organiser is told only where that is wished, by both. */
function reply(asked: GraphAsked): GraphAnswer {
  return ofEvent(asked, (item, folder) => {
    const said = JSON.parse(asked.body) as { comment?: unknown; sendResponse?: unknown };
    const { comment = '', sendResponse = true, ...other } = said;
    const right = typeof comment === 'string' && typeof sendResponse === 'boolean' && Object.keys(other).length === 0;
    if (!right || item.meeting?.response === 'Organizer') return refused(400, 'ErrorInvalidRequest');
    if (sendResponse && item.meeting?.responseRequested === false) return refused(400, 'ErrorInvalidRequest');
    const answer = answers[asked.ids[1] ?? ''] ?? '';
    const disposition = sendResponse ? 'SendAndSaveCopy' : 'SaveOnly';
    asked.answers.push({ answer, subject: item.meeting?.subject ?? '', disposition, body: comment });
    takeAnswer(folder, item, answer);
    return { status: 202 };
  });
}

const spanOptions = ['startDateTime', 'endDateTime'];

/** All that the program may ask of a calendar. */
export const calendarRoutes: readonly Route[] = [
  {
    name: 'eventDelta',
    method: 'GET',
    path: /^\/calendarView\/delta$/,
    options: [...spanOptions, '$skiptoken', '$deltatoken'],
    tells: 'Event',
    answer: delta,
  },
  {
    name: 'calendarView',
    method: 'GET',
    path: /^\/calendarView$/,
    options: [...spanOptions, '$select', '$top', '$skip'],
    tells: 'Event',
    answer: view,
  },
  {
    name: 'event',
    method: 'GET',
    path: /^\/events\/([^/]+)$/,
    options: ['$select'],
    tells: 'Event',
    answer: (asked) =>
      ofEvent(asked, (item) => {
        const json = eventJson(item, asked.query.get('$select'));
        return json === null ? refused(400, 'RequestBroker--ParseUri') : { status: 200, json };
      }),
  },
  {
    name: 'attachments',
    method: 'GET',
    path: /^\/events\/([^/]+)\/attachments$/,
    options: ['$select'],
    tells: 'Attachment',
    answer: (asked) =>
      ofEvent(asked, (item) => {
        const value = attachmentsJson(item, asked.query.get('$select'));
        return value === null ? refused(400, 'RequestBroker--ParseUri') : { status: 200, json: { value } };
      }),
  },
  {
    name: 'attachment',
    method: 'GET',
    path: /^\/events\/([^/]+)\/attachments\/([^/]+)\/\$value$/,
    options: [],
    answer: (asked) =>
      ofEvent(asked, ({ meeting }) => {
        const content = meeting?.files[Number(asked.ids[1])]?.content;
        return content ? { status: 200, bytes: content } : gone;
      }),
  },
  {
    name: 'reply',
    method: 'POST',
    path: /^\/events\/([^/]+)\/(accept|decline|tentativelyAccept)$/,
    options: [],
    contentType: 'application/json',
    sends: { comment: 'string', sendResponse: 'boolean' },
    answer: reply,
  },
];
