import { afterEach, beforeEach, expect, test } from 'vitest';
import { newExchange } from '../../src-shared/domain/exchange.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { MeetingReply } from '../../src-shared/domain/meeting.ts';
import { addMailbox, settingsOf } from '../bad-input/main-process.ts';
import { startDouble } from '../connectors/exchange-desk.ts';
import { type CollectingConsole, loadOne, openCollecting } from '../faults/collecting-console.ts';
import type { ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { removeItem } from '../support/exchange/mailboxes.ts';
import { addSeries } from '../support/exchange/meetings.ts';

let double: ExchangeDouble;
beforeEach(async () => {
  double = await startDouble();
});
afterEach(async () => {
  await double.stop();
  expect(double.schemaFaults).toEqual([]);
});

const day = 24 * 60 * 60_000;
const start = Math.floor(Date.now() / day) * day + 2 * day;
const calendar = () => double.folder('bob@company.example', 'calendar');
const accept: MeetingReply = { answer: 'accept', tell: true, message: '', series: false };

async function addExchange(main: CollectingConsole): Promise<Mailbox> {
  const endpoint = { protocol: 'ews', exchange: { ...newExchange, windows: true } } as const;
  const { id } = await addMailbox(main, { user: 'bob', port: double.port, endpoint });
  const settings = { ...settingsOf({ user: 'bob', port: double.port, endpoint }), calendar: true };
  const draft = { settings, password: 'secret', outgoingPassword: null, mailboxId: id };
  return main.call('mailboxes.update', { draft });
}

const pass = async (main: CollectingConsole, mailbox: Mailbox) =>
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: null });
const listed = ({ call }: CollectingConsole) =>
  call('calendar.list', { from: Date.now() - 40 * day, to: Date.now() + 200 * day });

test('a declined occurrence is declined, also when the line broke on the way', async () => {
  await using main = await openCollecting();
  addSeries(calendar(), { subject: 'Daily', start }, 3);
  const mailbox = await addExchange(main);
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
  const mailbox = await addExchange(main);
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
