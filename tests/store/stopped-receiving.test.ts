import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { EffectId } from '../../src-shared/domain/ids.ts';
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
