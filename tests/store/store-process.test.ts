import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLogs } from '../../src-main/logs/logs.ts';
import { createStore } from '../../src-main/store/keep-store-alive.ts';
import { launchInChildProcess } from '../../src-main/store/launch-in-child-process.ts';
import { newestSchema } from '../../src-main/store/migrations/run-migrations.ts';
import { openDatabase } from '../../src-main/store/process/connection.ts';
import type { FolderId } from '../../src-shared/domain/ids.ts';
import { composeRaw } from '../support/compose-raw.ts';
import { addMailbox, openTestStore, storeProcessFile, temporaryFolder, testKey } from '../support/open-store.ts';

const everything = { mailboxId: null, folderId: null, unreadOnly: false };
const letters = (count: number, padding = 100) =>
  Array.from({ length: count }, (_, at) => ({
    uid: at + 1,
    receivedAt: Date.UTC(2026, 0, 1) + at * 1000,
    seen: true,
    raw: composeRaw({ subject: `letter ${at}`, text: `${at} `.repeat(padding) }),
  }));

test('a killed process fails the pending call, and the next call works', async () => {
  await using it = await openTestStore();
  const { mailboxId } = await addMailbox(it.store);
  const first = it.process().pid;
  const restarted = new Promise<void>((resolve) => void it.store.onRestart(resolve));
  const pending = it.store.call('letters.count', { scope: everything });
  it.process().kill();
  await expect(pending).rejects.toMatchObject({ code: 'store.unavailable' });
  await restarted;
  const list = await it.store.call('mailboxes.list', undefined);
  expect(list.map(({ id }) => id)).toEqual([mailboxId]);
  expect(it.process().pid).not.toBe(first);
});

test('calls made while it starts again wait, and events come from the new process', async () => {
  await using it = await openTestStore();
  const { folders } = await addMailbox(it.store);
  const gone = new Promise<void>((resolve) => it.process().pipe.onClose(resolve));
  it.process().kill();
  await gone;
  let parsed = 0;
  it.store.on('letters.parsed', ({ count }) => {
    parsed += count;
  });
  const stored = it.store.call('letters.store', {
    folderId: folders[0] as FolderId,
    uidValidity: 1,
    letters: letters(5),
  });
  await expect(stored).resolves.toEqual({ fresh: 5, known: 0 });
  await it.store.call('letters.settle', { mailboxId: null });
  expect(parsed).toBe(5);
});

test('a process that dies again and again is given up', async () => {
  await using it = await openTestStore();
  const deaths = async () => {
    for (;;) {
      it.process().kill();
      await it.store.call('letters.count', { scope: everything });
    }
  };
  await expect(deaths()).rejects.toMatchObject({ code: 'store.unavailable' });
  let last: unknown = null;
  for (let round = 0; round < 10; round += 1) {
    it.process().kill();
    last = await it.store.call('letters.count', { scope: everything }).then(
      () => null,
      (error: unknown) => error,
    );
  }
  expect(last).toMatchObject({ code: 'store.unavailable' });
});

test('letters that were stored when the process was killed are parsed after the next start', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'mail.db');
  {
    await using it = await openTestStore(path);
    const { folders } = await addMailbox(it.store);
    const stored = it.store.call('letters.store', {
      folderId: folders[0] as FolderId,
      uidValidity: 1,
      letters: letters(300, 2000),
    });
    await stored;
    it.process().kill();
    await new Promise<void>((resolve) => it.process().pipe.onClose(resolve));
  }
  const db = openDatabase({ path, key: testKey, mustExist: true, newestSchema });
  const waiting = db.get<{ n: number }>(`SELECT count(*) AS n FROM message WHERE state = 'stored'`)?.n ?? 0;
  expect(db.get('SELECT count(*) AS n FROM raw')).toEqual({ n: 300 });
  db.close();
  // Else the test proves nothing: the kill came too late.
  expect(waiting).toBeGreaterThan(0);
  await using again = await openTestStore(path, { mustExist: true });
  await again.store.call('letters.settle', { mailboxId: null });
  const list = await again.store.call('letters.list', { scope: everything, before: null, limit: 500 });
  expect(new Set(list.map(({ state }) => state))).toEqual(new Set(['parsed']));
  const found = await again.store.call('letters.search', {
    query: 'letter',
    scope: everything,
    before: null,
    limit: 500,
  });
  expect(found).toHaveLength(300);
});

test('a process that is closed in order leaves one file without a log', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'mail.db');
  const launch = launchInChildProcess(storeProcessFile);
  const open = { path, key: testKey, mustExist: false };
  const { store, opened } = await createStore({ launch, open, log: silentLogs('test') });
  expect(opened).toMatchObject({ created: true, schema: newestSchema });
  await store.close();
  await expect(store.call('letters.count', { scope: everything })).rejects.toMatchObject({ code: 'store.unavailable' });
  const { readdirSync } = await import('node:fs');
  expect(readdirSync(folder.path)).toEqual(['mail.db']);
});

test('nothing can be asked before the file is open', async () => {
  const process = await launchInChildProcess(storeProcessFile)();
  const answer = new Promise((resolve) => process.pipe.onMessage(resolve));
  process.pipe.send({ kind: 'call', id: 1, name: 'mailboxes.list', input: undefined });
  expect(await answer).toMatchObject({ kind: 'error', error: { code: 'store.unavailable' } });
  process.kill();
  await new Promise<void>((resolve) => process.pipe.onClose(resolve));
});

test('the process ends when the one it works for is gone', async () => {
  const { fork } = await import('node:child_process');
  const child = fork(storeProcessFile, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
  });
  child.disconnect();
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
});
