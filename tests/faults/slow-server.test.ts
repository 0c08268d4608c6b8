import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoadReport } from '../../src-shared/domain/loading.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { addMailbox } from '../bad-input/main-process.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { serveMailbox } from '../support/scripted-mailbox.ts';
import { type ScriptedLine, startScriptedServer } from '../support/scripted-server.ts';
import { type CollectingConsole, expectAllOnce, loadOne, openCollecting } from './collecting-console.ts';
import { numbered } from './scripted-inbox.ts';
import { smallLetters } from './small-letter.ts';

/** Something comes all the time, so only what bounds the whole of a step ends it. */
const connectionTimes = {
  connect: 2_000,
  greeting: 2_000,
  answer: 5_000,
  silence: 5_000,
  letter: 4_000,
  farewell: 200,
};
const drip = 100;

const open = new AsyncDisposableStack();
afterAll(() => open.disposeAsync());

let main: CollectingConsole;
beforeAll(async () => {
  main = await openCollecting({ connectionTimes });
  open.defer(() => main.close());
});

async function dripFor(line: ScriptedLine, text: string): Promise<void> {
  for (const byte of text) {
    await line.send(byte);
    await pause(drip);
  }
  await line.stall();
}

/** A mailbox whose server drips, for so long as `dripping` says. */
async function addSlow(user: string, slow: (line: ScriptedLine) => Promise<void>, at: RegExp | null) {
  const letters = smallLetters([`${user} one`, `${user} two`]);
  const box = { uidValidity: 7, letters: numbered(letters) };
  const state = { dripping: true };
  const server = await startScriptedServer(async (line) => {
    if (state.dripping && at === null) return slow(line);
    await serveMailbox(line, box, async ({ text }) => {
      if (!state.dripping || at === null || !at.test(text)) return false;
      await slow(line);
      return true;
    });
  });
  open.defer(() => server.stop());
  return { letters, state, mailbox: await addMailbox(main, { user, port: server.port }) };
}

const endless = 'x'.repeat(2_000);
const halfALetter =
  '* 1 FETCH (UID 1 FLAGS () INTERNALDATE "01-Mar-2026 10:00:00 +0000" BODY[] {5000}\r\nSubject: slow\r\n\r\n';

test.each<[string, string, (line: ScriptedLine) => Promise<void>, RegExp | null]>([
  ['a greeting byte by byte', 'greeting', (line) => dripFor(line, `* OK ${endless}`), null],
  ['an answer to the sign-in byte by byte', 'signin', (line) => dripFor(line, `* OK ${endless}`), /^LOGIN/],
  ['a list of UIDs byte by byte', 'search', (line) => dripFor(line, `* SEARCH ${endless}`), /^UID SEARCH/],
  [
    'a letter byte by byte',
    'letter',
    async (line) => {
      await line.send(halfALetter);
      await dripFor(line, endless);
    },
    /BODY\.PEEK\[\]/,
  ],
])(
  '%s: it is given up by its deadline, other mailboxes go on meanwhile, and it is made up for',
  async (_, user, slow, at) => {
    const it = await addSlow(user, slow, at);
    const beside = await addSlow(`beside-${user}`, async () => {}, /never said/);
    const ended: string[] = [];
    const run = async (mailbox: Mailbox): Promise<LoadReport> => {
      const report = await loadOne(main, mailbox);
      ended.push(mailbox.settings.address);
      return report;
    };
    const [slowReport, quickReport] = await Promise.all([run(it.mailbox), run(beside.mailbox)]);
    expect(slowReport.problem?.code).toBe('network.timeout');
    expect(quickReport).toMatchObject({ problem: null, folders: [{ fresh: 2 }] });
    expect(ended).toEqual([beside.mailbox.settings.address, it.mailbox.settings.address]);
    await expectAllOnce(main, it.mailbox, []);
    it.state.dripping = false;
    expect((await loadOne(main, it.mailbox)).problem).toBeNull();
    await expectAllOnce(main, it.mailbox, it.letters);
    await expectAllOnce(main, beside.mailbox, beside.letters);
  },
);

test('control: slow and steady, within its deadlines, is waited for', async () => {
  const letters = smallLetters(['one']);
  const server = await startScriptedServer((line) =>
    serveMailbox(line, { uidValidity: 7, letters: numbered(letters) }),
  );
  const proxy = await startFaultProxy(server.port, { kind: 'slow', bytes: 40, pauseMs: 5 });
  open.defer(() => server.stop());
  open.defer(() => proxy.stop());
  const mailbox = await addMailbox(main, { user: 'steady', port: proxy.port });
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: null });
  await expectAllOnce(main, mailbox, letters);
});
