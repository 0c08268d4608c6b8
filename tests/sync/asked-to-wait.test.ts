import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SetAlarm } from '../../src-main/sync/rest.ts';
import { bob, startDouble } from '../connectors/exchange-desk.ts';
import type { DoubleFault, ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { addItem } from '../support/exchange/mailboxes.ts';
import { addMailbox, eventWhen, letter, openConsole, subjectsOf } from './open-console.ts';

let double: ExchangeDouble;
beforeEach(async () => {
  double = await startDouble();
});
afterEach(async () => {
  await double.stop();
  expect(double.schemaFaults).toEqual([]);
});

/** A clock that a test lets go on: nothing rings by itself but what is due at once. */
function heldClock() {
  const set: { readonly milliseconds: number; ring(): void; takenOff: boolean }[] = [];
  const alarm: SetAlarm = (milliseconds, ring) => {
    if (milliseconds === 0) ring();
    const one = { milliseconds, ring, takenOff: false };
    set.push(one);
    return () => {
      one.takenOff = true;
    };
  };
  return { alarm, set };
}

const seconds = 600;
const waits = [
  ['503 with Retry-After', { kind: 'http', status: 503, headers: { 'Retry-After': String(seconds) } }],
  ['a fault with BackOffMilliseconds', { kind: 'fault', code: 'ErrorServerBusy', backOff: seconds * 1000 }],
  ['an answer with BackOffMilliseconds', { kind: 'response', code: 'ErrorServerBusy', backOff: seconds * 1000 }],
] as const satisfies readonly (readonly [string, DoubleFault])[];

test.each(
  waits.flatMap(([name, fault]) =>
    ['SyncFolderHierarchy', 'SyncFolderItems', 'GetItem'].map((at) => ({ name, fault, at })),
  ),
)('a server that asks to wait by $name at $at is asked nothing before the wait ends', async ({ fault, at }) => {
  for (const subject of ['one', 'two']) addItem(double.folder(bob.address), { raw: letter(subject) });
  const { alarm, set } = heldClock();
  await using console = await openConsole({}, undefined, { alarm });
  await console.loading.start();
  let struck = 0;
  let after: number | null = null;
  double.faults = (operation) => {
    if (struck > 0) after = (after ?? 0) + 1;
    if (struck > 0 || operation !== at) return null;
    struck += 1;
    return fault;
  };
  const retrying = eventWhen(console, 'loading.progress', ({ phase }) => phase === 'retrying');
  const loading = { automatic: true, pollMinutes: 1440 } as const;
  const mailbox = await addMailbox(console, { user: bob.login, port: double.port, protocol: 'ews', loading });
  await retrying;
  const wait = set.at(-1);
  expect([struck, wait?.takenOff]).toEqual([1, false]);
  // Rather a little longer than less.
  expect(wait?.milliseconds).toBeGreaterThanOrEqual(seconds * 1000);
  expect(wait?.milliseconds).toBeLessThanOrEqual(seconds * 1100);
  expect(after).toBeNull();
  const loaded = eventWhen(console, 'loading.finished', ({ problem }) => problem === null);
  wait?.ring();
  await loaded;
  expect((await subjectsOf(console, mailbox)).toSorted()).toEqual(['one', 'two']);
});
