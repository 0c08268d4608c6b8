import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { cannedDesk } from '../../support/canned-tickets.ts';
import { openPage } from '../../support/fake-main.tsx';

const openRules = (handlers: NonNullable<Parameters<typeof openPage>[1]>['handlers'] = {}) =>
  openPage('/rules', { handlers: { ...cannedDesk(), ...handlers } });

it('sender entries stand in the order in which they decide', async () => {
  openRules();
  const entries = within(await screen.findByRole('list', { name: 'Senders' })).getAllByRole('listitem');
  const patterns = entries.map(
    (entry) => /^[^\s]+?@[\w*.]+?(?=One|Whole|Demo|Mail|Everybody)/.exec(entry.textContent ?? '')?.[0],
  );
  expect(patterns).toEqual(['director@harbour.example', '*@harbour.example', '*@spam.example', '*@*']);
});

it('everybody is switched on only with the numbers in view and a button that says it', async () => {
  const user = userEvent.setup();
  const { main } = openRules();
  await user.click(await screen.findByRole('switch', { name: 'Receive mails from *@*' }));
  expect(main.calls.some(({ name }) => name === 'senders.save')).toBe(false);
  const dialog = await screen.findByRole('dialog', { name: 'Sender entry *@*' });
  expect(await within(dialog).findByText('Matches 3,412 letters loaded so far from 281 senders.')).toBeInTheDocument();
  await user.click(within(dialog).getByRole('button', { name: "Make tickets of everybody's letters" }));
  await waitFor(() =>
    expect(main.calls.find(({ name }) => name === 'senders.save')?.input).toMatchObject({
      senderEntryId: 1,
      settings: { pattern: '*@*', receiving: true, mailboxId: null },
    }),
  );
});

it('a new entry needs a pattern and a template, and previews what it would match', async () => {
  const user = userEvent.setup();
  const { main } = openRules();
  await user.click(await screen.findByRole('button', { name: 'Add sender entry' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'New sender entry' }));
  fireEvent.change(dialog.getByRole('textbox', { name: /^Sender/ }), { target: { value: 'harbour' } });
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText('Write user@example.com, *@example.com or *@*.')).toBeInTheDocument();
  expect(dialog.getByText('Pick a template.')).toBeInTheDocument();
  fireEvent.change(dialog.getByRole('textbox', { name: /^Sender/ }), { target: { value: '*@harbour.example' } });
  expect(await dialog.findByText('Matches 42 letters loaded so far from 3 senders.')).toBeInTheDocument();
  expect(main.calls.some(({ name }) => name === 'senders.save')).toBe(false);
});

it('a template without object and kind of work says what it lacks and cannot be picked', async () => {
  const user = userEvent.setup();
  openRules();
  await user.click(await screen.findByRole('tab', { name: /^Templates/ }));
  expect(await screen.findByText('Needs object and kind of work')).toBeInTheDocument();
  await user.click(screen.getByRole('tab', { name: /^Senders/ }));
  await user.click(await screen.findByRole('button', { name: 'Add sender entry' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'New sender entry' }));
  await user.click(dialog.getByRole('combobox', { name: 'Ticket template' }));
  const option = await screen.findByRole('option', { name: /^Черновик шаблона/ });
  expect(option).toHaveAttribute('data-combobox-disabled', 'true');
});

it('a template that is in use is not removed without a word', async () => {
  const user = userEvent.setup();
  openRules({
    'templates.remove': async () => {
      throw new AppError('template.in-use', { name: 'Mail of all customers', count: 2 });
    },
  });
  await user.click(await screen.findByRole('tab', { name: /^Templates/ }));
  await user.click(await screen.findByRole('button', { name: 'Remove template Mail of all customers' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(/used by sender entries: 2/)).toBeInTheDocument();
  await user.click(dialog.getByRole('button', { name: 'Remove template' }));
  expect(await dialog.findByRole('alert')).toBeInTheDocument();
});

it('the whole of it goes off without losing anything', async () => {
  const user = userEvent.setup();
  const { main } = openRules();
  const all = await screen.findByRole('switch', { name: /^Tickets from mail/ });
  await waitFor(() => expect(all).toBeEnabled());
  await user.click(all);
  await waitFor(() =>
    expect(main.calls.find(({ name }) => name === 'settings.set')?.input).toMatchObject({
      settings: { ticketsFromMail: false },
    }),
  );
  expect(await screen.findByText(/Nothing set up here is lost/)).toBeInTheDocument();
  expect(screen.getByText('*@harbour.example')).toBeInTheDocument();
});

it('without templates it leads to one first', async () => {
  const user = userEvent.setup();
  openPage('/rules', { handlers: cannedDesk({ count: 0 }) });
  await user.click(await screen.findByRole('button', { name: 'Add template' }));
  expect(await screen.findByRole('dialog', { name: 'New template' })).toBeInTheDocument();
});
