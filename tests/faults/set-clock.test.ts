import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { addMailbox } from '../bad-input/main-process.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { createFalseClock, type FalseClock } from '../support/false-clock.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { expectAllOnce, type FaultProfile, loadOne, makeProfile, openCollecting } from './collecting-console.ts';
import { put, smallLetter } from './small-letter.ts';
import { type ChildConsole, startConsole } from './start-console.ts';

const user = 'set-clock';
const day = 24 * 60 * 60_000;

let dovecot: Dovecot;
let place: FaultProfile;
let clock: FalseClock;
let mailbox: Mailbox;
const delivered: string[] = [];

beforeAll(async () => {
  dovecot = await startDovecot();
  place = await makeProfile();
  clock = createFalseClock(dirname(place.profile));
  await using main = await openCollecting({ profile: place.profile });
  mailbox = await addMailbox(main, { user, port: dovecot.imapPort, automatic: true, firstLoadPeriod: 'week' });
});
afterAll(async () => {
  await dovecot?.stop();
  place?.[Symbol.dispose]();
});

function deliver(subject: string): void {
  const raw = smallLetter(subject);
  delivered.push(raw);
  put(dovecot, user, [raw]);
}

async function entriesOf({ call }: ChildConsole) {
  const filter = { mailboxId: mailbox.id, folderId: null, statuses: [], query: '' };
  return call('ledger.list', { filter, before: null, limit: 100 });
}

async function start(): Promise<ChildConsole> {
  const child = startConsole({ profile: place.profile, automatic: true }, clock.env);
  await child.opened;
  return child;
}

/** By itself: the console is told of new mail and has made its ticket. */
async function untilTicket(child: ChildConsole, subject: string) {
  const found = async () => (await entriesOf(child)).find((entry) => entry.subject === subject);
  await expect.poll(async () => (await found())?.status, { timeout: 30_000 }).toBe('ticket');
  return found();
}

test('a clock that is set a year forward and back again while the console runs costs no letter and doubles none', async () => {
  const [before, old] = [smallLetter('before'), smallLetter('old')];
  delivered.push(before);
  fillMaildir(dovecot, user, 'INBOX', [
    { raw: Buffer.from(old, 'latin1'), receivedAt: new Date(Date.now() - 30 * day) },
    { raw: Buffer.from(before, 'latin1') },
  ]);
  const first = await start();
  await untilTicket(first, 'before');
  clock.set(365);
  deliver('a year ahead');
  const ahead = await untilTicket(first, 'a year ahead');
  clock.set(-365);
  deliver('a year behind');
  const behind = await untilTicket(first, 'a year behind');
  // Else the clock was never set for the console, and all of this says nothing.
  expect(ahead?.seenAt).toBeGreaterThan(Date.now() + 300 * day);
  expect(behind?.seenAt).toBeLessThan(Date.now() - 300 * day);
  first.kill('both');
  await first.ended;

  // Killed in the past: what it holds for its own was taken at a time that is yet to come, or long gone.
  clock.set(3);
  deliver('after the crash');
  const second = await start();
  await untilTicket(second, 'after the crash');
  second.kill('both');
  await second.ended;

  await using main = await openCollecting({ profile: place.profile });
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: null });
  await expectAllOnce(main, mailbox, delivered);
  const [balance] = await main.call('ledger.recount', { mailboxId: mailbox.id });
  expect(balance).toMatchObject({ onServer: 5, inLedger: 5, unexplained: [], counts: { stored: 4, beforePeriod: 1 } });
});
