import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { goodCheck } from '../../support/canned-mailboxes.ts';
import { type FakeMainOptions, openPage } from '../../support/fake-main.tsx';

const secret = 'wanderlust-42';

async function openWizard(options: FakeMainOptions = {}) {
  const user = userEvent.setup();
  const page = openPage('/mailboxes/add', { kind: 'empty', ...options });
  await screen.findByLabelText('E-mail address');
  return { user, ...page };
}

async function typeAddressAndPassword(user: ReturnType<typeof userEvent.setup>, address = 'help@yandex.ru') {
  await user.type(screen.getByLabelText('E-mail address'), `${address}{Enter}`);
  await user.type(await screen.findByLabelText('App password'), `${secret}{Enter}`);
}

test('a known provider takes an address, a password and one confirmation', async () => {
  const { user, main } = await openWizard();
  await typeAddressAndPassword(user);
  await screen.findByText('312 letters will be loaded');
  await user.click(screen.getByRole('button', { name: 'Add the mailbox' }));
  await screen.findByText('help@yandex.ru is connected');
  const added = main.calls.find(({ name }) => name === 'mailboxes.add')?.input;
  expect(added).toMatchObject({
    learnProviderId: null,
    draft: {
      password: secret,
      settings: {
        name: 'help@yandex.ru',
        incoming: { host: 'imap.yandex.com', port: 993, encryption: 'tls' },
        loading: { firstLoadPeriod: 'week', automatic: true },
      },
    },
  });
  const { folders } = added as { folders: { path: string; selected: boolean }[] };
  expect(folders.filter(({ selected }) => selected).map(({ path }) => path)).toEqual(['INBOX']);
});

test('one that only sends is asked nothing about loading, and nothing is counted', async () => {
  const { user, main } = await openWizard();
  await user.click(screen.getByRole('radio', { name: 'Only sends' }));
  await typeAddressAndPassword(user);
  await screen.findByText(/Nothing is loaded from this mailbox/);
  await user.type(screen.getByLabelText('Sender name'), ' desk');
  await user.click(screen.getByRole('button', { name: 'Add the mailbox' }));
  await screen.findByText('It can send answers now.');
  expect(main.calls.map(({ name }) => name)).not.toContain('mailboxes.look');
  expect(main.calls.find(({ name }) => name === 'mailboxes.add')?.input).toMatchObject({
    folders: [],
    draft: {
      password: secret,
      settings: {
        incoming: null,
        outgoing: { host: 'smtp.yandex.com' },
        sender: { fromName: expect.stringMatching(/ desk$/) },
        collectsTickets: false,
      },
    },
  });
});

test('the steps of the app password and its page stand before the password', async () => {
  const { user, main } = await openWizard();
  await user.type(screen.getByLabelText('E-mail address'), 'help@yandex.ru{Enter}');
  const guide = await screen.findByText('Yandex needs an app password');
  const password = screen.getByLabelText('App password');
  expect(guide.compareDocumentPosition(password) & Node.DOCUMENT_POSITION_FOLLOWING).not.toBe(0);
  await user.click(screen.getByRole('button', { name: 'Open the page' }));
  await waitFor(() =>
    expect(main.calls).toContainEqual({
      name: 'links.open',
      input: { url: 'https://id.yandex.ru/security/app-passwords' },
    }),
  );
});

test('going back loses nothing', async () => {
  const { user } = await openWizard();
  await typeAddressAndPassword(user);
  await screen.findByText('312 letters will be loaded');
  await user.click(screen.getByRole('button', { name: 'Back' }));
  expect(await screen.findByLabelText('App password')).toHaveValue(secret);
  await user.click(screen.getByRole('button', { name: 'Back' }));
  expect(await screen.findByLabelText('E-mail address')).toHaveValue('help@yandex.ru');
});

test('the password is nowhere in the page once its step is left', async () => {
  const { user } = await openWizard();
  await typeAddressAndPassword(user);
  await screen.findByText('312 letters will be loaded');
  const values = [...document.querySelectorAll('input')].map(({ value }) => value);
  expect(document.documentElement.outerHTML + values.join()).not.toContain(secret);
});

test('a provider picked by hand is remembered for the domain', async () => {
  const { user, main } = await openWizard();
  await user.type(screen.getByLabelText('E-mail address'), 'help@northwind.example{Enter}');
  await screen.findByText('Who serves northwind.example?');
  expect(screen.getByText(/Your choice is remembered/)).toBeInTheDocument();
  await user.click(await screen.findByRole('button', { name: /Migadu/ }));
  await user.type(await screen.findByLabelText('Password'), `${secret}{Enter}`);
  await screen.findByText('312 letters will be loaded');
  await user.click(screen.getByRole('button', { name: 'Add the mailbox' }));
  await screen.findByText('help@northwind.example is connected');
  expect(main.calls.find(({ name }) => name === 'mailboxes.add')?.input).toMatchObject({ learnProviderId: 'migadu' });
});

test('an unknown server is asked everything, and a folder brings its nested ones in one click', async () => {
  const { user, main } = await openWizard();
  await user.type(screen.getByLabelText('E-mail address'), 'help@northwind.example{Enter}');
  await screen.findByText('Who serves northwind.example?');
  await user.click(await screen.findByRole('button', { name: /Type the names/ }));
  expect(await screen.findByDisplayValue('imap.northwind.example')).toBeInTheDocument();
  await user.type(screen.getByLabelText('Password'), `${secret}{Enter}`);
  await screen.findByText('The connection works');
  await user.click(await screen.findByRole('button', { name: 'Next' }));
  await screen.findByText('Which folders are loaded?');
  expect(screen.getByLabelText('Inbox')).toBeChecked();
  expect(screen.getByLabelText('Junk')).not.toBeChecked();
  await user.click(screen.getByRole('button', { name: 'Projects: with all nested folders' }));
  expect(screen.getByLabelText('2026')).toBeChecked();
  await user.click(screen.getByRole('button', { name: 'Next' }));
  await user.click(await screen.findByRole('radio', { name: 'all mail' }));
  await user.click(screen.getByRole('button', { name: 'Next' }));
  expect(await screen.findByRole('radio', { name: 'Nothing (recommended)' })).toBeChecked();
  await user.click(screen.getByRole('button', { name: 'Next' }));
  await screen.findByText('16,000 letters will be loaded');
  expect(main.calls.findLast(({ name }) => name === 'mailboxes.look')?.input).toMatchObject({
    folders: ['INBOX', 'Projects', 'Projects/Boiler house', 'Projects/Boiler house/2026'],
    draft: { settings: { loading: { firstLoadPeriod: 'all' }, afterwards: { kind: 'leave' } } },
  });
});

test('by POP3 there is one folder to load, and letters are left or deleted', async () => {
  const { user, main } = await openWizard();
  await user.type(screen.getByLabelText('E-mail address'), 'help@northwind.example{Enter}');
  await user.click(await screen.findByRole('button', { name: /Type the names/ }));
  await screen.findByDisplayValue('imap.northwind.example');
  await user.click(screen.getByRole('radio', { name: 'POP3' }));
  expect(screen.getByDisplayValue('995')).toBeInTheDocument();
  expect(screen.getByText(/^POP3 gives the inbox only/)).toBeInTheDocument();
  await user.type(screen.getByLabelText('Password'), `${secret}{Enter}`);
  await screen.findByText('The connection works');
  await user.click(await screen.findByRole('button', { name: 'Next' }));
  await user.click(await screen.findByRole('radio', { name: 'all mail' }));
  await user.click(screen.getByRole('button', { name: 'Next' }));
  expect((await screen.findAllByRole('radio')).map((radio) => radio.getAttribute('value'))).toEqual([
    'leave',
    'delete',
  ]);
  await user.click(screen.getByRole('button', { name: 'Next' }));
  await screen.findByText(/letters will be loaded/);
  expect(main.calls.findLast(({ name }) => name === 'mailboxes.look')?.input).toMatchObject({
    folders: ['INBOX'],
    draft: { settings: { incoming: { protocol: 'pop3', port: 995 }, loading: { folders: 'chosen' } } },
  });
});

test('an Exchange server is given by its name or address, is shown whole, and sends as well', async () => {
  const { user, main } = await openWizard();
  await user.type(screen.getByLabelText('E-mail address'), 'help@northwind.example{Enter}');
  await user.click(await screen.findByRole('button', { name: /Type the names/ }));
  await screen.findByDisplayValue('imap.northwind.example');
  await user.click(screen.getByRole('radio', { name: 'Exchange' }));
  const put = async (label: string, text: string) => {
    await user.clear(screen.getByLabelText(label));
    await user.click(screen.getByLabelText(label));
    await user.paste(text);
  };
  await put('Exchange web service URL', 'outlook.office365.com');
  expect(screen.getByText(/blocked from .*October.*2026.* on .*April.*2027/)).toBeInTheDocument();
  await put('Exchange web service URL', 'mail.northwind.example');
  expect(
    screen.getByText(/completed to: https:\/\/mail\.northwind\.example\/EWS\/Exchange\.asmx$/),
  ).toBeInTheDocument();
  expect(screen.queryByText(/blocked from/)).toBeNull();
  await put('Domain', 'CORP');
  await put('Shared mailbox', 'office@northwind.example');
  expect(screen.getByText(/sent by the same Exchange server/)).toBeInTheDocument();
  await user.type(screen.getByLabelText('Password'), `${secret}{Enter}`);
  await screen.findByText('The connection works');
  const checked = main.calls.findLast(({ name }) => name === 'mailboxes.check')?.input;
  const exchange = { path: '/EWS/Exchange.asmx', windows: true, domain: 'CORP', mailbox: 'office@northwind.example' };
  const server = { protocol: 'ews', host: 'mail.northwind.example', port: 443, encryption: 'tls', exchange };
  expect(checked).toMatchObject({ draft: { settings: { incoming: server, outgoing: server } } });
});

test('a failed check says what happened, what to do, and leads back to the password', async () => {
  const { user } = await openWizard({
    handlers: {
      'mailboxes.check': async () => ({
        ok: false,
        certificate: null,
        steps: [
          ...goodCheck.steps.slice(0, 4),
          {
            name: 'sign-in',
            milliseconds: 80,
            seen: '',
            problem: { code: 'auth.rejected', params: { host: 'imap.yandex.com', serverWords: 'Invalid credentials' } },
            finding: null,
          },
        ],
      }),
    },
  });
  await typeAddressAndPassword(user);
  const notice = await screen.findByRole('alert');
  expect(within(notice).getByText(/^Server imap\.yandex\.com did not accept/)).toBeInTheDocument();
  expect(within(notice).getByText(/^Check the login/)).toBeInTheDocument();
  await user.click(within(notice).getByRole('button', { name: 'Enter the password again' }));
  expect(await screen.findByLabelText('App password')).toHaveValue(secret);
});

test('a foreign certificate is shown, and accepted as exactly that one', async () => {
  const sha256 = 'ab'.repeat(32);
  const { user, main } = await openWizard({
    handlers: {
      'mailboxes.check': async ({ draft }) =>
        draft.settings.incoming?.pinnedCertificate === sha256
          ? goodCheck
          : {
              ok: false,
              steps: [
                {
                  name: 'encrypt',
                  milliseconds: 9,
                  seen: '',
                  finding: null,
                  problem: { code: 'tls.certificate-untrusted', params: { host: 'imap.yandex.com' } },
                },
              ],
              certificate: {
                endpoint: 'incoming',
                sha256,
                subject: 'CN=mail.inside',
                issuer: 'CN=Inside CA',
                validFrom: Date.UTC(2025, 0, 1),
                validTo: Date.UTC(2027, 0, 1),
              },
            },
    },
  });
  await typeAddressAndPassword(user);
  expect(await screen.findByText('CN=Inside CA')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Accept exactly this certificate' }));
  await screen.findByText('312 letters will be loaded');
  await user.click(screen.getByRole('button', { name: 'Add the mailbox' }));
  await screen.findByText('help@yandex.ru is connected');
  expect(main.calls.find(({ name }) => name === 'mailboxes.add')?.input).toMatchObject({
    draft: { settings: { incoming: { pinnedCertificate: sha256 }, outgoing: { pinnedCertificate: null } } },
  });
});

test('leaving the wizard ends a check that still runs', async () => {
  let ended = false;
  const { user } = await openWizard({
    handlers: {
      'mailboxes.check': (_input, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            ended = true;
            reject(new AppError('cancelled'));
          });
        }),
    },
  });
  await typeAddressAndPassword(user);
  await screen.findByText('Checking the connection');
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(ended).toBe(true));
});

test('a mailbox without encryption is marked before it is added', async () => {
  const { user } = await openWizard();
  await user.type(screen.getByLabelText('E-mail address'), 'help@northwind.example{Enter}');
  await user.click(await screen.findByRole('button', { name: /Type the names/ }));
  await screen.findByDisplayValue('imap.northwind.example');
  expect(screen.queryByText('Not encrypted')).not.toBeInTheDocument();
  const [incoming] = screen.getAllByRole('radio', { name: 'None' });
  if (incoming) await user.click(incoming);
  expect(await screen.findByText('Not encrypted')).toBeInTheDocument();
  expect(screen.getByDisplayValue('143')).toBeInTheDocument();
});
