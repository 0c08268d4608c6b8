import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createConnectionLog } from '../../../../src-main/logs/connection-log.ts';
import { fileBytes, filesOfMailbox } from '../../../../src-main/logs/entry-files.ts';
import { type LogFilter, logFilterSchema } from '../../../../src-shared/domain/connection-log.ts';
import type { MailboxId } from '../../../../src-shared/domain/ids.ts';

const desk = '11111111-1111-4111-8111-111111111111' as MailboxId;
const other = '22222222-2222-4222-8222-222222222222' as MailboxId;
const root = mkdtempSync(join(tmpdir(), 'mailroom-log-'));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;
function open(at = 1_000_000) {
  let now = at;
  folders += 1;
  const folder = join(root, String(folders));
  const log = createConnectionLog({ folder, now: () => now });
  log.setLevel(desk, 'full');
  log.setLevel(other, 'full');
  const uids = async (filter: Partial<LogFilter>, before: number | null = null, limit = 100) => {
    const page = await log.read({ ...logFilterSchema.parse({}), ...filter }, { before, limit });
    return { uids: page.entries.map(({ uid }) => uid), more: page.more, last: page.entries.at(-1)?.id ?? null };
  };
  return { log, folder, uids, tick: (by: number) => (now += by) };
}

test('pages go on where the one before ended, newest first, through every file', async () => {
  const { log, folder, uids } = open();
  const longName = 'x'.repeat(240);
  for (let round = 0; round < 4; round += 1) {
    for (let uid = 1; uid <= 500; uid += 1)
      log.write(desk, 'letter-fetched', { folder: longName, uid: round * 500 + uid });
    await log.settle();
  }
  expect(readdirSync(folder).length).toBeGreaterThan(1);
  const seen: (number | null)[] = [];
  let before: number | null = null;
  for (let more = true; more; ) {
    const page = await uids({ mailboxId: desk }, before, 300);
    seen.push(...page.uids);
    ({ more, last: before } = page);
  }
  // Nothing twice, nothing out of order, and the newest are all there.
  expect(seen).toEqual([...seen].sort((a, b) => Number(b) - Number(a)));
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.slice(0, 1000)).toEqual(Array.from({ length: 1000 }, (_, at) => 2000 - at));
});

test('however much is written, a mailbox has its few files of bounded size', async () => {
  const { log, folder } = open();
  for (let round = 0; round < 25; round += 1) {
    for (let uid = 1; uid <= 400; uid += 1) log.write(desk, 'moved', { folder: 'y'.repeat(240), uid });
    await log.settle();
  }
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
  expect(sizes.length).toBe(filesOfMailbox);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(fileBytes);
});

test('lines are found by mailbox, failure, words and time', async () => {
  const { log, uids, tick } = open(1_000_000);
  log.write(desk, 'letter-fetched', { folder: 'INBOX', uid: 1, messageId: '<Nail@x.test>' });
  tick(1000);
  const problem = { code: 'server.refused', params: { serverWords: 'NO over quota today' } } as const;
  log.write(desk, 'moved', { folder: 'Archive', uid: 2, problem });
  log.write(other, 'moved', { folder: 'INBOX', uid: 3 });
  expect((await uids({})).uids).toEqual([3, 2, 1]);
  expect((await uids({ mailboxId: desk })).uids).toEqual([2, 1]);
  expect((await uids({ severity: 'problems' })).uids).toEqual([2]);
  expect((await uids({ words: 'nail@X' })).uids).toEqual([1]);
  expect((await uids({ words: 'over quota' })).uids).toEqual([2]);
  expect((await uids({ since: 1_000_001 })).uids).toEqual([3, 2]);
  expect((await uids({ until: 1_000_000 })).uids).toEqual([1]);
});

test('a level that is changed holds for the next line, and a mailbox that is forgotten leaves no file', async () => {
  const { log, uids, folder } = open();
  log.write(desk, 'moved', { uid: 1 });
  log.setLevel(desk, 'errors');
  log.write(desk, 'moved', { uid: 2 });
  log.write(desk, 'moved', { uid: 3, problem: { code: 'server.refused', params: {} } });
  log.setLevel(desk, 'off');
  log.write(desk, 'moved', { uid: 4, problem: { code: 'server.refused', params: {} } });
  expect((await uids({})).uids).toEqual([3, 1]);
  await log.remove(desk);
  expect(readdirSync(folder)).toEqual([]);
});

test('lines that a crash has cut, or somebody has written, are left out', async () => {
  const { log, uids, folder } = open();
  log.write(desk, 'moved', { uid: 1 });
  await log.settle();
  appendFileSync(join(folder, `${desk}.log`), '{"id":9,"at"\n{"id":"x","script":"<b>"}\n');
  log.write(desk, 'moved', { uid: 2 });
  expect((await uids({})).uids).toEqual([2, 1]);
});

test('addresses and quoted secrets in the words of a server are not kept, nor a Message-ID that is none', async () => {
  const { log } = open();
  const serverWords = 'NO bob@company.example may not, password=hunter22\r\nand more';
  log.write(desk, 'moved', {
    messageId: '<a b> secret words',
    problem: { code: 'server.refused', params: { serverWords } },
  });
  const { entries } = await log.read(logFilterSchema.parse({}), { before: null, limit: 1 });
  expect(entries[0]?.messageId).toBeNull();
  expect(entries[0]?.problem?.params.serverWords).toBe('NO [address] may not, password=[removed] and more');
});
