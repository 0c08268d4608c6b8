import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { cannedFolders, cannedLook, supportId } from '../../support/canned-mailboxes.ts';
import { type FakeMainOptions, openPage } from '../../support/fake-main.tsx';

const dotted = cannedFolders
  .filter(({ mailboxId }) => mailboxId === supportId)
  .map((folder) => ({
    ...folder,
    path: folder.path.replaceAll('/', '.'),
    separator: '.',
  }));

async function openMoving(options: FakeMainOptions = {}) {
  const user = userEvent.setup();
  const page = openPage(`/mailboxes/${supportId}`, options);
  await screen.findByRole('checkbox', { name: 'Projects' });
  await user.click(screen.getByRole('radio', { name: 'Move it to a folder' }));
  return { user, done: screen.getByRole('combobox', { name: 'Folder for letters without errors' }), ...page };
}

test('a folder to move to is typed as people write it, and saved as the server spells it', async () => {
  const { user, done, main } = await openMoving({
    handlers: {
      'folders.list': async () => dotted,
      'mailboxes.look': async ({ draft, folders }) => ({
        ...cannedLook(folders, draft.settings),
        missingFolders: ['INBOX.Done'],
      }),
    },
  });
  await user.type(done, 'inbox/Done');
  expect(screen.getByText('INBOX.Done is not on the server yet: it is made.')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Save' }));
  const dialog = await screen.findByRole('dialog');
  expect(await within(dialog).findByText('A folder is made on the server: INBOX.Done.')).toBeInTheDocument();
  await user.click(within(dialog).getByRole('button', { name: /^Load 624 letters and move them/ }));
  await waitFor(() =>
    expect(main.calls.find(({ name }) => name === 'mailboxes.update')?.input).toMatchObject({
      confirmed: true,
      draft: { settings: { afterwards: { kind: 'move', done: 'INBOX.Done', failed: null, create: true } } },
    }),
  );
});

test('without making folders, a missing one is said to fail', async () => {
  const { user, done } = await openMoving({
    handlers: {
      'mailboxes.look': async ({ draft, folders }) => ({
        ...cannedLook(folders, draft.settings),
        missingFolders: ['Done'],
      }),
    },
  });
  await user.type(done, 'Done');
  await user.click(screen.getByRole('switch', { name: 'Make folders that are missing' }));
  expect(screen.getByText('Done is not on the server: nothing could be moved there.')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(/^A folder is not on the server: Done\./)).toBeInTheDocument();
});

test('a letter cannot be moved into a folder that is loaded itself, nor nowhere', async () => {
  const { user, done, main } = await openMoving();
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('A folder is needed.')).toBeInTheDocument();
  await user.type(done, 'projects');
  expect(await screen.findByText(/^This folder is loaded itself/)).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(main.calls.some(({ name }) => name === 'mailboxes.look')).toBe(false);
});

test('what was typed for one choice is there again after a look at another', async () => {
  const { user, done } = await openMoving();
  await user.type(done, 'Done');
  await user.click(screen.getByRole('radio', { name: 'Delete it' }));
  await user.click(screen.getByRole('radio', { name: 'Move it to a folder' }));
  expect(screen.getByRole('combobox', { name: 'Folder for letters without errors' })).toHaveValue('Done');
});
