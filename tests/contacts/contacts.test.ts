import { afterEach, beforeEach, expect, test } from 'vitest';
import { newExchange } from '../../src-shared/domain/exchange.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { addMailbox, settingsOf } from '../bad-input/main-process.ts';
import { startDouble } from '../connectors/exchange-desk.ts';
import { type CollectingConsole, loadOne, makeProfile, openCollecting } from '../faults/collecting-console.ts';
import { addContact, addList, changeContact } from '../support/exchange/contacts.ts';
import type { ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { addItem, removeItem } from '../support/exchange/mailboxes.ts';

let double: ExchangeDouble;
beforeEach(async () => {
  double = await startDouble();
});
afterEach(async () => {
  await double.stop();
  expect(double.schemaFaults).toEqual([]);
});

const book = () => double.folder('bob@company.example', 'contacts');
const endpoint = { protocol: 'ews', exchange: { ...newExchange, windows: true } } as const;

async function addExchange(main: CollectingConsole): Promise<Mailbox> {
  return switchContacts(main, await addMailbox(main, { user: 'bob', port: double.port, endpoint }), true);
}

function switchContacts({ call }: CollectingConsole, { id }: Mailbox, contacts: boolean): Promise<Mailbox> {
  const settings = { ...settingsOf({ user: 'bob', port: double.port, endpoint }), contacts };
  return call('mailboxes.update', { draft: { settings, password: 'secret', outgoingPassword: null, mailboxId: id } });
}

const pass = async (main: CollectingConsole, mailbox: Mailbox) =>
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: null });
const found = ({ call }: CollectingConsole, query = '') => call('contacts.list', { query, from: 0, limit: 500 });
const names = async (main: CollectingConsole, query = '') =>
  (await found(main, query)).contacts.map(({ name }) => name);

test('off until it is switched on; then people stand by name, without their server too, and go when it is switched off', async () => {
  await using main = await openCollecting({ automatic: true });
  for (const displayName of ['Юрий', 'anna', 'Борис', 'Ёлкина', 'Żaneta'])
    addContact(book(), { displayName, companyName: 'Firm', jobTitle: 'Keeper' });
  const mailbox = await switchContacts(main, await addExchange(main), false);
  double.asked.length = 0;
  await pass(main, mailbox);
  expect(double.heard.some(({ body }) => body.includes('"contacts"'))).toBe(false);
  await switchContacts(main, mailbox, true);
  await pass(main, mailbox);
  expect(await main.call('contacts.states', undefined)).toMatchObject([
    { lookedAt: expect.any(Number), problem: null },
  ]);
  await double.stop();
  expect(await names(main)).toEqual(['anna', 'Żaneta', 'Борис', 'Ёлкина', 'Юрий']);
  const [first] = (await found(main)).contacts;
  if (!first) throw new Error('nobody');
  const contact = await main.call('contacts.get', { contactId: first.id });
  expect(contact).toMatchObject({ name: 'anna', company: 'Firm', jobTitle: 'Keeper', mailboxId: mailbox.id });
  await switchContacts(main, mailbox, false);
  expect(await names(main)).toEqual([]);
});

test('changes and removals on the server are here with the next pass, which asks for those alone', async () => {
  await using main = await openCollecting();
  const [anna, boris] = ['Anna', 'Boris', 'Vera'].map((displayName) => addContact(book(), { displayName }));
  if (!anna || !boris) throw new Error('nobody');
  const mailbox = await addExchange(main);
  await pass(main, mailbox);
  changeContact(book(), anna, { displayName: 'Zoya', addresses: { EmailAddress1: 'zoya@x.example' } });
  removeItem(book(), boris.id);
  await pass(main, mailbox);
  expect(await names(main)).toEqual(['Vera', 'Zoya']);
  expect(await names(main, 'zoya@x')).toEqual(['Zoya']);
  expect(await names(main, 'anna')).toEqual([]);
});

test('a list of people stands among them with who is in it, as far as it is no longer than anybody reads', async () => {
  await using main = await openCollecting();
  const many = Array.from({ length: 1500 }, (_, at) => ({
    ...{ name: `Member ${at}`, address: `m${at}@x.example`, type: 'OneOff' },
  }));
  addList(book(), { displayName: 'Дежурные', members: many.slice(0, 2) });
  addList(book(), { displayName: 'Everybody', members: many });
  addContact(book(), { displayName: 'Anna' });
  await pass(main, await addExchange(main));
  const { contacts, total } = await found(main);
  expect(contacts.map(({ kind, name, members }) => [kind, name, members])).toEqual([
    ['person', 'Anna', 0],
    ['list', 'Everybody', 1000],
    ['list', 'Дежурные', 2],
  ]);
  expect(total).toBe(3);
  // Who is in a list is found by a name of their own.
  expect(await names(main, 'дежур')).toEqual(['Дежурные']);
  expect(await names(main, 'member')).toEqual([]);
  const contactId = contacts[2]?.id;
  if (contactId === undefined) throw new Error('no list');
  expect(await main.call('contacts.get', { contactId })).toMatchObject({
    kind: 'list',
    members: [
      { name: 'Member 0', address: 'm0@x.example' },
      { name: 'Member 1', address: 'm1@x.example' },
    ],
  });
});

test('a first look that broke off goes on where it was, and who went meanwhile is not kept', async () => {
  using profile = await makeProfile();
  const items = Array.from({ length: 30 }, (_, at) => addContact(book(), { displayName: `No. ${at}` }));
  double.pageSize = 10;
  let mailbox: Mailbox;
  {
    await using main = await openCollecting({ profile: profile.profile });
    mailbox = await addExchange(main);
    let asked = 0;
    double.faults = (operation) => {
      if (operation === 'GetItem') asked += 1;
      return operation === 'GetItem' && asked > 2 ? { kind: 'drop-after' } : null;
    };
    await pass(main, mailbox);
    expect((await found(main)).total).toBe(20);
    expect(await main.call('contacts.states', undefined)).toMatchObject([
      { lookedAt: null, problem: { code: 'network.dropped' } },
    ]);
  }
  double.faults = () => null;
  removeItem(book(), items[0]?.id ?? '');
  double.asked.length = 0;
  await using main = await openCollecting({ profile: profile.profile });
  await pass(main, mailbox);
  expect((await found(main)).total).toBe(29);
  expect(double.asked.filter((operation) => operation === 'GetItem')).toHaveLength(1);
  expect(await main.call('contacts.states', undefined)).toMatchObject([{ problem: null }]);
});

test('told anew, the same people keep their place, and who is not told again goes', async () => {
  await using main = await openCollecting();
  const [anna] = ['Anna', 'Boris'].map((displayName) => addContact(book(), { displayName }));
  const mailbox = await addExchange(main);
  await pass(main, mailbox);
  const before = (await found(main)).contacts;
  // Gone without a word: the server has forgotten the state that would have told of it.
  book().items.delete(anna?.id ?? '');
  book().log.splice(0, book().log.length, ...book().log.filter(({ id }) => id !== anna?.id));
  book().age += 1;
  await pass(main, mailbox);
  expect((await found(main)).contacts).toEqual(before.filter(({ name }) => name === 'Boris'));
});

test('letters come although the address book is closed to this login, and it says why', async () => {
  await using main = await openCollecting();
  const mailbox = await addExchange(main);
  addItem(double.folder('bob@company.example'), { raw: 'From: a@x.example\r\nSubject: Hello\r\n\r\nHello\r\n' });
  double.faults = (_operation, body) =>
    body.includes('"contacts"') ? { kind: 'response', code: 'ErrorAccessDenied' } : null;
  await pass(main, mailbox);
  expect(await main.call('contacts.states', undefined)).toMatchObject([
    { mailboxId: mailbox.id, lookedAt: null, problem: { code: 'exchange.no-access' } },
  ]);
  expect(await main.call('mail.count', { scope: { mailboxId: null, folderId: null, unreadOnly: false } })).toEqual({
    total: 1,
  });
});

test('one that Exchange does not give hides nobody, is asked for with each pass, and is not taken for gone', async () => {
  await using main = await openCollecting();
  double.pageSize = 3;
  const people = ['Anna', 'Boris', 'Clara', 'Dora'].map((displayName) => addContact(book(), { displayName }));
  const list = addList(book(), { displayName: 'Everybody' });
  const boris = people[1];
  if (!boris) throw new Error('nobody');
  boris.broken = { code: 'ErrorCorruptData' };
  list.broken = { code: 'ErrorItemCorrupt' };
  const mailbox = await addExchange(main);
  const states = async () => (await main.call('contacts.states', undefined))[0];
  await pass(main, mailbox);
  expect(await names(main)).toEqual(['Anna', 'Clara', 'Dora']);
  const problem = (count: number) => ({
    ...{ lookedAt: expect.any(Number) },
    problem: { code: 'contact.not-given', params: { count, serverWords: expect.stringContaining('Error') } },
  });
  expect(await states()).toMatchObject(problem(2));
  await pass(main, mailbox);
  expect(await states()).toMatchObject(problem(2));
  delete list.broken;
  await pass(main, mailbox);
  expect(await names(main)).toEqual(['Anna', 'Clara', 'Dora', 'Everybody']);
  expect(await states()).toMatchObject(problem(1));
  delete boris.broken;
  await pass(main, mailbox);
  expect(await names(main)).toEqual(['Anna', 'Boris', 'Clara', 'Dora', 'Everybody']);
  expect(await states()).toMatchObject({ problem: null });
  double.asked.length = 0;
  await pass(main, mailbox);
  expect(double.asked).not.toContain('GetItem');
  // Told anew, who cannot be given now is still who was there.
  boris.broken = { code: 'ErrorCorruptData' };
  book().age += 1;
  await pass(main, mailbox);
  expect(await names(main)).toEqual(['Anna', 'Boris', 'Clara', 'Dora', 'Everybody']);
  removeItem(book(), boris.id);
  await pass(main, mailbox);
  expect(await names(main)).toEqual(['Anna', 'Clara', 'Dora', 'Everybody']);
  expect(await states()).toMatchObject({ problem: null });
});
