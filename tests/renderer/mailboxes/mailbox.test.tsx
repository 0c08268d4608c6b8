import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { cannedReport, oldId, salesId, supportId } from '../../support/canned-mailboxes.ts';
import { openPage } from '../../support/fake-main.tsx';

test('the list says how each mailbox is, in words, and marks one without encryption', async () => {
  openPage('/mailboxes');
  const row = (name: string) => screen.getByRole('link', { name }).closest('tr') as HTMLElement;
  await screen.findByRole('link', { name: 'archive@old.example' });
  expect(within(row('support@northwind.example')).getByText('Catching up')).toBeInTheDocument();
  expect(within(row('sales@northwind.example')).getByText('Needs you')).toBeInTheDocument();
  expect(within(row('archive@old.example')).getByText('Disabled')).toBeInTheDocument();
  expect(within(row('archive@old.example')).getByText('Not encrypted')).toBeInTheDocument();
  expect(within(row('support@northwind.example')).queryByText('Not encrypted')).not.toBeInTheDocument();
});

test('removing asks whether loaded mail stays, and says how much there is', async () => {
  const user = userEvent.setup();
  const { main } = openPage('/mailboxes', { handlers: { 'mail.count': async () => ({ total: 3120 }) } });
  await user.click(await screen.findByRole('button', { name: 'Actions for support@northwind.example' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Remove…' }));
  const dialog = await screen.findByRole('dialog');
  const keep = await within(dialog).findByRole('switch', { name: 'Keep 3,120 loaded letters on this computer' });
  expect(keep).toBeChecked();
  await user.click(keep);
  expect(within(dialog).getByText('3,120 loaded letters will be deleted from this computer.')).toBeInTheDocument();
  await user.click(within(dialog).getByRole('button', { name: 'Remove the mailbox' }));
  await waitFor(() =>
    expect(main.calls).toContainEqual({
      name: 'mailboxes.remove',
      input: { mailboxId: supportId, keepMail: false },
    }),
  );
});

test('a disabled mailbox is enabled again from its menu', async () => {
  const user = userEvent.setup();
  const { main } = openPage('/mailboxes');
  await user.click(await screen.findByRole('button', { name: 'Actions for archive@old.example' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Enable' }));
  await waitFor(() =>
    expect(main.calls).toContainEqual({ name: 'mailboxes.setEnabled', input: { mailboxId: oldId, enabled: true } }),
  );
});

test('editing keeps the password that is in the vault unless a new one is typed', async () => {
  const user = userEvent.setup();
  const { main } = openPage(`/mailboxes/${supportId}`);
  await user.type(await screen.findByLabelText('Description'), '!');
  await user.click(await screen.findByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(main.calls.find(({ name }) => name === 'mailboxes.update')?.input).toMatchObject({
      draft: {
        password: null,
        outgoingPassword: null,
        mailboxId: supportId,
        settings: { description: 'Requests of the northern offices!' },
      },
    }),
  );
});

test('a mailbox that only sends from now on keeps its letters; changing back brings its server back', async () => {
  const user = userEvent.setup();
  const { main } = openPage(`/mailboxes/${supportId}`);
  const use = async (name: string) => user.click(await screen.findByRole('radio', { name }));
  await use('Only sends');
  expect(screen.getByText(/Letters that are loaded already stay here/)).toBeInTheDocument();
  expect(screen.queryByText('After processing')).not.toBeInTheDocument();
  await use('Receives and sends');
  expect(screen.getByDisplayValue('imap.northwind.example')).toBeInTheDocument();
  await use('Only sends');
  await user.click(await screen.findByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(main.calls.find(({ name }) => name === 'mailboxes.update')?.input).toMatchObject({
      draft: { settings: { incoming: null, outgoing: { host: 'smtp.northwind.example' } } },
    }),
  );
});

test('one that only receives lets another answer', async () => {
  const user = userEvent.setup();
  const { main } = openPage(`/mailboxes/${supportId}`);
  await user.click(await screen.findByRole('radio', { name: 'Only receives' }));
  expect(screen.queryByLabelText('Sender name')).not.toBeInTheDocument();
  await user.click(await screen.findByRole('combobox', { name: 'Answers are sent by' }));
  await user.click(await screen.findByRole('option', { name: 'sales@northwind.example' }));
  await user.clear(await screen.findByLabelText('Sender name'));
  expect(screen.queryByText('Not set: needed before sending')).not.toBeInTheDocument();
  await user.click(await screen.findByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(main.calls.find(({ name }) => name === 'mailboxes.update')?.input).toMatchObject({
      draft: { settings: { outgoing: null, answeredBy: salesId, sender: { fromName: '' } } },
    }),
  );
});

test('a sender identity that is not whole says what is needed before sending', async () => {
  const user = userEvent.setup();
  openPage(`/mailboxes/${supportId}`);
  await user.clear(await screen.findByLabelText('Sender name'));
  expect(await screen.findByText('Not set: needed before sending')).toBeInTheDocument();
});

test('folders are ticked one by one, and a parent does not stand for its children', async () => {
  const user = userEvent.setup();
  const { main } = openPage(`/mailboxes/${supportId}`);
  const parent = await screen.findByRole('checkbox', { name: 'Projects' });
  expect(parent).toBeChecked();
  expect(screen.getByRole('checkbox', { name: 'Boiler house' })).not.toBeChecked();
  await user.click(screen.getByRole('button', { name: 'Projects: with all nested folders' }));
  await user.click(await screen.findByRole('button', { name: 'Save the folders' }));
  await waitFor(() =>
    expect(main.calls).toContainEqual({
      name: 'folders.select',
      input: { mailboxId: supportId, selected: [1, 2, 3], confirmed: false },
    }),
  );
});

test('the last pass is shown folder by folder, with what became of its letters', async () => {
  const { main } = openPage(`/mailboxes/${supportId}`);
  await screen.findByText('Nothing was loaded since the console was started.');
  main.emit('loading.finished', cannedReport);
  expect(await screen.findByRole('cell', { name: '1,204' })).toBeInTheDocument();
  expect(screen.getByText('Tickets made: 5, letters added to tickets: 2.')).toBeInTheDocument();
  expect(screen.getByText(/1 letter could not be read/)).toBeInTheDocument();
  expect(screen.getByText('3 letters wait in quarantine for a person.')).toBeInTheDocument();
  expect(screen.getByText('Changes on the server: carried out 14, failed 0.')).toBeInTheDocument();
  expect(screen.getByText('On the server without an entry in the ledger: 0 letters.')).toBeInTheDocument();
});

test('folders without news are one line, and what was caught up stands first', async () => {
  const { main } = openPage(`/mailboxes/${supportId}`);
  await screen.findByText('Nothing was loaded since the console was started.');
  const [inbox] = cannedReport.folders;
  const calm = Array.from({ length: 50 }, (_, at) => ({
    path: `Old ${at}`,
    onServer: 10,
    loaded: 10,
    fresh: 0,
    failed: 0,
    heldBack: 0,
    unchanged: true,
    problem: null,
  }));
  main.emit('loading.finished', {
    ...cannedReport,
    folders: [...(inbox ? [inbox] : []), ...calm],
    caughtUp: { letters: 1, since: Date.now() - 40 * 60_000 },
  });
  expect(await screen.findByText('50 folders had nothing new and were not opened')).toBeInTheDocument();
  expect(screen.queryByText('Old 7')).not.toBeInTheDocument();
  // Here, and in the notice.
  expect(screen.getAllByText('Loaded 1 letter from 40 minutes.')).toHaveLength(2);
});

test('a poll interval of its own begins with the general one, and can be given up again', async () => {
  const user = userEvent.setup();
  const { main } = openPage(`/mailboxes/${supportId}`);
  expect(await screen.findByRole('radio', { name: 'General: 5 minutes' })).toBeChecked();
  await user.click(screen.getByRole('radio', { name: 'Its own' }));
  const minutes = screen.getByLabelText('Poll interval, minutes');
  expect(minutes).toHaveValue('5 min');
  await user.clear(minutes);
  await user.type(minutes, '20');
  await user.click(screen.getByRole('radio', { name: '3' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Saved.');
  expect(main.calls.find(({ name }) => name === 'mailboxes.update')?.input).toMatchObject({
    draft: { settings: { loading: { pollMinutes: 20, lane: 3 } } },
  });
});

test('what counts as new says that a letter read first makes no ticket', async () => {
  openPage(`/mailboxes/${supportId}`);
  const unread = await screen.findByRole('radio', { name: 'Only unread letters' });
  expect(unread).toHaveAccessibleDescription(/reads first, in any program, will not become a ticket/);
});

test('another server is said to be another place before it is saved, with the way to try it first', async () => {
  const user = userEvent.setup();
  openPage(`/mailboxes/${supportId}`);
  const host = await screen.findByDisplayValue('imap.northwind.example');
  const said = () => screen.queryByText(/are read again from there/);
  expect(said()).not.toBeInTheDocument();
  await user.type(host, '.org');
  expect(said()).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Try it beside the present connection first' })).toHaveAttribute(
    'href',
    expect.stringContaining(`/mailboxes/${supportId}/switch`),
  );
  await user.clear(host);
  await user.type(host, 'imap.northwind.example');
  expect(said()).not.toBeInTheDocument();
});
