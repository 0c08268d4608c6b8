import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { bob, graphCertificates, startDouble } from '../connectors/graph-desk.ts';
import { addItem } from '../support/exchange/mailboxes.ts';
import type { GraphDouble, GraphFault } from '../support/graph/graph-double.ts';
import { expectAllOnce, loadOne, openCollecting } from './collecting-console.ts';
import { addGraphMailbox, graphSettings } from './graph-console.ts';
import { smallLetter } from './small-letter.ts';

const certificates = graphCertificates();
afterAll(() => certificates[Symbol.dispose]());
let double: GraphDouble;
beforeEach(async () => {
  double = await startDouble(certificates);
});
afterEach(async () => {
  await double.stop();
  expect([double.mistakes, double.crowd.refused]).toEqual([[], 0]);
});

/** What a pass asks when two letters came, which become tickets and are marked. */
const questions = ['folders', 'folder', 'delta', 'next page', 'value', 'letter', 'patch'] as const;
type Question = (typeof questions)[number];
const named = (name: string, url: string): string => (/skiptoken/.test(url) ? 'next page' : name);

/** Null: made up for within the pass, where asking twice does nothing twice. */
type Ending =
  | 'server.throttled'
  | 'server.unavailable'
  | 'server.protocol'
  | 'network.dropped'
  | 'network.timeout'
  | null;
const faults: readonly (readonly [string, GraphFault, Ending, readonly Question[]])[] = [
  ['429', { kind: 'http', status: 429, headers: { 'Retry-After': '5' } }, 'server.throttled', questions],
  ['503', { kind: 'http', status: 503, headers: { 'Retry-After': '5' } }, 'server.throttled', questions],
  ['503 without a wait', { kind: 'http', status: 503 }, 'server.throttled', questions],
  ['500', { kind: 'http', status: 500, code: 'ErrorInternalServerError' }, 'server.unavailable', questions],
  // Of a letter nobody can see that it was cut, if its length fits; the answer to a change is not read.
  [
    'a cut text',
    { kind: 'cut-text', keep: 0.7 },
    'server.protocol',
    ['folders', 'folder', 'delta', 'next page', 'letter'],
  ],
  ['a cut answer', { kind: 'cut-line' }, 'network.dropped', questions],
  ['silence', { kind: 'silence' }, 'network.timeout', questions],
  ['a line that ends', { kind: 'drop-after' }, null, ['folders', 'delta', 'next page', 'value', 'letter']],
  ['a deltaLink that means nothing', { kind: 'http', status: 410, code: 'syncStateNotFound' }, null, ['delta']],
];

test.each(faults)('%s at each question of a pass loses no letter and brings none twice', async (_, fault, code, at) => {
  await using main = await openCollecting({
    extraCertificates: [certificates.caPem],
    connectionTimes: { silence: 1_000 },
  });
  const mailbox = await addGraphMailbox(main, graphSettings(double, { kind: 'mark-read' }));
  double.pageSize = 2;
  const there: string[] = [];
  const arrive = () => {
    for (const raw of [smallLetter(`${there.length}`), smallLetter(`${there.length + 1}`)]) {
      addItem(double.folder(bob), { raw: Buffer.from(raw, 'latin1') });
      there.push(raw);
    }
    // Something else has happened to a letter that is known: two pages of news.
    for (const item of [...double.folder(bob).items.values()].slice(0, 1))
      double.folder(bob).log.push({ kind: 'read', id: item.id });
  };
  arrive();
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: null });
  const struck: string[] = [];
  for (const question of at) {
    arrive();
    let hit = false;
    double.faults = (name, url) => {
      if (hit || named(name, url) !== question) return null;
      hit = true;
      struck.push(question);
      return fault;
    };
    const { problem } = await loadOne(main, mailbox);
    expect([question, problem?.code ?? null]).toEqual([question, code]);
    double.faults = () => null;
    expect(await loadOne(main, mailbox)).toMatchObject({ problem: null, unexplained: 0, effectsFailed: 0 });
    expect([...double.folder(bob).items.values()].every(({ isRead }) => isRead)).toBe(true);
  }
  expect(struck).toEqual(at);
  await expectAllOnce(main, mailbox, there);
});
