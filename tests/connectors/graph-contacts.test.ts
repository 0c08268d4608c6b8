import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { ContactNews, ContactsDesk } from '../../src-main/connectors/contacts.ts';
import { addContact, changeContact } from '../support/exchange/contacts.ts';
import { removeItem } from '../support/exchange/mailboxes.ts';
import { applicationToken, type GraphDouble } from '../support/graph/graph-double.ts';
import { connected } from './exchange-desk.ts';
import { bob, type GraphWish, graphCertificates, graphTo, office, startDouble } from './graph-desk.ts';
import { soon } from './sign-in.ts';

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

const folder = (address = bob) => double.folder(address, 'contacts');

function newsSince(state: string | null, wish: GraphWish = {}): Promise<readonly ContactNews[]> {
  const trusted = { trusted: [certificates.caPem] };
  return connected(
    graphTo(double.port, wish),
    async (connector) => {
      const news: ContactNews[] = [];
      for await (const portion of (connector.contacts as ContactsDesk).news(state, soon())) news.push(portion);
      return news;
    },
    trusted,
  );
}

const last = (news: readonly ContactNews[]) => news.at(-1)?.state ?? '';
const names = (news: readonly ContactNews[]) => news.flatMap(({ put }) => put.map(({ name }) => name));

test('a contact comes with everything that is shown of it; what the service leaves out is empty', async () => {
  const words = 'R&D <b>"x"</b> \u202e Иванов';
  addContact(folder(), {
    ...{ displayName: words, companyName: words, department: 'Склад', jobTitle: 'Кладовщик' },
    addresses: { EmailAddress1: 'ivanov@firm.example', EmailAddress2: '/o=Firm/cn=ivanov' },
    phones: { HomePhone: '3', MobilePhone: '+7 900 123-45-67', BusinessPhone: '8 (495) 1-2-3' },
  });
  addContact(folder(), { displayName: '', fileAs: 'Petrov, Oleg', addresses: {} });
  const nothing = { kind: 'person', company: '', department: '', jobTitle: '', addresses: [], phones: [], members: [] };
  expect((await newsSince(null)).flatMap(({ put }) => put)).toEqual([
    {
      ...{ id: expect.any(String), kind: 'person', members: [] },
      ...{ name: words, company: words, department: 'Склад', jobTitle: 'Кладовщик' },
      addresses: [{ name: 'ivanov@firm.example', address: 'ivanov@firm.example' }],
      phones: [
        { kind: 'work', number: '8 (495) 1-2-3' },
        { kind: 'mobile', number: '+7 900 123-45-67' },
        { kind: 'home', number: '3' },
      ],
    },
    { id: expect.any(String), name: 'Petrov, Oleg', ...nothing },
  ]);
});

test('a large address book comes in portions, from each of which it goes on; then news are one question', async () => {
  for (let at = 0; at < 50; at += 1) addContact(folder());
  double.pageSize = 20;
  const first = await newsSince(null);
  expect(first.map(({ put, begins, last: end }) => [put.length, begins, end])).toEqual([
    [20, true, false],
    [20, false, false],
    [10, false, true],
  ]);
  expect(names(await newsSince(first[0]?.state ?? ''))).toEqual(names(first.slice(1)));
  double.asked.length = 0;
  expect(await newsSince(last(first))).toMatchObject([{ begins: false, put: [], gone: [], last: true }]);
  expect(double.asked.filter((name) => /^contact/.test(name))).toEqual(['contactDelta']);
});

test('who is told in part is asked for whole, and who was deleted is gone, between the two questions too', async () => {
  const company = { companyName: 'Firm' };
  const [anna, boris, vera] = ['Anna', 'Boris', 'Vera'].map((displayName) =>
    addContact(folder(), { displayName, ...company }),
  );
  if (!anna || !boris || !vera) throw new Error('nobody');
  const first = await newsSince(null);
  changeContact(folder(), anna, { displayName: 'Anna Petrova' });
  removeItem(folder(), boris.id);
  changeContact(folder(), vera, { displayName: 'Vera Petrova' });
  double.faults = (name, url) => {
    if (name === 'contact' && url.includes(encodeURIComponent(anna.id))) removeItem(folder(), vera.id);
    return null;
  };
  const news = await newsSince(last(first));
  expect(news.flatMap(({ put }) => put)).toMatchObject([{ name: 'Anna Petrova', company: 'Firm' }]);
  expect(news.flatMap(({ gone }) => gone).sort()).toEqual([boris.id, vera.id].sort());
});

test('an empty address book is one question, and whoever comes into it is met', async () => {
  const empty = await newsSince(null);
  expect(empty).toMatchObject([{ begins: true, put: [], last: true }]);
  double.asked.length = 0;
  await newsSince(last(empty));
  expect(double.asked.filter((name) => /^contact/.test(name))).toEqual(['contacts']);
  addContact(folder(), { displayName: 'Anna' });
  expect(names(await newsSince(last(empty)))).toEqual(['Anna']);
});

test('where the service has forgotten the link, everybody is told anew', async () => {
  addContact(folder(), { displayName: 'Anna' });
  const first = await newsSince(null);
  folder().age += 1;
  expect(await newsSince(last(first))).toMatchObject([{ begins: true, put: [{ name: 'Anna' }], last: true }]);
});

test('a shared mailbox has its own address book, for a person and for an application', async () => {
  addContact(folder(), { displayName: 'Of Bob' });
  addContact(folder(office), { displayName: 'Of the office' });
  for (const tokens of [undefined, [applicationToken]])
    expect(names(await newsSince(null, { mailbox: office, ...(tokens && { tokens }) }))).toEqual(['Of the office']);
});
