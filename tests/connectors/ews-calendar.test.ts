import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CalendarDesk, ReplyTarget } from '../../src-main/connectors/calendar.ts';
import type { Exchange } from '../../src-shared/domain/exchange.ts';
import type { MeetingAnswer } from '../../src-shared/domain/meeting.ts';
import type { ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { addMeeting, addSeries, changeMeeting } from '../support/exchange/meetings.ts';
import { connected, ewsTo, startDouble } from './exchange-desk.ts';
import { failureOf, soon } from './sign-in.ts';

let double: ExchangeDouble;
beforeEach(async () => {
  double = await startDouble();
});
afterEach(async () => {
  await double.stop();
  expect(double.schemaFaults).toEqual([]);
});

const calendar = () => double.folder('bob@company.example', 'calendar');
const start = Date.UTC(2026, 10, 2, 7);
const day = 24 * 60 * 60_000;
const span = { from: start - day, to: start + 60 * day };

function atDesk<T>(work: (desk: CalendarDesk) => Promise<T>, exchange: Partial<Exchange> = {}): Promise<T> {
  return connected(ewsTo(double.port, exchange), (connector) => work(connector.calendar as CalendarDesk));
}

const fetchAll = (exchange: Partial<Exchange> = {}) =>
  atDesk(async (desk) => {
    const listed = await desk.list(span, soon());
    return (await desk.fetch(listed, soon())).given;
  }, exchange);

test('a meeting comes with everything that it has, hostile words as they are', async () => {
  const words = 'R&D <b>"x"</b> ]]> \u202e\u0301 Планёрка';
  const content = Buffer.from([0, 255, 60, 38]);
  addMeeting(calendar(), {
    subject: words,
    location: words,
    body: `<p onclick="x()">${words}</p>`,
    start,
    organizer: { name: words, address: 'eve@company.example' },
    optional: [{ name: 'Гость', address: '/o=Company/cn=guest' }],
    files: [
      { name: '<план>.pdf', type: 'application/pdf', content },
      { name: 'a letter', type: '', content: null },
    ],
  });
  const [meeting] = await fetchAll();
  expect(meeting).toMatchObject({
    subject: words,
    location: words,
    html: `<p onclick="x()">${words}</p>`,
    ...{ start, end: start + 60 * 60_000, allDay: false, zone: '(UTC+03:00) Moscow, St. Petersburg' },
    organizer: { name: words, address: 'eve@company.example' },
    attendees: [
      { person: { name: 'Bob', address: 'bob@company.example' }, part: 'required', response: 'accepted' },
      { person: { name: 'Гость', address: '' }, part: 'optional', response: 'accepted' },
    ],
    ...{ response: 'not-answered', cancelled: false, recurring: false, answerable: true },
    files: [
      { name: '<план>.pdf', type: 'application/pdf', size: 4 },
      { name: 'a letter', id: null },
    ],
  });
  const file = meeting?.files[0]?.id ?? '';
  expect(Buffer.from((await atDesk((desk) => desk.fetchFile(file, soon()))) ?? [])).toEqual(content);
});

test('a file is known by the name that the text has for it', async () => {
  const content = Buffer.from('x');
  addMeeting(calendar(), {
    start,
    files: [
      { name: 'plan.png', type: 'image/png', content, contentId: 'plan@company.example' },
      { name: 'photo.png', type: 'image/png', content, contentId: '<photo@company.example>' },
      { name: 'list.txt', type: 'text/plain', content },
    ],
  });
  const [meeting] = await fetchAll();
  expect(meeting?.files.map(({ contentId }) => contentId)).toEqual([
    'plan@company.example',
    'photo@company.example',
    '',
  ]);
});

test('what a server leaves out is empty, and nobody answers his own meeting', async () => {
  const nothing = { uid: '', subject: '', zone: '', required: [], organizer: null };
  addMeeting(calendar(), { ...nothing, start, response: '', isMeeting: false });
  addMeeting(calendar(), { start: start + day, response: 'Organizer' });
  addMeeting(calendar(), { start: start + 2 * day, cancelled: true });
  const [empty, own, cancelled] = await fetchAll();
  expect(empty).toMatchObject({
    uid: '',
    subject: '',
    organizer: null,
    attendees: [],
    html: null,
    text: '',
    response: 'none',
  });
  expect([empty, own, cancelled].map((one) => one?.answerable)).toEqual([false, false, false]);
});

test('whole days are those of who set them, in whatever zone', async () => {
  const first = Date.UTC(2026, 10, 2);
  const hour = 60 * 60_000;
  const zones = [
    ['(UTC+03:00) Moscow', 3],
    ['(UTC-10:00) Hawaii', -10],
    ['(UTC+13:00) Nuku\u2019alofa', 13],
    // No words: an office in Hawaii and one in Auckland.
    ['', -10],
    ['', 13],
  ] as const;
  for (const [zone, offset] of zones) {
    const midnight = first - offset * hour;
    addMeeting(calendar(), { allDay: true, zone, start: midnight, end: midnight + day });
  }
  for (const meeting of await fetchAll()) expect(meeting).toMatchObject({ start: first, end: first + day });
});

describe('where a server tells no words of the zone, whole days are those of', () => {
  const first = Date.UTC(2026, 10, 2);
  const hour = 60 * 60_000;
  test.each([
    ['Kiritimati, by the name of its zone', 14, { id: 'Line Islands Standard Time', name: '', bias: '' }],
    ['Kiritimati, by the words of its zone', 14, { id: 'x', name: '(UTC+14:00) Kiritimati Island', bias: '' }],
    ['Kiritimati, by a zone of its own making', 14, { id: 'tzone://Custom', name: 'Ours', bias: '-P0DT14H0M0.0S' }],
    ['Chatham in its summer', 13.75, { id: 'Chatham Islands Standard Time', name: '', bias: '-PT765M' }],
    ['Midway', -11, { id: 'UTC-11', name: '', bias: '' }],
    ['Pago Pago, by a zone of its own making', -11, { id: '', name: 'Samoa', bias: 'PT660M' }],
    ['a ship beyond the date line', -12, { id: 'Dateline Standard Time', name: '', bias: 'PT12H' }],
    ['an office whose calendar says the wrong zone', 3, { id: 'Line Islands Standard Time', name: '', bias: '' }],
  ])('%s', async (_, offset, startZone) => {
    const midnight = first - offset * hour;
    addMeeting(calendar(), { allDay: true, zone: '', startZone, start: midnight, end: midnight + 2 * day });
    expect(await fetchAll()).toMatchObject([{ start: first, end: first + 2 * day }]);
  });

  test.each([
    ['Kiritimati', 14, '-PT840M'],
    ['Midway', -11, 'PT11H'],
  ])('%s, asked of a server of 2007', async (_, offset, bias) => {
    const midnight = first - offset * hour;
    const startZone = { id: '', name: 'Customized Time Zone', bias };
    addMeeting(calendar(), { allDay: true, zone: '', startZone, start: midnight, end: midnight + day });
    expect(await fetchAll({ version: '2007-sp1' })).toMatchObject([
      { start: first, end: first + day, zone: 'Customized Time Zone' },
    ]);
  });
});

test('a series is its occurrences, and more than come at once are all listed once', async () => {
  addSeries(calendar(), { subject: 'Daily', start }, 30);
  for (let at = 0; at < 600; at += 1) addMeeting(calendar(), { start: start + (at * day) / 20 });
  const listed = await atDesk((desk) => desk.list(span, soon()));
  expect(listed).toHaveLength(630);
  expect(new Set(listed.map(({ id }) => id)).size).toBe(630);
});

test('news are one question where nothing has happened, and a lost state is news', async () => {
  const meeting = addMeeting(calendar(), { start });
  await atDesk(async (desk) => {
    const first = await desk.news(null, span, soon());
    expect(first.changed).toBe(true);
    double.asked.length = 0;
    expect(await desk.news(first.state, span, soon())).toEqual({ changed: false, state: first.state });
    expect(double.asked).toEqual(['SyncFolderItems']);
    changeMeeting(calendar(), meeting, { location: 'Room 2' });
    expect(await desk.news(first.state, span, soon())).toMatchObject({ changed: true });
    calendar().age += 1;
    expect(await desk.news(first.state, span, soon())).toMatchObject({ changed: true });
  });
});

test.each([
  ['accept', true, 'R&D: <da>', 'AcceptItem', 'SendAndSaveCopy'],
  ['tentative', true, '', 'TentativelyAcceptItem', 'SendAndSaveCopy'],
  ['decline', false, 'kept to oneself', 'DeclineItem', 'SaveOnly'],
] as const satisfies readonly (readonly [MeetingAnswer, boolean, string, string, string])[])(
  'to %s an invitation is one answer, told as chosen',
  async (answer, tell, message, element, disposition) => {
    const { id } = addMeeting(calendar(), { subject: 'Plan', start });
    const target = { id, series: false };
    await atDesk(async (desk) => {
      const before = await desk.standing(target, soon());
      expect(before).toMatchObject({ response: 'not-answered', exact: false });
      await desk.reply(target, { answer, tell, message, series: false }, soon());
      const after = await desk.standing(target, soon());
      if (answer === 'decline') expect(after).toBeNull();
      else expect(after?.exact).toBe(true);
    });
    expect(double.answers).toEqual([{ answer: element, subject: 'Plan', disposition, body: tell ? message : '' }]);
  },
);

test('a series is answered as a whole through any of its occurrences', async () => {
  const [, occurrence] = addSeries(calendar(), { start }, 3);
  const target = { id: occurrence?.id ?? '', series: true };
  await atDesk((desk) => desk.reply(target, { answer: 'accept', tell: true, message: '', series: true }, soon()));
  expect((await fetchAll()).map(({ response }) => response)).toEqual(['accepted', 'accepted', 'accepted']);
});

describe('an occurrence that its series has not got any more', () => {
  const accept = { answer: 'accept', tell: true, message: '', series: false } as const;
  const [whole, alone] = [true, false].map((series) => (id: string) => ({ id, series, occurrence: true })) as [
    (id: string) => ReplyTarget,
    (id: string) => ReplyTarget,
  ];

  test('is gone, as it is after it was declined', async () => {
    const [, first, second] = addSeries(calendar(), { start }, 3);
    const target = alone(first?.id ?? '');
    await atDesk(async (desk) => {
      const listed = await desk.list(span, soon());
      await desk.reply(target, { ...accept, answer: 'decline' }, soon());
      expect(await desk.standing(target, soon())).toBeNull();
      expect(await desk.standing(alone(second?.id ?? ''), soon())).toMatchObject({ response: 'not-answered' });
      expect(await failureOf(desk.reply(target, accept, soon()))).toMatchObject({ code: 'meeting.gone' });
      const { given, notGiven } = await desk.fetch(listed, soon());
      expect([given.map(({ id }) => id), notGiven]).toEqual([[second?.id, listed[2]?.id], []]);
    });
  });

  test.each([
    ['by itself', alone],
    ['by its series', whole],
  ])('is gone when Exchange says that it was deleted from it, asked %s', async (_, targetOf) => {
    const [, first] = addSeries(calendar(), { start }, 2);
    const target = targetOf(first?.id ?? '');
    const code = 'ErrorCalendarOccurrenceIsDeletedFromRecurrence';
    double.faults = (operation) => (operation === 'GetItem' ? { kind: 'response', code } : null);
    await atDesk(async (desk) => {
      expect(await desk.standing(target, soon())).toBeNull();
      expect(await failureOf(desk.reply(target, accept, soon()))).toMatchObject({ code: 'meeting.gone' });
    });
  });

  test('is another matter than an invalid operation of a meeting that stands alone, or of the answer', async () => {
    const { id } = addMeeting(calendar(), { start });
    const [, first] = addSeries(calendar(), { start }, 2);
    const failing = (operation: string, target: ReplyTarget) => {
      double.faults = (asked) => (asked === operation ? { kind: 'response', code: 'ErrorInvalidOperation' } : null);
      return atDesk((desk) => failureOf(desk.reply(target, accept, soon())));
    };
    expect(await failing('GetItem', { id, series: false })).toMatchObject({ code: 'server.refused' });
    expect(await failing('CreateItem', alone(first?.id ?? ''))).toMatchObject({ code: 'server.refused' });
  });
});
