import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { supportId } from '../../support/canned-mailboxes.ts';
import { openPage } from '../../support/fake-main.tsx';

type User = ReturnType<typeof userEvent.setup>;
const incoming = () => within(screen.getByRole('group', { name: 'Incoming mail' }));
const outgoing = () => within(screen.getByRole('group', { name: 'Outgoing mail (SMTP)' }));

async function retype(user: User, field: HTMLElement, text: string): Promise<void> {
  await user.clear(field);
  await user.type(field, text);
}

async function openServers() {
  const user = userEvent.setup();
  const page = openPage('/mailboxes/add', { kind: 'empty' });
  await user.type(await screen.findByLabelText('E-mail address'), 'help@northwind.example{Enter}');
  await user.click(await screen.findByRole('button', { name: /Type the names/ }));
  await user.type(screen.getByLabelText('Password'), 'secret');
  return { user, ...page };
}

test('prefix and port of a typed server go to their own fields when it is left', async () => {
  const { user } = await openServers();
  await retype(user, incoming().getByLabelText('Server'), 'imap.corp.example:143');
  expect(incoming().getByLabelText('Server')).toHaveValue('imap.corp.example:143');
  await user.tab();
  expect(incoming().getByLabelText('Server')).toHaveValue('imap.corp.example');
  expect(incoming().getByLabelText('Port')).toHaveValue('143');
  expect(incoming().getByRole('radio', { name: 'STARTTLS' })).toBeChecked();
  await retype(user, outgoing().getByLabelText('Server'), 'smtp://out.corp.example:2525/');
  await user.tab();
  expect(outgoing().getByLabelText('Server')).toHaveValue('out.corp.example');
  expect(outgoing().getByLabelText('Port')).toHaveValue('2525');
  expect(outgoing().getByRole('radio', { name: 'SSL/TLS' })).toBeChecked();
});

test('they are taken apart as well where the step is left with Enter', async () => {
  const { user, main } = await openServers();
  await user.click(outgoing().getByRole('radio', { name: 'None' }));
  await retype(user, outgoing().getByLabelText('Server'), 'ssl://out.corp.example{Enter}');
  await screen.findByText('The connection works');
  expect(main.calls.findLast(({ name }) => name === 'mailboxes.check')?.input).toMatchObject({
    draft: { settings: { outgoing: { host: 'out.corp.example', port: 465, encryption: 'tls' } } },
  });
});

test('an address with more in it is not used, and the field says what to type', async () => {
  const { user, main } = await openServers();
  await retype(user, outgoing().getByLabelText('Server'), 'https://mail.corp.example/owa{Enter}');
  expect(await screen.findByText(/Type the server’s name alone/)).toBeInTheDocument();
  expect(outgoing().getByLabelText('Server')).toHaveValue('https://mail.corp.example/owa');
  await retype(user, outgoing().getByLabelText('Server'), '{Enter}');
  expect(await screen.findByText('A server is needed.')).toBeInTheDocument();
  expect(main.calls.some(({ name }) => name === 'mailboxes.check')).toBe(false);
});

test('the mailbox’s page does alike', async () => {
  const user = userEvent.setup();
  const { main } = openPage(`/mailboxes/${supportId}`);
  await screen.findByRole('group', { name: 'Incoming mail' });
  await retype(user, outgoing().getByLabelText('Server'), 'mail.corp.example/owa{Enter}');
  expect(await screen.findByText(/Type the server’s name alone/)).toBeInTheDocument();
  await retype(user, outgoing().getByLabelText('Server'), 'out.corp.example:2525{Enter}');
  await waitFor(() =>
    expect(main.calls.find(({ name }) => name === 'mailboxes.update')?.input).toMatchObject({
      draft: { settings: { outgoing: { host: 'out.corp.example', port: 2525 } } },
    }),
  );
});

test('the address of Graph is typed with its port, letter by letter', async () => {
  const { user } = await openServers();
  await user.click(incoming().getByRole('radio', { name: 'Graph' }));
  await retype(user, incoming().getByLabelText('Graph host'), 'https://graph.corp.example:8443');
  expect(incoming().getByLabelText('Graph host')).toHaveValue('https://graph.corp.example:8443');
  expect((await screen.findAllByText('graph.corp.example:8443', { exact: false })).length).toBeGreaterThan(0);
  await user.type(incoming().getByLabelText('Graph host'), '/v1.0');
  expect(await screen.findByText(/Type the server’s name alone/)).toBeInTheDocument();
});
