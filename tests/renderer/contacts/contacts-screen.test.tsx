import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Contact } from '../../../src-shared/domain/contact.ts';
import { cannedContact, cannedContacts } from '../../support/canned-contacts.ts';
import { openPage } from '../../support/fake-main.tsx';
import { layOut } from '../../support/laid-out.ts';

let takeAway = () => {};
beforeEach(() => {
  takeAway = layOut();
});
afterEach(() => takeAway());

const open = (contacts: readonly Contact[], path = '/contacts') =>
  openPage(path, { handlers: cannedContacts(contacts) });

it('finds people as one types, and shows how to reach whoever is chosen', async () => {
  const user = userEvent.setup();
  const { main } = open([cannedContact(1, { name: 'Anna Petrova' }), cannedContact(2, { name: 'Boris' })]);
  expect(await screen.findByRole('option', { name: /Boris/ })).toBeInTheDocument();
  expect(screen.getByRole('status')).toHaveTextContent('2 contacts');
  // Without a layout a click lies on the border between the panes, which takes the focus.
  screen.getByRole('searchbox', { name: /Name, company/ }).focus();
  await user.keyboard('ann');
  await waitFor(() => expect(screen.queryByRole('option', { name: /Boris/ })).toBeNull());
  expect(main.calls.filter(({ name }) => name === 'contacts.list').at(-1)?.input).toMatchObject({ query: 'ann' });
  await user.click(screen.getByRole('option', { name: /Anna Petrova/ }));
  const card = await screen.findByRole('article', { name: 'Anna Petrova' });
  for (const words of ['Keeper', 'Stores', 'Company', 'person1@company.example', '+7 495 123-45-67'])
    expect(card).toHaveTextContent(words);
  expect(card).toHaveTextContent(/From the address book of/);
});

it('leads from an address to its letters', async () => {
  const user = userEvent.setup();
  const { main } = open([cannedContact(1)], '/contacts?contact=1');
  await user.click(await screen.findByRole('button', { name: 'Letters from this address: person1@company.example' }));
  await waitFor(() =>
    expect(main.calls.find(({ name }) => name === 'mail.search')?.input).toMatchObject({
      query: 'from:person1@company.example',
    }),
  );
});

it('a list of people says that it is one and who is in it, each to be copied and followed to their letters', async () => {
  const user = userEvent.setup();
  const empty = { company: '', department: '', jobTitle: '', addresses: [], phones: [] };
  const members = [
    { name: 'Anna Petrova', address: 'anna@company.example' },
    { name: 'Night shift', address: '' },
  ];
  const { main } = open([
    cannedContact(1, { ...empty, kind: 'list', name: 'Duty', members }),
    cannedContact(2, { ...empty, kind: 'list', name: 'Nobody yet' }),
  ]);
  await user.click(await screen.findByRole('option', { name: /Duty.*List of people · 2 members/ }));
  const card = await screen.findByRole('article', { name: 'Duty' });
  expect(card).toHaveTextContent('List of people');
  const rows = within(within(card).getByRole('region', { name: '2 members' })).getAllByRole('listitem');
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringContaining('Anna Petrovaanna@company.example'),
    'Night shift',
  ]);
  await user.click(screen.getByRole('option', { name: /Nobody yet.*List of people$/ }));
  expect(await screen.findByText('The server names nobody in this list.')).toBeInTheDocument();
  await user.click(screen.getByRole('option', { name: /Duty/ }));
  await user.click(await screen.findByRole('button', { name: 'Letters from this address: anna@company.example' }));
  await waitFor(() =>
    expect(main.calls.find(({ name }) => name === 'mail.search')?.input).toMatchObject({
      query: 'from:anna@company.example',
    }),
  );
});

it('a contact that went meanwhile is said to be gone', async () => {
  open([cannedContact(1)], '/contacts?contact=7');
  expect(await screen.findByText('The contact is no longer there.')).toBeInTheDocument();
});

it('says where contacts are switched on, and is no place of the rail before', async () => {
  open([]);
  expect(
    await screen.findByText(/switched on in the settings of an Exchange or Microsoft 365 mailbox/),
  ).toBeInTheDocument();
  expect(screen.queryByRole('link', { name: 'Contacts' })).toBeNull();
});
