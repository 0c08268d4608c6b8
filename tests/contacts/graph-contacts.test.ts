import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { bob, graphCertificates, startDouble } from '../connectors/graph-desk.ts';
import { loadOne, openCollecting } from '../faults/collecting-console.ts';
import { addGraphMailbox, graphSettings } from '../faults/graph-console.ts';
import { addContact, changeContact } from '../support/exchange/contacts.ts';
import { removeItem } from '../support/exchange/mailboxes.ts';
import type { GraphDouble } from '../support/graph/graph-double.ts';

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

test('people of Microsoft 365 are here with a pass, over a line that broke too; then a pass is one question, or one more for who has changed', async () => {
  await using main = await openCollecting({ extraCertificates: [certificates.caPem] });
  const book = double.folder(bob, 'contacts');
  const items = ['Анна', 'Борис', 'Вера'].map((displayName) => addContact(book, { displayName }));
  double.pageSize = 2;
  const mailbox = await addGraphMailbox(main, { ...graphSettings(double), contacts: true });
  const pass = async () => expect(await loadOne(main, mailbox)).toMatchObject({ problem: null });
  const names = async (query = '') =>
    (await main.call('contacts.list', { query, from: 0, limit: 9 })).contacts.map(({ name }) => name);
  double.faults = (name, url) => (name === 'contactDelta' && url.includes('skiptoken') ? { kind: 'drop-after' } : null);
  await pass();
  expect(await names()).toEqual(['Анна', 'Борис']);
  double.faults = () => null;
  double.asked.length = 0;
  await pass();
  expect(await names()).toEqual(['Анна', 'Борис', 'Вера']);
  expect(double.asked.filter((name) => /^contact/.test(name))).toEqual(['contactDelta']);
  if (items[0]) changeContact(book, items[0], { displayName: 'Яна', phones: { MobilePhone: '8 900 1234567' } });
  removeItem(book, items[1]?.id ?? '');
  double.asked.length = 0;
  await pass();
  expect(double.asked.filter((name) => /^contact/.test(name))).toEqual(['contactDelta', 'contact']);
  expect([await names(), await names('+7 900')]).toEqual([['Вера', 'Яна'], ['Яна']]);
  expect(await main.call('contacts.states', undefined)).toMatchObject([{ mailboxId: mailbox.id, problem: null }]);
});

test('people of a mailbox that is full are listed, and told by delta again once there is room', async () => {
  await using main = await openCollecting({ extraCertificates: [certificates.caPem] });
  const book = double.folder(bob, 'contacts');
  const items = ['Анна', 'Борис', 'Вера', 'Глеб', 'Дина'].map((displayName) => addContact(book, { displayName }));
  double.pageSize = 2;
  const mailbox = await addGraphMailbox(main, { ...graphSettings(double), contacts: true });
  const names = async () => {
    double.asked.length = 0;
    expect(await loadOne(main, mailbox)).toMatchObject({ problem: null });
    return (await main.call('contacts.list', { query: '', from: 0, limit: 9 })).contacts.map(({ name }) => name);
  };
  const full = { kind: 'http', status: 403, code: 'ErrorQuotaExceeded' } as const;
  double.faults = (name) => (name === 'contactDelta' ? full : null);
  expect(await names()).toEqual(['Анна', 'Борис', 'Вера', 'Глеб', 'Дина']);
  removeItem(book, items[1]?.id ?? '');
  addContact(book, { displayName: 'Ева' });
  const left = ['Анна', 'Вера', 'Глеб', 'Дина', 'Ева'];
  expect(await names()).toEqual(left);
  double.faults = (name, url) => (name === 'contactDelta' && url.includes('skiptoken') ? full : null);
  expect(await names()).toEqual(left);
  double.faults = () => null;
  expect(await names()).toEqual(left);
  expect(await names()).toEqual(left);
  expect(double.asked.filter((name) => /^contact/.test(name))).toEqual(['contactDelta']);
  expect(await main.call('contacts.states', undefined)).toMatchObject([{ mailboxId: mailbox.id, problem: null }]);
});

test('one that Graph does not give hides nobody, stays as known, and is asked for with each pass', async () => {
  await using main = await openCollecting({ extraCertificates: [certificates.caPem] });
  const book = double.folder(bob, 'contacts');
  const items = ['Анна', 'Борис', 'Вера'].map((displayName) => addContact(book, { displayName }));
  const mailbox = await addGraphMailbox(main, { ...graphSettings(double), contacts: true });
  const pass = async () => expect(await loadOne(main, mailbox)).toMatchObject({ problem: null });
  const names = async () =>
    (await main.call('contacts.list', { query: '', from: 0, limit: 9 })).contacts.map(({ name }) => name);
  await pass();
  const [anna, boris] = items;
  if (!anna || !boris) throw new Error('nobody');
  changeContact(book, anna, { displayName: 'Алла' });
  changeContact(book, boris, { displayName: 'Богдан' });
  double.faults = (name, url) =>
    name === 'contact' && url.includes(encodeURIComponent(anna.id)) ? { kind: 'http', status: 500 } : null;
  await pass();
  expect(await names()).toEqual(['Анна', 'Богдан', 'Вера']);
  const problem = { code: 'contact.not-given', params: { count: 1 } };
  expect(await main.call('contacts.states', undefined)).toMatchObject([{ problem }]);
  await pass();
  expect(await main.call('contacts.states', undefined)).toMatchObject([{ problem }]);
  double.faults = () => null;
  await pass();
  expect(await names()).toEqual(['Алла', 'Богдан', 'Вера']);
  expect(await main.call('contacts.states', undefined)).toMatchObject([{ problem: null }]);
});
