import { expect, test } from 'vitest';
import type { FetchedLetter, OpenFolder } from '../../src-main/connectors/connectors.ts';
import { silentLogs } from '../../src-main/logs/logs.ts';
import type { Store } from '../../src-main/store/store.ts';
import { type FolderParts, loadFolder } from '../../src-main/sync/load-folder.ts';
import type { FirstLoadPeriod } from '../../src-shared/domain/mailbox.ts';
import { AppError, isAppError } from '../../src-shared/errors/errors.ts';
import { composeRaw } from '../support/compose-raw.ts';
import { addMailbox, openTestStore } from '../support/open-store.ts';

const now = Date.UTC(2026, 10, 20);
const day = 24 * 60 * 60_000;
const quiet = new AbortController().signal;

interface ServerLetter {
  readonly uid: number;
  readonly receivedAt: number;
  /** Whoever asks for it loses the line. */
  readonly breaksLine?: boolean;
}

/** A folder on a server where a letter may arrive right after a question was answered. */
function folderOf(letters: ServerLetter[], afterQuestion: (count: number) => void): OpenFolder {
  let questions = 0;
  return {
    path: 'INBOX',
    uidValidity: 1,
    exists: letters.length,
    uidNext: null,
    highestModseq: null,
    async listUids({ afterUid, since }) {
      const found = letters.filter(({ uid, receivedAt }) => uid > afterUid && receivedAt >= (since ?? 0));
      const uids = Uint32Array.from(found, ({ uid }) => uid);
      questions += 1;
      afterQuestion(questions);
      return uids;
    },
    listUnreadUids: async () => new Uint32Array(),
    listSizes: async () => new Map(),
    fetchHeader: async () => null,
    async *fetchLetters(uids): AsyncGenerator<FetchedLetter> {
      for (const { uid, receivedAt, breaksLine } of letters) {
        if (!uids.includes(uid)) continue;
        if (breaksLine) throw new AppError('network.dropped', { host: 'mail.company.example', port: 993 });
        yield { uid, receivedAt, seen: false, raw: composeRaw({ subject: `no ${uid}` }) };
      }
    },
  };
}

function partsOver(store: Store, firstLoadPeriod: FirstLoadPeriod, clock = () => now): FolderParts {
  return {
    store,
    loading: {
      firstLoadPeriod,
      automatic: false,
      pollMinutes: null,
      newMail: 'position',
      folders: 'chosen',
      largestMb: 35,
      lane: 0,
    },
    newsOnly: false,
    state: null,
    now: clock,
    limits: { bytes: 1_000_000, letters: 100 },
    log: silentLogs('test'),
    onPlanned() {},
    onStored() {},
    onMarks() {},
  };
}

test.each([1, 2, 3])(
  'a letter that arrives after question %i of a first load with a period is not passed over',
  async (at) => {
    await using opened = await openTestStore();
    const { store } = opened;
    const { mailboxId } = await addMailbox(store, 'support@company.example', ['INBOX']);
    // The last one was moved here later and is not of the period.
    const letters = [
      { uid: 1, receivedAt: now - day / 2 },
      { uid: 2, receivedAt: now - 400 * day },
    ];
    const folder = folderOf(letters, (count) => {
      if (count === at) letters.push({ uid: 3, receivedAt: now });
    });
    const parts = partsOver(store, 'day');
    for (let pass = 0; pass < 3; pass += 1) {
      const [cursor] = await store.call('folders.cursors', { mailboxId });
      if (!cursor) throw new Error('no cursor');
      await loadFolder(folder, cursor, parts, quiet);
    }
    await store.call('letters.settle', { mailboxId });
    const scope = { mailboxId, folderId: null, unreadOnly: false };
    const loaded = await store.call('letters.list', { scope, before: null, limit: 10 });
    expect(loaded.map(({ subject }) => subject)).toEqual(['no 3', 'no 1']);
  },
);

test('a letter that breaks the line each time holds up no other, is left alone in the end, and tried once a day', async () => {
  await using opened = await openTestStore();
  const { store } = opened;
  const { mailboxId } = await addMailbox(store, 'support@company.example', ['INBOX']);
  const letters = [1, 2, 3, 4, 5].map((uid) => ({ uid, receivedAt: now, breaksLine: uid === 3 }));
  const asked: number[][] = [];
  const folder: OpenFolder = { ...folderOf(letters, () => {}) };
  const fetchLetters = folder.fetchLetters;
  Object.assign(folder, {
    fetchLetters: (uids: number[], signal: AbortSignal) => {
      asked.push([...uids].sort());
      return fetchLetters(uids, signal);
    },
  });
  let clock = now;
  const pass = async () => {
    const [cursor] = await store.call('folders.cursors', { mailboxId });
    if (!cursor) throw new Error('no cursor');
    return loadFolder(
      folder,
      cursor,
      partsOver(store, 'all', () => clock),
      quiet,
    ).then(
      ({ report }) => report,
      (error: unknown) => (isAppError(error) ? error.code : String(error)),
    );
  };
  const rows = async () => {
    const filter = { mailboxId, folderId: null, statuses: [], query: '' };
    const entries = await store.call('ledger.list', { filter, before: null, limit: 10 });
    return entries.map(({ uid, status, why, attempts }) => [uid, status, why, attempts]).reverse();
  };

  expect(await pass()).toBe('network.dropped');
  // What came before the line broke is kept; the rest is asked for again, and then one by one.
  for (let again = 0; again < 10 && typeof (await pass()) === 'string'; again += 1);
  await store.call('letters.settle', { mailboxId });
  expect(await rows()).toEqual([
    [1, 'parsed', null, 0],
    [2, 'parsed', null, 0],
    [3, 'held', 'refused', 5],
    [4, 'parsed', null, 2],
    [5, 'parsed', null, 2],
  ]);
  expect(await pass()).toMatchObject({ heldBack: 1, failed: 0 });
  expect(asked.filter((uids) => uids.includes(3))).toHaveLength(5);

  clock += 25 * 60 * 60_000;
  expect(await pass()).toBe('network.dropped');
  expect(await pass()).toMatchObject({ heldBack: 1 });
  expect(asked.filter((uids) => uids.includes(3))).toHaveLength(6);
});
