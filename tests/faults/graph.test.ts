import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { Afterwards, Mailbox } from '../../src-shared/domain/mailbox.ts';
import { bob, eve, graphCertificates, startDouble } from '../connectors/graph-desk.ts';
import { addFolder, addItem, renameItems, setRead } from '../support/exchange/mailboxes.ts';
import type { GraphDouble } from '../support/graph/graph-double.ts';
import { relocate } from '../support/graph/graph-mailbox.ts';
import { type CollectingConsole, expectAllOnce, loadOne, makeProfile, openCollecting } from './collecting-console.ts';
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

const inbox = () => double.folder(bob);
const raws = ['one', 'two', 'three', 'four', 'five'].map((subject) => smallLetter(subject));
const late = smallLetter('late');
const put = (raw: string) => addItem(inbox(), { raw: Buffer.from(raw, 'latin1') });
const times = (name: string): number => double.asked.filter((asked) => asked === name).length;
const open = (wish: Parameters<typeof openCollecting>[0] = {}) =>
  openCollecting({ extraCertificates: [certificates.caPem], ...wish });
const add = (main: CollectingConsole, afterwards?: Afterwards, folders?: readonly string[]) =>
  addGraphMailbox(main, graphSettings(double, afterwards), folders ? { folders } : {});

async function pass(main: CollectingConsole, mailbox: Mailbox) {
  const report = await loadOne(main, mailbox);
  expect(report).toMatchObject({ problem: null, unexplained: 0 });
  return report;
}

test('letters come byte for byte, each once and in a ticket; with nothing new a pass is one question', async () => {
  await using main = await open();
  const odd = [
    ...raws,
    `${smallLetter('dots')}.\r\n..\r\n`,
    smallLetter('\xce\xf2\xe2\xe5\xf2'),
    `${smallLetter('big')}${'0123456789abcdef\r\n'.repeat(120_000)}`,
  ];
  for (const raw of odd) put(raw);
  const mailbox = await add(main);
  expect(await pass(main, mailbox)).toMatchObject({ folders: [{ onServer: 8, loaded: 8, fresh: 8 }] });
  await expectAllOnce(main, mailbox, odd);
  double.asked.length = 0;
  await pass(main, mailbox);
  expect(double.asked.filter((name) => !/^folders?$/.test(name))).toEqual(['delta']);
  put(late);
  expect(await pass(main, mailbox)).toMatchObject({ folders: [{ onServer: 9, fresh: 1 }] });
  expect(times('value')).toBe(1);
  await expectAllOnce(main, mailbox, [...odd, late]);
});

test('what is known of the names outlives the program', async () => {
  using profile = await makeProfile();
  for (const raw of raws) put(raw);
  let mailbox: Mailbox;
  {
    await using main = await open({ profile: profile.profile });
    mailbox = await add(main);
    await pass(main, mailbox);
  }
  double.asked.length = 0;
  put(late);
  await using main = await open({ profile: profile.profile });
  await pass(main, mailbox);
  expect(times('value')).toBe(1);
  await expectAllOnce(main, mailbox, [...raws, late]);
});

test('a deltaLink that means nothing any more brings no letter and no ticket twice, whether the names stay or change', async () => {
  await using main = await open();
  for (const raw of raws) put(raw);
  const mailbox = await add(main);
  await pass(main, mailbox);
  inbox().age += 1;
  put(late);
  double.asked.length = 0;
  await pass(main, mailbox);
  expect(times('value')).toBe(1);
  // The mailbox was moved to another tenant.
  renameItems(inbox());
  inbox().log.splice(0, inbox().log.length - inbox().items.size);
  inbox().age += 1;
  await pass(main, mailbox);
  await expectAllOnce(main, mailbox, [...raws, late]);
});

test('a letter that goes into another folder and comes back is the same letter, and marks are seen here', async () => {
  await using main = await open();
  const [item] = raws.map((raw) => put(raw));
  const mailbox = await add(main);
  await pass(main, mailbox);
  const away = addFolder(double.mailbox(bob), { parentId: inbox().id, name: 'Away' });
  if (item) relocate(inbox(), away, item);
  await pass(main, mailbox);
  if (item) relocate(away, inbox(), item);
  for (const { id } of inbox().items.values()) setRead(inbox(), id, true);
  await pass(main, mailbox);
  const scope = { mailboxId: mailbox.id, folderId: null, unreadOnly: true };
  expect(await main.call('mail.list', { scope, before: null, limit: 50 })).toEqual([]);
  await expectAllOnce(main, mailbox, raws);
});

test.each([
  ['moved to a folder that is made for it', { kind: 'move', done: 'Готово/R&D', failed: null, create: true }, 'move'],
  ['deleted', { kind: 'delete', afterDays: 0 }, 'move'],
] as const)(
  'a letter that became a ticket is %s, once, also when the answer to that was lost',
  async (_, afterwards, operation) => {
    await using main = await open();
    for (const raw of raws) put(raw);
    const mailbox = await add(main, afterwards);
    let changed = 0;
    double.faults = (asked) => {
      if (asked === operation) changed += 1;
      return asked === operation && changed === 1 ? { kind: 'drop-after' } : null;
    };
    await loadOne(main, mailbox);
    await pass(main, mailbox);
    expect(times(operation)).toBe(5);
    const done = [...double.mailbox(bob).folders.values()].find(({ name }) => name === 'R&D');
    expect(inbox().items.size).toBe(0);
    if (afterwards.kind === 'move') expect(done?.items.size).toBe(5);
    if (afterwards.kind === 'delete') expect(double.folder(bob, 'recoverableitemsdeletions').items.size).toBe(5);
    await expectAllOnce(main, mailbox, raws);
  },
);

test.each([
  ['refused', { kind: 'http', status: 400, code: 'ErrorMoveCopyFailed' }],
  ['forbidden', { kind: 'http', status: 403, code: 'ErrorAccessDenied' }],
  ['missing', { kind: 'http', status: 404, code: 'ErrorItemNotFound' }],
] as const)(
  'where the dumpster is %s a letter is purged, once, also when the answer to that was lost',
  async (_, fault) => {
    await using main = await open();
    for (const raw of raws) put(raw);
    const mailbox = await add(main, { kind: 'delete', afterDays: 0 });
    let purged = 0;
    double.faults = (asked) => {
      if (asked === 'move') return fault;
      if (asked === 'permanentDelete') purged += 1;
      return asked === 'permanentDelete' && purged === 1 ? { kind: 'drop-after' } : null;
    };
    await loadOne(main, mailbox);
    await pass(main, mailbox);
    expect(times('permanentDelete')).toBe(5);
    expect([inbox().items.size, double.folder(bob, 'recoverableitemspurges').items.size]).toEqual([0, 5]);
    await expectAllOnce(main, mailbox, raws);
  },
);

test('a letter becomes a ticket, and its answer arrives in the other mailbox over Graph', async () => {
  await using main = await open();
  const raw = `From: Eve <${eve}>\r\nTo: ${bob}\r\nSubject: Printer\r\nMessage-ID: <p1@company.example>\r\n\r\nIt is out of paper.\r\n`;
  put(raw);
  const settings = graphSettings(double);
  const outgoing = { ...settings.incoming, protocol: 'graph' as const };
  const mailbox = await addGraphMailbox(main, { ...settings, outgoing });
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: null, ticketsCreated: 1 });
  const filter = { states: [], templateId: null, mailboxId: mailbox.id, mine: false, query: '' };
  const { tickets } = await main.call('tickets.list', { filter, offset: 0, limit: 10 });
  const ticketId = tickets[0]?.id;
  if (!ticketId) throw new Error('no ticket');
  const reply = { ticketId, text: 'It has some now.', html: null, attachments: [], nextState: null };
  await main.call('tickets.reply', { reply });
  expect(await main.call('outbox.flush', undefined)).toMatchObject([{ state: 'accepted', problem: null }]);
  const [arrived] = [...double.folder(eve).items.values()];
  expect(arrived?.raw.toString()).toContain('It has some now.');
  expect([...double.folder(bob, 'sentitems').items.values()].map((item) => item.raw)).toEqual([arrived?.raw]);
});
