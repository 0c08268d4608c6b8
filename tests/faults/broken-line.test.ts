import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { LoadReport } from '../../src-shared/domain/loading.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { ErrorCode } from '../../src-shared/errors/codes.ts';
import { addMailbox } from '../bad-input/main-process.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type Fault, type FaultPoint, type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { serveMailbox } from '../support/scripted-mailbox.ts';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';
import {
  type CollectingConsole,
  expectAllOnce,
  type FaultProfile,
  makeProfile,
  openCollecting,
} from './collecting-console.ts';
import { put, smallLetters } from './small-letter.ts';

/** Half-open lines are given up within these; all of them wait in the same seconds. */
const connectionTimes = { greeting: 5_000, answer: 8_000, silence: 5_000, farewell: 200 };

const steps: Readonly<Record<string, FaultPoint>> = {
  'before the greeting': { afterBytes: 0 },
  'inside the greeting': { afterBytes: 10 },
  'at the sign-in': { afterBytes: 0, sinceSaid: /LOGIN|AUTHENTICATE/ },
  'at the opening of the folder': { afterBytes: 0, sinceSaid: /EXAMINE/ },
  'at the question for UIDs': { afterBytes: 0, sinceSaid: /UID SEARCH/ },
  'at the question for letters': { afterBytes: 0, sinceSaid: /BODY\.PEEK\[\]/ },
  'between two letters': { afterBytes: 500, sinceSaid: /BODY\.PEEK\[\]/ },
};

const ends: Readonly<
  Record<string, { readonly fault: (at: FaultPoint) => Fault; readonly codes: readonly ErrorCode[] }>
> = {
  'the line ends': { fault: (at) => ({ kind: 'cut', ...at }), codes: ['network.dropped'] },
  'the line breaks': { fault: (at) => ({ kind: 'reset', ...at }), codes: ['network.dropped'] },
  'the line is half open': { fault: (at) => ({ kind: 'stall', ...at }), codes: ['network.timeout'] },
  // In the middle of a line or a letter it is no BYE any more.
  'the server says BYE': {
    fault: (at) => ({ kind: 'farewell', words: '* BYE Down for repairs\r\n', ...at }),
    codes: ['server.unavailable', 'network.dropped'],
  },
};

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot({ tls: 'no' });
});
afterAll(() => dovecot?.stop());

interface Broken {
  readonly name: string;
  readonly halfOpen: boolean;
  readonly codes: readonly ErrorCode[];
  readonly proxy: FaultProxy;
  readonly server: ScriptedServer;
  readonly mailbox: Mailbox;
  readonly letters: readonly string[];
}

const names = Object.keys(steps).flatMap((step) => Object.keys(ends).map((end) => `${end} ${step}`));

async function addBroken(main: CollectingConsole, name: string, fault: Fault, codes: readonly ErrorCode[]) {
  const letters = smallLetters(['one', 'two']);
  const box = { uidValidity: 7, letters: letters.map((raw, at) => ({ uid: at + 1, raw })) };
  const server = await startScriptedServer((line) => serveMailbox(line, box));
  const proxy = await startFaultProxy(server.port, fault);
  const mailbox = await addMailbox(main, { user: `broken${names.indexOf(name)}`, port: proxy.port });
  return { name, codes, halfOpen: fault.kind === 'stall', proxy, server, mailbox, letters };
}

describe('a line that is lost in a pass', () => {
  let broken: readonly Broken[] = [];
  let place: FaultProfile;
  let main: CollectingConsole;
  let healthy: Mailbox;
  const first = new Map<MailboxId, LoadReport>();
  const second = new Map<MailboxId, LoadReport>();
  const healthyLetters = smallLetters(['healthy one', 'healthy two']);
  const load = async (on: CollectingConsole, mailboxes: readonly Mailbox[], into: Map<MailboxId, LoadReport>) => {
    const reports = await on.call('loading.run', { mailboxIds: mailboxes.map(({ id }) => id) });
    for (const report of reports) into.set(report.mailboxId, report);
  };
  const among = (halfOpen: boolean) => broken.filter((one) => one.halfOpen === halfOpen).map(({ mailbox }) => mailbox);

  beforeAll(async () => {
    place = await makeProfile();
    {
      await using hasty = await openCollecting({ profile: place.profile, connectionTimes });
      put(dovecot, 'healthy', healthyLetters);
      healthy = await addMailbox(hasty, { user: 'healthy', port: dovecot.imapPort });
      const faults = Object.values(steps).flatMap((point) =>
        Object.values(ends).map(({ fault, codes }) => ({ fault: fault(point), codes })),
      );
      broken = await Promise.all(faults.map(({ fault, codes }, at) => addBroken(hasty, names[at] ?? '', fault, codes)));
      await load(hasty, among(true), first);
    }
    main = await openCollecting({ profile: place.profile });
    await load(main, [...among(false), healthy], first);
    for (const { proxy } of broken) proxy.set({ kind: 'none' });
    await load(main, [...among(false), ...among(true)], second);
  });
  afterAll(async () => {
    await main?.close();
    for (const { proxy, server } of broken) {
      await proxy.stop();
      await server.stop();
    }
    place?.[Symbol.dispose]();
  });

  test.each(names)('%s: said by its name, and made up for with the next pass', async (name) => {
    const { proxy, mailbox, letters, codes } = broken.find((one) => one.name === name) as Broken;
    // Else the fault has hit nothing, and the test proves nothing.
    expect(proxy.struck).toBe(1);
    expect(codes).toContain(first.get(mailbox.id)?.problem?.code);
    expect(second.get(mailbox.id)?.problem).toBeNull();
    await expectAllOnce(main, mailbox, letters);
  });

  test('the mailbox beside them goes on', async () => {
    expect(first.get(healthy.id)).toMatchObject({ problem: null, folders: [{ fresh: 2 }] });
    await expectAllOnce(main, healthy, healthyLetters);
  });
});

test('a line that is half open while news are awaited is noticed, and what came meanwhile is loaded by itself', async () => {
  const user = 'half-open';
  const proxy = await startFaultProxy(dovecot.imapPort);
  await using main = await openCollecting({ automatic: true, connectionTimes: { ...connectionTimes, silence: 2_500 } });
  try {
    const watching = main.when('loading.progress', ({ phase }) => phase === 'waiting');
    const mailbox = await addMailbox(main, { user, port: proxy.port, automatic: true });
    await watching;
    proxy.freezeLines();
    const letters = smallLetters(['meanwhile']);
    const loaded = main.when('loading.finished', ({ folders }) => folders.some(({ fresh }) => fresh === 1));
    put(dovecot, user, letters);
    await loaded;
    expect(proxy.connections).toBeGreaterThan(1);
    await expectAllOnce(main, mailbox, letters);
  } finally {
    await proxy.stop();
  }
});
