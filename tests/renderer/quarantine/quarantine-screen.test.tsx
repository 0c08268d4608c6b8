import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppContract } from '../../../src-shared/contract/contract.ts';
import type { Emit } from '../../../src-shared/contract/define-contract.ts';
import { defaultSettings } from '../../../src-shared/domain/settings.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { cannedLedger } from '../../support/canned-ledger.ts';
import { cannedMail } from '../../support/canned-mail.ts';
import { asOnDesk } from '../../support/canned-quarantine.ts';
import { cannedDesk } from '../../support/canned-tickets.ts';
import { type FakeMainOptions, openPage } from '../../support/fake-main.tsx';
import { layOut } from '../../support/laid-out.ts';

let endLayout = () => {};
beforeEach(() => {
  endLayout = layOut();
});
afterEach(() => endLayout());

/** Letters by why they are on the canned desk. */
const at = {
  'no-sender-entry': 1_000_000,
  'suspected-sender': 999_999,
  'too-large': 999_998,
  unreadable: 999_997,
  'no-sender': 999_995,
};

function openDesk(
  path: string,
  { onDesk = 9, handlers = {} }: { onDesk?: number; handlers?: FakeMainOptions['handlers'] } = {},
) {
  let emit: Emit<AppContract> = () => undefined;
  const opened = openPage(path, {
    handlers: {
      ...asOnDesk(cannedMail()),
      ...cannedDesk(),
      ...cannedLedger({ onDesk, emit: () => emit }),
      ...handlers,
    },
  });
  emit = opened.main.emit;
  const called = (method: string) => opened.main.calls.filter(({ name }) => name === method).map(({ input }) => input);
  return { ...opened, called };
}

const rows = () => screen.findAllByRole('option');
const selectedRow = () => screen.findByRole('option', { selected: true });
const card = async (title: string | RegExp) => within(await screen.findByRole('region', { name: title }));

describe('the desk', () => {
  it('counts its letters by why they are here, and shows those of one reason', async () => {
    const user = userEvent.setup();
    const { called } = openDesk('/quarantine');
    expect(await screen.findByRole('radio', { name: 'All 9' })).toBeInTheDocument();
    await user.click(screen.getByRole('radio', { name: 'Too large 2' }));
    await waitFor(async () => expect(await rows()).toHaveLength(2));
    expect(called('quarantine.list').at(-1)).toMatchObject({ why: 'too-large', dismissed: false });
  });

  it('holds thousands of letters and only as many rows as are in view', async () => {
    openDesk('/quarantine', { onDesk: 3000 });
    await screen.findByText('More than 500 letters');
    expect((await rows()).length).toBeLessThan(30);
  });

  it('says that no run empties it, and after how many days letters leave, where that is set', async () => {
    openDesk('/quarantine');
    expect(
      await screen.findByText(/Loading never clears this desk: a letter leaves it when somebody decides\.$/),
    ).toBeInTheDocument();
  });

  it('says after how many days letters leave, where that is set', async () => {
    openDesk('/quarantine', { handlers: { 'settings.get': async () => ({ ...defaultSettings, quarantineDays: 30 }) } });
    expect(await screen.findByText(/by itself after 30 days/)).toBeInTheDocument();
  });

  it('is empty in one sentence, with the way to what was dismissed', async () => {
    const user = userEvent.setup();
    openDesk('/quarantine', { onDesk: 0 });
    expect(await screen.findByText(/Nothing waits for a decision/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show dismissed' }));
    expect(await screen.findByText('No letter was dismissed.')).toBeInTheDocument();
  });

  it('says that it could not be read, and reads it again', async () => {
    const user = userEvent.setup();
    let broken = true;
    const canned = cannedLedger();
    openDesk('/quarantine', {
      handlers: {
        'quarantine.list': async (input, signal) => {
          if (broken) throw new AppError('store.unavailable');
          return canned['quarantine.list'](input, signal);
        },
      },
    });
    const again = await screen.findByRole('button', { name: 'Try again' });
    broken = false;
    await user.click(again);
    expect((await rows()).length).toBeGreaterThan(3);
  });

  it('stands in the rail with the number of its letters', async () => {
    openDesk('/settings');
    expect(await screen.findByRole('link', { name: 'Quarantine: 9 letters wait for a decision' })).toBeInTheDocument();
  });

  it('names its keys', async () => {
    const user = userEvent.setup();
    openDesk('/quarantine');
    await rows();
    await user.keyboard('?');
    const help = within(await screen.findByRole('dialog', { name: 'Keys' }));
    expect(help.getByText('Load it anyway')).toBeInTheDocument();
    expect(help.getByText('Dismiss, or put back')).toBeInTheDocument();
  });
});

describe('a letter on the desk', () => {
  it('says why it is here, what that means and what to do; what was seen is folded', async () => {
    const user = userEvent.setup();
    openDesk(`/quarantine?letter=${at['suspected-sender']}`);
    const why = await card('i.volkova@teplo.example may not be the real sender');
    expect(why.getByText(/checks of the sender’s domain have failed.*ask the sender another way/)).toBeInTheDocument();
    const fold = why.getByRole('button', { name: 'What was seen, for people who know mail' });
    expect(fold).toHaveAttribute('aria-expanded', 'false');
    await user.click(fold);
    expect(why.getByText(/dmarc=fail/)).toBeInTheDocument();
  });

  it('that could not be read shows its source', async () => {
    openDesk(`/quarantine?letter=${at.unreadable}`);
    await card('The letter could not be read');
    expect(await screen.findByRole('region', { name: 'Source of the letter' })).toHaveTextContent('Received: from');
  });

  it('that is too large shows its headers, and is loaded anyway', async () => {
    const user = userEvent.setup();
    const { called } = openDesk(`/quarantine?letter=${at['too-large']}`);
    const why = await card('The letter is larger than the limit of its mailbox');
    const headers = within(await screen.findByRole('region', { name: 'Headers' }));
    expect(await headers.findByText('Message-ID')).toBeInTheDocument();
    await user.click(why.getByRole('button', { name: 'Load it anyway, 40 MB' }));
    expect(await screen.findByText('The letter is loaded whole.')).toBeInTheDocument();
    expect(called('quarantine.fetchAnyway')).toEqual([{ messageId: at['too-large'] }]);
  });

  it('that cannot be loaded says why, beside what was asked', async () => {
    const user = userEvent.setup();
    openDesk(`/quarantine?letter=${at['too-large']}`, {
      handlers: {
        'quarantine.fetchAnyway': async () => {
          throw new AppError('network.unreachable', { host: 'imap.northwind.example', port: 993 });
        },
      },
    });
    const why = await card('The letter is larger than the limit of its mailbox');
    await user.click(why.getByRole('button', { name: /^Load it anyway/ }));
    expect(await why.findByText(/cannot be reached/)).toBeInTheDocument();
    await user.keyboard('{Escape}k');
    // What was said about another letter is not said about this one.
    const other = await card(/may not be the real sender/);
    expect(other.queryByText(/cannot be reached/)).not.toBeInTheDocument();
  });

  it('becomes a ticket by t', async () => {
    const user = userEvent.setup();
    const { called, router } = openDesk(`/quarantine?letter=${at['no-sender']}`);
    await card('The letter names no sender');
    await user.keyboard('t');
    const dialog = within(await screen.findByRole('dialog', { name: 'Make a ticket of this letter' }));
    await waitFor(() => expect(dialog.getByRole('button', { name: 'Make a ticket' })).toBeEnabled());
    await user.click(dialog.getByRole('button', { name: 'Make a ticket' }));
    expect(await screen.findByText('Ticket #40 was made.')).toBeInTheDocument();
    expect(called('tickets.makeFromLetter')).toEqual([{ messageId: at['no-sender'], templateId: 1 }]);
    await user.click(screen.getByRole('button', { name: 'Open' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/tickets/40'));
  });

  it('without a sender offers nobody to allow', async () => {
    openDesk(`/quarantine?letter=${at['no-sender']}`);
    const why = await card('The letter names no sender');
    expect(why.queryByRole('button', { name: 'Allow this sender' })).not.toBeInTheDocument();
  });

  it('without a rule lets its sender pass by a complete template, and the next letter comes into its place', async () => {
    const user = userEvent.setup();
    const { called } = openDesk(`/quarantine?letter=${at['no-sender-entry']}`);
    await card('No rule matches anna.petrova@boilers.example');
    await user.keyboard('a');
    const dialog = within(await screen.findByRole('dialog', { name: 'Allow anna.petrova@boilers.example?' }));
    await waitFor(() => expect(dialog.getByRole('button', { name: 'Allow the sender' })).toBeEnabled());
    await user.click(dialog.getByRole('button', { name: 'Allow the sender' }));
    expect(
      await screen.findByText(/anna.petrova@boilers.example is allowed\. 2 letters were released\./),
    ).toBeInTheDocument();
    expect(called('quarantine.allowSender')).toEqual([{ messageId: at['no-sender-entry'], templateId: 1 }]);
    await waitFor(async () => expect(await selectedRow()).toHaveTextContent('Ирина Волкова'));
  });

  it('of a doubtful sender is trusted only after it was said what that means', async () => {
    const user = userEvent.setup();
    const { called } = openDesk(`/quarantine?letter=${at['suspected-sender']}`);
    await user.click(await screen.findByRole('button', { name: 'Trust this sender' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Trust i.volkova@teplo.example?' }));
    expect(dialog.getByText(/Anybody can write this address into a letter/)).toBeInTheDocument();
    expect(called('quarantine.allowSender')).toEqual([]);
    await user.click(dialog.getByRole('button', { name: 'Trust from now on' }));
    await waitFor(() =>
      expect(called('quarantine.allowSender')).toEqual([{ messageId: at['suspected-sender'], templateId: null }]),
    );
  });

  it('is dismissed by d, which can be undone', async () => {
    const user = userEvent.setup();
    const { called } = openDesk(`/quarantine?letter=${at['no-sender-entry']}`);
    await card(/No rule matches/);
    await user.keyboard('d');
    expect(await screen.findByText('Taken off the desk. The letter stays in the mail.')).toBeInTheDocument();
    await waitFor(async () => expect(await selectedRow()).toHaveTextContent('Ирина Волкова'));
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('Back on the desk.')).toBeInTheDocument();
    expect(called('quarantine.dismiss')).toMatchObject([{ dismissed: true }, { dismissed: false }]);
    await waitFor(async () => expect(await rows()).toHaveLength(9));
  });

  it('that was dismissed is put back', async () => {
    const user = userEvent.setup();
    const { called } = openDesk(`/quarantine?letter=${at.unreadable}`);
    await card('The letter could not be read');
    await user.keyboard('d');
    await waitFor(async () => expect(await rows()).toHaveLength(8));
    await user.click(screen.getByRole('switch', { name: 'Show dismissed' }));
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    await user.click((await rows())[0] as HTMLElement);
    await user.click(await screen.findByRole('button', { name: 'Put back on the desk' }));
    await waitFor(() => expect(called('quarantine.dismiss').at(-1)).toMatchObject({ dismissed: false }));
  });

  it('is tried again by r, and says so when nothing has changed for it', async () => {
    const user = userEvent.setup();
    openDesk(`/quarantine?letter=${at.unreadable}`);
    await card('The letter could not be read');
    await user.keyboard('r');
    expect(await screen.findByText('It stays here: for the rules nothing has changed.')).toBeInTheDocument();
  });
});

describe('trying again', () => {
  it('all of them, and says how many were released and how many are still here', async () => {
    const user = userEvent.setup();
    const { called } = openDesk('/quarantine');
    await user.click(await screen.findByRole('button', { name: 'Try all again' }));
    expect(await screen.findByText('Released: 3. Still here: 6.')).toBeInTheDocument();
    expect(called('quarantine.retry')).toEqual([{ messageIds: null }]);
    await waitFor(async () => expect(await rows()).toHaveLength(6));
  });

  it('only those that the filter shows', async () => {
    const user = userEvent.setup();
    const { called } = openDesk('/quarantine?why=too-large');
    await user.click(await screen.findByRole('button', { name: 'Try these 2 again' }));
    await waitFor(() => expect(called('quarantine.retry')).toEqual([{ messageIds: [999_998, 999_992] }]));
  });
});
