import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { addMailbox, lettersOf, loadAll } from '../bad-input/main-process.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { fetchAnswer, type HeldLetter, type ScriptedMailbox, serveMailbox } from '../support/scripted-mailbox.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { type CollectingConsole, expectAllOnce, loadOne, openCollecting } from './collecting-console.ts';
import { put, smallLetter, smallLetters } from './small-letter.ts';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot?.stop());

const asked = /BODY\.PEEK\[\]/;
/** So many mailboxes meet the fault side by side, each at another byte. */
const sideBySide = 8;
/** A letter that is refused too often is put aside: each meets the fault a few times only. */
const dropsOfOneLetter = 3;

interface Dropped {
  readonly box: ScriptedMailbox;
  readonly proxy: FaultProxy;
  readonly mailbox: Mailbox;
}

const open = new AsyncDisposableStack();
afterAll(() => open.disposeAsync());

async function addDropped(main: CollectingConsole, at: number): Promise<Dropped> {
  const box: ScriptedMailbox = { uidValidity: 7, letters: [] };
  const server = await startScriptedServer((line) => serveMailbox(line, box));
  const proxy = await startFaultProxy(server.port);
  open.defer(() => server.stop());
  open.defer(() => proxy.stop());
  return { box, proxy, mailbox: await addMailbox(main, { user: `byte${at}`, port: proxy.port }) };
}

function deliver({ box }: Dropped): void {
  const uid = box.letters.length + 1;
  box.letters = [...box.letters, { uid, raw: smallLetter(`no ${String(uid).padStart(3, '0')}`) }];
}

const rawsOf = ({ box }: Dropped): readonly string[] => box.letters.map(({ raw }) => raw);

/** Bytes of one letter's answer, and of the line with the tag after it. */
function answerBytes({ box }: Dropped): { readonly letter: number; readonly whole: number } {
  const letter = fetchAnswer(1, box.letters[0] as HeldLetter, 'FLAGS INTERNALDATE BODY.PEEK[]').length;
  return { letter, whole: letter + 'A12 OK done\r\n'.length };
}

/** One pass over all of them, each line dropped after its own number of bytes of the answer. */
async function dropAll(main: CollectingConsole, dropped: readonly Dropped[], offset: number): Promise<void> {
  const before = dropped.map(({ proxy }) => proxy.struck);
  for (const [at, { proxy }] of dropped.entries()) {
    proxy.set({ kind: at % 2 ? 'cut' : 'reset', afterBytes: offset + at, sinceSaid: asked });
  }
  const report = await loadAll(main);
  for (const [at, one] of dropped.entries()) {
    expect(one.proxy.struck - (before[at] ?? 0)).toBe(1);
    // Behind the letter's last byte nothing of it is missing, and the pass may well end in peace.
    const codes = offset + at < answerBytes(one).letter ? ['network.dropped'] : ['network.dropped', undefined];
    expect(codes, `dropped after ${offset + at} bytes`).toContain(report(one.mailbox).problem?.code);
  }
}

/** Sizes alone, as this is asked after every drop; gives how many letters are in. */
async function countWhole(main: CollectingConsole, one: Dropped): Promise<number> {
  const listed = await lettersOf(main, one.mailbox);
  expect(listed.filter(({ size }) => size !== rawsOf(one)[0]?.length)).toEqual([]);
  return listed.length;
}

test('dropped at every byte of its FETCH answer, a letter is there whole or not at all, and in the end once', async () => {
  await using main = await openCollecting();
  const all = Array.from({ length: sideBySide }, (_, at) => addDropped(main, at));
  const dropped = await Promise.all(all);
  for (const one of dropped) deliver(one);
  const end = answerBytes(dropped[0] as Dropped).whole;
  for (let offset = 0; offset < end; ) {
    for (let drop = 0; drop < dropsOfOneLetter && offset < end; drop += 1, offset += sideBySide) {
      await dropAll(main, dropped, offset);
      // Behind its last byte the letter comes although the line is dropped: the rest of the answer needs another one.
      for (const one of dropped) if ((await countWhole(main, one)) === one.box.letters.length) deliver(one);
    }
    for (const { proxy } of dropped) proxy.set({ kind: 'none' });
    const report = await loadAll(main);
    for (const one of dropped) {
      expect(report(one.mailbox).problem).toBeNull();
      expect(await countWhole(main, one)).toBe(one.box.letters.length);
      deliver(one);
    }
  }
  await loadAll(main);
  for (const one of dropped) await expectAllOnce(main, one.mailbox, rawsOf(one));
});

test('the trap counts: without a fault nothing is struck, and every letter comes with the first pass', async () => {
  const proxy = await startFaultProxy(dovecot.imapPort, { kind: 'cut', afterBytes: 0, sinceSaid: /never said/ });
  await using main = await openCollecting();
  try {
    const mailbox = await addMailbox(main, { user: 'untroubled', port: proxy.port });
    const letters = smallLetters(['one', 'two']);
    put(dovecot, 'untroubled', letters);
    expect(await loadOne(main, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 2 }] });
    expect(proxy.struck).toBe(0);
    await expectAllOnce(main, mailbox, letters);
  } finally {
    await proxy.stop();
  }
});

test('where the line falls silent instead, every pass ends by its deadline, and the letters come with the next', async () => {
  const offsets = [0, 1, 40, 90, 200, 300, 330];
  await using main = await openCollecting({ connectionTimes: { silence: 2_500, farewell: 200 } });
  const stalled = await Promise.all(
    offsets.map(async (afterBytes) => {
      const user = `stalled${afterBytes}`;
      const letters = [smallLetter(user)];
      put(dovecot, user, letters);
      const proxy = await startFaultProxy(dovecot.imapPort, { kind: 'stall', afterBytes, sinceSaid: asked });
      return { proxy, letters, mailbox: await addMailbox(main, { user, port: proxy.port }) };
    }),
  );
  try {
    for (const { problem } of await main.call('loading.run', { mailboxIds: null })) {
      expect(problem?.code).toBe('network.timeout');
    }
    for (const { proxy } of stalled) {
      expect(proxy.struck).toBe(1);
      proxy.set({ kind: 'none' });
    }
    for (const { problem } of await main.call('loading.run', { mailboxIds: null })) expect(problem).toBeNull();
    for (const { mailbox, letters } of stalled) await expectAllOnce(main, mailbox, letters);
  } finally {
    for (const { proxy } of stalled) await proxy.stop();
  }
});
