import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerFilter } from '../../../src-shared/domain/ledger.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { cannedBalances, cannedLedger } from '../../support/canned-ledger.ts';
import { supportId } from '../../support/canned-mailboxes.ts';
import { cannedDesk } from '../../support/canned-tickets.ts';
import { openPage } from '../../support/fake-main.tsx';
import { layOut } from '../../support/laid-out.ts';

let endLayout = () => {};
beforeEach(() => {
  endLayout = layOut();
});
afterEach(() => endLayout());

type Main = ReturnType<typeof openPage>['main'];
const ofSupport = `/ledger?mailbox="${supportId}"`;
const rows = () => screen.findAllByRole('option');
const story = () => screen.findByRole('article', { name: 'Story of the letter' });
const balances = async () => within(await screen.findByRole('list', { name: 'Closing balance' }));
const called = (main: Main, method: string) =>
  main.calls.filter(({ name }) => name === method).map(({ input }) => input);
const lastFilter = (main: Main) => (called(main, 'ledger.list').at(-1) as { filter: LedgerFilter }).filter;

describe('the closing balance', () => {
  it('says for each folder that what is on the server is in the ledger, and of what it consists', async () => {
    openPage(ofSupport);
    const inbox = (await (await balances()).findByRole('button', { name: 'INBOX' })).closest('li') as HTMLElement;
    expect(inbox).toHaveTextContent('On the server 1,204 = in the ledger 1,204 unexplained 0');
    expect(inbox).toHaveTextContent('loaded 1,160to be loaded 4before the period 38too large 2');
    expect(screen.getByText(/^Counted/)).toBeInTheDocument();
  });

  it('names what is unexplained, and loads it in one click', async () => {
    const user = userEvent.setup();
    const { main } = openPage(ofSupport);
    const projects = (await (await balances()).findByRole('button', { name: 'Projects' })).closest('li') as HTMLElement;
    expect(projects).toHaveTextContent('On the server 217 ≠ in the ledger 212 unexplained 5');
    await user.click(within(projects).getByRole('button', { name: 'Which ones' }));
    expect(within(projects).getByText('UID 17, 101–103, 240')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Load them' }));
    expect(await screen.findByText('8 letters loaded. Unexplained now: 0.')).toBeInTheDocument();
    expect(called(main, 'ledger.loadMissing')).toEqual([{ mailboxId: supportId }]);
  });

  it('is counted again on demand, and says what came of it', async () => {
    const user = userEvent.setup();
    const even = cannedBalances.filter(({ path }) => path === 'INBOX');
    openPage(ofSupport, { handlers: { 'ledger.recount': async () => even } });
    await user.click(await screen.findByRole('button', { name: 'Count again' }));
    expect(await screen.findByText('Counted. Everything on the server is in the ledger.')).toBeInTheDocument();
  });

  it('says why it could not be counted', async () => {
    const user = userEvent.setup();
    openPage(ofSupport, {
      handlers: {
        'ledger.recount': async () => {
          throw new AppError('network.unreachable', { host: 'imap.northwind.example', port: 993 });
        },
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Count again' }));
    expect(await screen.findByText(/Server imap.northwind.example cannot be reached/)).toBeInTheDocument();
  });

  it('narrows the list to its folder', async () => {
    const user = userEvent.setup();
    const { main } = openPage('/ledger');
    await user.click(await (await balances()).findByRole('button', { name: 'support@northwind.example' }));
    await user.click(await (await balances()).findByRole('button', { name: 'Projects' }));
    await waitFor(() => expect(lastFilter(main)).toMatchObject({ mailboxId: supportId, folderId: 2 }));
    const folders = (await rows()).map((row) => within(row).getByTitle(/^(Projects|INBOX)$/).textContent);
    expect(new Set(folders)).toEqual(new Set(['Projects']));
  });
});

describe('the list', () => {
  it('holds 100,000 letters and only as many rows as are in view', async () => {
    openPage('/ledger', { handlers: cannedLedger({ count: 100_000 }) });
    await screen.findByText('More than 500 letters');
    expect((await rows()).length).toBeLessThan(30);
  });

  it('finds a customer’s letter by sender, subject or Message-ID, and says when there is none', async () => {
    const user = userEvent.setup();
    const { main } = openPage('/ledger');
    await rows();
    await user.keyboard('/');
    const search = screen.getByRole('searchbox');
    expect(search).toHaveFocus();
    fireEvent.change(search, { target: { value: 'i.volkova@' } });
    await waitFor(async () => expect((await rows())[0]).toHaveTextContent('Ирина Волкова'));
    expect(lastFilter(main).query).toBe('i.volkova@');
    fireEvent.change(search, { target: { value: 'nobody' } });
    expect(await screen.findByText(/No letter with “nobody” was found/)).toBeInTheDocument();
  });

  it('does not claim that a letter is nowhere while a filter hides the rest', async () => {
    const user = userEvent.setup();
    const { main } = openPage('/ledger?q=volkova&show=["held"]');
    await user.click(await screen.findByRole('button', { name: 'Look everywhere' }));
    await waitFor(() => expect(lastFilter(main)).toMatchObject({ statuses: [], query: 'volkova' }));
    expect((await rows()).length).toBeGreaterThan(1);
  });

  it('shows those of one standing, each with its reason in words', async () => {
    const user = userEvent.setup();
    const { main } = openPage('/ledger');
    await rows();
    await user.click(screen.getByRole('checkbox', { name: 'Left out' }));
    await waitFor(() => expect(lastFilter(main).statuses).toEqual(['held']));
    await waitFor(async () =>
      expect((await rows())[0]).toHaveTextContent(/Left out.*older than the first-load period/),
    );
  });

  it('is written as CSV as it is filtered, and says where to', async () => {
    const user = userEvent.setup();
    const { main } = openPage('/ledger?show=["quarantined"]');
    await user.click(await screen.findByRole('button', { name: 'Export as CSV' }));
    expect(await screen.findByText('60 lines written: /home/user/Documents/ledger.csv')).toBeInTheDocument();
    expect(called(main, 'ledger.export')).toMatchObject([{ filter: { statuses: ['quarantined'] } }]);
  });

  it('says why it could not be written', async () => {
    const user = userEvent.setup();
    openPage('/ledger', {
      handlers: {
        'ledger.export': async () => {
          throw new AppError('file.not-written', { path: '/media/stick/ledger.csv' });
        },
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Export as CSV' }));
    expect(await screen.findByText('The file /media/stick/ledger.csv could not be written.')).toBeInTheDocument();
  });

  it('says that it could not be read, and reads it again', async () => {
    const user = userEvent.setup();
    let broken = true;
    const canned = cannedLedger();
    openPage('/ledger', {
      handlers: {
        'ledger.list': async (input, signal) => {
          if (broken) throw new AppError('store.unavailable');
          return canned['ledger.list'](input, signal);
        },
      },
    });
    const again = await screen.findByRole('button', { name: 'Try again' });
    broken = false;
    await user.click(again);
    expect((await rows()).length).toBeGreaterThan(5);
  });

  it('is empty in one sentence', async () => {
    openPage('/ledger', { kind: 'empty' });
    expect(await screen.findByText(/Each letter seen on a server gets its line here/)).toBeInTheDocument();
  });

  it('sees a change without being asked', async () => {
    const { main } = openPage('/ledger');
    await rows();
    const before = called(main, 'ledger.list').length;
    main.emit('ledger.changed', { mailboxId: supportId });
    await waitFor(() => expect(called(main, 'ledger.list').length).toBeGreaterThan(before));
  });
});

describe('the story', () => {
  it('follows j, k and the arrows, and tells the whole life of the letter', async () => {
    const user = userEvent.setup();
    openPage('/ledger', { handlers: cannedDesk() });
    await rows();
    await user.keyboard('jj');
    await waitFor(async () => expect(await story()).toHaveTextContent('Became ticket #39'));
    const told = within(within(await story()).getByRole('list', { name: 'What happened, in order' }));
    expect(told.getByText('Moved to Processed/2026')).toBeInTheDocument();
    await user.keyboard('{ArrowUp}');
    await waitFor(async () => expect(await story()).toHaveTextContent('Comes with the next pass.'));
  });

  it('says by which sign a letter came into its ticket', async () => {
    openPage('/ledger?entry=899999', { handlers: cannedDesk() });
    // The canned ticket holds the letter 999999 as an answer.
    expect(await screen.findByText('It answers a letter of this ticket.')).toBeInTheDocument();
  });

  it('opens the letter in Mail, and its ticket', async () => {
    const user = userEvent.setup();
    const { router } = openPage('/ledger?entry=899999', { handlers: cannedDesk() });
    await user.click(await screen.findByRole('button', { name: 'Open in Mail' }));
    await waitFor(() =>
      expect(router.state.location).toMatchObject({ pathname: '/mail', search: { letter: 999_999 } }),
    );
    router.history.back();
    await user.click(await screen.findByRole('button', { name: 'Ticket #39' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/tickets/39'));
  });

  it('leads from one place of a letter to the other', async () => {
    const user = userEvent.setup();
    openPage('/ledger?entry=899997');
    const elsewhere = within(await screen.findByRole('region', { name: 'The same letter in other places' }));
    await user.click(elsewhere.getByRole('button'));
    await waitFor(async () => expect(await story()).toHaveTextContent('UID 4704'));
  });

  it('leads from a quarantined letter to the desk', async () => {
    const user = userEvent.setup();
    const { router } = openPage('/ledger?entry=899998');
    await user.click(await screen.findByRole('button', { name: 'To the quarantine desk' }));
    await waitFor(() =>
      expect(router.state.location).toMatchObject({ pathname: '/quarantine', search: { letter: 999_998 } }),
    );
  });

  it('says what the server said to an action, and tries it again or leaves it', async () => {
    const user = userEvent.setup();
    const { main } = openPage('/ledger?entry=899997');
    const told = within(await story());
    expect(
      await told.findByText(/^Server imap\.northwind\.example refused .*NO \[OVERQUOTA\] Mailbox is full/),
    ).toBeInTheDocument();
    await user.click(told.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(called(main, 'effects.retry')).toEqual([{ effectIds: [4] }]));
    expect(await told.findByText('To be moved to Processed/2026')).toBeInTheDocument();
    await user.click(told.getByRole('button', { name: 'Leave it' }));
    expect(await told.findByText('Not moved to Processed/2026: called off')).toBeInTheDocument();
  });

  it('says that the line is gone', async () => {
    openPage('/ledger?entry=5');
    expect(await screen.findByText('The letter is no longer there.')).toBeInTheDocument();
  });
});

describe('on the server', () => {
  it('shows the failed actions first, then those to come', async () => {
    openPage('/ledger?view="server"');
    await waitFor(async () => expect((await rows()).length).toBeGreaterThan(4));
    const kinds = (await rows()).map((row) => (/Could not/.test(row.textContent ?? '') ? 'failed' : 'to come'));
    expect(kinds).toEqual([...kinds].sort());
    expect(kinds[0]).toBe('failed');
    expect(screen.getByText('4 failed')).toBeInTheDocument();
  });

  it('tries all failed ones again', async () => {
    const user = userEvent.setup();
    openPage('/ledger?view="server"');
    await user.click(await screen.findByRole('button', { name: 'Try all again' }));
    expect(await screen.findByText('4 actions will be tried again.')).toBeInTheDocument();
    await waitFor(() => expect(screen.queryByText('4 failed')).not.toBeInTheDocument());
  });

  it('calls all off after a question that says how many', async () => {
    const user = userEvent.setup();
    const { main } = openPage('/ledger?view="server"');
    await user.click(await screen.findByRole('button', { name: 'Call all off' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Call off 6 actions on the server?' }));
    expect(called(main, 'effects.cancel')).toEqual([]);
    await user.click(dialog.getByRole('button', { name: 'Call all off' }));
    expect(await screen.findByText('6 letters stay as they are on the server.')).toBeInTheDocument();
  });

  it('is calm when there is nothing', async () => {
    openPage('/ledger?view="server"', { kind: 'empty' });
    expect(await screen.findByText(/Nothing is to be done on the servers/)).toBeInTheDocument();
  });
});

it('the rail says how many actions failed', async () => {
  openPage('/settings');
  expect(await screen.findByRole('link', { name: 'Ledger: 4 actions on the server failed' })).toBeInTheDocument();
});
