import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { MailboxDraft } from '../../../src-shared/contract/mailboxes.ts';
import type { LoadProgress } from '../../../src-shared/domain/loading.ts';
import type { ReceivingMailbox, ReceivingSettings } from '../../../src-shared/domain/mailbox-directions.ts';
import { oauthSettingsSchema } from '../../../src-shared/domain/oauth.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { appPasswordProvider, cannedProgress, settingsOf, supportId } from '../../support/canned-mailboxes.ts';
import { type FakeMain, type FakeMainOptions, openPage } from '../../support/fake-main.tsx';

const address = 'support@northwind.example';
const anna = 'anna@northwind.example';
const [, troubled] = cannedProgress as readonly [LoadProgress, LoadProgress];
const microsoft = { ...appPasswordProvider, id: 'microsoft365', name: 'Microsoft 365', oauth: 'microsoft' } as const;
const oauth = oauthSettingsSchema.parse({ authority: 'microsoft', clientId: 'an-application' });

/** Whoever comes back from the browser, one after another. */
function comingBack(
  ...accounts: readonly string[]
): Pick<NonNullable<FakeMainOptions['handlers']>, 'mailboxes.signIn'> {
  const left = [...accounts];
  return {
    'mailboxes.signIn': async () => {
      const account = left.shift() ?? null;
      return { signInId: `signed in as ${account}`, account };
    },
  };
}

const draftsIn = ({ calls }: FakeMain, called: string) =>
  calls.filter(({ name }) => name === called).map(({ input }) => (input as { readonly draft: MailboxDraft }).draft);
const question = () => screen.findByRole('group', { name: /^Signed in as/ });
const answer = async (name: string | RegExp) => within(await question()).getByRole('button', { name });
const shared = `${anna} opens the shared mailbox ${address}`;

describe('while a mailbox of Microsoft 365 is added', () => {
  async function signInAtWizard(...accounts: readonly string[]) {
    const user = userEvent.setup();
    const { main } = openPage('/mailboxes/add', {
      kind: 'empty',
      handlers: {
        ...comingBack(...accounts),
        'mailboxes.detect': async () => {
          const facts = { domain: 'northwind.example', source: 'directory', incoming: null, outgoing: null } as const;
          return { ...facts, address, login: address, provider: { ...microsoft, signIn: ['oauth2'] } };
        },
      },
    });
    await user.type(await screen.findByLabelText('E-mail address'), `${address}{Enter}`);
    await user.type(await screen.findByLabelText('Application ID (client ID)'), 'an-application');
    await user.click(screen.getByRole('button', { name: 'Sign in in the browser' }));
    return { user, main };
  }

  test('a colleague’s account is asked about, and opens the shared mailbox after one more sign-in', async () => {
    const { user, main } = await signInAtWizard(anna, anna);
    expect(await question()).toHaveAccessibleName(`Signed in as ${anna}, but the mailbox is ${address}.`);
    expect(await question()).toHaveFocus();
    await user.click(screen.getByRole('button', { name: 'Next' }));
    expect(await screen.findByText('Sign in first.')).toBeInTheDocument();
    await user.tab();
    expect(await answer(shared)).toBeInTheDocument();
    await user.click(await answer(shared));
    expect(await screen.findByText(`Signed in as ${anna}.`)).toBeInTheDocument();
    expect(draftsIn(main, 'mailboxes.signIn').map(({ settings }) => settings.oauth?.signInAs)).toEqual(['', anna]);
    expect(screen.getByLabelText('Signs in for this mailbox')).toHaveValue(anna);
  });

  test('the same account under another name goes on as it is', async () => {
    const { user, main } = await signInAtWizard('help@northwind.example');
    await user.click(await answer(/under another name/));
    expect(await screen.findByText('Signed in as help@northwind.example.')).toBeInTheDocument();
    expect(screen.getByLabelText('Signs in for this mailbox')).toHaveValue('');
    expect(draftsIn(main, 'mailboxes.signIn')).toHaveLength(1);
  });

  test('somebody else signs in, and whoever was to sign in is named where another came', async () => {
    const { user } = await signInAtWizard(anna, 'SUPPORT@northwind.example', 'boris@northwind.example');
    await user.click(await answer('Sign in as somebody else'));
    expect(await screen.findByText('Signed in as SUPPORT@northwind.example.')).toBeInTheDocument();
    await user.type(screen.getByLabelText('Signs in for this mailbox'), anna);
    await user.click(screen.getByRole('button', { name: 'Sign in in the browser' }));
    expect(await question()).toHaveAccessibleName(
      `Signed in as boris@northwind.example, but ${anna} was to sign in for the mailbox ${address}.`,
    );
    // Typed otherwise, it is another question.
    await user.type(screen.getByLabelText('Signs in for this mailbox'), '.uk');
    expect(screen.queryByRole('group', { name: /^Signed in as/ })).toBeNull();
  });
});

const endpoint = { login: address, signIn: 'oauth2', encryption: 'tls', pinnedCertificate: null } as const;
const graph = {
  ...endpoint,
  host: 'graph.microsoft.com',
  port: 443,
  protocol: 'graph',
  graph: { mailbox: '' },
} as const;
const imap = { ...endpoint, host: 'outlook.office365.com', port: 993, protocol: 'imap' } as const;

function mailboxBy(incoming: ReceivingSettings['incoming']): ReceivingMailbox {
  const settings = settingsOf(address, { incoming, outgoing: null, oauth });
  return { id: supportId, enabled: true, demo: false, createdAt: 0, settings };
}

function handlersFor(mailbox: ReceivingMailbox, ...accounts: readonly string[]) {
  return {
    ...comingBack(...accounts),
    'mailboxes.list': async () => [mailbox],
    'mailboxes.get': async () => mailbox,
  } satisfies FakeMainOptions['handlers'];
}

describe('in the page of a saved mailbox', () => {
  test('a colleague’s account is asked about before it counts as signed in', async () => {
    const user = userEvent.setup();
    const { main } = openPage(`/mailboxes/${supportId}`, { handlers: handlersFor(mailboxBy(imap), anna) });
    await user.click(await screen.findByRole('button', { name: 'Sign in in the browser' }));
    await user.click(await answer(shared));
    // Over IMAP what was allowed is enough.
    expect(await screen.findByText(`Signed in as ${anna}.`)).toBeInTheDocument();
    expect(screen.getByLabelText('Signs in for this mailbox')).toHaveValue(anna);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(draftsIn(main, 'mailboxes.update')).toHaveLength(1));
    expect(draftsIn(main, 'mailboxes.update')[0]).toMatchObject({
      settings: { oauth: { signInAs: anna } },
      providerSignIn: { signInId: `signed in as ${anna}` },
    });
  });
});

describe('“Sign in again”', () => {
  async function signInAgain(mailbox: ReceivingMailbox, handlers: FakeMainOptions['handlers']) {
    const user = userEvent.setup();
    const problem = { code: 'auth.expired', params: { host: mailbox.settings.incoming.host } } as const;
    const { main } = openPage('/', {
      handlers: {
        ...handlers,
        'loading.status': async () => [{ ...troubled, mailboxId: mailbox.id, problem }],
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Mend the sign-in' }));
    return { user, main, dialog: await screen.findByRole('dialog') };
  }

  test('does not keep a colleague’s account before it is said what it means', async () => {
    const { user, main } = await signInAgain(mailboxBy(imap), handlersFor(mailboxBy(imap), anna));
    expect(await question()).toHaveFocus();
    expect(draftsIn(main, 'mailboxes.update')).toEqual([]);
    await user.click(await answer(/under another name/));
    await screen.findByText(`${address}: signed in, loading goes on.`);
    expect(draftsIn(main, 'mailboxes.update')).toMatchObject([{ settings: { oauth: { signInAs: '' } } }]);
  });

  test('keeps who signs in for the shared mailbox, and asks before other letters are touched on the server', async () => {
    const mailbox = mailboxBy(graph);
    const { user, main, dialog } = await signInAgain(mailbox, {
      ...handlersFor(mailbox, anna, anna),
      'mailboxes.update': async ({ draft, confirmed }) => {
        if (!confirmed) throw new AppError('mailbox.not-confirmed');
        return { ...mailbox, settings: draft.settings };
      },
    });
    await user.click(await answer(shared));
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(/letters of the mailbox support@.* itself are/);
    await user.click(within(dialog).getByRole('button', { name: 'Keep the sign-in' }));
    await screen.findByText(`${address}: signed in, loading goes on.`);
    expect(draftsIn(main, 'mailboxes.update').at(-1)).toMatchObject({ settings: { oauth: { signInAs: anna } } });
  });
});
