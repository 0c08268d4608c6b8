import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { deliver } from '../support/deliver.ts';
import type { Dovecot } from '../support/dovecot.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { type BenchConsole, startBenchConsole } from './bench-console.ts';
import { type Figure, percentile } from './figures-table.ts';
import { addMailbox } from './load-through.ts';

export interface MailboxesStage {
  readonly dovecot: Dovecot;
  readonly dir: string;
  say(line: string): void;
}

const mailboxes = 80;
const lettersEach = 20;
const idleSeconds = 60;
const sampleEveryMs = 20;

/** Eighty mailboxes in one console: at rest, at its start, and with new mail for all of them at once. */
export async function measureMailboxes({ dovecot, dir, say }: MailboxesStage): Promise<readonly Figure[]> {
  const users = Array.from({ length: mailboxes }, (_, at) => `many${at}`);
  for (const user of users)
    fillMaildir(
      dovecot,
      user,
      'INBOX',
      Array.from({ length: lettersEach }, (_, at) => ({ raw: letterTo(user, at) })),
    );
  const proxy = await startFaultProxy(dovecot.imapPort);
  const profile = join(dir, 'many');
  try {
    const setUp = startBenchConsole({ profile, automatic: false });
    const ids: MailboxId[] = [];
    for (const user of users)
      ids.push(await addMailbox(setUp.call, { imapPort: proxy.port, user }, { automatic: true }));
    await setUp.close();

    const before = proxy.connections;
    const ended = new AbortController();
    const busiest = watchConnections(() => proxy.connections - before, ended.signal);
    const console = startBenchConsole({ profile, automatic: true });
    await untilAllWait(console);
    ended.abort();
    const burst = await busiest;

    const idle = await idleShare(console);
    const waits = await newMailForAll(console, { dovecot, users, ids });
    await console.close();
    const median = percentile(waits, 0.5);
    say(`${mailboxes} mailboxes: ${burst} lines opened in the busiest 100 ms of the start`);
    return [
      { what: `${mailboxes} mailboxes at rest, share of one core`, value: idle * 100, unit: '%', goal: 3 },
      { what: `lines opened in the busiest 100 ms, ${mailboxes} mailboxes`, value: burst, unit: '', goal: 12 },
      {
        what: `longest wait for new mail, ${mailboxes} mailboxes`,
        value: Math.max(...waits),
        unit: 'ms',
        goalRatio: 3,
        peer: { name: 'their median', value: median },
      },
    ];
  } finally {
    await proxy.stop();
  }
}

/** All on watch, none at work. */
async function untilAllWait({ call }: BenchConsole): Promise<void> {
  for (;;) {
    const status = await call('loading.status', undefined);
    if (status.length === mailboxes && status.every(({ phase }) => phase === 'waiting')) return;
    await wait(200);
  }
}

async function idleShare(console: BenchConsole): Promise<number> {
  const before = await console.cpuSeconds();
  await wait(idleSeconds * 1000);
  return ((await console.cpuSeconds()) - before) / idleSeconds;
}

interface NewMail {
  readonly dovecot: Dovecot;
  readonly users: readonly string[];
  readonly ids: readonly MailboxId[];
}

/** From each letter's delivery to the end of the pass that brought it. */
async function newMailForAll(console: BenchConsole, { dovecot, users, ids }: NewMail): Promise<readonly number[]> {
  const waits = users.map(async (user, at) => {
    const came = console.finished(
      ({ mailboxId, folders }) => mailboxId === ids[at] && folders.some(({ fresh }) => fresh > 0),
    );
    await deliver(dovecot, user, letterTo(user, lettersEach));
    const delivered = Date.now();
    return (await came).at - delivered;
  });
  return Promise.all(waits);
}

/** The most that were opened within any tenth of a second. */
async function watchConnections(opened: () => number, signal: AbortSignal): Promise<number> {
  const samples: number[] = [];
  let most = 0;
  const window = 100 / sampleEveryMs;
  while (!signal.aborted) {
    samples.push(opened());
    most = Math.max(most, (samples.at(-1) ?? 0) - (samples.at(-1 - window) ?? 0));
    await wait(sampleEveryMs, undefined, { signal }).catch(() => {});
  }
  return most;
}

function letterTo(user: string, at: number): string {
  return [
    'From: Customer <customer@elsewhere.test>',
    `To: ${user}@company.example`,
    `Subject: Request ${at} for ${user}`,
    `Message-ID: <${at}.${user}@elsewhere.test>`,
    `Date: ${new Date(Date.UTC(2026, 10, 1 + at)).toUTCString()}`,
    '',
    `The text of request ${at}.`,
    '',
  ].join('\r\n');
}
