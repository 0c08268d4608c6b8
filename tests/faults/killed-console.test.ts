import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MessageId } from '../../src-shared/domain/ids.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { addMailbox, lettersOf } from '../bad-input/main-process.ts';
import { createSeededRandom } from '../bench/seeded-random.ts';
import { deathsAt } from '../support/deadly-store.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import {
  expectAllOnce,
  type FaultProfile,
  loadOne,
  makeProfile,
  openCollecting,
  ticketLetters,
} from './collecting-console.ts';
import { put, smallLetters } from './small-letter.ts';
import { startConsole } from './start-console.ts';

let dovecot: Dovecot;
let place: FaultProfile;
let mailbox: Mailbox;
const user = 'killed-console';
const delivered: string[] = [];

beforeAll(async () => {
  dovecot = await startDovecot();
  place = await makeProfile();
  await using main = await openCollecting({ profile: place.profile });
  mailbox = await addMailbox(main, { user, port: dovecot.imapPort });
});
afterAll(async () => {
  await dovecot?.stop();
  place?.[Symbol.dispose]();
});

function deliver(count: number): void {
  const letters = smallLetters(Array.from({ length: count }, (_, at) => `no ${delivered.length + at}`));
  delivered.push(...letters);
  put(dovecot, user, letters);
}

interface Death {
  /** Letters of which the console had told by then. */
  readonly told: readonly MessageId[];
  /** The pass had not ended. */
  readonly inPass: boolean;
}

/** A console loads, tells whenever mail has come, and is killed; `after` decides when. */
async function dieOnce(after: { readonly milliseconds: number } | { readonly call: number; readonly at: number }) {
  const timed = 'milliseconds' in after;
  const dieAt = timed ? null : { call: after.call, when: deathsAt[after.at % deathsAt.length] ?? 'working' };
  const child = startConsole({ profile: place.profile, dieAt });
  const death = { told: [] as MessageId[], inPass: true };
  const list = async () => {
    const scope = { mailboxId: mailbox.id, folderId: null, unreadOnly: false };
    const letters = await child.call('mail.list', { scope, before: null, limit: 500 });
    death.told = letters.map(({ id }) => id);
  };
  const work = async () => {
    await child.opened;
    if (timed) void pause(after.milliseconds).then(() => child.kill(after.milliseconds % 2 ? 'both' : 'console'));
    // What is told while the pass runs counts as well.
    child.on('loading.progress', () => void list().catch(() => undefined));
    await child.call('loading.run', { mailboxIds: [mailbox.id] });
    death.inPass = false;
    await list();
    child.kill('both');
  };
  await Promise.all([work().catch(() => undefined), child.ended]);
  return death as Death;
}

test('a console that is killed twenty times, at random and at each step, keeps what it told of, and has each letter and ticket once', {
  timeout: 300_000,
}, async () => {
  const random = createSeededRandom('killed console');
  const deaths: Death[] = [];
  for (let round = 0; round < 20; round += 1) {
    deliver(round % 4 === 0 ? 15 : 3);
    const call = 4 + round + random.integer(3);
    const death = await dieOnce(round % 2 === 0 ? { milliseconds: random.integer(400) } : { call, at: round });
    deaths.push(death);
    if (round % 5 !== 4) continue;
    // Opened by another console in between, so that not every start is a recovery from the same state.
    await using main = await openCollecting({ profile: place.profile });
    const letters = await lettersOf(main, mailbox);
    expect(letters.map(({ id }) => id)).toEqual(expect.arrayContaining([...death.told]));
    const subjects = letters.map(({ subject }) => subject).filter((subject) => subject !== '');
    expect(new Set(subjects).size).toBe(subjects.length);
    const inTickets = await ticketLetters(main, mailbox);
    expect(new Set(inTickets).size).toBe(inTickets.length);
  }
  // Else the kills have hit nothing.
  expect(deaths.filter(({ inPass }) => inPass).length).toBeGreaterThan(8);
  await using main = await openCollecting({ profile: place.profile });
  expect((await loadOne(main, mailbox)).problem).toBeNull();
  await expectAllOnce(main, mailbox, delivered);
  const told = new Set(deaths.flatMap((death) => death.told));
  const ids = (await lettersOf(main, mailbox)).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining([...told]));
});
