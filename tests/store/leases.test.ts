import { expect, test } from 'vitest';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { addMailbox, openTestStore } from '../support/open-store.ts';

const minute = 60_000;

/** Two consoles over one file, each with a store process of its own. */
async function openTwice() {
  const first = await openTestStore();
  const second = await openTestStore(first.path, { mustExist: true });
  const { mailboxId } = await addMailbox(first.store);
  const taker =
    ({ store }: typeof first, owner: string) =>
    (now: number, until = now + minute) =>
      store.call('leases.take', { mailboxId, owner, now, until });
  return {
    ...{ first, second, mailboxId, takeFirst: taker(first, 'first'), takeSecond: taker(second, 'second') },
    async [Symbol.asyncDispose]() {
      await second[Symbol.asyncDispose]();
      await first[Symbol.asyncDispose]();
    },
  };
}

test('one console has a mailbox, the other is told which; it is kept by asking again', async () => {
  await using it = await openTwice();
  expect(await it.takeFirst(1000)).toEqual({ by: null });
  expect(await it.takeSecond(2000)).toEqual({ by: 'first' });
  expect(await it.takeFirst(1000 + minute - 1)).toEqual({ by: null });
  expect(await it.takeSecond(1000 + minute)).toEqual({ by: 'first' });
});

test('of two that ask at once, one gets it', async () => {
  await using it = await openTwice();
  for (let round = 0; round < 20; round += 1) {
    const now = round * 10 * minute;
    const answers = await Promise.all([it.takeFirst(now), it.takeSecond(now)]);
    expect(answers.filter(({ by }) => by === null)).toHaveLength(1);
  }
});

test('what a crash left behind runs out, and who is late does not take it back', async () => {
  await using it = await openTwice();
  await it.takeFirst(1000);
  const restarted = new Promise<void>((resolve) => void it.first.store.onRestart(resolve));
  it.first.process().kill();
  await restarted;
  expect(await it.takeSecond(1000 + minute - 1)).toEqual({ by: 'first' });
  expect(await it.takeSecond(1000 + minute)).toEqual({ by: null });
  expect(await it.takeFirst(1001 + minute)).toEqual({ by: 'second' });
});

test('one that was taken before the clock was set back holds nobody up for a year', async () => {
  await using it = await openTwice();
  const year = 365 * 24 * 60 * minute;
  await it.takeFirst(year);
  expect(await it.takeSecond(1000)).toEqual({ by: null });
});

test('given back it is free, but not by another', async () => {
  await using it = await openTwice();
  const { mailboxId, first, second } = it;
  await it.takeFirst(1000);
  await second.store.call('leases.release', { mailboxId, owner: 'second' });
  expect(await it.takeSecond(2000)).toEqual({ by: 'first' });
  await first.store.call('leases.release', { mailboxId, owner: 'first' });
  expect(await it.takeSecond(2000)).toEqual({ by: null });
});

test('each mailbox is leased by itself, and one that is gone has no owner', async () => {
  await using it = await openTwice();
  const other = await addMailbox(it.second.store, 'other@company.example');
  await it.takeFirst(1000);
  const question = { owner: 'second', now: 1000, until: minute };
  expect(await it.second.store.call('leases.take', { ...question, mailboxId: other.mailboxId })).toEqual({ by: null });
  await it.second.store.call('mailboxes.remove', { mailboxId: it.mailboxId, keepLetters: false });
  expect(await it.takeSecond(1000)).toEqual({ by: null });
  const unknown = crypto.randomUUID() as MailboxId;
  expect(await it.first.store.call('leases.take', { ...question, mailboxId: unknown })).toEqual({ by: null });
});

test('what one of them writes the other sees: rows, letters and health', async () => {
  await using it = await openTwice();
  const record = {
    ...{ mailboxId: it.mailboxId, lastLoadedAt: 5, failingSince: 6, disabledBecause: null },
    problem: { code: 'network.unreachable', params: { host: 'mail.example', port: 993 } },
  } as const;
  await it.first.store.call('records.put', record);
  expect(await it.second.store.call('records.list', undefined)).toEqual([record]);
  const mended = { ...record, lastLoadedAt: 9, failingSince: null, problem: null };
  await it.second.store.call('records.put', mended);
  expect(await it.first.store.call('records.list', undefined)).toEqual([mended]);
  await it.first.store.call('records.put', { ...record, mailboxId: crypto.randomUUID() as MailboxId });
  expect(await it.first.store.call('records.list', undefined)).toEqual([mended]);
});
