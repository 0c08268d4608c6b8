import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { MessageSummary } from '../../src-shared/domain/message.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { letter } from '../sync/open-console.ts';
import { addMailbox, lettersOf, loadAll, type MainProcess, openMain, subjectsOf } from './main-process.ts';
import { expectSaid, failureOf } from './said.ts';
import { openSmallDisk, type SmallDisk } from './small-disk.ts';

let dovecot: Dovecot;
let disk: SmallDisk;
beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot?.stop());
beforeEach(() => {
  disk = openSmallDisk();
});
afterEach(() => disk[Symbol.dispose]());

const openHere = (automatic = false): Promise<MainProcess> =>
  openMain({ profile: disk.profile, automatic, ...disk.surroundings });

/** A hundred kilobytes that nothing can shrink. */
const filler = () => randomBytes(70_000).toString('base64').replace(/.{76}/g, '$&\r\n');
const many = Array.from({ length: 60 }, (_, at) => `meanwhile ${at}`);
const room = 2_000_000;

function deliver(user: string, subjects: readonly string[], text = filler): void {
  fillMaildir(
    dovecot,
    user,
    'INBOX',
    subjects.map((subject) => ({ raw: letter(subject, text()) })),
  );
}

/** What is listed can be opened, with every byte that the server has of it. */
async function expectWhole(main: MainProcess, mailbox: Mailbox): Promise<number> {
  const listed = await lettersOf(main, mailbox);
  for (const { id: messageId, size } of listed) {
    const { totalBytes, text } = await main.call('mail.source', { messageId, offset: 0, limit: 1_000_000 });
    expect(totalBytes).toBe(size);
    expect(text).toMatch(/^From: Anna[\s\S]*\r\n$/);
  }
  return listed.length;
}

test('loading pauses with the reason, nothing is half stored, reading goes on, and with room it goes on by itself', async () => {
  await using main = await openHere(true);
  deliver('paused', ['before'], () => 'short');
  const first = main.when('loading.finished', () => true);
  const mailbox = await addMailbox(main, { user: 'paused', port: dovecot.imapPort, automatic: true });
  await first;

  disk.fill(room);
  const paused = main.when('loading.progress', ({ phase }) => phase === 'retrying');
  deliver('paused', many);
  const { problem, nextAttemptAt } = await paused;
  expectSaid(problem, 'store.disk-full');
  expect(nextAttemptAt).toBeGreaterThan(0);
  const kept = await expectWhole(main, mailbox);
  expect(kept).toBeLessThan(1 + many.length);

  disk.fill();
  // So many folders that its rows fit into no page that is there already.
  const folders = Array.from({ length: 2_000 }, (_, at) => `Projects/${'long '.repeat(20)}${at}`);
  const later = { user: 'later', port: dovecot.imapPort, folders };
  const before = (await lettersOf(main, mailbox)).find(({ subject }) => subject === 'before') as MessageSummary;
  expect((await main.call('mail.letter', { messageId: before.id })).text).toContain('Text of before.');
  const refused = await failureOf(addMailbox(main, later));
  expectSaid(refused, 'store.disk-full');
  expect(await main.call('mailboxes.list', undefined)).toHaveLength(1);

  const resumed = main.when('loading.finished', (report) => report.problem === null);
  disk.free();
  await resumed;
  expect(await subjectsOf(main, mailbox)).toEqual(['before', ...many].sort());
  expect(await expectWhole(main, mailbox)).toBe(1 + many.length);
  expect((await lettersOf(main, mailbox)).map(({ state }) => state)).not.toContain('stored');
  expect(await addMailbox(main, later)).toMatchObject({ enabled: true });
});

test('a console on a full disk can be left and opened again, and has what it had', async () => {
  const main = await openHere();
  deliver('left', ['before'], () => 'short');
  const mailbox = await addMailbox(main, { user: 'left', port: dovecot.imapPort });
  await loadAll(main);
  disk.fill();
  deliver('left', many);
  expectSaid((await loadAll(main))(mailbox).problem, 'store.disk-full');
  await main.close();

  {
    await using again = await openHere();
    expect(await subjectsOf(again, mailbox)).toEqual(['before']);
  }
  disk.free();
  await using later = await openHere();
  expect((await loadAll(later))(mailbox)).toMatchObject({ problem: null, folders: [{ fresh: many.length }] });
  expect(await later.call('console.health', undefined)).toMatchObject({ storeProblem: null, vault: { problem: null } });
});

test('a new profile on a full disk is refused, and made when there is room', async () => {
  // The folder itself must find a place.
  disk.fill(8192);
  expectSaid(await failureOf(openHere()), 'store.disk-full');
  disk.free();
  await using main = await openHere();
  expect(await main.call('mailboxes.list', undefined)).toEqual([]);
});
