import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { LoadProgress } from '../../../src-shared/domain/loading.ts';
import {
  cannedMailboxes,
  cannedProgress,
  cannedReport,
  goodCheck,
  salesId,
  supportId,
} from '../../support/canned-mailboxes.ts';
import { type FakeMainOptions, openPage } from '../../support/fake-main.tsx';

const unreachable = { code: 'network.unreachable', params: { host: 'imap.northwind.example', port: 993 } } as const;
const [, sales] = cannedProgress as readonly [LoadProgress, LoadProgress];
const hour = 3_600_000;

/** Today with one mailbox in trouble. */
function openToday(progress: Partial<LoadProgress>, enabled = true, handlers: FakeMainOptions['handlers'] = {}) {
  const mailboxes = cannedMailboxes.filter(({ id }) => id === salesId).map((mailbox) => ({ ...mailbox, enabled }));
  return openPage('/', {
    handlers: {
      'mailboxes.list': async () => mailboxes,
      'loading.status': async () => [{ ...sales, ...progress }],
      ...handlers,
    },
  });
}

const needsYou = () => screen.findByRole('region', { name: 'What needs you' });

test('a mailbox that was disabled after days of failure stays here with its reason until it is enabled', async () => {
  const user = userEvent.setup();
  const { main } = openToday(
    { phase: 'off', problem: null, failingSince: Date.now() - 73 * hour, disabledBecause: unreachable },
    false,
  );
  const section = await needsYou();
  expect(within(section).getByText('Disabled')).toBeInTheDocument();
  expect(within(section).getByText(/cannot be reached on port 993/)).toBeInTheDocument();
  expect(within(section).getByText(/could not be loaded for three days/)).toBeInTheDocument();
  expect(within(section).getByText(/trouble began 3 days ago/)).toBeInTheDocument();
  await user.click(within(section).getByRole('button', { name: 'Enable' }));
  await waitFor(() =>
    expect(main.calls).toContainEqual({ name: 'mailboxes.setEnabled', input: { mailboxId: salesId, enabled: true } }),
  );
});

test.each([
  [true, 'says that it is tried again'],
  [false, 'does not say that anybody tries again, loaded by hand only'],
])('a mailbox that fails for a while, automatic: %s, %s', async (automatic) => {
  const mailboxes = cannedMailboxes
    .filter(({ id }) => id === salesId)
    .map((mailbox) => {
      const { settings } = mailbox;
      return { ...mailbox, settings: { ...settings, loading: { ...settings.loading, automatic } } };
    });
  openToday({ phase: 'retrying', problem: unreachable, failingSince: Date.now() - hour }, true, {
    'mailboxes.list': async () => mailboxes,
  });
  const section = await needsYou();
  expect(await within(section).findByText(/cannot be reached on port 993/)).toBeInTheDocument();
  expect(within(section).queryByText(/tries again by itself/) !== null).toBe(automatic);
});

test('an application whose secret is gone is mended in the settings, where there is a field for it', async () => {
  const user = userEvent.setup();
  const problem = { code: 'auth.client-proof-missing', params: { host: 'login.example' } } as const;
  const { router } = openToday({ phase: 'needs-you', problem, failingSince: Date.now() - hour });
  const section = await needsYou();
  expect(await within(section).findByText(/Enter the client secret/)).toBeInTheDocument();
  expect(within(section).queryByText(/password/i)).not.toBeInTheDocument();
  await user.click(within(section).getByRole('button', { name: 'Open the settings' }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/mailboxes/${salesId}`));
});

test('the sign over all screens counts it as needing a person', async () => {
  openToday({ phase: 'off', problem: null, disabledBecause: unreachable }, false);
  expect(await screen.findByRole('link', { name: 'Mailboxes: Needs you' })).toBeInTheDocument();
});

test('a mailbox that a person disabled is not mentioned', async () => {
  openToday({ phase: 'off', problem: unreachable }, false, {
    'outbox.list': async () => [],
    'tickets.counts': async () => ({ new: 0, open: 0, waiting: 0, solved: 0, closed: 0 }),
  });
  expect(await screen.findByText('Nothing needs you right now.')).toBeInTheDocument();
  expect(screen.getByText('Everything works.')).toBeInTheDocument();
});

test('a failure in its first minute raises nothing', async () => {
  openToday({ phase: 'retrying', problem: unreachable, failingSince: Date.now() - 5_000 });
  expect(await screen.findByText('Everything works.')).toBeInTheDocument();
  expect(await screen.findByRole('link', { name: 'Mailboxes: All working' })).toBeInTheDocument();
});

test('a delay says since when and when it is tried again, and can be tried at once', async () => {
  const user = userEvent.setup();
  const { main } = openToday({
    phase: 'retrying',
    problem: unreachable,
    failingSince: Date.now() - 2 * hour,
    nextAttemptAt: Date.now() + 400_000,
  });
  const section = await needsYou();
  expect(within(section).getByText('Delayed')).toBeInTheDocument();
  expect(within(section).getByText(/trouble began 2 hours ago · .*next attempt in 7 minutes/)).toBeInTheDocument();
  await user.click(within(section).getByRole('button', { name: 'Try now' }));
  await waitFor(() => expect(main.calls).toContainEqual({ name: 'loading.run', input: { mailboxIds: [salesId] } }));
});

test('a sign-in is mended on the spot: the password is tried once, then saved', async () => {
  const user = userEvent.setup();
  const { main } = openToday({});
  await user.click(within(await needsYou()).getByRole('button', { name: 'Mend the sign-in' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText('New password'), 'wanderlust-43{Enter}');
  await screen.findByText('sales@northwind.example: the password is saved, loading goes on.');
  const asked = main.calls.filter(({ name }) => name === 'mailboxes.check' || name === 'mailboxes.update');
  expect(asked).toMatchObject([
    { name: 'mailboxes.check', input: { draft: { password: 'wanderlust-43', mailboxId: salesId } } },
    { name: 'mailboxes.update', input: { draft: { password: 'wanderlust-43' }, confirmed: false } },
  ]);
});

test('a wrong password is not saved', async () => {
  const user = userEvent.setup();
  const { main } = openToday({}, true, {
    'mailboxes.check': async () => ({
      ...goodCheck,
      ok: false,
      steps: [{ name: 'sign-in', milliseconds: 9, seen: '', problem: sales.problem, finding: null }],
    }),
  });
  await user.click(within(await needsYou()).getByRole('button', { name: 'Mend the sign-in' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText('New password'), 'wrong{Enter}');
  expect(await within(dialog).findByRole('alert')).toHaveTextContent(/did not accept/);
  expect(within(dialog).queryByRole('button', { name: 'Save without the check' })).not.toBeInTheDocument();
  expect(main.calls.some(({ name }) => name === 'mailboxes.update')).toBe(false);
});

test('a changed certificate is looked at on the spot', async () => {
  const user = userEvent.setup();
  openToday({ problem: { code: 'tls.certificate-changed', params: { host: 'imap.northwind.example' } } });
  await user.click(within(await needsYou()).getByRole('button', { name: 'Look at the certificate' }));
  expect(await screen.findByRole('dialog', { name: 'Check the connection' })).toBeInTheDocument();
});

test('another console at work is said calmly, in the list and nowhere else', async () => {
  const leased = { phase: 'waiting', problem: { code: 'mailbox.leased', params: {} }, failingSince: null } as const;
  const { router } = openToday(leased);
  expect(await screen.findByText('Everything works.')).toBeInTheDocument();
  await router.navigate({ to: '/mailboxes' });
  expect(await screen.findByText('Another console is working on this mailbox.')).toBeInTheDocument();
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('what was caught up is said once it has come', async () => {
  const { main } = openPage('/');
  await screen.findByText('Online');
  main.emit('loading.finished', {
    ...cannedReport,
    mailboxId: supportId,
    caughtUp: { letters: 312, since: Date.now() - 72 * hour },
  });
  expect(await screen.findByText('support@northwind.example has caught up')).toBeInTheDocument();
  expect(screen.getByText('Loaded 312 letters from 3 days.')).toBeInTheDocument();
});

test('… and in Russian, with its plurals', async () => {
  const { main } = openPage('/', {
    handlers: {
      'settings.get': async () => ({
        language: 'ru',
        theme: 'system',
        operatorName: '',
        ticketsFromMail: true,
        pollMinutes: 5,
        quarantineDays: null,
      }),
    },
  });
  await screen.findByText('Сеть есть');
  main.emit('loading.finished', { ...cannedReport, caughtUp: { letters: 21, since: Date.now() - 5 * hour } });
  expect(await screen.findByText('Загружено 21 письмо за 5 часов.')).toBeInTheDocument();
});
