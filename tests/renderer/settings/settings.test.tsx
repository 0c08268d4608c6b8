import { screen, waitFor } from '@testing-library/react';
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
