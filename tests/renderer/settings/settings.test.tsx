import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { openPage } from '../../support/fake-main.tsx';

test('the name of the operator is saved with the other settings untouched', async () => {
  const user = userEvent.setup();
  const { main } = openPage('/settings');
  await user.type(await screen.findByLabelText('Your name'), 'Olga{Enter}');
  await waitFor(() =>
    expect(main.calls.find(({ name }) => name === 'settings.set')?.input).toMatchObject({
      settings: { operatorName: 'Olga', ticketsFromMail: true, pollMinutes: 5, theme: 'system' },
    }),
  );
});

test('tickets from mail are switched off in one click (R173)', async () => {
  const user = userEvent.setup();
  const { main } = openPage('/settings');
  await user.click(await screen.findByRole('switch', { name: /^Make tickets from letters/ }));
  await waitFor(() =>
    expect(main.calls.find(({ name }) => name === 'settings.set')?.input).toMatchObject({
      settings: { ticketsFromMail: false },
    }),
  );
});

test('letters leave the quarantine desk by themselves only where that is switched on, after the days that are typed', async () => {
  const user = userEvent.setup();
  const { main } = openPage('/settings');
  const set = () => main.calls.filter(({ name }) => name === 'settings.set').map(({ input }) => input);
  await user.click(await screen.findByRole('switch', { name: /^Letters leave the quarantine desk/ }));
  await waitFor(() => expect(set()).toMatchObject([{ settings: { quarantineDays: 90 } }]));
  const days = await screen.findByLabelText('After how many days');
  await user.clear(days);
  await user.type(days, '14{Enter}');
  await waitFor(() => expect(set().at(-1)).toMatchObject({ settings: { quarantineDays: 14, ticketsFromMail: true } }));
  await user.click(screen.getByRole('switch', { name: /^Letters leave the quarantine desk/ }));
  await waitFor(() => expect(set().at(-1)).toMatchObject({ settings: { quarantineDays: null } }));
});

test('a store that is not well is said in words', async () => {
  openPage('/settings', {
    handlers: {
      'console.health': async () => ({
        version: '0.1.0',
        electron: null,
        node: '24.0.0',
        chromium: null,
        sqlite: null,
        schema: null,
        storeProcess: 'child',
        storePath: '/data/mailroom.db',
        storeBytes: null,
        logPath: '/data/logs',
        vault: { kind: 'keychain', problem: null },
        storeProblem: { code: 'store.corrupt', params: {} },
        counts: null,
      }),
    },
  });
  expect(await screen.findByRole('alert')).toBeInTheDocument();
  expect(screen.getByText('/data/mailroom.db')).toBeInTheDocument();
  expect(screen.queryByText('Open, encrypted, checked')).not.toBeInTheDocument();
});

test('an authority is shown before it is trusted, for the host that was typed, and can be removed', async () => {
  const user = userEvent.setup();
  const { main } = openPage('/settings');
  const inputs = (name: string) => main.calls.filter((call) => call.name === name).map(({ input }) => input);
  await user.click(await screen.findByRole('button', { name: 'Add an authority…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Trust a certificate authority' });
  const trust = within(dialog).getByRole('button', { name: 'Trust for this host' });
  expect(trust).toBeDisabled();
  const file = new File(['-----BEGIN CERTIFICATE-----'], 'root.pem');
  await user.upload(document.querySelector('input[type="file"]') as HTMLInputElement, file);
  expect(await within(dialog).findAllByText('O=Northwind, CN=Northwind Internal Root CA')).toHaveLength(2);
  const host = within(dialog).getByLabelText('For the host');
  await user.type(host, '*.com');
  await user.click(trust);
  expect(await within(dialog).findByText(/^Type a host as/)).toBeInTheDocument();
  expect(inputs('authorities.add')).toEqual([]);
  await user.clear(host);
  await user.type(host, '*.northwind.example{Enter}');
  await waitFor(() => expect(inputs('authorities.add')).toMatchObject([{ host: '*.northwind.example' }]));
  await user.click(await screen.findByRole('button', { name: /^Remove the authority O=Northwind.*for \*\.northwind/ }));
  await user.click(await screen.findByRole('button', { name: 'Trust no longer' }));
  expect(await screen.findByText('Only the authorities of this computer are trusted.')).toBeInTheDocument();
  expect(inputs('authorities.remove')).toEqual([{ authorityId: 1 }]);
});

test('old encryption is allowed for one server by name, and taken back in one click', async () => {
  const user = userEvent.setup();
  const { main } = openPage('/settings');
  await user.click(await screen.findByRole('button', { name: 'Allow for a server…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Allow withdrawn versions of encryption?' });
  const host = within(dialog).getByLabelText('For the server');
  await user.type(host, '*.northwind.example');
  await user.click(within(dialog).getByRole('button', { name: 'Allow for this server' }));
  expect(await within(dialog).findByText(/^Type one server/)).toBeInTheDocument();
  await user.clear(host);
  await user.type(host, 'old.northwind.example');
  await user.click(within(dialog).getByRole('button', { name: 'Allow for this server' }));
  const forbid = 'Speak only TLS 1.2 or newer with old.northwind.example';
  await user.click(await screen.findByRole('button', { name: forbid }));
  expect(await screen.findByText('TLS 1.2 or newer is spoken with every server.')).toBeInTheDocument();
  const inputs = main.calls.filter(({ name }) => name === 'oldEncryption.allow').map(({ input }) => input);
  expect(inputs).toEqual([{ host: 'old.northwind.example' }]);
});
