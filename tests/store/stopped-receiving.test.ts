import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { MeetingToKeep } from '../../src-main/store/api/calendar.ts';
import type { EffectId, MeetingId } from '../../src-shared/domain/ids.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { type LedgerDesk, openLedgerDesk } from '../support/ledger-desk.ts';
import { openTestStore, type TestStore } from '../support/open-store.ts';

let it: TestStore;
let desk: LedgerDesk;
let mailbox: Mailbox;
let ids: EffectId[];
beforeAll(async () => {
  it = await openTestStore();
});
afterAll(() => it[Symbol.asyncDispose]());

/** Three letters that are to be marked: one is, one is being, one waits. */
beforeEach(async () => {
  desk = await openLedgerDesk(it.store);
  await desk.see([1, 2, 3]);
  await desk.keep({ 1: 'one', 2: 'two', 3: 'three' });
  for (const uid of [1, 2, 3])
    await desk.settle({ messageId: await desk.messageOf(uid), effect: { kind: 'mark-read', target: null, delay: 0 } });
  ids = await Promise.all([1, 2, 3].map(async (uid) => (await desk.entry(uid)).effect?.id as EffectId));
  await it.store.call('effects.begin', { effectIds: ids.slice(0, 2) });
  const done = { effectId: ids[0] as EffectId, state: 'done', problem: null, notBefore: null } as const;
  await it.store.call('effects.end', { ends: [done], at: 77_000 });
  const found = (await it.store.call('mailboxes.list', undefined)).find(({ id }) => id === desk.mailboxId);
  if (!found) throw new Error('the desk has its mailbox');
  mailbox = found;
});

const put = (incoming: Mailbox['settings']['incoming']) => {
  const { host = '', login = '', pinnedCertificate = null } = mailbox.settings.incoming ?? {};
  const outgoing = { host, login, pinnedCertificate, port: 465, encryption: 'tls', signIn: 'password' } as const;
  const settings = { ...mailbox.settings, incoming, outgoing };
  return it.store.call('mailboxes.put', { mailbox: { ...mailbox, settings } });
};
const effects = () => Promise.all([1, 2, 3].map(async (uid) => (await desk.entry(uid)).effect));
const due = () => it.store.call('effects.due', { mailboxId: desk.mailboxId, now: Date.now(), limit: 10 });
const retry = () => it.store.call('effects.retry', { effectIds: ids });

test('what waits on the server of a mailbox that only sends from now on is called off, and says why', async () => {
  await put(null);
  const problem = { code: 'mailbox.only-sends', params: { mailbox: mailbox.settings.name } };
  expect(await effects()).toMatchObject([
    { state: 'done', problem: null },
    { state: 'cancelled', problem },
    { state: 'cancelled', problem },
  ]);
  expect(await due()).toEqual([]);
});

test('it does not wait again while nobody would do it, and not by itself when the mailbox receives again', async () => {
  await put(null);
  await retry();
  expect((await effects()).map((effect) => effect?.state)).toEqual(['done', 'cancelled', 'cancelled']);
  await put(mailbox.settings.incoming);
  expect(await due()).toEqual([]);
  await retry();
  expect((await due()).map(({ uid }) => uid)).toEqual([2, 3]);
});

test('a mailbox that is saved and goes on receiving keeps what waits', async () => {
  await put(mailbox.settings.incoming);
  expect((await due()).map(({ uid, begun }) => [uid, begun])).toEqual([
    [2, true],
    [3, false],
  ]);
});

test('a mailbox that is removed with its letters kept has nothing waiting', async () => {
  await it.store.call('mailboxes.remove', { mailboxId: desk.mailboxId, keepLetters: true });
  expect(await due()).toEqual([]);
  await retry();
  expect(await due()).toEqual([]);
});

const meeting: MeetingToKeep = {
  ...{ id: 'a', mark: '1', uid: 'u', subject: 'Plan', location: '', organizer: null, attendees: [], start: 5, end: 9 },
  ...{ allDay: false, zone: '', response: 'not-answered', cancelled: false, recurring: false, answerable: true },
  ...{ responseRequested: true, html: null, text: '', files: [] },
};
const reply = { answer: 'accept', tell: true, message: '', series: false } as const;

/** A mailbox of Exchange whose calendar is followed, and its one meeting, not answered yet. */
async function invite(): Promise<MeetingId> {
  if (mailbox.settings.incoming === null) throw new Error('the desk receives');
  const incoming = { ...mailbox.settings.incoming, protocol: 'ews' } as const;
  mailbox = { ...mailbox, settings: { ...mailbox.settings, incoming, calendar: true } };
  await it.store.call('mailboxes.put', { mailbox });
  await it.store.call('calendar.put', { mailboxId: mailbox.id, meetings: [meeting] });
  const [listed] = await it.store.call('calendar.list', { mailboxIds: [mailbox.id], from: 1, to: 9 });
  if (!listed) throw new Error('the meeting was kept');
  return listed.id;
}

const switchOff = () =>
  it.store.call('mailboxes.put', { mailbox: { ...mailbox, settings: { ...mailbox.settings, calendar: false } } });
const remove = () => it.store.call('mailboxes.remove', { mailboxId: mailbox.id, keepLetters: true });

test.each([
  ['only sends', () => put(null)],
  ['loads its calendar no more', switchOff],
  ['was removed with its letters kept', remove],
])('no answer to a meeting is taken that would wait for ever: its mailbox %s', async (_name, change) => {
  const meetingId = await invite();
  await change();
  const refused = { code: 'meeting.not-followed' };
  const plan = it.store.call('replies.plan', { meetingId, reply, at: 7 });
  await expect(plan).rejects.toMatchObject(refused);
  expect(await it.store.call('replies.due', { mailboxId: mailbox.id })).toEqual([]);
  await it.store.call('mailboxes.put', { mailbox });
  await it.store.call('replies.plan', { meetingId, reply, at: 7 });
  await it.store.call('replies.change', { meetingId, to: 'cancelled' });
  await change();
  await expect(it.store.call('replies.change', { meetingId, to: 'due' })).rejects.toMatchObject(refused);
  expect(await it.store.call('replies.due', { mailboxId: mailbox.id })).toEqual([]);
});

test('an answer that waits is called off when its calendar is loaded no more, says why, and does not go out by itself later', async () => {
  const meetingId = await invite();
  await it.store.call('replies.plan', { meetingId, reply, at: 7 });
  await it.store.call('mailboxes.put', { mailbox });
  expect(await it.store.call('replies.due', { mailboxId: mailbox.id })).toHaveLength(1);
  await switchOff();
  expect(await it.store.call('calendar.meeting', { meetingId })).toMatchObject({
    reply: { state: 'cancelled', problem: { code: 'meeting.not-followed' } },
  });
  await it.store.call('mailboxes.put', { mailbox });
  expect(await it.store.call('replies.due', { mailboxId: mailbox.id })).toEqual([]);
  await it.store.call('replies.change', { meetingId, to: 'due' });
  expect(await it.store.call('replies.due', { mailboxId: mailbox.id })).toHaveLength(1);
});
