import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { addMailbox, lettersOf } from '../bad-input/main-process.ts';
import { createDeadlyStore, deathsAt } from '../support/deadly-store.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { type ScriptedMaildrop, serveMaildrop } from '../support/scripted-maildrop.ts';
import { type ScriptedLine, type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';
import { type CollectingConsole, expectAllOnce, loadOne, makeProfile, openCollecting } from './collecting-console.ts';
import { smallLetter } from './small-letter.ts';

let drop: ScriptedMaildrop;
let server: ScriptedServer;
/** All that were ever delivered. */
let delivered: string[];
beforeAll(async () => {
  server = await startScriptedServer((line) => serveMaildrop(line, drop));
});
afterAll(() => server?.stop());
beforeEach(() => {
  drop = { letters: [] };
  delivered = [];
});

function deliver(count = 2): void {
  for (let at = 0; at < count; at += 1) {
    const raw = smallLetter(`no ${delivered.length}`);
    delivered.push(raw);
    drop.letters = [...drop.letters, { uidl: `name-${delivered.length}`, raw }];
  }
}

const deleteAtOnce = { kind: 'delete', afterDays: 0 } as const;
const addQueue = (main: CollectingConsole, user: string, port = server.port): Promise<Mailbox> =>
  addMailbox(main, { user, port, endpoint: { protocol: 'pop3' }, afterwards: deleteAtOnce });

/** Wherever a letter is: on the server, or in the console with every byte. */
async function expectNoneLost(main: CollectingConsole, mailbox: Mailbox): Promise<void> {
  const kept: string[] = [];
  for (const { id } of await lettersOf(main, mailbox)) kept.push(await main.rawOf(id));
  const there = new Set([...kept, ...drop.letters.map(({ raw }) => raw)]);
  expect(delivered.filter((raw) => !there.has(raw))).toEqual([]);
  expect(new Set(kept).size).toBe(kept.length);
}

test('where nothing happens to the line, letters are deleted with the pass that loaded them', async () => {
  await using main = await openCollecting();
  const mailbox = await addQueue(main, 'calm');
  deliver();
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: null, effectsDone: 2 });
  expect(drop.letters).toEqual([]);
  await expectAllOnce(main, mailbox, delivered);
});

test.each<readonly [string, RegExp, (line: ScriptedLine, usual: () => Promise<void>) => Promise<void>, number]>([
  ['before the first DELE is answered', /^DELE 1/, async (line) => line.reset(), 2],
  ['between two DELEs', /^DELE 2/, async (line) => line.reset(), 2],
  ['before QUIT is read', /^QUIT/, async (line) => line.reset(), 2],
  [
    'after QUIT is done and before it is answered',
    /^QUIT/,
    async (line, usual) => {
      drop.letters = [];
      line.reset();
      await usual().catch(() => undefined);
    },
    0,
  ],
])('a line that breaks %s leaves the deletion due, and the next pass does it once', async (_, asked, reply, left) => {
  await using main = await openCollecting();
  const mailbox = await addQueue(main, 'broken');
  deliver();
  drop.replies = [[asked, reply]];
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: { code: 'network.dropped' }, effectsDone: 0 });
  expect(drop.letters).toHaveLength(left);
  await expectNoneLost(main, mailbox);
  drop.replies = [];
  deliver(1);
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: null, unexplained: 0, effectsFailed: 0 });
  expect(drop.letters).toEqual([]);
  await expectAllOnce(main, mailbox, delivered);
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: null, effectsDone: 0 });
});

test('a server that could not delete all says so at QUIT; what is left is deleted by the next pass', async () => {
  await using main = await openCollecting();
  const mailbox = await addQueue(main, 'partly');
  deliver();
  const half = async (line: ScriptedLine): Promise<void> => {
    drop.letters = drop.letters.slice(1);
    await line.send('-ERR some deleted messages not removed\r\n');
    line.end();
  };
  drop.replies = [[/^QUIT/, half]];
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: { code: 'server.unavailable' }, effectsDone: 0 });
  await expectNoneLost(main, mailbox);
  drop.replies = [];
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: null });
  expect(drop.letters).toEqual([]);
  await expectAllOnce(main, mailbox, delivered);
});

test('cut after any byte of a whole pass, no letter is lost, and in the end each is there once and gone from the server', {
  timeout: 300_000,
}, async () => {
  await using main = await openCollecting();
  const proxy: FaultProxy = await startFaultProxy(server.port);
  try {
    const mailbox = await addQueue(main, 'anywhere', proxy.port);
    deliver(1);
    await loadOne(main, mailbox);
    const bytes = proxy.bytes;
    expect(proxy.struck).toBe(0);
    for (let at = 0; at < bytes; at += 1) {
      if (drop.letters.length === 0) deliver(1);
      proxy.set({ kind: at % 2 ? 'cut' : 'reset', afterBytes: at });
      await loadOne(main, mailbox);
      const listed = await lettersOf(main, mailbox);
      expect(new Set([...listed.map(({ subject }) => subject), ...subjectsThere()]).size).toBe(delivered.length);
      proxy.set({ kind: 'none' });
      // A letter that breaks the line too often would be put aside.
      if (at % 3 === 0) expect(await loadOne(main, mailbox)).toMatchObject({ problem: null });
    }
    expect(proxy.struck).toBeGreaterThan(30);
    expect(await loadOne(main, mailbox)).toMatchObject({ problem: null });
    expect(drop.letters).toEqual([]);
    await expectAllOnce(main, mailbox, delivered);
  } finally {
    await proxy.stop();
  }
});

const subjectsThere = (): readonly string[] =>
  drop.letters.flatMap(({ raw }) => raw.match(/^Subject: (.*)$/m)?.[1]?.trim() ?? []);

/** Where the store changes between the listing and the end of a deletion. */
const changes = ['uidls.number', 'ledger.see', 'letters.store', 'sorting.settleMany', 'effects.begin', 'effects.end'];

test('a console whose store is killed at any change, before it, in it and after it, has deleted no letter that it does not have', {
  timeout: 300_000,
}, async () => {
  using place = await makeProfile();
  const open = (store = createDeadlyStore()) =>
    openCollecting({ profile: place.profile, launchStore: store.launch }).then((main) => ({ main, store }));
  let calls: readonly string[];
  let mailbox: Mailbox;
  {
    const { main, store } = await open();
    mailbox = await addQueue(main, 'killed');
    deliver(1);
    store.dieAt(Number.POSITIVE_INFINITY, 'unasked');
    expect(await loadOne(main, mailbox)).toMatchObject({ problem: null, effectsDone: 1 });
    calls = [...store.calls];
    await main.close();
  }
  let interrupted = 0;
  for (const change of changes) {
    expect(calls).toContain(change);
    for (const when of deathsAt) {
      const { main, store } = await open();
      await using _closed = main;
      deliver(1);
      store.dieAt(calls.indexOf(change), when);
      interrupted += (await loadOne(main, mailbox)).problem === null ? 0 : 1;
      await expectNoneLost(main, mailbox);
      expect(await loadOne(main, mailbox)).toMatchObject({ problem: null, unexplained: 0 });
      expect([drop.letters, (await lettersOf(main, mailbox)).length]).toEqual([[], delivered.length]);
    }
  }
  // Else the kills have hit nothing.
  expect(interrupted).toBeGreaterThan(changes.length);
  const { main } = await open();
  await using _closed = main;
  await expectAllOnce(main, mailbox, delivered);
});
