import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newestSchema, runMigrations } from '../../src-main/store/migrations/run-migrations.ts';
import { type OpenDatabase, openDatabase } from '../../src-main/store/process/connection.ts';
import { letterHandlers } from '../../src-main/store/process/letter-handlers.ts';
import { createParserPool, type ParserPool } from '../../src-main/store/process/parser-pool.ts';
import { createParsing } from '../../src-main/store/process/parsing.ts';
import type { FolderId } from '../../src-shared/domain/ids.ts';
import { composeRaw } from '../support/compose-raw.ts';
import { temporaryFolder, testKey } from '../support/open-store.ts';

/** `max_page_count` stands for the disk: SQLite gives SQLITE_FULL for both. */
let folder: ReturnType<typeof temporaryFolder>;
let db: OpenDatabase;
let pool: ParserPool;
let letters: ReturnType<typeof letterHandlers>;
const folderId = 1 as FolderId;
const signal = new AbortController().signal;

beforeEach(() => {
  folder = temporaryFolder();
  db = openDatabase({ path: join(folder.path, 'mail.db'), key: testKey, mustExist: false, newestSchema });
  runMigrations(db);
  db.exec(`
    INSERT INTO mailbox (id, name, name_key, address, enabled, demo, collects_tickets, created_at, settings)
      VALUES ('m', 'm', 'm', 'm@x.example', 1, 0, 0, 0, '{}');
    INSERT INTO folder (id, mailbox_id, path, name, separator, selected) VALUES (1, 'm', 'INBOX', 'INBOX', '/', 1);
  `);
  const workerFile = resolve(import.meta.dirname, '../../src-main/store/process/parser-worker.ts');
  pool = createParserPool({ workerFile, workers: 1, deadline: () => 10_000, heapMb: 192, idle: 0 });
  const parsing = createParsing({ db, pool, onParsed: () => {}, onFault: () => {} });
  letters = letterHandlers({ db, parsing, readers: pool });
});
afterEach(async () => {
  await pool.close();
  db.close();
  folder[Symbol.dispose]();
});

const count = (table: string) => db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? -1;
function leaveRoomFor(pages: number): void {
  const used = db.get<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0;
  db.all(`PRAGMA max_page_count = ${used + pages}`);
}
const batch = (first: number, size: number, bytes: number) => ({
  folderId,
  uidValidity: 1,
  letters: Array.from({ length: size }, (_, at) => ({
    uid: first + at,
    receivedAt: Date.UTC(2026, 0, 1) + (first + at) * 1000,
    seen: true,
    raw: composeRaw({ subject: `n${first + at}`, text: randomBytes(bytes).toString('hex') }),
  })),
});

test('a batch that does not fit is refused whole, and stored once there is room', async () => {
  await letters['letters.store'](batch(1, 5, 500), signal);
  await letters['letters.settle']({ mailboxId: null }, signal);
  leaveRoomFor(10);
  const tooMuch = batch(100, 20, 20_000);
  await expect(letters['letters.store'](tooMuch, signal)).rejects.toMatchObject({ code: 'store.disk-full' });
  expect([count('message'), count('raw'), count('ledger')]).toEqual([5, 5, 5]);
  leaveRoomFor(10_000);
  await expect(letters['letters.store'](tooMuch, signal)).resolves.toEqual({ fresh: 20, known: 0 });
  await letters['letters.settle']({ mailboxId: null }, signal);
  expect([count('message'), count('raw'), count('ledger'), count('message_detail')]).toEqual([25, 25, 25, 25]);
});

test('letters that were stored and could not be indexed are taken up when there is room', async () => {
  await letters['letters.store'](batch(1, 50, 10_000), signal);
  // Nothing is parsed before this turn ends: the disk is full exactly between storing and indexing.
  leaveRoomFor(0);
  await expect(letters['letters.settle']({ mailboxId: null }, signal)).rejects.toMatchObject({
    code: 'store.disk-full',
  });
  expect([count('raw'), count('message_detail')]).toEqual([50, 0]);
  leaveRoomFor(10_000);
  await expect(letters['letters.settle']({ mailboxId: null }, signal)).resolves.toEqual({ unreadable: 0 });
  expect([count('raw'), count('message_detail')]).toEqual([50, 50]);
});
