import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { CalendarDesk } from '../../src-main/connectors/calendar.ts';
import type { IncomingConnector } from '../../src-main/connectors/connectors.ts';
import { createConnectors } from '../../src-main/connectors/open-connector.ts';
import { cleanEntry } from '../../src-main/logs/clean-entry.ts';
import { createConnectionLog } from '../../src-main/logs/connection-log.ts';
import { openLogs } from '../../src-main/logs/open-logs.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { addContact } from '../support/exchange/contacts.ts';
import { addMeeting } from '../support/exchange/meetings.ts';
import type { GraphDouble } from '../support/graph/graph-double.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { bob, bobsToken, graphCertificates, graphTo, startDouble } from './graph-desk.ts';
import { failureOf, soon } from './sign-in.ts';

const mailboxId = '55555555-5555-4555-8555-555555555555' as MailboxId;
const certificates = graphCertificates();
const folder = temporaryFolder();
afterAll(() => {
  certificates[Symbol.dispose]();
  folder[Symbol.dispose]();
});
let double: GraphDouble;
beforeEach(async () => {
  double = await startDouble(certificates);
});
afterEach(() => double.stop());

/** The log of what `work` has done, the opening and closing aside. */
async function logged(name: string, work: (connector: IncomingConnector) => Promise<void>) {
  const place = join(folder.path, name);
  const logs = openLogs(place, { level: 'debug' });
  const log = createConnectionLog({ folder: join(place, 'mailboxes'), clean: cleanEntry });
  log.setLevel(mailboxId, 'full');
  const extraCertificates = [certificates.caPem];
  const connectors = createConnectors({ logs: logs.logger, connectionLog: log, extraCertificates });
  const connector = await connectors.openIncoming({ ...graphTo(double.port), mailboxId }, soon());
  await work(connector);
  await connector.close();
  const everything = { mailboxId: null, severity: 'all', words: '', since: null, until: null } as const;
  const { entries } = await log.read(everything, { before: null, limit: 100 });
  await log.settle();
  await logs.close();
  return entries.toReversed().filter(({ event }) => !/^(opened|closed)$/.test(event));
}

const start = Date.now();
const span = { from: start - 1000, to: start + 1000 };
const reply = { answer: 'accept', tell: true, message: '', series: false } as const;
const readPeople = async ({ contacts }: IncomingConnector) => {
  for await (const _portion of contacts?.news(null, soon()) ?? []);
};

test('what is asked of calendar and contacts stands in the log of the mailbox, and nothing of what they say', async () => {
  const files = [{ name: 'CanaryFile', type: 'text/plain', content: Buffer.from('12345') }];
  addMeeting(double.folder(bob, 'calendar'), { subject: 'CanarySubject', start, files });
  addContact(double.folder(bob, 'contacts'), { displayName: 'CanaryPerson' });
  const entries = await logged('all', async (connector) => {
    const desk = connector.calendar as CalendarDesk;
    await desk.news(null, span, soon());
    const listed = await desk.list(span, soon());
    const [meeting] = (await desk.fetch(listed, soon())).given;
    await desk.fetchFile(meeting?.files[0]?.id ?? '', soon());
    const target = { id: meeting?.id ?? '', series: false };
    await desk.standing(target, soon());
    await desk.reply(target, reply, soon());
    await readPeople(connector);
  });
  expect(entries.map(({ event, count, bytes }) => [event, count, bytes])).toEqual([
    ['calendar-asked', null, null],
    ['meetings-listed', 1, null],
    ['meetings-fetched', 1, null],
    ['meeting-file-fetched', null, 5],
    ['answer-asked', null, null],
    ['meeting-answered', null, null],
    ['contacts-read', 1, null],
  ]);
  expect(JSON.stringify(entries)).not.toContain('Canary');
});

test('what a service quotes of the sign-in is in no error and no line', async () => {
  const failures: unknown[] = [];
  const entries = await logged('quoting', async (connector) => {
    const { calendar: desk } = connector as { calendar: CalendarDesk };
    const text = JSON.stringify({ error: { code: 'BadRequest', message: `not ${bobsToken}` } });
    double.faults = () => ({ kind: 'http', status: 400, text });
    const target = { id: 'x', series: false };
    for (const work of [
      () => desk.news(null, span, soon()),
      () => desk.list(span, soon()),
      async () => Promise.reject((await desk.fetch([{ id: 'x' }], soon())).notGiven[0]?.why),
      () => desk.fetchFile('["x","y"]', soon()),
      () => desk.standing(target, soon()),
      () => desk.reply(target, reply, soon()),
      () => readPeople(connector),
    ])
      failures.push(await failureOf(work()));
  });
  expect(failures).toHaveLength(7);
  for (const failure of failures)
    expect(failure).toMatchObject({ code: 'server.refused', params: { serverWords: 'BadRequest: not …' } });
  expect(entries).toHaveLength(7);
  expect(JSON.stringify(entries)).not.toContain(bobsToken);
});
