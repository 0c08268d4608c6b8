import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ContactNews, ContactsDesk } from '../../src-main/connectors/contacts.ts';
import { addContact, addList, changeContact, changeList } from '../support/exchange/contacts.ts';
import type { ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { removeItem } from '../support/exchange/mailboxes.ts';
import { connected, ewsTo, startDouble } from './exchange-desk.ts';
import { failureOf, soon } from './sign-in.ts';

let double: ExchangeDouble;
beforeEach(async () => {
  double = await startDouble();
});
afterEach(async () => {
  await double.stop();
  expect(double.schemaFaults).toEqual([]);
});

const folder = (address = 'bob@company.example') => double.folder(address, 'contacts');

function newsSince(state: string | null, mailbox?: string): Promise<readonly ContactNews[]> {
  const signIn = ewsTo(double.port, mailbox === undefined ? {} : { mailbox });
  return connected(signIn, async (connector) => {
    const desk = connector.contacts as ContactsDesk;
    const news: ContactNews[] = [];
    for await (const portion of desk.news(state, soon())) news.push(portion);
    return news;
  });
}

const last = (news: readonly ContactNews[]) => news.at(-1)?.state ?? '';
const names = (news: readonly ContactNews[]) => news.flatMap(({ put }) => put.map(({ name }) => name));

test('a contact comes with everything that is shown of it, hostile words as they are', async () => {
  const words = 'R&D <b>"x"</b> ]]> \u202e Иванов';
  addContact(folder(), {
    ...{ displayName: words, companyName: words, department: 'Склад', jobTitle: 'Кладовщик' },
    addresses: {
      EmailAddress1: 'ivanov@firm.example',
      EmailAddress2: '/o=Firm/cn=ivanov',
      EmailAddress3: 'i@x.example',
    },
    phones: { MobilePhone: '+7 900 123-45-67', BusinessPhone: '8 (495) 1-2-3', BusinessFax: '77', Telex: '88' },
  });
  const [portion] = await newsSince(null);
  expect(portion?.put).toMatchObject([
    {
      ...{ name: words, company: words, department: 'Склад', jobTitle: 'Кладовщик' },
      // Nobody can write to a path of the directory.
      addresses: [{ address: 'ivanov@firm.example' }, { address: 'i@x.example' }],
      phones: [
        { kind: 'work', number: '8 (495) 1-2-3' },
        { kind: 'mobile', number: '+7 900 123-45-67' },
        { kind: 'fax', number: '77' },
      ],
    },
  ]);
});

test('what a server leaves out is empty, and a filed name stands in for a shown one', async () => {
  addContact(folder(), { displayName: '', fileAs: 'Petrov, Oleg', addresses: {} });
  addContact(folder(), { displayName: '', addresses: {} });
  const news = await newsSince(null);
  const nothing = { kind: 'person', company: '', department: '', jobTitle: '', addresses: [], phones: [], members: [] };
  expect(news.flatMap(({ put }) => put)).toEqual([
    { id: expect.any(String), name: 'Petrov, Oleg', ...nothing },
    { id: expect.any(String), name: '', ...nothing },
  ]);
});

describe('a list of people', () => {
  const anna = { name: 'Anna', address: 'anna@firm.example', type: 'OneOff' };

  test('comes by its name with whoever is in it, as far as there is an address', async () => {
    const words = 'R&D <b>"x"</b> ]]> \u202e Дежурные';
    addList(folder(), {
      displayName: words,
      members: [
        anna,
        { name: words, address: '/o=Company/cn=boris', type: 'Mailbox' },
        { name: 'Ночные', address: '', type: 'PrivateDL', id: 'AAMkNight' },
        { name: '', address: 'all@company.example', type: 'PublicDL' },
      ],
    });
    addContact(folder(), { displayName: 'Vera' });
    const put = (await newsSince(null)).flatMap((news) => news.put);
    expect(put.map(({ kind, name }) => [kind, name])).toEqual([
      ['person', 'Vera'],
      ['list', words],
    ]);
    expect(put[1]).toEqual({
      ...{ id: expect.any(String), kind: 'list', name: words },
      ...{ company: '', department: '', jobTitle: '', addresses: [], phones: [] },
      members: [
        { name: 'Anna', address: 'anna@firm.example' },
        { name: words, address: '' },
        { name: 'Ночные', address: '' },
        { name: '', address: 'all@company.example' },
      ],
    });
  });

  test('may have one in it, or nobody', async () => {
    addList(folder(), { displayName: '', fileAs: 'One', members: [anna] });
    addList(folder(), { displayName: 'Nobody' });
    const put = (await newsSince(null)).flatMap((news) => news.put);
    expect(put.map(({ name, members }) => [name, members.length])).toEqual([
      ['One', 1],
      ['Nobody', 0],
    ]);
  });

  test('that changes comes alone, and one that is deleted is gone', async () => {
    const [duty, night] = ['Duty', 'Night'].map((displayName) => addList(folder(), { displayName, members: [anna] }));
    if (!duty || !night) throw new Error('no lists');
    const first = await newsSince(null);
    changeList(folder(), duty, { members: [] });
    removeItem(folder(), night.id);
    const news = await newsSince(last(first));
    expect(news).toMatchObject([{ put: [{ name: 'Duty', members: [] }], gone: [night.id] }]);
  });

  test('of a server of 2007, which does not tell who is in it, comes by its name alone', async () => {
    addList(folder(), { displayName: 'Duty', members: [anna] });
    const signIn = ewsTo(double.port, { version: '2007-sp1' });
    await connected(signIn, async (connector) => {
      for await (const { put } of (connector.contacts as ContactsDesk).news(null, soon()))
        expect(put).toMatchObject([{ kind: 'list', name: 'Duty', members: [] }]);
    });
    expect(double.heard.some(({ body }) => body.includes('distributionlist:Members'))).toBe(false);
  });

  test('is asked for by itself, ten at a time', async () => {
    for (let at = 0; at < 25; at += 1) addList(folder(), { members: [anna] });
    addContact(folder());
    double.asked.length = 0;
    expect((await newsSince(null)).flatMap((news) => news.put)).toHaveLength(26);
    expect(double.asked.filter((operation) => operation === 'GetItem')).toHaveLength(4);
  });
});

test('a large address book comes in portions, from each of which it goes on; then news are one question', async () => {
  for (let at = 0; at < 250; at += 1) addContact(folder());
  double.pageSize = 120;
  const first = await newsSince(null);
  expect(first.map(({ put, begins, last: end }) => [put.length, begins, end])).toEqual([
    [120, true, false],
    [120, false, false],
    [10, false, true],
  ]);
  expect(new Set(names(first)).size).toBe(250);
  expect(names(await newsSince(first[0]?.state ?? ''))).toEqual(names(first.slice(1)));
  double.asked.length = 0;
  expect(await newsSince(last(first))).toEqual([
    { begins: false, put: [], gone: [], notGiven: [], state: last(first), last: true },
  ]);
  expect(double.asked.filter((operation) => /^(SyncFolderItems|GetItem)$/.test(operation))).toEqual([
    'SyncFolderItems',
  ]);
});

test('a change brings that one alone, and who was deleted is gone, between the two questions too', async () => {
  const [anna, boris, vera] = ['Anna', 'Boris', 'Vera'].map((displayName) => addContact(folder(), { displayName }));
  if (!anna || !boris || !vera) throw new Error('nobody');
  const first = await newsSince(null);
  changeContact(folder(), anna, { displayName: 'Anna Petrova' });
  changeContact(folder(), vera, { displayName: 'Vera Petrova' });
  removeItem(folder(), boris.id);
  double.faults = (operation) => {
    if (operation === 'GetItem') removeItem(folder(), vera.id);
    return null;
  };
  const news = await newsSince(last(first));
  expect(names(news)).toEqual(['Anna Petrova']);
  expect(news.flatMap(({ gone }) => gone).sort()).toEqual([boris.id, vera.id].sort());
});

test('where the server has forgotten the state, everybody is told anew', async () => {
  addContact(folder(), { displayName: 'Anna' });
  const first = await newsSince(null);
  folder().age += 1;
  expect(await newsSince(last(first))).toMatchObject([{ begins: true, put: [{ name: 'Anna' }], last: true }]);
});

test('a shared mailbox has its own address book', async () => {
  addContact(folder(), { displayName: 'Of Bob' });
  addContact(folder('office@company.example'), { displayName: 'Of the office' });
  expect(names(await newsSince(null, 'office@company.example'))).toEqual(['Of the office']);
});

test('more people than a thousand who are not given are no matter of single ones', async () => {
  for (let at = 0; at <= 1000; at += 1) addContact(folder()).broken = { code: 'ErrorCorruptData' };
  expect(await failureOf(newsSince(null))).toMatchObject({ code: 'server.refused' });
});
