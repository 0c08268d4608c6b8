import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { MeetingReply } from '../../src-shared/domain/meeting.ts';
import { startDouble } from '../connectors/exchange-desk.ts';
import { type CollectingConsole, loadOne, makeProfile, openCollecting } from '../faults/collecting-console.ts';
import { pixel } from '../support/canned-mail.ts';
import type { ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { removeItem, renameItems } from '../support/exchange/mailboxes.ts';
import { addMeeting, addSeries, changeMeeting } from '../support/exchange/meetings.ts';
import { addExchange, day, listed, pass, start, switchCalendar } from './followed-calendar.ts';

let double: ExchangeDouble;
beforeEach(async () => {
  double = await startDouble();
});
afterEach(async () => {
  await double.stop();
  expect(double.schemaFaults).toEqual([]);
});

const calendar = () => double.folder('bob@company.example', 'calendar');
const accept: MeetingReply = { answer: 'accept', tell: true, message: 'Буду <вовремя>', series: false };

const subjects = async (main: CollectingConsole) => (await listed(main)).map(({ subject }) => subject);
const only = async (main: CollectingConsole) => {
  const [meeting, ...more] = await listed(main);
  if (!meeting || more.length > 0) throw new Error(`${more.length + 1} meetings`);
  return meeting;
};

test('two hundred meetings and a series are there once each; then a pass is one more question, and a change brings that meeting alone', async () => {
  await using main = await openCollecting();
  const items = Array.from({ length: 200 }, (_, at) =>
    addMeeting(calendar(), { subject: `No. ${at}`, start: start + at * 60 * 60_000 }),
  );
  addSeries(calendar(), { subject: 'Daily', start }, 20);
  addMeeting(calendar(), { subject: 'Last year', start: start - 300 * day });
  const mailbox = await addExchange(main, double.port);
  await pass(main, mailbox);
  expect(await listed(main)).toHaveLength(220);
  double.asked.length = 0;
  await pass(main, mailbox);
  expect(double.asked.filter((operation) => operation === 'SyncFolderItems')).toHaveLength(2);
  expect(double.asked.filter((operation) => /^(FindItem|GetItem)$/.test(operation))).toEqual([]);
  const [first, second] = items;
  if (!first || !second) throw new Error('no meetings');
  changeMeeting(calendar(), first, { subject: 'Cancelled: No. 0', cancelled: true });
  removeItem(calendar(), second.id);
  double.asked.length = 0;
  await pass(main, mailbox);
  expect(double.asked.filter((operation) => operation === 'GetItem')).toHaveLength(1);
  const now = await listed(main);
  expect(now).toHaveLength(219);
  expect(now.find(({ subject }) => subject === 'Cancelled: No. 0')).toMatchObject({
    cancelled: true,
    answerable: false,
  });
  expect(now.some(({ subject }) => subject === 'No. 1')).toBe(false);
  renameItems(calendar());
  calendar().age += 1;
  await pass(main, mailbox);
  // The same rows under other names: what was answered stays with its meeting.
  expect((await listed(main)).map(({ id }) => id)).toEqual(now.map(({ id }) => id));
});

test('a meeting is read without its server, and its file is saved byte for byte; switched off, nothing is asked and nothing shown', async () => {
  await using main = await openCollecting({ automatic: true });
  const content = Buffer.from([0, 1, 2, 254, 255]);
  const files = [{ name: '../plan?.bin', type: 'application/octet-stream', content }];
  addMeeting(calendar(), { subject: 'Plan', body: '<p>Agenda</p>', start, files });
  const mailbox = await addExchange(main, double.port);
  await switchCalendar(main, mailbox, { port: double.port, on: false });
  double.asked.length = 0;
  await pass(main, mailbox);
  expect(double.asked.filter((operation) => operation === 'SyncFolderItems')).toHaveLength(1);
  await switchCalendar(main, mailbox, { port: double.port, on: true });
  await pass(main, mailbox);
  await double.stop();
  const { id } = await only(main);
  const meeting = await main.call('calendar.meeting', { meetingId: id });
  expect(meeting).toMatchObject({ html: '<p>Agenda</p>', files: [{ name: '../plan?.bin', size: 5, loaded: true }] });
  await main.call('calendar.saveFile', { meetingId: id, index: 0 });
  expect(main.offered).toEqual(['plan_.bin']);
  await switchCalendar(main, mailbox, { port: double.port, on: false });
  expect(await listed(main)).toEqual([]);
});

test('pictures of a text are shown from here, by their bytes and as far as the text names them; its other files stay files', async () => {
  await using main = await openCollecting();
  const png = Buffer.from(pixel.split(',')[1] ?? '', 'base64');
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>');
  const file = (name: string, type: string, content: Buffer, contentId?: string) =>
    contentId === undefined ? { name, type, content } : { name, type, content, contentId };
  addMeeting(calendar(), {
    start,
    body: '<p>Hall:</p><img src="cid:hall%40company.example"><img src="cid:drawing@company.example">',
    files: [
      file('hall.png', 'application/octet-stream', png, '<hall@company.example>'),
      file('drawing.png', 'image/png', svg, 'drawing@company.example'),
      file('logo.png', 'image/png', png, 'logo@company.example'),
      file('list.png', 'image/png', png),
    ],
  });
  const mailbox = await addExchange(main, double.port);
  await pass(main, mailbox);
  await double.stop();
  const { id: meetingId } = await only(main);
  const { files } = await main.call('calendar.meeting', { meetingId });
  expect(files.map(({ name, inline }) => [name, inline])).toEqual([
    ['hall.png', true],
    ['drawing.png', true],
    ['logo.png', false],
    ['list.png', false],
  ]);
  // A drawing is a document with scripts, whatever it is called.
  expect(await main.call('calendar.inlinePictures', { meetingId })).toEqual({
    'hall@company.example': pixel,
    'logo@company.example': pixel,
  });
  const gone = main.call('calendar.inlinePictures', { meetingId: 999 as typeof meetingId });
  await expect(gone).rejects.toMatchObject({ code: 'meeting.gone' });
});

test('an answer is recorded first, said once with the next pass, and shown', async () => {
  await using main = await openCollecting();
  addMeeting(calendar(), { subject: 'Plan', start });
  const mailbox = await addExchange(main, double.port);
  await pass(main, mailbox);
  const { id: meetingId } = await only(main);
  await main.call('calendar.answer', { meetingId, reply: { ...accept, answer: 'decline' } });
  const queued = await main.call('calendar.answer', { meetingId, reply: accept });
  expect(queued).toMatchObject({ response: 'not-answered', reply: { state: 'due', answer: 'accept' } });
  expect(double.answers).toEqual([]);
  await pass(main, mailbox);
  await pass(main, mailbox);
  const said = { answer: 'AcceptItem', subject: 'Plan', disposition: 'SendAndSaveCopy', body: accept.message };
  expect(double.answers).toEqual([said]);
  expect(await only(main)).toMatchObject({ response: 'accepted', reply: { state: 'done', problem: null } });
});

test.each(['accept', 'decline'] as const)(
  'an answer (%s) that a lost line interrupted is looked at before it is said again',
  async (answer) => {
    using profile = await makeProfile();
    addMeeting(calendar(), { subject: 'Plan', start });
    let mailbox: Mailbox;
    {
      await using main = await openCollecting({ profile: profile.profile });
      mailbox = await addExchange(main, double.port);
      await pass(main, mailbox);
      const { id: meetingId } = await only(main);
      await main.call('calendar.answer', { meetingId, reply: { ...accept, answer } });
      // Taken by the server, and its word lost on the way.
      double.faults = (operation) => (operation === 'CreateItem' ? { kind: 'drop-after' } : null);
      await pass(main, mailbox);
      expect(await only(main)).toMatchObject({ reply: { state: 'doing' } });
      expect(await main.call('calendar.states', undefined)).toMatchObject([{ problem: { code: 'network.dropped' } }]);
    }
    double.faults = () => null;
    await using main = await openCollecting({ profile: profile.profile });
    await pass(main, mailbox);
    expect(double.answers).toHaveLength(1);
    expect(await only(main)).toMatchObject({ reply: { state: 'done', answer }, left: answer === 'decline' });
    expect(await main.call('calendar.states', undefined)).toMatchObject([{ problem: null }]);
  },
);

test('one that the server never took is said again, and its no is final until a person asks', async () => {
  await using main = await openCollecting();
  addMeeting(calendar(), { subject: 'Plan', start });
  const mailbox = await addExchange(main, double.port);
  await pass(main, mailbox);
  const { id: meetingId } = await only(main);
  await main.call('calendar.answer', { meetingId, reply: accept });
  double.faults = (operation) => (operation === 'CreateItem' ? { kind: 'http', status: 503 } : null);
  await pass(main, mailbox);
  double.faults = (operation) =>
    operation === 'CreateItem' ? { kind: 'response', code: 'ErrorCalendarIsCancelledForAccept' } : null;
  await pass(main, mailbox);
  expect(await only(main)).toMatchObject({ reply: { state: 'failed', problem: { code: 'server.refused' } } });
  double.faults = () => null;
  await pass(main, mailbox);
  expect(double.answers).toEqual([]);
  await main.call('calendar.answerAgain', { meetingId });
  await pass(main, mailbox);
  expect(double.answers).toHaveLength(1);
});

test('letters come although the calendar is closed to this login, and the calendar says why', async () => {
  await using main = await openCollecting();
  const mailbox = await addExchange(main, double.port);
  double.faults = (_operation, body) =>
    body.includes('"calendar"') ? { kind: 'response', code: 'ErrorAccessDenied' } : null;
  await pass(main, mailbox);
  const [state] = await main.call('calendar.states', undefined);
  expect(state).toMatchObject({ mailboxId: mailbox.id, lookedAt: null, problem: { code: 'exchange.no-access' } });
  expect(await subjects(main)).toEqual([]);
});

describe('a meeting that Exchange does not give', () => {
  const states = async (main: CollectingConsole) => (await main.call('calendar.states', undefined))[0];

  test.each([
    'ErrorCorruptData',
    'ErrorItemCorrupt',
    'ErrorCalendarInvalidPropertyState',
    'ErrorInternalServerError',
    'ErrorAccessDenied',
  ])('hides no other (%s); it is asked for with each pass, and here when it comes', async (code) => {
    await using main = await openCollecting();
    const items = Array.from({ length: 60 }, (_, at) =>
      addMeeting(calendar(), { subject: `No. ${at}`, start: start + at * 60 * 60_000 }),
    );
    const [first, , , fourth] = items;
    if (!first || !fourth) throw new Error('no meetings');
    fourth.broken = { code };
    const mailbox = await addExchange(main, double.port);
    await pass(main, mailbox);
    expect(await listed(main)).toHaveLength(59);
    const problem = { code: 'meeting.not-given', params: { count: 1, serverWords: expect.stringContaining(code) } };
    expect(await states(main)).toMatchObject({ lookedAt: expect.any(Number), problem });
    changeMeeting(calendar(), first, { subject: 'Cancelled: No. 0', cancelled: true });
    await pass(main, mailbox);
    expect((await subjects(main))[0]).toBe('Cancelled: No. 0');
    delete fourth.broken;
    await pass(main, mailbox);
    expect(await listed(main)).toHaveLength(60);
    expect(await states(main)).toMatchObject({ problem: null });
    double.asked.length = 0;
    await pass(main, mailbox);
    expect(double.asked.filter((operation) => /^(FindItem|GetItem)$/.test(operation))).toEqual([]);
  });

  test('stays as it was known, and the log tells of it once', async () => {
    using profile = await makeProfile();
    const main = await openCollecting({ profile: profile.profile });
    const item = addMeeting(calendar(), { subject: 'Plan', start });
    const mailbox = await addExchange(main, double.port);
    await pass(main, mailbox);
    const before = await only(main);
    item.broken = { code: 'ErrorCorruptData' };
    changeMeeting(calendar(), item, { subject: 'Other plan' });
    await pass(main, mailbox);
    await pass(main, mailbox);
    expect(await only(main)).toEqual(before);
    await main.close();
    const log = await readFile(join(profile.profile, 'logs', 'mailroom.log'), 'utf8');
    expect(log.match(/"meetings not given"/g)).toHaveLength(1);
  });

  test('comes without its text where that alone is broken', async () => {
    await using main = await openCollecting();
    const item = addMeeting(calendar(), { subject: 'Plan', body: '<p>Agenda</p>', start });
    item.broken = { code: 'ErrorItemCorrupt', part: 'item:Body' };
    addMeeting(calendar(), { subject: 'Usual', body: '<p>Usual</p>', start: start + 1000 });
    const mailbox = await addExchange(main, double.port);
    await pass(main, mailbox);
    const meetings = await Promise.all(
      (await listed(main)).map(({ id }) => main.call('calendar.meeting', { meetingId: id })),
    );
    expect(meetings.map(({ subject, html, text }) => [subject, html, text])).toEqual([
      ['Plan', null, ''],
      ['Usual', '<p>Usual</p>', ''],
    ]);
    expect(await states(main)).toMatchObject({ problem: null });
  });

  test('is a matter of its own: a server that asks for patience ends the look as ever', async () => {
    await using main = await openCollecting();
    addMeeting(calendar(), { subject: 'Plan', start }).broken = { code: 'ErrorServerBusy' };
    const mailbox = await addExchange(main, double.port);
    await loadOne(main, mailbox);
    expect(await states(main)).toMatchObject({ lookedAt: null, problem: { code: 'server.throttled' } });
  });

  test('does not take the meeting along when one of its files cannot be had', async () => {
    await using main = await openCollecting();
    const files = [{ name: 'plan.bin', type: 'application/octet-stream', content: Buffer.from([1]) }];
    addMeeting(calendar(), { subject: 'Plan', start, files });
    double.faults = (operation) =>
      operation === 'GetAttachment' ? { kind: 'response', code: 'ErrorCorruptData' } : null;
    const mailbox = await addExchange(main, double.port);
    await pass(main, mailbox);
    const { files: kept } = await main.call('calendar.meeting', { meetingId: (await only(main)).id });
    expect(kept).toMatchObject([{ name: 'plan.bin', loaded: false }]);
  });
});
