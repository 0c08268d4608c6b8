import { expect, test } from 'vitest';
import type { FetchedLetter, OpenFolder } from '../../src-main/connectors/connectors.ts';
import { silentLogs } from '../../src-main/logs/logs.ts';
import { loadFolder } from '../../src-main/sync/load-folder.ts';
import { composeRaw } from '../support/compose-raw.ts';
import { addMailbox, openTestStore } from '../support/open-store.ts';

const now = Date.UTC(2026, 10, 20);
const day = 24 * 60 * 60_000;
const quiet = new AbortController().signal;

interface ServerLetter {
  readonly uid: number;
  readonly receivedAt: number;
}

/** A folder on a server where a letter may arrive right after a question was answered. */
function folderOf(letters: ServerLetter[], afterQuestion: (count: number) => void): OpenFolder {
  let questions = 0;
  return {
    path: 'INBOX',
    uidValidity: 1,
    exists: letters.length,
    async listUids({ afterUid, since }) {
      const found = letters.filter(({ uid, receivedAt }) => uid > afterUid && receivedAt >= (since ?? 0));
      const uids = Uint32Array.from(found, ({ uid }) => uid);
      questions += 1;
      afterQuestion(questions);
      return uids;
    },
    listUnreadUids: async () => new Uint32Array(),
    listSizes: async () => new Map(),
    async *fetchLetters(uids): AsyncGenerator<FetchedLetter> {
      for (const { uid, receivedAt } of letters)
        if (uids.includes(uid)) yield { uid, receivedAt, seen: false, raw: composeRaw({ subject: `no ${uid}` }) };
    },
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
    const parts = {
      store,
      period: 'day' as const,
      now: () => now,
      limits: { bytes: 1_000_000, letters: 100 },
      log: silentLogs('test'),
      onPlanned() {},
      onStored() {},
      onMarks() {},
    };
    for (let pass = 0; pass < 2; pass += 1) {
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
