import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ContactToKeep } from '../../src-main/store/api/contacts.ts';
import { runMigrations } from '../../src-main/store/migrations/run-migrations.ts';
import { type OpenDatabase, openInMemoryDatabase } from '../../src-main/store/process/connection.ts';
import { listContacts } from '../../src-main/store/queries/contact-read.ts';
import { takeContacts } from '../../src-main/store/queries/contact-store.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { plansOf } from '../support/query-plans.ts';

const mailboxId = 'm1' as MailboxId;
const other = 'm2' as MailboxId;
let db: OpenDatabase;
beforeAll(() => {
  db = openInMemoryDatabase();
  runMigrations(db);
  db.exec(`INSERT INTO mailbox (id, name, name_key, address, enabled, demo, collects_tickets, created_at, settings)
    VALUES ('m1', 'Support', 'support', 's@x.example', 1, 0, 1, 5, '{}'), ('m2', 'Sales', 'sales', 't@x.example', 1, 0, 1, 5, '{}')`);
  const person = (id: string, contact: Partial<ContactToKeep>): ContactToKeep => ({
    ...{ id, kind: 'person', name: '', company: '', department: '', jobTitle: '' },
    ...{ addresses: [], phones: [], members: [] },
    ...contact,
  });
  const portion = {
    ...{ source: 's', begins: true, gone: [], notGiven: [], problem: null, syncState: '1', last: true, at: 7 },
  };
  takeContacts(db, {
    ...{ ...portion, mailboxId },
    put: [
      person('1', {
        name: 'Пётр Иванов',
        company: 'ООО «Ромашка»',
        phones: [{ kind: 'work', number: '+7 (495) 123-45-67' }],
      }),
      person('2', { name: 'José Núñez', addresses: [{ name: '', address: 'jose.nunez@acme.example' }] }),
      person('3', { company: 'Acme', phones: [{ kind: 'mobile', number: '112' }] }),
    ],
  });
  takeContacts(db, { ...portion, mailboxId: other, put: [person('1', { name: 'Иван Петров' })] });
});
afterAll(() => db.close());

const question = { mailboxIds: [mailboxId, other], query: '', from: 0, limit: 10 };
const found = (query: string, mailboxIds = question.mailboxIds) =>
  listContacts(db, { ...question, query, mailboxIds }).contacts.map(({ name, company }) => name || company);

test.each([
  ['by the beginning of any word of the name', 'ива', ['Иван Петров', 'Пётр Иванов']],
  ['by several words, in any order', 'иванов петр', ['Пётр Иванов']],
  ['without marks and case', 'NUNEZ', ['José Núñez']],
  ['with е for ё', 'пётр иванов', ['Пётр Иванов']],
  ['by company', 'acm', ['Acme', 'José Núñez']],
  ['by company, whatever its quotes', '«ромаш', ['Пётр Иванов']],
  ['by address, typed on over the @', 'jose.nunez@ac', ['José Núñez']],
  ['by the host of an address', 'acme.example', ['José Núñez']],
  ['by phone, however it is written', '+7 495 123', ['Пётр Иванов']],
  ['by phone as it is dialled', '8 (495) 1234567', ['Пётр Иванов']],
  ['by phone without the area', '123-45', ['Пётр Иванов']],
  ['by phone from the second group on only', '23-45', []],
  ['not by half of what is asked', 'ива acme', []],
  ['not by nothing but symbols', '%_"', []],
])('people are found %s', (_how, query, names) => {
  expect(found(query)).toEqual(names);
});

test('only in the address books that are asked for', () => {
  expect(found('ива', [mailboxId])).toEqual(['Пётр Иванов']);
});

test('the list is read by rows, with the number of all', () => {
  const page = listContacts(db, { ...question, from: 1, limit: 2 });
  expect(page).toMatchObject({ total: 4, contacts: [{ address: 'jose.nunez@acme.example' }, { name: 'Иван Петров' }] });
});

test('the list is read along its index, and words lead to the few who have them', () => {
  const steps = (query: string) =>
    plansOf(db, (it) => void listContacts(it, { ...question, query })).flatMap((plan) =>
      plan.steps.map(({ detail }) => detail),
    );
  expect(steps('')).toContain('SCAN c USING INDEX contact_in_order');
  expect(steps('').filter((detail) => /TEMP B-TREE/.test(detail))).toEqual([]);
  expect(steps('ива').filter((detail) => detail.startsWith('SCAN c'))).toEqual([]);
  expect(steps('ива')).toContainEqual(
    expect.stringMatching(/^SEARCH contact_word USING PRIMARY KEY \(word>\? AND word<\?\)/),
  );
});

test('a portion touches its own rows alone', () => {
  const portion = {
    ...{ mailboxId, source: 's', begins: false, put: [], gone: ['9'], notGiven: ['8'], problem: null },
    ...{ syncState: '2', last: true, at: 8 },
  };
  const plans = plansOf(db, (it) => void takeContacts(it, portion));
  expect(plans.flatMap(({ steps }) => steps.filter(({ detail }) => detail.startsWith('SCAN')))).toEqual([]);
});
