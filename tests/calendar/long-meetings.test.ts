import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { bob, graphCertificates, startDouble } from '../connectors/graph-desk.ts';
import { loadOne, openCollecting } from '../faults/collecting-console.ts';
import { addGraphMailbox, graphSettings } from '../faults/graph-console.ts';
import { addMeeting } from '../support/exchange/meetings.ts';
import type { GraphDouble } from '../support/graph/graph-double.ts';

const certificates = graphCertificates();
afterAll(() => certificates[Symbol.dispose]());
let double: GraphDouble;
beforeEach(async () => {
  double = await startDouble(certificates);
});
afterEach(async () => {
  await double.stop();
  expect(double.mistakes).toEqual([]);
});

test('an invitation of many megabytes is a meeting with the beginning of its words, and says that there were more', async () => {
  await using main = await openCollecting({ extraCertificates: [certificates.caPem] });
  const start = Math.floor(Date.now() / 1000) * 1000 + 60 * 60_000;
  const body = `<p>Welcome</p>${'<p>word</p>'.repeat(400_000)}`;
  addMeeting(double.folder(bob, 'calendar'), { subject: 's'.repeat(5000), location: 'l'.repeat(5000), start, body });
  addMeeting(double.folder(bob, 'calendar'), { subject: 'Usual', start: start + 1000, body: '<p>Short</p>' });
  const mailbox = await addGraphMailbox(main, { ...graphSettings(double), calendar: true });
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: null });
  const listed = await main.call('calendar.list', { from: start - 1000, to: start + 10_000 });
  const read = await Promise.all(listed.map(({ id }) => main.call('calendar.meeting', { meetingId: id })));
  expect(read.map(({ subject, location }) => [subject.length, location.length])).toEqual([
    [1001, 1001],
    [5, 0],
  ]);
  expect(read.map(({ html }) => html?.trim() ?? null)).toEqual([null, '<p>Short</p>']);
  expect(read[0]?.text).toMatch(/^Welcome\s+word[\sword]+…$/);
  expect(read[0]?.text.length).toBeLessThanOrEqual(200_001);
});
