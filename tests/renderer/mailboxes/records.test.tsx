import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { DateNotice } from '../../../src-shared/domain/dated-thing.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { salesId, supportId } from '../../support/canned-mailboxes.ts';
import { cannedDates } from '../../support/canned-records.ts';
import { openPage } from '../../support/fake-main.tsx';

const log = () => screen.findByRole('region', { name: 'Log' });
const open = (id = supportId) => openPage(`/mailboxes/${id}`);

test('the log names the letter, and says why a step failed in the server’s own words', async () => {
  open();
  const lines = await screen.findAllByRole('row', { name: /INBOX · 4712/ });
  expect(lines[0]).toHaveTextContent('Load the letter · 12,480 bytes');
  expect(lines[0]).toHaveTextContent('<b2@customer.example>');
  const refused = screen.getByText(/Authentication failed/).closest('tr') as HTMLElement;
  expect(within(refused).getByText('failed')).toBeInTheDocument();
});

test('it is filtered by words and by failures, and saved as it is filtered', async () => {
  const user = userEvent.setup();
  const { main } = open();
  await screen.findAllByRole('row', { name: /INBOX · 4712/ });
  await user.type(screen.getByLabelText('Find in the log'), '4713');
  await waitFor(() => expect(screen.queryByRole('row', { name: /INBOX · 4712/ })).not.toBeInTheDocument());
  expect(screen.getByRole('row', { name: /INBOX · 4713/ })).toBeInTheDocument();
  await user.click(screen.getByRole('radio', { name: 'Failures' }));
  await user.click(screen.getByRole('button', { name: 'Save as a file…' }));
  await screen.findByText('3 lines are in /home/someone/mailbox-log.txt.');
  expect(main.calls.find(({ name }) => name === 'logs.save')?.input).toMatchObject({
    filter: { mailboxId: supportId, severity: 'problems', words: '4713' },
  });
});

test('a line that is written while one looks is there at once', async () => {
  let written = 0;
  const { main } = openPage(`/mailboxes/${supportId}`, {
    handlers: {
      'logs.read': async () => {
        written += 1;
        return { entries: [], more: false };
      },
    },
  });
  await screen.findByText(/Nothing has been written yet/);
  const before = written;
  main.emit('logs.written', { mailboxId: supportId });
  await waitFor(() => expect(written).toBeGreaterThan(before));
});

test('the level is saved when it is chosen, and what it keeps is said', async () => {
  const user = userEvent.setup();
  const { main } = open();
  await user.click(await screen.findByRole('radio', { name: 'Full details' }));
  await screen.findByText(/Every step, with folder, number and Message-ID/);
  expect(main.calls.find(({ name }) => name === 'mailboxes.update')?.input).toMatchObject({
    draft: { mailboxId: supportId, password: null, settings: { log: 'full' } },
  });
});

test('a log that cannot be read says so', async () => {
  openPage(`/mailboxes/${supportId}`, {
    handlers: { 'logs.read': async () => Promise.reject(new AppError('store.unavailable')) },
  });
  expect(await within(await log()).findByRole('alert')).toBeInTheDocument();
});

test('a mailbox shows its own end dates and what to do; the overview those of all that are near', async () => {
  const { router } = open(salesId);
  const row = (await screen.findByText("Application's secret")).closest('tr') as HTMLElement;
  expect(row).toHaveTextContent('29 days');
  expect(row).toHaveTextContent('Make a new secret');
  expect(screen.getByText('has ended')).toBeInTheDocument();
  expect(screen.queryByText('Certificate of the incoming server')).not.toBeInTheDocument();
  await router.navigate({ to: '/mailboxes' });
  const overview = within(await screen.findByRole('region', { name: 'What ends soon' }));
  expect(
    overview
      .getAllByRole('row')
      .slice(1)
      .map((one) => one.querySelector('td')?.firstChild?.textContent),
  ).toEqual([
    'EWS in Exchange Online is blocked by default',
    'Certificate of the incoming server',
    "Application's secret",
  ]);
});

test('a notice is said on whatever screen one is, one for many mailboxes', async () => {
  const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@northwind.example`);
  const due = names.map((mailboxName): DateNotice => {
    const [thing] = cannedDates;
    return {
      ...(thing as (typeof cannedDates)[number]),
      mailboxName,
      kind: 'exchange-gone',
      daysLeft: 7,
      threshold: 7,
    };
  });
  openPage('/tickets', { handlers: { 'dates.takeNotices': async () => due.splice(0) } });
  await screen.findByText('EWS in Exchange Online is switched off for good: 7 days left');
  expect(screen.getByText(/c@northwind.example and 2 more mailboxes/)).toBeInTheDocument();
});

test('the age of a password is saved with the mailbox', async () => {
  const user = userEvent.setup();
  const { main } = open();
  await user.type(await screen.findByLabelText('The password must be changed after'), '90');
  await user.click(await screen.findByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(main.calls.find(({ name }) => name === 'mailboxes.update')?.input).toMatchObject({
      draft: { settings: { dates: { passwordDays: 90, clientSecretEnds: null } } },
    }),
  );
});
