import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { CalendarDesk } from '../../src-main/connectors/calendar.ts';
import type { MeetingAnswer } from '../../src-shared/domain/meeting.ts';
import { removeItem } from '../support/exchange/mailboxes.ts';
import { addMeeting, addSeries, changeMeeting } from '../support/exchange/meetings.ts';
import { applicationToken, type GraphDouble } from '../support/graph/graph-double.ts';
import { connected } from './exchange-desk.ts';
import { bob, type GraphWish, graphCertificates, graphTo, office, startDouble } from './graph-desk.ts';
import { failureOf, soon } from './sign-in.ts';

const certificates = graphCertificates();
afterAll(() => certificates[Symbol.dispose]());
let double: GraphDouble;
beforeEach(async () => {
  double = await startDouble(certificates);
});
afterEach(async () => {
  await double.stop();
  expect([double.mistakes, double.crowd.refused]).toEqual([[], 0]);
});

const calendar = (address = bob) => double.folder(address, 'calendar');
const start = Date.UTC(2026, 10, 2, 7);
const hour = 60 * 60_000;
const day = 24 * hour;
const span = { from: start - day, to: start + 60 * day };

function atDesk<T>(work: (desk: CalendarDesk) => Promise<T>, wish: GraphWish = {}): Promise<T> {
  const trusted = { trusted: [certificates.caPem] };
  return connected(graphTo(double.port, wish), (connector) => work(connector.calendar as CalendarDesk), trusted);
}

const fetchAll = (wish: GraphWish = {}) =>
  atDesk(async (desk) => {
    const listed = await desk.list(span, soon());
    return (await desk.fetch(listed, soon())).given;
  }, wish);

test('a meeting comes with everything that it has, hostile words as they are', async () => {
  const words = 'R&D <b>"x"</b> \u202e\u0301 Планёрка';
  const content = Buffer.from([0, 255, 60, 38]);
  addMeeting(calendar(), {
    ...{ subject: words, location: words, body: `<p onclick="x()">${words}</p>`, start },
    organizer: { name: words, address: 'eve@company.example' },
    optional: [{ name: 'Гость', address: '' }],
    files: [
      { name: '<план>.pdf', type: 'application/pdf', content },
      { name: 'a letter', type: '', content: null },
    ],
    zone: 'Russian Standard Time',
  });
  const [meeting] = await fetchAll();
  expect(meeting).toMatchObject({
    ...{ subject: words, location: words, html: `<p onclick="x()">${words}</p>`, text: '' },
    ...{ start, end: start + hour, allDay: false, zone: 'Russian Standard Time' },
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

test('a file is known by the name that the text has for it, also where it is none to the service', async () => {
  const content = Buffer.from('x');
  const picture = { name: 'plan.png', type: 'image/png', content, contentId: 'plan@company.example' };
  addMeeting(calendar(), { start, body: '<img src="cid:plan@company.example">', files: [picture] });
  addMeeting(calendar(), { start: start + day, files: [{ name: 'list.txt', type: 'text/plain', content }] });
  const files = (await fetchAll()).map((meeting) => meeting.files.map(({ contentId }) => contentId));
  expect(files).toEqual([['plan@company.example'], ['']]);
});

test('what the service leaves out is empty, whole days keep their date, and nobody answers his own meeting', async () => {
  const midnight = start - 7 * hour;
  const nothing = { uid: '', subject: '', zone: '', required: [], organizer: null };
  addMeeting(calendar(), { ...nothing, start, response: '', isMeeting: false });
  addMeeting(calendar(), { allDay: true, start: midnight + day, end: midnight + 3 * day, response: 'Organizer' });
  addMeeting(calendar(), { start: start + 5 * day, cancelled: true });
  const [empty, own, cancelled] = await fetchAll();
  const left = { uid: '', subject: '', organizer: null, attendees: [], html: null, text: '', response: 'none' };
  expect(empty).toMatchObject(left);
  expect(own).toMatchObject({ allDay: true, start: midnight + day, end: midnight + 3 * day, response: 'organizer' });
  expect([empty, own, cancelled].map((one) => one?.answerable)).toEqual([false, false, false]);
});

test.each([
  ['Line Islands Standard Time', 14, true],
  ['Pacific/Kiritimati', 14, true],
  ['UTC-11', -11, true],
  ['Line Islands Standard Time', 0, false],
  ['UTC-11', 0, false],
] as const)(
  'whole days of the zone %s keep their date, whichever way they are told',
  async (zone, offset, asMoments) => {
    const first = start - 7 * hour + day;
    const midnight = first - offset * hour;
    addMeeting(calendar(), { allDay: true, asMoments, zone, start: midnight, end: midnight + 2 * day });
    expect(await fetchAll()).toMatchObject([{ start: first, end: first + 2 * day, zone }]);
  },
);

test('a series is its occurrences, and more than come at once are all listed once; who goes meanwhile is left out', async () => {
  addSeries(calendar(), { subject: 'Daily', start }, 30);
  for (let at = 0; at < 30; at += 1) addMeeting(calendar(), { start: start + (at * day) / 20 });
  double.pageSize = 7;
  await atDesk(async (desk) => {
    const listed = await desk.list(span, soon());
    const ids = listed.map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([60, 60]);
    removeItem(calendar(), ids[0] ?? '');
    expect(await desk.fetch(listed.slice(0, 2), soon())).toMatchObject({
      given: [{ id: ids[1], recurring: true }],
      notGiven: [],
    });
  });
});

test('news are one question where nothing has happened, also on the next day, and a lost link is news', async () => {
  const items = [
    addMeeting(calendar(), { start }),
    addMeeting(calendar(), { start }),
    addMeeting(calendar(), { start }),
  ];
  double.pageSize = 2;
  await atDesk(async (desk) => {
    const first = await desk.news(null, span, soon());
    expect(first.changed).toBe(true);
    double.asked.length = 0;
    const next = await desk.news(first.state, { from: span.from + day, to: span.to + day }, soon());
    expect([next.changed, double.asked]).toEqual([false, ['eventDelta']]);
    changeMeeting(calendar(), items[1] ?? (items[0] as never), { location: 'Room 2' });
    expect(await desk.news(next.state, span, soon())).toMatchObject({ changed: true });
    calendar().age += 1;
    expect(await desk.news(next.state, span, soon())).toMatchObject({ changed: true });
    const far = { from: span.from, to: span.to + 300 * day };
    expect(await desk.news(next.state, far, soon())).toMatchObject({ changed: true });
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
      expect(await desk.standing(target, soon())).toMatchObject({ response: 'not-answered', exact: false });
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
  expect(double.answers).toHaveLength(1);
  expect((await fetchAll()).map(({ response }) => response)).toEqual(['accepted', 'accepted', 'accepted']);
});

test.each([
  ['by itself', false],
  ['with its series', true],
] as const)('where the organiser wants no answers, one stands in the calendar alone, %s', async (_, series) => {
  const wish = { subject: 'Plan', start, responseRequested: false };
  const [, occurrence] = addSeries(calendar(), wish, 2);
  const target = { id: occurrence?.id ?? '', series };
  const message = 'kept to oneself';
  await atDesk((desk) => desk.reply(target, { answer: 'accept', tell: true, message, series }, soon()));
  expect(double.answers).toMatchObject([{ answer: 'AcceptItem', disposition: 'SaveOnly', body: '' }]);
  expect((await fetchAll())[0]).toMatchObject({ response: 'accepted', responseRequested: false });
});

test('an answer to what is gone says so, and one that the service refuses has its words', async () => {
  const { id } = addMeeting(calendar(), { start, response: 'Organizer' });
  const reply = { answer: 'accept', tell: true, message: '', series: false } as const;
  const failing = (of: string) => atDesk((desk) => failureOf(desk.reply({ id: of, series: false }, reply, soon())));
  expect(await failing('nothing')).toMatchObject({ code: 'meeting.gone' });
  expect(await failing(id)).toMatchObject({
    code: 'server.refused',
    params: { serverWords: expect.stringContaining('ErrorInvalidRequest') },
  });
});

test('a shared mailbox has its own calendar, for a person and for an application', async () => {
  addMeeting(calendar(), { subject: 'Of Bob', start });
  addMeeting(calendar(office), { subject: 'Of the office', start });
  for (const tokens of [undefined, [applicationToken]])
    expect(await fetchAll({ mailbox: office, ...(tokens && { tokens }) })).toMatchObject([
      { subject: 'Of the office' },
    ]);
});
