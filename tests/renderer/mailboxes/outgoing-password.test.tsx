import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { openPage } from '../../support/fake-main.tsx';

const secret = 'wanderlust-42';

async function typeServers() {
  const user = userEvent.setup();
  const page = openPage('/mailboxes/add', { kind: 'empty' });
  await user.type(await screen.findByLabelText('E-mail address'), 'help@northwind.example{Enter}');
  await user.click(await screen.findByRole('button', { name: /Type the names/ }));
  return { user, ...page };
}

test('a submission server with a login and a password of its own is given them, and one without is given the same', async () => {
  const { user, main } = await typeServers();
  const outgoing = within(await screen.findByRole('group', { name: 'Outgoing mail (SMTP)' }));
  await user.clear(outgoing.getByLabelText('Login'));
  await user.type(outgoing.getByLabelText('Login'), 'relay-7');
  await user.type(screen.getByLabelText('Another password for sending'), 'relay-secret');
  await user.type(screen.getByLabelText('Password'), `${secret}{Enter}`);
  await screen.findByText('The connection works');
  const given = () => main.calls.findLast(({ name }) => name === 'mailboxes.check')?.input;
  expect(given()).toMatchObject({
    draft: {
      password: secret,
      outgoingPassword: 'relay-secret',
      settings: { incoming: { login: 'help@northwind.example' }, outgoing: { login: 'relay-7' } },
    },
  });
  await user.click(screen.getByRole('button', { name: 'Back' }));
  await user.clear(await screen.findByLabelText('Another password for sending'));
  await user.click(screen.getByRole('button', { name: 'Next' }));
  await screen.findByText('The connection works');
  expect(given()).toMatchObject({ draft: { password: secret, outgoingPassword: null } });
});

test('a password for sending is not kept for a server that asks for none, nor for the next address', async () => {
  const { user, main } = await typeServers();
  await user.type(await screen.findByLabelText('Another password for sending'), 'relay-secret');
  await user.click(screen.getByRole('switch', { name: 'The server asks for a sign-in' }));
  expect(screen.queryByLabelText('Another password for sending')).toBeNull();
  await user.type(screen.getByLabelText('Password'), `${secret}{Enter}`);
  await screen.findByText('The connection works');
  const given = () => main.calls.findLast(({ name }) => name === 'mailboxes.check')?.input;
  expect(given()).toMatchObject({ draft: { outgoingPassword: null } });
  for (let back = 0; back < 3; back += 1) await user.click(screen.getByRole('button', { name: 'Back' }));
  await user.clear(await screen.findByLabelText('E-mail address'));
  await user.type(screen.getByLabelText('E-mail address'), 'help@yandex.ru{Enter}');
  await user.type(await screen.findByLabelText('App password'), `${secret}{Enter}`);
  await screen.findByText('312 letters will be loaded');
  expect(given()).toMatchObject({ draft: { settings: { address: 'help@yandex.ru' }, outgoingPassword: null } });
});
