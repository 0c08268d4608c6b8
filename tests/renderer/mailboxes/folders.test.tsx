import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { cannedFolders, supportId } from '../../support/canned-mailboxes.ts';
import { openPage } from '../../support/fake-main.tsx';

async function openFolders() {
  const user = userEvent.setup();
  const page = openPage(`/mailboxes/${supportId}`);
  await screen.findByRole('checkbox', { name: 'Projects' });
  return { user, ...page };
}

test('folders typed as paths are ticked, and what is not there stays to be corrected', async () => {
  const { user } = await openFolders();
  const typed = screen.getByRole('textbox', { name: 'Or type their paths' });
  await user.type(typed, 'inbox; projects\\boiler house, Nowhere/At all{Enter}');
  expect(screen.getByRole('checkbox', { name: 'Boiler house' })).toBeChecked();
  expect(screen.getByRole('alert')).toHaveTextContent('Not on the server: Nowhere/At all.');
  expect(typed).toHaveValue('Nowhere/At all');
});

test('folders of the system are off, and say what they hold', async () => {
  await openFolders();
  const list = screen.getByRole('list', { name: 'Folders on the server' });
  for (const name of ['Sent', 'Junk']) expect(within(list).getByRole('checkbox', { name })).not.toBeChecked();
  expect(within(list).getByText('what the server takes for spam')).toBeInTheDocument();
});

test('all folders are those that mail comes to, and the system’s where ticked', async () => {
  const { user, main } = await openFolders();
  await user.click(screen.getByRole('radio', { name: 'All folders, also new ones' }));
  expect(screen.getByRole('checkbox', { name: 'Boiler house' })).toBeChecked();
  expect(screen.getByRole('checkbox', { name: 'Boiler house' })).toBeDisabled();
  expect(screen.getByRole('checkbox', { name: 'Junk' })).not.toBeChecked();
  await user.click(screen.getByRole('checkbox', { name: 'Sent' }));
  await user.click(screen.getByRole('button', { name: 'Save the folders' }));
  await screen.findByText('The folders are saved.');
  expect(main.calls).toContainEqual({
    name: 'folders.select',
    input: { mailboxId: supportId, selected: [1, 2, 3, 4], confirmed: false },
  });
  expect(main.calls.find(({ name }) => name === 'mailboxes.update')?.input).toMatchObject({
    draft: { settings: { loading: { folders: 'all' } } },
  });
});

test('folders that are not the mailbox’s own stand last, say whose they are, and all folders are without them', async () => {
  const user = userEvent.setup();
  const [first] = cannedFolders;
  if (!first) throw new Error('no folder');
  const shared = { ...first, id: 99 as typeof first.id, path: 'Board', name: 'Board', role: null, selected: false };
  const folders = [{ ...shared, namespace: 'shared' as const }, ...cannedFolders.filter(isSupports)];
  openPage(`/mailboxes/${supportId}`, { handlers: { 'folders.list': async () => folders } });
  await user.click(await screen.findByRole('radio', { name: 'All folders, also new ones' }));
  const rows = within(screen.getByRole('list', { name: 'Folders on the server' })).getAllByRole('listitem');
  expect(rows.at(-1)).toHaveTextContent(/Board.*shared/);
  expect(screen.getByRole('checkbox', { name: 'Board' })).not.toBeChecked();
});

const isSupports = ({ mailboxId }: { readonly mailboxId: string }): boolean => mailboxId === supportId;

test('choosing all folders leaves what is being typed elsewhere on the page', async () => {
  const { user, main } = await openFolders();
  await user.type(screen.getByLabelText('Description'), '!');
  await user.click(screen.getByRole('radio', { name: 'All folders, also new ones' }));
  await user.click(screen.getByRole('button', { name: 'Save the folders' }));
  await screen.findByText('The folders are saved.');
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Save the folders' })).not.toBeInTheDocument());
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Saved.');
  expect(main.calls.findLast(({ name }) => name === 'mailboxes.update')?.input).toMatchObject({
    draft: { settings: { description: 'Requests of the northern offices!', loading: { folders: 'all' } } },
  });
});
