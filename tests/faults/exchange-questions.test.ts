import { afterEach, beforeEach, expect, test } from 'vitest';
import { newExchange } from '../../src-shared/domain/exchange.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { addMailbox } from '../bad-input/main-process.ts';
import { bob, startDouble } from '../connectors/exchange-desk.ts';
import type { DoubleFault, ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { addItem } from '../support/exchange/mailboxes.ts';
import { type CollectingConsole, expectAllOnce, loadOne, openCollecting } from './collecting-console.ts';
import { smallLetter } from './small-letter.ts';

let double: ExchangeDouble;
beforeEach(async () => {
  double = await startDouble();
});
afterEach(async () => {
  await double.stop();
  expect(double.schemaFaults).toEqual([]);
});

const put = (raw: string) => addItem(double.folder(bob.address), { raw: Buffer.from(raw, 'latin1') });

function addExchange(main: CollectingConsole): Promise<Mailbox> {
  const endpoint = { protocol: 'ews', exchange: { ...newExchange, windows: true } } as const;
  const afterwards = { kind: 'mark-read' } as const;
  return addMailbox(main, { user: bob.login, port: double.port, endpoint, afterwards });
}

/** A pass with a folder of another name, and with one new letter, which becomes a ticket and is marked. */
const aPass = [
  'SyncFolderHierarchy',
  ...Array.from({ length: 6 }, () => 'GetFolder'),
  'SyncFolderItems',
  'GetItem',
  'SyncFolderItems',
  'GetItem',
  'UpdateItem',
];

test.each([
  ['a busy server', { kind: 'http', status: 503, headers: { 'Retry-After': '5' } }, 'server.throttled'],
  ['a back-off', { kind: 'fault', code: 'ErrorServerBusy', backOff: 5000 }, 'server.throttled'],
  ['a back-off in an answer', { kind: 'response', code: 'ErrorServerBusy', backOff: 5000 }, 'server.throttled'],
  ['an answer cut in the middle', { kind: 'cut-text', keep: 0.7 }, 'server.protocol'],
  ['an answer without its message', { kind: 'no-message' }, 'server.protocol'],
  ['a line that ends', { kind: 'drop-after' }, null],
] as const satisfies readonly (readonly [string, DoubleFault, string | null])[])(
  '%s at each question of a pass loses no letter and brings none twice',
  async (_, fault, code) => {
    await using main = await openCollecting();
    const mailbox = await addExchange(main);
    const there: string[] = [];
    const arrive = () => {
      const raw = smallLetter(`letter ${there.length}`);
      put(raw);
      double.folder(bob.address, 'drafts').name = `Drafts ${there.length}`;
      there.push(raw);
    };
    const calmPass = async () => {
      double.faults = () => null;
      double.asked.length = 0;
      expect(await loadOne(main, mailbox)).toMatchObject({ problem: null, unexplained: 0, effectsFailed: 0 });
      return [...double.asked];
    };
    arrive();
    expect(await calmPass()).toEqual(aPass);
    const struck: string[] = [];
    for (const at of aPass.keys()) {
      arrive();
      let questions = 0;
      double.faults = (operation) => {
        questions += 1;
        if (questions !== at + 1) return null;
        struck.push(operation);
        return fault;
      };
      const { problem } = await loadOne(main, mailbox);
      // A line that was kept is made again, where nothing is done twice by asking twice.
      if (code !== null) expect([aPass[at], problem?.code]).toEqual([aPass[at], code]);
      await calmPass();
    }
    expect(struck).toEqual(aPass);
    await expectAllOnce(main, mailbox, there);
    expect([...double.folder(bob.address).items.values()].every(({ isRead }) => isRead)).toBe(true);
  },
);
