import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { bob, graphCertificates, startDouble } from '../connectors/graph-desk.ts';
import { addItem, removeItem, type StoredItem, setRead } from '../support/exchange/mailboxes.ts';
import type { GraphDouble } from '../support/graph/graph-double.ts';
import { type CollectingConsole, expectAllOnce, loadOne, openCollecting } from './collecting-console.ts';
import { addGraphMailbox, graphSettings } from './graph-console.ts';
import { smallLetter } from './small-letter.ts';

const certificates = graphCertificates();
afterAll(() => certificates[Symbol.dispose]());
let double: GraphDouble;
beforeEach(async () => {
  double = await startDouble(certificates);
});
afterEach(async () => {
  await double.stop();
  expect(double.mistakes).toEqual([]);
});

const inbox = () => double.folder(bob);
const raws = ['one', 'two', 'three', 'four', 'five'].map((subject) => smallLetter(subject));
const [six, seven] = [smallLetter('six'), smallLetter('seven')];
const day = (at: number): number => Date.UTC(2026, 9, 1 + at);
const put = (raw: string, receivedAt = Date.now()): StoredItem =>
  addItem(inbox(), { raw: Buffer.from(raw, 'latin1'), receivedAt });
const times = (name: string): number => double.asked.filter((asked) => asked === name).length;
const open = () => openCollecting({ extraCertificates: [certificates.caPem] });

function fill(): void {
  double.faults = (name) => (name === 'delta' ? { kind: 'http', status: 403, code: 'ErrorQuotaExceeded' } : null);
}
function makeRoom(): void {
  double.faults = () => null;
}

async function pass(main: CollectingConsole, mailbox: Mailbox) {
  double.asked.length = 0;
  const report = await loadOne(main, mailbox);
  expect(report).toMatchObject({ problem: null, unexplained: 0 });
  const [progress] = await main.call('loading.status', undefined);
  return { folder: report.folders[0], told: progress?.problem?.code ?? null };
}

test('a mailbox that is full from the first day is loaded all the same, and its person is told until there is room', async () => {
  await using main = await open();
  for (const raw of raws) put(raw);
  fill();
  const mailbox = await addGraphMailbox(main, graphSettings(double));
  expect(await pass(main, mailbox)).toMatchObject({
    folder: { onServer: 5, fresh: 5, problem: { code: 'quota.exceeded' } },
    told: 'quota.exceeded',
  });
  put(six);
  expect(await pass(main, mailbox)).toMatchObject({ folder: { onServer: 6, fresh: 1 }, told: 'quota.exceeded' });
  expect(times('value')).toBe(1);
  // Nothing new: no folder is opened.
  expect((await pass(main, mailbox)).folder).toMatchObject({ unchanged: true, problem: { code: 'quota.exceeded' } });
  makeRoom();
  put(seven);
  expect(await pass(main, mailbox)).toMatchObject({ folder: { onServer: 7, fresh: 1, problem: null }, told: null });
  expect([times('list'), times('value')]).toEqual([0, 1]);
  await expectAllOnce(main, mailbox, [...raws, six, seven]);
});

test('what happens in a mailbox while it is full is seen by looking, and delta tells none of it twice', async () => {
  await using main = await open();
  const [first, second] = raws.map((raw) => put(raw));
  const mailbox = await addGraphMailbox(main, graphSettings(double));
  await pass(main, mailbox);
  fill();
  removeItem(inbox(), first?.id ?? '');
  setRead(inbox(), second?.id ?? '', true);
  put(six);
  expect((await pass(main, mailbox)).folder).toMatchObject({ onServer: 5, fresh: 1 });
  const scope = { mailboxId: mailbox.id, folderId: null, unreadOnly: true };
  const unread = async () => (await main.call('mail.list', { scope, before: null, limit: 50 })).length;
  expect(await unread()).toBe(4);
  makeRoom();
  expect((await pass(main, mailbox)).folder).toMatchObject({ onServer: 5, fresh: 0 });
  expect([times('value'), await unread()]).toEqual([0, 4]);
  await expectAllOnce(main, mailbox, [...raws, six]);
});

test('a letter deleted while pages are read hides no other, and many of one moment are all seen', async () => {
  await using main = await open();
  const early = put(smallLetter('early'), day(0));
  for (const [at, raw] of raws.entries()) put(raw, day(at < 3 ? 1 : at));
  double.pageSize = 2;
  fill();
  const full = double.faults;
  double.faults = (name, url) => {
    if (name === 'list' && times('list') === 2) removeItem(inbox(), early.id);
    return full(name, url);
  };
  const mailbox = await addGraphMailbox(main, graphSettings(double));
  await pass(main, mailbox);
  expect(inbox().items.size).toBe(5);
  await expectAllOnce(main, mailbox, raws);
});
