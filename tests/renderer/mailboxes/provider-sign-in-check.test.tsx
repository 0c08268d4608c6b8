import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { appPasswordProvider } from '../../support/canned-mailboxes.ts';
import { openPage } from '../../support/fake-main.tsx';

const address = 'support@northwind.example';
const microsoft = { ...appPasswordProvider, id: 'microsoft365', name: 'Microsoft 365', oauth: 'microsoft' } as const;

test('what the provider’s sign-in lacks is checked again when it has been given; no password is asked for', async () => {
  const user = userEvent.setup();
  const problem = {
    code: 'auth.client-refused',
    params: { host: 'login.microsoftonline.com', serverWords: 'no' },
  } as const;
  const { main } = openPage('/mailboxes/add', {
    kind: 'empty',
    handlers: {
      'mailboxes.detect': async () => {
        const facts = { domain: 'northwind.example', source: 'directory', incoming: null, outgoing: null } as const;
        return { ...facts, address, login: address, provider: { ...microsoft, signIn: ['oauth2'] } };
      },
      'mailboxes.signIn': async () => ({ signInId: 'signed in', account: address }),
      'mailboxes.check': async () => ({
        ok: false,
        certificate: null,
        steps: [{ name: 'sign-in', milliseconds: 80, seen: '', problem, finding: null }],
      }),
    },
  });
  await user.type(await screen.findByLabelText('E-mail address'), `${address}{Enter}`);
  await user.type(await screen.findByLabelText('Application ID (client ID)'), 'an-application');
  await user.click(screen.getByRole('button', { name: 'Sign in in the browser' }));
  await screen.findByText(`Signed in as ${address}.`);
  await user.click(screen.getByRole('button', { name: 'Next' }));
  const notice = await screen.findByRole('alert');
  expect(within(notice).queryByRole('button', { name: 'Enter the password again' })).toBeNull();
  await user.click(within(notice).getByRole('button', { name: 'Check again' }));
  await waitFor(() => expect(main.calls.filter(({ name }) => name === 'mailboxes.check')).toHaveLength(2));
});
