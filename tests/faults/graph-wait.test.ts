import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { bob, graphCertificates, startDouble } from '../connectors/graph-desk.ts';
import { addContact } from '../support/exchange/contacts.ts';
import { addItem } from '../support/exchange/mailboxes.ts';
import { addMeeting } from '../support/exchange/meetings.ts';
import type { GraphDouble } from '../support/graph/graph-double.ts';
import { createHandClock } from '../support/hand-clock.ts';
import { openCollecting } from './collecting-console.ts';
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
  expect(double.mistakes).toEqual([]);
});

const asked = 300;
const busy = {
  kind: 'http',
  status: 429,
  code: 'ApplicationThrottled',
  headers: { 'Retry-After': `${asked}` },
} as const;
const tomorrow = Date.now() + 24 * 60 * 60_000;

test.each([
  ['the letters', 'delta'],
  ['a letter', 'value'],
  ['the calendar', 'eventDelta'],
  ['the address book', 'contactDelta'],
])(
  'where a service that is busy at %s asks for a wait, it is asked nothing before its end, whatever happens here; then all comes',
  async (_, question) => {
    const clock = createHandClock();
    const surroundings = { extraCertificates: [certificates.caPem], alarm: clock.alarm };
    await using main = await openCollecting({ ...surroundings, automatic: true });
    addItem(double.folder(bob), { raw: smallLetter('one') });
    addMeeting(double.folder(bob, 'calendar'), { subject: 'Plan', start: tomorrow });
    addContact(double.folder(bob, 'contacts'), { displayName: 'Anna' });
    double.faults = (name) => (name === question ? busy : null);
    const settings = { ...graphSettings(double), calendar: true, contacts: true };
    const loading = { ...settings.loading, automatic: true };
    const waits = main.when('loading.progress', ({ phase, nextAttemptAt }) => phase === 'retrying' && !!nextAttemptAt);
    await addGraphMailbox(main, { ...settings, loading });
    expect((await waits).problem).toMatchObject({ code: 'server.throttled', params: { retryAfter: asked } });
    expect(double.asked.at(-1)).toBe(question);

    const before = double.heard.length;
    clock.forward(asked * 1000 - 1);
    // Trust that changes has every line made anew, as a network that is back has.
    await main.call('oldEncryption.allow', { host: 'elsewhere.test' });
    const meetings = await main.call('calendar.list', { from: tomorrow - 1, to: tomorrow + 1 });
    const reply = { answer: 'accept', tell: false, message: '', series: false } as const;
    for (const { id: meetingId } of meetings) await main.call('calendar.answer', { meetingId, reply });
    const [progress] = await main.call('loading.status', undefined);
    expect([progress?.phase, double.heard.length, clock.due().length]).toEqual(['retrying', before, 1]);

    double.faults = () => null;
    const loaded = main.when('loading.finished', ({ problem }) => problem === null);
    clock.forward((asked * 1000) / 10 + 1);
    await loaded;
    const { contacts } = await main.call('contacts.list', { query: '', from: 0, limit: 9 });
    const list = await main.call('calendar.list', { from: tomorrow - 1, to: tomorrow + 1 });
    expect([contacts.length, list.length]).toEqual([1, 1]);
    expect(double.answers.length).toBe(meetings.length);
  },
);
