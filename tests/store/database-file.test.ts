import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newestSchema } from '../../src-main/store/migrations/run-migrations.ts';
import { openDatabase } from '../../src-main/store/process/connection.ts';
import { openStore } from '../../src-main/store/process/open-store.ts';
import type { FolderId } from '../../src-shared/domain/ids.ts';
import { bytesOf, composeRaw } from '../support/compose-raw.ts';
import { addMailbox, openTestStore, temporaryFolder, testKey } from '../support/open-store.ts';

const workerFile = resolve(import.meta.dirname, '../../src-main/store/process/parser-worker.ts');
let folder: ReturnType<typeof temporaryFolder>;
let path: string;
const everything = { mailboxId: null, folderId: null, unreadOnly: false };

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'mail.db');
});
afterEach(() => folder[Symbol.dispose]());

/** A closed store with a dozen letters, `padding` bytes each. */
async function makeStore(padding = 2000): Promise<FolderId> {
  await using it = await openTestStore(path);
  const { folders } = await addMailbox(it.store);
  const folderId = folders[0] as FolderId;
  const letters = Array.from({ length: 12 }, (_, at) => ({
    uid: at + 1,
    receivedAt: Date.UTC(2026, 0, 1 + at),
    seen: true,
    raw: composeRaw({ subject: `CANARY-${at}`, text: randomBytes(padding).toString('hex') }),
  }));
  await it.store.call('letters.store', { folderId, uidValidity: 1, letters });
  await it.store.call('letters.settle', { mailboxId: null });
  return folderId;
}

describe('the file', () => {
  test('holds nothing in plain text, nor does its log', async () => {
    await using it = await openTestStore(path);
    const { folders } = await addMailbox(it.store);
    const letters = [{ uid: 1, receivedAt: 1e12, seen: true, raw: composeRaw({ subject: 'CANARY', text: 'CANARY' }) }];
    await it.store.call('letters.store', { folderId: folders[0] as FolderId, uidValidity: 1, letters });
    await it.store.call('letters.settle', { mailboxId: null });
    for (const name of readdirSync(folder.path)) {
      const bytes = readFileSync(join(folder.path, name));
      expect([name, bytes.includes('CANARY'), bytes.includes('CREATE TABLE')]).toEqual([name, false, false]);
    }
    expect(readFileSync(path).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
  });

  test('opens again with its letters', async () => {
    await makeStore();
    await using it = await openTestStore(path, { mustExist: true });
    expect(await it.store.call('letters.count', { scope: everything })).toEqual({ total: 12 });
    expect(await it.store.call('database.health', undefined)).toMatchObject({ check: 'ok', letters: 12, mailboxes: 1 });
  });

  test('does not open with another key, and is not touched by the attempt', async () => {
    await makeStore();
    const before = readFileSync(path);
    await expect(openTestStore(path, { key: 'cd'.repeat(32) })).rejects.toMatchObject({ code: 'store.wrong-key' });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('that must exist is not made anew, and an empty one is not taken for new', async () => {
    await expect(openTestStore(path, { mustExist: true })).rejects.toMatchObject({ code: 'file.unreadable' });
    expect(existsSync(path)).toBe(false);
    writeFileSync(path, '');
    await expect(openTestStore(path, { mustExist: true })).rejects.toMatchObject({ code: 'store.corrupt' });
    expect(statSync(path).size).toBe(0);
  });

  test('of a newer program is refused by name and not touched', async () => {
    await makeStore();
    const db = openDatabase({ path, key: testKey, mustExist: true, newestSchema });
    db.exec(`PRAGMA user_version = ${newestSchema + 10}`);
    db.close();
    const before = readFileSync(path);
    await expect(openTestStore(path)).rejects.toMatchObject({
      code: 'store.from-future',
      params: { schema: newestSchema + 10, newest: newestSchema },
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('damage', () => {
  test('of any single bit is found before the file is used, and nothing is overwritten', async () => {
    await makeStore();
    const whole = readFileSync(path);
    const codes = new Set<string>();
    for (let round = 0; round < 30; round += 1) {
      const damaged = Buffer.from(whole);
      // Behind the first page, whose damage cannot be told from a wrong key.
      const at = 8192 + Math.floor(((round + 0.5) / 30) * (whole.length - 8192));
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (round % 8));
      writeFileSync(path, damaged);
      let code = `byte ${at} was missed`;
      try {
        const store = openStore(
          { path, key: testKey, mustExist: true },
          { workerFile, emit: () => {}, onFault: () => {} },
        );
        await store.handlers['database.close'](undefined, new AbortController().signal);
      } catch (error) {
        code = (error as { code: string }).code;
      }
      codes.add(code);
      expect(readFileSync(path).equals(damaged)).toBe(true);
    }
    expect([...codes]).toEqual(['store.corrupt']);
  });

  test('of a large file is found while it is in use, and nothing is answered from then on', async () => {
    await makeStore();
    const damaged = readFileSync(path);
    // In the middle of the last raw letter: opening does not read it.
    const at = damaged.length - 3000;
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    writeFileSync(path, damaged);
    const found = Promise.withResolvers<unknown>();
    const options = { workerFile, checkedBeforeUse: 0, checkedAfter: 0, emit: () => {}, onFault: found.resolve };
    const store = openStore({ path, key: testKey, mustExist: true }, options);
    expect(store.fault()).toBe(null);
    await found.promise;
    expect(store.fault()).toMatchObject({ code: 'store.corrupt' });
    await store.handlers['database.close'](undefined, new AbortController().signal);
  });

  test('by being cut short is found', async () => {
    await makeStore();
    truncateSync(path, Math.floor(statSync(path).size / 2 / 8192) * 8192);
    await expect(openTestStore(path)).rejects.toMatchObject({ code: 'store.corrupt' });
  });
});

describe('a backup', () => {
  test('opens with the same key and holds the same letters', async () => {
    await makeStore();
    const copy = join(folder.path, 'copy.db');
    {
      await using it = await openTestStore(path);
      const { bytes } = await it.store.call('database.backup', { path: copy });
      expect(bytes).toBe(statSync(copy).size);
    }
    expect(readFileSync(copy).includes('CANARY')).toBe(false);
    await using restored = await openTestStore(copy, { mustExist: true });
    const [newest] = await restored.store.call('letters.list', { scope: everything, before: null, limit: 1 });
    expect(newest?.subject).toBe('CANARY-11');
    const found = await restored.store.call('letters.search', {
      query: 'canary',
      scope: everything,
      before: null,
      limit: 50,
    });
    expect(found).toHaveLength(12);
  });

  test('that cannot be written leaves nothing behind', async () => {
    await makeStore();
    await using it = await openTestStore(path);
    const nowhere = join(folder.path, 'no-such-folder', 'copy.db');
    await expect(it.store.call('database.backup', { path: nowhere })).rejects.toMatchObject({
      code: 'file.not-written',
    });
    expect(readdirSync(folder.path).filter((name) => name.includes('copy'))).toEqual([]);
  });

  test('replaces an older one only when it is whole', async () => {
    await makeStore();
    const copy = join(folder.path, 'copy.db');
    copyFileSync(path, copy);
    await using it = await openTestStore(path);
    await it.store.call('database.backup', { path: copy });
    await using restored = await openTestStore(copy, { mustExist: true });
    expect(await restored.store.call('letters.count', { scope: everything })).toEqual({ total: 12 });
  });
});

test('a file that may not be written is refused', async () => {
  await makeStore();
  chmodSync(path, 0o400);
  // Root may write anything: there the store opens, and that is all that can be said.
  if (process.getuid?.() === 0)
    return expect(await openTestStore(path).then((it) => it[Symbol.asyncDispose]())).toBe(undefined);
  await expect(openTestStore(path)).rejects.toMatchObject({ code: 'store.readonly' });
});

test('a file that is no database at all is not overwritten', async () => {
  writeFileSync(path, bytesOf('This is a letter to my aunt. '.repeat(1000)));
  const before = readFileSync(path);
  await expect(openTestStore(path)).rejects.toMatchObject({ code: 'store.wrong-key' });
  expect(readFileSync(path).equals(before)).toBe(true);
});
