import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createParserPool, UnparsedLetter } from '../../src-main/store/process/parser-pool.ts';
import type { FolderId } from '../../src-shared/domain/ids.ts';
import type { MessageSummary } from '../../src-shared/domain/message.ts';
import { bytesOf, composeRaw } from '../support/compose-raw.ts';
import { addMailbox, openTestStore, type TestStore } from '../support/open-store.ts';

let it: TestStore;
let folderId: FolderId;
let uid = 0;

beforeAll(async () => {
  it = await openTestStore();
  [folderId] = (await addMailbox(it.store)).folders as [FolderId];
});
afterAll(async () => {
  await it[Symbol.asyncDispose]();
});

/** Stores a letter among harmless ones; gives back how it is listed. */
async function storeAmongOthers(raw: Uint8Array<ArrayBuffer>): Promise<MessageSummary> {
  const before = uid;
  const letters = [composeRaw({ subject: `before ${uid}` }), raw, composeRaw({ subject: `after ${uid}` })].map(
    (bytes) => {
      uid += 1;
      return { uid, receivedAt: Date.UTC(2026, 0, 1) + uid * 1000, seen: true, raw: bytes };
    },
  );
  await it.store.call('letters.store', { folderId, uidValidity: 1, letters });
  await it.store.call('letters.settle', { mailboxId: null });
  const scope = { mailboxId: null, folderId, unreadOnly: false };
  const [after, hostile, first] = await it.store.call('letters.list', { scope, before: null, limit: 3 });
  expect([after?.subject, first?.subject]).toEqual([`after ${before}`, `before ${before}`]);
  expect([after?.state, first?.state]).toEqual(['parsed', 'parsed']);
  const messageId = (hostile as MessageSummary).id;
  const kept = await it.store.call('letters.raw', { messageId });
  expect(Buffer.compare(kept, raw)).toBe(0);
  // Whatever became of it: it opens.
  await it.store.call('letters.get', { messageId });
  await it.store.call('letters.headers', { messageId });
  return hostile as MessageSummary;
}

test('10,000 nested parts: kept, listed by its header, unreadable', async () => {
  const open = Array.from(
    { length: 10_000 },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
  );
  const raw = bytesOf(`Subject: Nested\r\nFrom: deep@x.example\r\nMIME-Version: 1.0\r\n${open.join('')}\r\nend\r\n`);
  const listed = await storeAmongOthers(raw);
  expect(listed).toMatchObject({ state: 'unreadable', subject: 'Nested', problem: { code: 'message.unreadable' } });
});

test('10,000 parts side by side are read, and a bounded number of them shown', async () => {
  const parts = Array.from(
    { length: 10_000 },
    (_, at) => `--b\r\nContent-Type: application/x; name=f${at}\r\n\r\nx\r\n`,
  );
  const raw = bytesOf(
    `Subject: Wide\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts.join('')}--b--\r\n`,
  );
  expect(await storeAmongOthers(raw)).toMatchObject({ state: 'parsed', attachmentCount: 1000 });
});

test('a header of 3 MB in one line', async () => {
  const raw = bytesOf(`Subject: Long\r\nX-Filler: ${'x'.repeat(3 * 1024 * 1024)}\r\n\r\nText\r\n`);
  expect(await storeAmongOthers(raw)).toMatchObject({ state: 'parsed', subject: 'Long', preview: 'Text' });
});

test('a header of 3 MB in 40,000 lines', async () => {
  const lines = Array.from({ length: 40_000 }, (_, at) => `X-Filler-${at}: ${'y'.repeat(60)}\r\n`).join('');
  expect(await storeAmongOthers(bytesOf(`Subject: Many\r\n${lines}\r\nText\r\n`))).toMatchObject({ subject: 'Many' });
});

test('recipients for 3 MB', async () => {
  const list = Array.from({ length: 60_000 }, (_, at) => `Somebody Number${at} <somebody${at}@company.example>`).join(
    ',\r\n ',
  );
  expect(await storeAmongOthers(bytesOf(`Subject: All\r\nTo: ${list}\r\n\r\nText\r\n`))).toMatchObject({
    subject: 'All',
  });
});

test('40 MB with an attachment', async () => {
  const body = Buffer.alloc(30 * 1024 * 1024, 7)
    .toString('base64')
    .replace(/.{76}/g, '$&\r\n');
  const raw = bytesOf(
    `Subject: Big\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee below\r\n` +
      `--b\r\nContent-Type: application/zip; name=big.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n${body}\r\n--b--\r\n`,
  );
  const listed = await storeAmongOthers(raw);
  expect(listed).toMatchObject({ state: 'parsed', subject: 'Big', preview: 'See below', attachmentCount: 1 });
  const file = await it.store.call('letters.attachment', { messageId: listed.id, index: 0 });
  expect(file.bytes.byteLength).toBe(30 * 1024 * 1024);
  expect(file.bytes.every((byte) => byte === 7)).toBe(true);
});

test('40 MB of text: found by its first words, read as far as anybody reads', async () => {
  const raw = bytesOf(`Subject: Novel\r\n\r\nonceuponatime\r\n${'All work and no play.\r\n'.repeat(1_800_000)}`);
  const listed = await storeAmongOthers(raw);
  expect(listed).toMatchObject({ state: 'parsed', subject: 'Novel' });
  const scope = { mailboxId: null, folderId: null, unreadOnly: false };
  const found = await it.store.call('letters.search', { query: 'onceuponatime', scope, before: null, limit: 5 });
  expect(found.map(({ id }) => id)).toEqual([listed.id]);
  expect((await it.store.call('letters.get', { messageId: listed.id })).text.length).toBeGreaterThan(4_000_000);
});

test('an unknown charset, a wrong one, and none at all', async () => {
  const head = 'MIME-Version: 1.0\r\nContent-Transfer-Encoding: 8bit\r\n';
  const unknown = bytesOf(`Subject: U\r\n${head}Content-Type: text/plain; charset=x-klingon\r\n\r\nplain words\r\n`);
  expect(await storeAmongOthers(unknown)).toMatchObject({ state: 'parsed', preview: 'plain words' });
  const inCp1251 = Buffer.concat([
    Buffer.from('Subject: '),
    Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]),
    Buffer.from(`\r\n${head}Content-Type: text/plain; charset=utf-8\r\n\r\n`),
    Buffer.from([0xca, 0xe0, 0xea, 0x20, 0xe4, 0xe5, 0xeb, 0xe0, 0x3f]),
  ]);
  expect(await storeAmongOthers(Uint8Array.from(inCp1251))).toMatchObject({ subject: 'Привет', preview: 'Как дела?' });
  const inKoi8 = Buffer.concat([
    Buffer.from('Subject: '),
    Buffer.from([0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4]),
    Buffer.from('\r\n\r\n'),
    Buffer.from([0xeb, 0xc1, 0xcb, 0x20, 0xc4, 0xc5, 0xcc, 0xc1, 0x3f]),
  ]);
  expect(await storeAmongOthers(Uint8Array.from(inKoi8))).toMatchObject({ subject: 'Привет', preview: 'Как дела?' });
});

const workerFile = resolve(import.meta.dirname, '../../src-main/store/process/parser-worker.ts');
const big = () => bytesOf(`Subject: Big\r\n\r\n${'word '.repeat(400_000)}`);

test('a letter that takes longer than its deadline ends its worker, and the others go on', async () => {
  const deadline = (bytes: number) => (bytes > 1_000_000 ? 1 : 10_000);
  await using pool = disposable(createParserPool({ workerFile, workers: 1, deadline, heapMb: 192, idle: 0 }));
  const raws = [
    composeRaw({ subject: 'one' }),
    manyTags(),
    composeRaw({ subject: 'two' }),
    composeRaw({ subject: 'three' }),
  ];
  const results = await Promise.allSettled(
    raws.map((raw) => pool.ask<'index'>({ kind: 'index' }, () => Uint8Array.from(raw))),
  );
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect((results[1] as PromiseRejectedResult).reason).toMatchObject({ code: 'message.parse-timeout' });
});

test('a letter that needs more memory than a worker has ends its worker, and the others go on', async () => {
  await using pool = disposable(
    createParserPool({ workerFile, workers: 1, deadline: () => 20_000, heapMb: 24, idle: 0 }),
  );
  const raws = [composeRaw({ subject: 'one' }), manyTags(), composeRaw({ subject: 'two' })];
  const results = await Promise.allSettled(
    raws.map((raw) => pool.ask<'index'>({ kind: 'index' }, () => Uint8Array.from(raw))),
  );
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  const { reason } = results[1] as PromiseRejectedResult;
  expect(reason).toBeInstanceOf(UnparsedLetter);
  expect(reason).toMatchObject({ code: 'message.parse-memory' });
});

test('the same letters are read where time and memory are as usual', async () => {
  await using pool = disposable(
    createParserPool({ workerFile, workers: 1, deadline: () => 20_000, heapMb: 512, idle: 0 }),
  );
  for (const raw of [big(), manyTags()])
    expect((await pool.ask<'index'>({ kind: 'index' }, () => raw)).fields.subject).toBe('Big');
});

/** Half a million lines of a header part each: slow and hungry, and within every limit of size. */
function manyTags(): Uint8Array<ArrayBuffer> {
  const html = '<p>a<b>b</b>'.repeat(600_000);
  const parts = Array.from(
    { length: 9000 },
    (_, at) => `--b\r\nContent-Type: application/x; name=f${at}\r\n\r\n${'x'.repeat(80)}\r\n`,
  );
  return bytesOf(
    `Subject: Big\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts.join('')}` +
      `--b\r\nContent-Type: text/html\r\n\r\n${html}\r\n--b--\r\n`,
  );
}

function disposable<T extends { close(): Promise<void> }>(it: T): T & AsyncDisposable {
  return Object.assign(it, { [Symbol.asyncDispose]: () => it.close() });
}
