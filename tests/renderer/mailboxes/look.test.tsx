import { screen, waitFor, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { cannedLook, cannedMailboxes, supportId } from '../../support/canned-mailboxes.ts';
import { type FakeMain, type FakeMainOptions, openPage } from '../../support/fake-main.tsx';

const written = ['mailboxes.add', 'mailboxes.update', 'folders.select'];
const writes = (main: FakeMain) => main.calls.filter(({ name }) => written.includes(name));

async function openMailbox(options: FakeMainOptions = {}) {
  const user = userEvent.setup();
  const page = openPage(`/mailboxes/${supportId}`, options);
  await screen.findByRole('checkbox', { name: 'Projects' });
  return { user, ...page };
}

async function chooseDeletion(user: UserEvent) {
  await user.click(screen.getByRole('radio', { name: 'Delete it' }));
  await user.click(screen.getByRole('radio', { name: 'At once' }));
}

async function save(user: UserEvent) {
  await user.click(screen.getByRole('button', { name: 'Save' }));
}

/** To the last step of the wizard, with the choice made on the one before. */
async function wizardTo(user: UserEvent, choose: () => Promise<void>) {
  await user.type(await screen.findByLabelText('E-mail address'), 'help@yandex.ru{Enter}');
  await user.type(await screen.findByLabelText('App password'), 'wanderlust-42{Enter}');
  await user.click(await screen.findByRole('button', { name: 'Choose folders and period' }));
  await user.click(await screen.findByRole('button', { name: 'Next' }));
  await screen.findByText('How is its mail loaded?');
  await user.click(screen.getByRole('button', { name: 'Next' }));
  await screen.findByText('What happens on the server afterwards?');
  await choose();
  await user.click(screen.getByRole('button', { name: 'Next' }));
}

test('nothing is saved before the deletion was seen in numbers and confirmed', async () => {
  const { user, main } = await openMailbox();
  await chooseDeletion(user);
  await save(user);
  const dialog = await screen.findByRole('dialog', { name: 'Before anything changes on the server' });
  await within(dialog).findByText('At most 624 letters are deleted on the server for good.');
  expect(writes(main)).toEqual([]);
  await user.click(within(dialog).getByRole('button', { name: 'Load 624 letters and delete them on the server' }));
  await screen.findByText('Saved.');
  expect(writes(main)).toMatchObject([
    {
      name: 'mailboxes.update',
      input: { confirmed: true, draft: { settings: { afterwards: { kind: 'delete', afterDays: 0 } } } },
    },
  ]);
});

test('a look that is closed saves nothing, and what was chosen is still there', async () => {
  const { user, main } = await openMailbox();
  await chooseDeletion(user);
  await save(user);
  const dialog = await screen.findByRole('dialog');
  await within(dialog).findByText(/^At most 624/);
  await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(screen.getByRole('radio', { name: 'Delete it' })).toBeChecked();
  expect(writes(main)).toEqual([]);
});

test('the wizard’s button carries the deletion and its number, and only it confirms', async () => {
  const user = userEvent.setup();
  const { main } = openPage('/mailboxes/add');
  await wizardTo(user, () => user.click(screen.getByRole('radio', { name: 'Delete it' })));
  const add = await screen.findByRole('button', {
    name: 'Load 312 letters and delete them on the server after 30 days',
  });
  expect(writes(main)).toEqual([]);
  await user.click(add);
  await screen.findByText('help@yandex.ru is connected');
  expect(writes(main)).toMatchObject([{ name: 'mailboxes.add', input: { confirmed: true } }]);
});

test('without effects on the server nothing is to be confirmed', async () => {
  const { user, main } = await openMailbox();
  await user.type(screen.getByLabelText('Description'), '!');
  await save(user);
  await screen.findByText('Saved.');
  expect(main.calls.some(({ name }) => name === 'mailboxes.look')).toBe(false);
  expect(writes(main)).toMatchObject([{ input: { confirmed: false } }]);
});

test('what cannot be counted cannot be confirmed; it is counted again on a click', async () => {
  let broken = true;
  const { user, main } = await openMailbox({
    handlers: {
      'mailboxes.look': async ({ draft, folders }) => {
        if (broken) throw new AppError('network.timeout', { host: 'imap.northwind.example', port: 993 });
        return cannedLook(folders, draft.settings);
      },
    },
  });
  await chooseDeletion(user);
  await save(user);
  const dialog = await screen.findByRole('dialog');
  const notice = await within(dialog).findByRole('alert');
  expect(within(dialog).getByRole('button', { name: 'Save' })).toBeDisabled();
  broken = false;
  await user.click(within(notice).getByRole('button', { name: 'Count again' }));
  await within(dialog).findByText(/^At most 624/);
  expect(writes(main)).toEqual([]);
});

test('a count that takes long can be stopped', async () => {
  let ended = false;
  const { user } = await openMailbox({
    handlers: {
      'mailboxes.look': (_input, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            ended = true;
            reject(new AppError('cancelled'));
          });
        }),
    },
  });
  await chooseDeletion(user);
  await save(user);
  const dialog = await screen.findByRole('dialog');
  const counting = (await within(dialog).findByText('Counting 2 folders on the server')).closest('[aria-busy]');
  await user.click(within(counting as HTMLElement).getByRole('button', { name: 'Cancel' }));
  await within(dialog).findByText('The count was stopped. Nothing has been changed.');
  expect(ended).toBe(true);
  expect(within(dialog).getByRole('button', { name: 'Save' })).toBeDisabled();
});

test('where the main process asks for a look, it is shown instead of an error', async () => {
  const { user, main } = await openMailbox({
    handlers: {
      'mailboxes.update': async ({ draft, confirmed }) => {
        if (!confirmed) throw new AppError('mailbox.not-confirmed');
        return { ...(cannedMailboxes[0] as (typeof cannedMailboxes)[0]), settings: draft.settings };
      },
    },
  });
  await user.type(screen.getByLabelText('Description'), '!');
  await save(user);
  const dialog = await screen.findByRole('dialog');
  await within(dialog).findByText('624 letters will be loaded');
  expect(within(dialog).queryByRole('alert')).not.toBeInTheDocument();
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  await screen.findByText('Saved.');
  expect(writes(main).map(({ input }) => (input as { confirmed: boolean }).confirmed)).toEqual([false, true]);
});

test('size, time, the provider’s limit in days, and what was loaded before are said', async () => {
  const { user } = await openMailbox({
    handlers: {
      'mailboxes.look': async ({ draft, folders }) => ({
        ...cannedLook(folders, draft.settings),
        bytes: 3_420_000_000,
        seconds: 720,
        providerMbPerDay: 1000,
        loadedBefore: 1203,
      }),
    },
  });
  await chooseDeletion(user);
  await save(user);
  const dialog = await screen.findByRole('dialog');
  await within(dialog).findByText('about 3.4 GB');
  expect(within(dialog).getByText(/^about 12 min at 1\.2 MB per second/)).toBeInTheDocument();
  expect(within(dialog).getByText(/takes 4 days and goes on by itself/)).toBeInTheDocument();
  expect(within(dialog).getByText('1,203 letters: they stay as they are on the server')).toBeInTheDocument();
  expect(within(dialog).getByText('0: a first load never answers old letters')).toBeInTheDocument();
  const projects = within(dialog).getByRole('row', { name: /^Projects/ });
  expect(
    within(projects)
      .getAllByRole('cell')
      .map((cell) => cell.textContent),
  ).toEqual(['Projects', '4,000', '312', '3,688', '0', '312']);
});

test('nothing there to delete yet: the button says what it means for letters to come', async () => {
  const { user } = await openMailbox({
    handlers: {
      'mailboxes.look': async ({ draft, folders }) => ({
        ...cannedLook(folders, draft.settings),
        toLoad: 0,
        toDelete: 0,
        bytes: 0,
        bytesPerSecond: null,
        seconds: null,
      }),
    },
  });
  await chooseDeletion(user);
  await save(user);
  const dialog = await screen.findByRole('dialog');
  expect(await within(dialog).findByRole('button', { name: 'Delete what comes from now on' })).toBeEnabled();
  expect(within(dialog).getByText('0 letters will be loaded')).toBeInTheDocument();
});

const moving = cannedMailboxes.map((mailbox) => ({
  ...mailbox,
  settings: { ...mailbox.settings, afterwards: { kind: 'mark-read' as const } },
}));

test('more folders are more letters: where those are touched, the ticks are looked at as well', async () => {
  const { user, main } = await openMailbox({ handlers: { 'mailboxes.list': async () => [...moving] } });
  await user.click(screen.getByRole('checkbox', { name: 'Boiler house' }));
  await user.click(screen.getByRole('button', { name: 'Save the folders' }));
  const dialog = await screen.findByRole('dialog');
  const confirm = await within(dialog).findByRole('button', { name: 'Load 936 letters and mark them as read' });
  expect(writes(main)).toEqual([]);
  await user.click(confirm);
  await screen.findByText('The folders are saved.');
  expect(writes(main)).toEqual([
    { name: 'folders.select', input: { mailboxId: supportId, selected: [1, 2, 3], confirmed: true } },
  ]);
});

test('fewer folders need no look', async () => {
  const { user, main } = await openMailbox({ handlers: { 'mailboxes.list': async () => [...moving] } });
  await user.click(screen.getByRole('checkbox', { name: 'Projects' }));
  await user.click(screen.getByRole('button', { name: 'Save the folders' }));
  await screen.findByText('The folders are saved.');
  expect(main.calls.some(({ name }) => name === 'mailboxes.look')).toBe(false);
});
