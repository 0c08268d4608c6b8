import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { cannedMailboxes } from '../../support/canned-mailboxes.ts';
import { openPage } from '../../support/fake-main.tsx';

test('the first run offers a mailbox and the demo company, side by side', async () => {
  const user = userEvent.setup();
  const { router } = openPage('/', { kind: 'empty' });
  expect(await screen.findByRole('button', { name: 'Add a mailbox' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Start the demo company' })).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Add a mailbox' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/mailboxes/add'));
});

test('the demo company starts in one click, is said to be one, and is removed after a question', async () => {
  const user = userEvent.setup();
  const { main } = openPage('/', { kind: 'empty' });
  await user.click(await screen.findByRole('button', { name: 'Start the demo company' }));
  expect(await screen.findByText('200 letters were loaded, 24 tickets were made.')).toBeInTheDocument();
  await user.click(await screen.findByRole('button', { name: 'End and remove it' }));
  expect(main.calls.some(({ name }) => name === 'demo.end')).toBe(false);
  await user.click(await screen.findByRole('button', { name: 'End and remove' }));
  await waitFor(() => expect(main.calls.some(({ name }) => name === 'demo.end')).toBe(true));
  expect(await screen.findByText('Welcome to Mailroom')).toBeInTheDocument();
});

test('Today says what does not work, why, and what to do about it', async () => {
  openPage('/');
  const section = await screen.findByRole('region', { name: 'What needs you' });
  expect(within(section).getByText('sales@northwind.example')).toBeInTheDocument();
  expect(within(section).getByText('Needs you')).toBeInTheDocument();
  expect(within(section).getByText(/did not accept the login and password/)).toBeInTheDocument();
  expect(within(section).getByText(/Check the login/)).toBeInTheDocument();
  expect(within(section).getByRole('button', { name: 'Mend the sign-in' })).toBeInTheDocument();
  expect(await within(section).findByText(/^Not delivered/)).toBeInTheDocument();
});

test('what is running shows done of total and can be cancelled', async () => {
  const user = userEvent.setup();
  const { main } = openPage('/');
  const section = await screen.findByRole('region', { name: 'Running now' });
  expect(within(section).getByText(/1,280 of 4,312/)).toBeInTheDocument();
  await user.click(within(section).getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(main.calls.some(({ name }) => name === 'loading.cancel')).toBe(true));
});

test('an error shows both sentences and its folded details', async () => {
  const user = userEvent.setup();
  openPage('/', {
    handlers: {
      'mailboxes.list': async () => {
        throw new AppError('store.unavailable');
      },
    },
  });
  const notice = await screen.findByRole('alert');
  expect(within(notice).getByText('The database is starting again and does not answer yet.')).toBeInTheDocument();
  expect(within(notice).getByText('Wait a moment and try again. What was saved is not lost.')).toBeInTheDocument();
  const fold = within(notice).getByRole('button', { name: 'Details' });
  expect(fold).toHaveAttribute('aria-expanded', 'false');
  await user.click(fold);
  expect(within(notice).getByText('store.unavailable')).toBeInTheDocument();
});

test('the language changes at once, and the page says which it is', async () => {
  const user = userEvent.setup();
  openPage('/settings');
  await user.click(await screen.findByRole('radio', { name: 'Русский' }));
  expect(await screen.findByRole('heading', { name: 'Настройки' })).toBeInTheDocument();
  expect(document.documentElement.lang).toBe('ru');
});

test('an event from the main process is seen without asking', async () => {
  let listed = cannedMailboxes.slice(0, 1);
  const { main } = openPage('/mailboxes', {
    handlers: { 'mailboxes.list': async () => listed, 'dates.list': async () => [] },
  });
  await screen.findByRole('link', { name: 'support@northwind.example' });
  expect(screen.queryByRole('link', { name: 'sales@northwind.example' })).not.toBeInTheDocument();
  listed = cannedMailboxes.slice(0, 2);
  main.emit('mailboxes.changed', { mailboxId: null });
  expect(await screen.findByRole('link', { name: 'sales@northwind.example' })).toBeInTheDocument();
});

test('offline is said calmly', async () => {
  const { main } = openPage('/');
  await screen.findByText('Online');
  main.emit('console.network', { online: false });
  expect(await screen.findByText('Offline')).toBeInTheDocument();
});

test('the palette finds screens, tickets by number and letters by words', async () => {
  const user = userEvent.setup();
  const { router } = openPage('/');
  await user.click(await screen.findByText('Search or go to…'));
  await user.type(await screen.findByPlaceholderText(/A screen, a ticket number/), '12');
  await user.click(await screen.findByText('#12 Pump 2 does not start'));
  await waitFor(() => expect(router.state.location.pathname).toBe('/tickets/12'));
});

test('a question mark shows the keys', async () => {
  const user = userEvent.setup();
  openPage('/');
  await screen.findByText('Online');
  await user.keyboard('?');
  const dialog = await screen.findByRole('dialog', { name: 'Keys' });
  expect(within(dialog).getByText('Search and commands')).toBeInTheDocument();
});
