import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { MeetingReply } from '../../src-shared/domain/meeting.ts';
import { bob, graphCertificates, startDouble } from '../connectors/graph-desk.ts';
import { type CollectingConsole, loadOne, makeProfile, openCollecting } from '../faults/collecting-console.ts';
import { addGraphMailbox, graphSettings } from '../faults/graph-console.ts';
import { addItem, removeItem } from '../support/exchange/mailboxes.ts';
import { addMeeting, changeMeeting } from '../support/exchange/meetings.ts';
import type { GraphDouble } from '../support/graph/graph-double.ts';
import { day, listed, pass, start } from './followed-calendar.ts';

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

const calendar = () => double.folder(bob, 'calendar');
const accept: MeetingReply = { answer: 'accept', tell: true, message: 'Буду <вовремя>', series: false };
const times = (name: string): number => double.asked.filter((asked) => asked === name).length;

const open = (profile?: string) =>
  openCollecting({ extraCertificates: [certificates.caPem], ...(profile === undefined ? {} : { profile }) });
const add = (main: CollectingConsole): Promise<Mailbox> =>
  addGraphMailbox(main, { ...graphSettings(double), calendar: true });

test('meetings are there once each with their files; then a pass is one question, and a change brings that meeting alone', async () => {
  await using main = await open();
  const content = Buffer.from([0, 1, 2, 254, 255]);
  const files = [{ name: 'plan.bin', type: 'application/octet-stream', content }];
  const items = Array.from({ length: 20 }, (_, at) =>
    addMeeting(calendar(), { subject: `No. ${at}`, start: start + at * 60 * 60_000, files: at === 0 ? files : [] }),
  );
  const mailbox = await add(main);
  await pass(main, mailbox);
  const [first, ...others] = await listed(main);
  expect([first?.files, others.length]).toEqual([1, 19]);
  double.asked.length = 0;
  await pass(main, mailbox);
  expect(double.asked.filter((name) => !/^(folders?|delta)$/.test(name))).toEqual(['eventDelta']);
  if (items[0]) changeMeeting(calendar(), items[0], { location: 'Room 2' });
  removeItem(calendar(), items[1]?.id ?? '');
  double.asked.length = 0;
  await pass(main, mailbox);
  expect([times('event'), times('attachment')]).toEqual([1, 1]);
  const now = await listed(main);
  expect([now.length, now[0]?.location]).toEqual([19, 'Room 2']);
});

test.each(['accept', 'decline'] as const)(
  'an answer (%s) that a lost line interrupted is looked at before it is said again',
  async (answer) => {
    using profile = await makeProfile();
    addMeeting(calendar(), { subject: 'Plan', start });
    let mailbox: Mailbox;
    {
      await using main = await open(profile.profile);
      mailbox = await add(main);
      await pass(main, mailbox);
      const [meeting] = await listed(main);
      if (!meeting) throw new Error('no meeting');
      await main.call('calendar.answer', { meetingId: meeting.id, reply: { ...accept, answer } });
      // Taken by the service, and its word lost on the way.
      double.faults = (name) => (name === 'reply' ? { kind: 'drop-after' } : null);
      await pass(main, mailbox);
      expect(await listed(main)).toMatchObject([{ reply: { state: 'doing' } }]);
    }
    double.faults = () => null;
    await using main = await open(profile.profile);
    await pass(main, mailbox);
    expect(double.answers).toHaveLength(1);
    expect(await listed(main)).toMatchObject([{ reply: { state: 'done', answer }, left: answer === 'decline' }]);
  },
);

test('an invitation whose organiser wants no answers is answered in the calendar alone, whatever was asked for', async () => {
  await using main = await open();
  addMeeting(calendar(), { subject: 'Plan', start, responseRequested: false });
  addMeeting(calendar(), { subject: 'Usual', start: start + 1000 });
  const mailbox = await add(main);
  await pass(main, mailbox);
  const [quiet, usual] = await listed(main);
  expect([quiet, usual].map((one) => [one?.answerable, one?.responseRequested])).toEqual([
    [true, false],
    [true, true],
  ]);
  if (!quiet) throw new Error('no meeting');
  const planned = await main.call('calendar.answer', { meetingId: quiet.id, reply: accept });
  expect(planned.reply).toMatchObject({ tell: false, message: '', state: 'due' });
  await pass(main, mailbox);
  expect(double.answers).toMatchObject([{ answer: 'AcceptItem', disposition: 'SaveOnly', body: '' }]);
  expect((await listed(main))[0]).toMatchObject({ response: 'accepted', reply: { state: 'done', problem: null } });
});

test('a service that asks for patience is left alone for so long, with the letters in already', async () => {
  await using main = await open();
  addItem(double.folder(bob), { raw: 'From: a@x.example\r\nSubject: Hello\r\n\r\nHello\r\n' });
  double.faults = (name) =>
    name === 'eventDelta'
      ? { kind: 'http', status: 429, code: 'ApplicationThrottled', headers: { 'Retry-After': '90' } }
      : null;
  const mailbox = await add(main);
  const problem = { code: 'server.throttled', params: { retryAfter: 90 } };
  expect(await loadOne(main, mailbox)).toMatchObject({ folders: [{ loaded: 1 }], problem });
  expect(await main.call('calendar.states', undefined)).toMatchObject([{ lookedAt: null, problem }]);
});

test('the calendar of a mailbox that is full is looked at as a whole, and by its changes again once there is room', async () => {
  await using main = await open();
  const [first, second] = ['one', 'two'].map((subject, at) =>
    addMeeting(calendar(), { subject, start: start + at * day }),
  );
  const mailbox = await add(main);
  const subjects = async () => {
    double.asked.length = 0;
    await pass(main, mailbox);
    return (await listed(main)).map(({ subject }) => subject);
  };
  const full = { kind: 'http', status: 403, code: 'ErrorQuotaExceeded' } as const;
  double.faults = (name) => (name === 'eventDelta' ? full : null);
  expect(await subjects()).toEqual(['one', 'two']);
  if (first) changeMeeting(calendar(), first, { subject: 'other' });
  removeItem(calendar(), second?.id ?? '');
  expect(await subjects()).toEqual(['other']);
  expect([times('calendarView'), times('event')]).toEqual([1, 1]);
  double.faults = () => null;
  addMeeting(calendar(), { subject: 'late', start: start + 2 * day });
  expect(await subjects()).toEqual(['other', 'late']);
  expect(await subjects()).toEqual(['other', 'late']);
  expect([times('eventDelta'), times('calendarView')]).toEqual([1, 0]);
});

test('an invitation of many megabytes is a meeting with the beginning of its words, and says that there were more', async () => {
  await using main = await open();
  const body = `<p>Welcome</p>${'<p>word</p>'.repeat(500_000)}`;
  addMeeting(calendar(), { subject: 's'.repeat(5000), location: 'l'.repeat(5000), start, body });
  addMeeting(calendar(), { subject: 'Usual', start: start + 1000, body: '<p>Short</p>' });
  const mailbox = await add(main);
  await pass(main, mailbox);
  const read = await Promise.all(
    (await listed(main)).map(({ id }) => main.call('calendar.meeting', { meetingId: id })),
  );
  expect(read.map(({ subject, location }) => [subject.length, location.length])).toEqual([
    [1001, 1001],
    [5, 0],
  ]);
  expect(read.map(({ html }) => html?.trim() ?? null)).toEqual([null, '<p>Short</p>']);
  expect(read[0]?.text).toMatch(/^Welcome\s+word[\sword]+…$/);
  expect(read[0]?.text.length).toBeLessThanOrEqual(200_001);
});

test.each([
  { kind: 'http', status: 500, code: 'ErrorInternalServerError' },
  { kind: 'http', status: 500, code: 'ErrorCorruptData' },
  { kind: 'http', status: 400, code: 'ErrorCalendarInvalidPropertyState' },
  { kind: 'http', status: 403, code: 'ErrorAccessDenied' },
  { kind: 'cut-text', keep: 0.5 },
] as const)('one event that Graph does not give ($code) hides no other, and is here when it comes', async (fault) => {
  await using main = await open();
  const items = Array.from({ length: 30 }, (_, at) =>
    addMeeting(calendar(), { subject: `No. ${at}`, start: start + at * 60 * 60_000 }),
  );
  const broken = items[3]?.id ?? '';
  double.faults = (name, url) => (name === 'event' && url.includes(encodeURIComponent(broken)) ? fault : null);
  const mailbox = await add(main);
  await pass(main, mailbox);
  expect(await listed(main)).toHaveLength(29);
  const problem = { code: 'meeting.not-given', params: { count: 1 } };
  expect(await main.call('calendar.states', undefined)).toMatchObject([{ lookedAt: expect.any(Number), problem }]);
  double.asked.length = 0;
  await pass(main, mailbox);
  expect(times('event')).toBe(1);
  double.faults = () => null;
  await pass(main, mailbox);
  expect(await listed(main)).toHaveLength(30);
  expect(await main.call('calendar.states', undefined)).toMatchObject([{ problem: null }]);
});

test('a mailbox that is being moved is no matter of one event', async () => {
  await using main = await open();
  addMeeting(calendar(), { start });
  double.faults = (name) =>
    name === 'event' ? { kind: 'http', status: 500, code: 'ErrorMailboxMoveInProgress' } : null;
  await pass(main, await add(main));
  const problem = { code: 'server.unavailable' };
  expect(await main.call('calendar.states', undefined)).toMatchObject([{ lookedAt: null, problem }]);
});
