import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { newRegistration } from '../../../src-renderer/mailbox/typed-registration.ts';
import type { FolderId } from '../../../src-shared/domain/ids.ts';
import type { Mailbox } from '../../../src-shared/domain/mailbox.ts';
import { connectionOf, type MailboxSwitch } from '../../../src-shared/domain/mailbox-switch.ts';
import { cannedMailboxes, supportId } from '../../support/canned-mailboxes.ts';
import { openPage } from '../../support/fake-main.tsx';

const support = cannedMailboxes.find(({ id }) => id === supportId) as Mailbox;
const region = (name: string) => screen.findByRole('region', { name });

test('another connection is prepared, tried side by side and switched to; until then nothing else is asked for', async () => {
  const user = userEvent.setup();
  const { main, router } = openPage(`/mailboxes/${supportId}`, {
    handlers: { 'switches.apply': async () => support },
  });
  await user.click(await within(await region('Another connection')).findByRole('link', { name: 'Prepare a switch…' }));
  await user.click(await screen.findByRole('button', { name: 'Prepare' }));
  expect(await screen.findByText('This is the connection that the mailbox has already.')).toBeInTheDocument();
  const incoming = within(screen.getByRole('group', { name: 'Incoming mail' }));
  await user.clear(incoming.getByLabelText('Server'));
  await user.type(incoming.getByLabelText('Server'), 'new.northwind.example');
  await user.type(screen.getByLabelText('New password'), 'secret');
  await user.click(screen.getByRole('button', { name: 'Prepare' }));
  const server = 'IMAP, new.northwind.example:993, SSL/TLS, by password';
  await screen.findByText(`Prepared: ${server}; SMTP, smtp.northwind.example:465, SSL/TLS, by password`);
  expect(main.calls.find(({ name }) => name === 'switches.prepare')?.input).toMatchObject({
    draft: { mailboxId: supportId, password: 'secret', settings: { incoming: { host: 'new.northwind.example' } } },
  });
  expect(screen.queryByRole('button', { name: 'Switch…' })).not.toBeInTheDocument();

  await user.click(screen.getByRole('button', { name: 'Try side by side' }));
  const sent = (await screen.findByText('there “Sent Items”')).closest('tr') as HTMLElement;
  expect(sent).toHaveTextContent('20 of 20 known16 of them by Message-ID and date');
  await user.click(screen.getByRole('button', { name: 'Switch…' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(/One folder that is loaded is not shown/)).toBeInTheDocument();
  await user.click(dialog.getByRole('button', { name: 'Switch' }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/mailboxes/${supportId}`));
  expect(main.calls.some(({ name }) => name === 'mailboxes.update')).toBe(false);
});

test('a person signs in for the other connection before it is prepared: the running one keeps its sign-in', async () => {
  const user = userEvent.setup();
  const { incoming, outgoing } = support.settings;
  const oauth = { ...newRegistration('google').oauth, clientId: 'a-company-client' };
  const signIn = 'oauth2' as const;
  const settings = {
    ...{ ...support.settings, oauth },
    ...{ incoming: incoming && { ...incoming, signIn }, outgoing: outgoing && { ...outgoing, signIn } },
  };
  const saved = { ...support, settings };
  const { main } = openPage(`/mailboxes/${supportId}/switch`, {
    handlers: {
      'mailboxes.list': async () => [saved],
      'mailboxes.get': async () => saved,
      'mailboxes.signIn': async () => ({ signInId: 'its-own', account: 'support@northwind.example' }),
    },
  });
  const prepared = () => main.calls.filter(({ name }) => name === 'switches.prepare');
  expect(await screen.findByText(/^The other connection needs a sign-in of its own/)).toBeInTheDocument();
  expect(screen.queryByText(/The sign-in that is kept stays in use/)).toBeNull();
  const fields = within(screen.getByRole('group', { name: 'Incoming mail' }));
  await user.clear(fields.getByLabelText('Server'));
  await user.type(fields.getByLabelText('Server'), 'new.northwind.example');
  await user.click(screen.getByRole('button', { name: 'Prepare' }));
  expect(await screen.findByText('Sign in first.')).toBeInTheDocument();
  expect(prepared()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Sign in in the browser' }));
  await screen.findByText(/support@northwind.example/, { selector: '[role=status]' });
  await user.click(screen.getByRole('button', { name: 'Prepare' }));
  await waitFor(() => expect(prepared()).toHaveLength(1));
  // The application's secret is kept, and is nobody's in particular.
  expect(prepared()[0]?.input).toMatchObject({
    draft: { providerSignIn: { signInId: 'its-own', clientSecret: null }, settings: { oauth } },
  });
});

/** Tried, with these figures for the inbox: loaded here, read there, known of those. */
function triedWith(loaded: number, sampled: number, same: number): MailboxSwitch {
  const inbox = { folderId: 1 as FolderId, path: 'INBOX', pathThere: 'INBOX', here: loaded, there: 900, alike: 0 };
  return {
    mailboxId: supportId,
    state: 'prepared',
    connection: connectionOf(support.settings),
    preparedAt: 1,
    trial: { at: 1, folders: [{ ...inbox, loaded, sampled, same }], matches: [] },
    keepUntil: null,
  };
}

test.each([
  ['some are known', triedWith(100, 20, 7), /^Both show the same letters/],
  ['none is known', triedWith(100, 20, 0), /none is loaded here in: INBOX.*may lead to another mailbox/],
  ['none is loaded here', triedWith(0, 20, 0), /is not proven/],
  ['none could be read', triedWith(100, 0, 0), /is not proven/],
])(
  'of the letters that were compared %s: the last step and its question say what that proves',
  async (_, prepared, words) => {
    const user = userEvent.setup();
    openPage(`/mailboxes/${supportId}/switch`, { handlers: { 'switches.list': async () => [prepared] } });
    expect(await screen.findByText(words)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Switch…' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(words)).toBeInTheDocument();
    expect(dialog.queryAllByText(/Both show the same letters|may lead to another|is not proven/)).toHaveLength(1);
  },
);

test('of a mailbox that only sends nothing is said of letters: its sign-in is tried', async () => {
  const user = userEvent.setup();
  const sender = { ...support, settings: { ...support.settings, incoming: null } };
  const prepared: MailboxSwitch = {
    mailboxId: supportId,
    state: 'prepared',
    connection: connectionOf(sender.settings),
    preparedAt: 1,
    trial: { at: 1, folders: [], matches: [] },
    keepUntil: null,
  };
  openPage(`/mailboxes/${supportId}/switch`, {
    handlers: {
      'mailboxes.list': async () => [sender],
      'mailboxes.get': async () => sender,
      'switches.list': async () => [prepared],
    },
  });
  expect(await screen.findByText(/the server took the sign-in/)).toBeInTheDocument();
  expect(screen.getByText('The other server takes the sign-in.')).toBeInTheDocument();
  expect(screen.queryByText(/Both show the same letters|side by side|Letters that are loaded|loading/)).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Switch…' }));
  expect(
    within(await screen.findByRole('dialog')).getByText('The other server takes the sign-in.'),
  ).toBeInTheDocument();
});

test('the way back is on the mailbox’s page, with the day on which it ends', async () => {
  const user = userEvent.setup();
  const former: MailboxSwitch = {
    mailboxId: supportId,
    state: 'former',
    connection: connectionOf(support.settings),
    preparedAt: 1,
    trial: null,
    keepUntil: Date.UTC(2026, 11, 26, 12),
  };
  const { main } = openPage(`/mailboxes/${supportId}`, {
    handlers: { 'switches.list': async () => [former], 'switches.back': async () => support },
  });
  const card = within(await region('Another connection'));
  expect(await card.findByText(/are kept until .*26.*2026, then removed/)).toBeInTheDocument();
  await user.click(card.getByRole('button', { name: 'Go back…' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Go back' }));
  await waitFor(() => expect(main.calls.some(({ name }) => name === 'switches.back')).toBe(true));
});
