import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
import { addMailbox, lettersOf } from '../bad-input/main-process.ts';
import { createDeadlyStore, type DeadlyStore, deathsAt } from '../support/deadly-store.ts';
import { type HeldLetter, serveMailbox } from '../support/scripted-mailbox.ts';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';
import {
  type CollectingConsole,
  expectAllOnce,
  type FaultProfile,
  loadOne,
  makeProfile,
  openCollecting,
  ticketLetters,
} from './collecting-console.ts';
import { smallLetter } from './small-letter.ts';

/** A store that dies more often within a minute is given up, with reason: then the console is opened anew. */
const deathsOfOneConsole = 3;

const box: { uidValidity: number; letters: HeldLetter[] } = { uidValidity: 7, letters: [] };
let server: ScriptedServer;
let place: FaultProfile;
beforeAll(async () => {
  server = await startScriptedServer((line) => serveMailbox(line, box));
  place = await makeProfile();
});
afterAll(async () => {
  await server?.stop();
  place?.[Symbol.dispose]();
});

function deliverTwo(): void {
  for (const subject of ['one', 'two']) {
    const uid = box.letters.length + 1;
    box.letters.push({ uid, raw: smallLetter(`${subject} of ${uid}`) });
  }
}

function onlyUnavailable(error: unknown): null {
  if (!isAppError(error, 'store.unavailable')) throw error;
  return null;
}

/** A pass in which the store dies at this call, and the next one; gives what was in between the two. */
async function killAt(
  { main, mailbox, store }: { main: CollectingConsole; mailbox: Mailbox; store: DeadlyStore },
  call: number,
  when: (typeof deathsAt)[number],
) {
  deliverTwo();
  store.dieAt(call, when);
  const report = await loadOne(main, mailbox).catch(onlyUnavailable);
  const told = (report?.folders ?? []).reduce((sum, { fresh }) => sum + fresh, 0);
  // The store may die as late as with the last call of the pass, and take a question of ours along.
  const listed = (await lettersOf(main, mailbox).catch(onlyUnavailable)) ?? (await lettersOf(main, mailbox));
  const between = listed.length - (box.letters.length - 2);
  // Acknowledged is present, and no ticket is there without its letter.
  expect(between, `${store.calls[call]} ${when}`).toBeGreaterThanOrEqual(told);
  const inTickets = await ticketLetters(main, mailbox);
  expect(new Set(inTickets).size).toBe(inTickets.length);
  expect(listed.map(({ id }) => id)).toEqual(expect.arrayContaining([...inTickets]));
  return { between, interrupted: report === null || report.problem !== null };
}

/** Calls of a pass that nothing disturbs: where it dies at one that only asks, it has died after the one before. */
const onlyAsks = /\.(list|get|next|due|cursors|ticketsBy\w+)$/;

test('killed at every change that a pass makes, before it, in it and after it, the store has each letter and ticket once', {
  timeout: 300_000,
}, async () => {
  const kills = { total: 0, interrupted: 0, before: 0, after: 0 };
  let mailbox: Mailbox | null = null;
  let changes: readonly number[] | null = null;
  for (let at = 0; changes === null || at < changes.length; at += 1) {
    const store = createDeadlyStore();
    await using main = await openCollecting({ profile: place.profile, launchStore: store.launch });
    mailbox ??= await addMailbox(main, { user: 'killed', port: server.port });
    if (changes === null) {
      deliverTwo();
      store.dieAt(Number.POSITIVE_INFINITY, 'unasked');
      expect(await loadOne(main, mailbox)).toMatchObject({ problem: null });
      changes = store.calls.flatMap((name, call) => (onlyAsks.test(name) ? [] : [call]));
      expect(changes.length).toBeGreaterThan(5);
    }
    for (const when of deathsAt.slice(0, deathsOfOneConsole)) {
      const { between, interrupted } = await killAt({ main, mailbox, store }, changes[at] ?? 0, when);
      kills.total += 1;
      kills.interrupted += interrupted ? 1 : 0;
      kills[between === 0 ? 'before' : 'after'] += 1;
      expect(await loadOne(main, mailbox)).toMatchObject({ problem: null });
      expect(await lettersOf(main, mailbox)).toHaveLength(box.letters.length);
      expect(await ticketLetters(main, mailbox)).toHaveLength(box.letters.length);
    }
  }
  // Else the kills have hit nothing: some came before the letters were safe, some after, and passes were cut short.
  expect(Math.min(kills.total - 15, kills.interrupted, kills.before, kills.after)).toBeGreaterThan(2);
  await using main = await openCollecting({ profile: place.profile });
  const raws = box.letters.map(({ raw }) => raw);
  await expectAllOnce(main, mailbox as Mailbox, raws);
  const [balance] = await main.call('ledger.recount', { mailboxId: (mailbox as Mailbox).id });
  expect(balance).toMatchObject({ onServer: raws.length, inLedger: raws.length, unexplained: [] });
});
