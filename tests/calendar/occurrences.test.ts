import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MeetingReply } from '../../src-shared/domain/meeting.ts';
import { startDouble } from '../connectors/exchange-desk.ts';
import { openCollecting } from '../faults/collecting-console.ts';
import type { ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { removeItem } from '../support/exchange/mailboxes.ts';
import { addSeries } from '../support/exchange/meetings.ts';
import { addExchange, listed, pass, start } from './followed-calendar.ts';

let double: ExchangeDouble;
beforeEach(async () => {
  double = await startDouble();
});
afterEach(async () => {
  await double.stop();
  expect(double.schemaFaults).toEqual([]);
});

const calendar = () => double.folder('bob@company.example', 'calendar');
const accept: MeetingReply = { answer: 'accept', tell: true, message: '', series: false };

test('a declined occurrence is declined, also when the line broke on the way', async () => {
  await using main = await openCollecting();
  addSeries(calendar(), { subject: 'Daily', start }, 3);
  const mailbox = await addExchange(main, double.port);
  await pass(main, mailbox);
  const [first] = await listed(main);
  if (!first) throw new Error('no meeting');
  await main.call('calendar.answer', { meetingId: first.id, reply: { ...accept, answer: 'decline' } });
  double.faults = (operation) => (operation === 'CreateItem' ? { kind: 'drop-after' } : null);
  await pass(main, mailbox);
  double.faults = () => null;
  await pass(main, mailbox);
  expect(double.answers).toHaveLength(1);
  const replies = (await listed(main)).map(({ left, reply }) => [left, reply?.state ?? null]);
  expect(replies).toEqual([
    [true, 'done'],
    [false, null],
    [false, null],
  ]);
});

test.each([
  ['before anybody looked', 1],
  ['between the look and the answer', 2],
])('an answer to an occurrence that its organiser has taken away %s was not said', async (_, question) => {
  await using main = await openCollecting();
  const [, occurrence] = addSeries(calendar(), { subject: 'Daily', start }, 2);
  const mailbox = await addExchange(main, double.port);
  await pass(main, mailbox);
  const [first] = await listed(main);
  if (!first) throw new Error('no meeting');
  await main.call('calendar.answer', { meetingId: first.id, reply: accept });
  let asked = 0;
  double.faults = (operation) => {
    if (operation === 'GetItem') asked += 1;
    if (asked === question) removeItem(calendar(), occurrence?.id ?? '');
    return null;
  };
  await pass(main, mailbox);
  expect(double.answers).toEqual([]);
  expect((await listed(main))[0]).toMatchObject({ left: true, reply: { state: 'gone', problem: null } });
  expect(await main.call('calendar.states', undefined)).toMatchObject([{ problem: null }]);
});
