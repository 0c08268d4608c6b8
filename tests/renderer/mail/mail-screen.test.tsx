import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MessageId } from '../../../src-shared/domain/ids.ts';
import type { MessageSummary } from '../../../src-shared/domain/message.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { cannedLetterAt, cannedMail } from '../../support/canned-mail.ts';
import { supportId } from '../../support/canned-mailboxes.ts';
import { cannedDesk } from '../../support/canned-tickets.ts';
import { openPage } from '../../support/fake-main.tsx';
import { layOut } from '../../support/laid-out.ts';

let endLayout = () => {};
beforeEach(() => {
  endLayout = layOut();
});
afterEach(() => endLayout());

const rows = () => screen.findAllByRole('option');
const list = async () => (await screen.findByRole('listbox', { name: 'Letters' })) as HTMLElement;
const selectedRow = async () => within(await list()).findByRole('option', { selected: true });
const reader = () => screen.findByRole('article');

describe('the list', () => {
  it('holds 100,000 letters and only as many rows as are in view', async () => {
    openPage('/mail', { handlers: cannedMail({ count: 100_000 }) });
    await screen.findByText('100,000 letters');
    expect((await rows()).length).toBeLessThan(30);
    expect((await rows())[0]).toHaveAttribute('aria-setsize', '100000');
  });

  it('moves by j, k and the arrows, and shows the letter it rests on', async () => {
    const user = userEvent.setup();
    openPage('/mail', { handlers: cannedMail() });
    await rows();
    await user.keyboard('jjj');
    expect(await selectedRow()).toHaveAttribute('aria-posinset', '3');
    await user.keyboard('k');
    expect(await selectedRow()).toHaveAttribute('aria-posinset', '2');
    (await list()).focus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(await selectedRow()).toHaveAttribute('aria-posinset', '4');
    await waitFor(async () => expect(await reader()).toHaveAccessibleName('Нет горячей воды в третьем подъезде'));
  });

  it('keeps its selection when letters come in above it', async () => {
    const user = userEvent.setup();
    let more = 0;
    const canned = cannedMail();
    const { main } = openPage('/mail', {
      handlers: {
        ...canned,
        'mail.count': async () => ({ total: 60 + more }),
        'mail.list': async (input, signal) => {
          const known = (await canned['mail.list']?.(input, signal)) as MessageSummary[];
          const fresh = Array.from({ length: more }, (_, at) => ({
            ...cannedLetterAt(0),
            id: (1_000_000 + more - at) as MessageId,
            subject: `New ${at}`,
          }));
          return input.before === null ? [...fresh, ...known] : known;
        },
      },
    });
    await rows();
    await user.keyboard('jjj');
    const subject = (await selectedRow()).textContent;
    more = 2;
    main.emit('mail.changed', { mailboxId: supportId });
    await screen.findByText('New 0');
    const row = await selectedRow();
    expect(row.textContent).toBe(subject);
    expect(row).toHaveAttribute('aria-posinset', '5');
  });

  it('says that letters could not be read, and reads them again', async () => {
    const user = userEvent.setup();
    let broken = true;
    const canned = cannedMail({ count: 5 });
    openPage('/mail', {
      handlers: {
        ...canned,
        'mail.list': async (input, signal) => {
          if (broken) throw new AppError('store.unavailable');
          return (await canned['mail.list']?.(input, signal)) ?? [];
        },
      },
    });
    const again = await screen.findByRole('button', { name: 'Try again' });
    broken = false;
    await user.click(again);
    await waitFor(async () => expect(await rows()).toHaveLength(5));
  });
});

describe('the search', () => {
  it('has the focus after /, and gives it back to the list', async () => {
    const user = userEvent.setup();
    openPage('/mail', { handlers: cannedMail() });
    await rows();
    await user.keyboard('/');
    expect(screen.getByRole('searchbox', { name: 'Search letters' })).toHaveFocus();
    await user.keyboard('pump{Enter}');
    expect(await list()).toHaveFocus();
    expect(await screen.findByText(/letters found/)).toBeInTheDocument();
  });

  it('drops the answer to an older query that comes late', async () => {
    let release = () => {};
    const late = new Promise<void>((done) => {
      release = done;
    });
    const { main } = openPage('/mail', {
      handlers: {
        ...cannedMail(),
        'mail.search': async ({ query }) => {
          if (query === 'slow') await late;
          return [{ ...cannedLetterAt(0), subject: `found by ${query}` }];
        },
      },
    });
    await rows();
    // Typed at once: the panes take the pointer where nothing is laid out.
    const type = (value: string) => fireEvent.change(screen.getByRole('searchbox'), { target: { value } });
    type('slow');
    await waitFor(() => expect(main.calls.some(({ name }) => name === 'mail.search')).toBe(true));
    type('fast');
    await screen.findByText('found by fast');
    release();
    await waitFor(() => expect(screen.queryByText('found by slow')).not.toBeInTheDocument());
    expect(screen.getByText('found by fast')).toBeInTheDocument();
  });

  it('says when nothing matches, and offers the way back', async () => {
    const user = userEvent.setup();
    openPage('/mail?q=nothing', { handlers: cannedMail() });
    expect(await screen.findByText('No letter matches “nothing”.')).toBeInTheDocument();
    await user.click(screen.getAllByRole('button', { name: 'Clear the search' })[1] as HTMLElement);
    expect((await rows()).length).toBeGreaterThan(3);
  });
});

it('a letter becomes a ticket by t, with the template that was chosen', async () => {
  const user = userEvent.setup();
  const { main, router } = openPage('/mail', { handlers: { ...cannedMail(), ...cannedDesk() } });
  await rows();
  await user.keyboard('jt');
  const dialog = await screen.findByRole('dialog', { name: 'Make a ticket of this letter' });
  await waitFor(() => expect(within(dialog).getByRole('button', { name: 'Make a ticket' })).toBeEnabled());
  await user.click(within(dialog).getByRole('button', { name: 'Make a ticket' }));
  await waitFor(() => expect(router.state.location.pathname).toMatch(/^\/tickets\/\d+$/));
  expect(main.calls.find(({ name }) => name === 'tickets.makeFromLetter')?.input).toEqual({
    messageId: 1_000_000,
    templateId: 1,
  });
});

it('says calmly that there is no network, and shows everything all the same', async () => {
  openPage('/mail', { handlers: { ...cannedMail(), 'console.network': async () => ({ online: false }) } });
  expect(await screen.findByText('Offline. Everything loaded so far can be read and searched.')).toBeInTheDocument();
  expect((await rows()).length).toBeGreaterThan(3);
});

it('opens on the letter of its address', async () => {
  openPage('/mail?letter=999996', { handlers: cannedMail() });
  expect(await reader()).toHaveAccessibleName('Order 44120 has been shipped');
  expect(await selectedRow()).toHaveAttribute('aria-posinset', '5');
});

it('a letter of which only the header is here says so, and is loaded whole on request', async () => {
  const user = userEvent.setup();
  const canned = cannedMail();
  const { main } = openPage('/mail?letter=1000000', {
    handlers: {
      ...canned,
      'mail.letter': async (input, signal) => {
        const letter = await canned['mail.letter']?.(input, signal);
        if (!letter) throw new AppError('message.gone');
        const summary = { ...letter.summary, state: 'too-large' as const, size: 40_200_000 };
        return { ...letter, summary, text: '', html: null };
      },
    },
  });
  expect(await screen.findByText('Only the header of this letter was loaded')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Load it anyway, 40 MB' }));
  await waitFor(() =>
    expect(main.calls.find(({ name }) => name === 'quarantine.fetchAnyway')?.input).toEqual({ messageId: 1_000_000 }),
  );
});

it('opens another letter of the conversation', async () => {
  const user = userEvent.setup();
  openPage('/mail?letter=1000000', { handlers: cannedMail() });
  await user.click(await screen.findByRole('button', { name: '4 letters in the conversation' }));
  const conversation = within(screen.getByRole('region', { name: 'Conversation' }));
  const letters = conversation.getAllByRole('listitem');
  expect(letters).toHaveLength(4);
  await user.click(within(letters[0] as HTMLElement).getByRole('button'));
  await waitFor(async () => expect(await selectedRow()).toHaveAttribute('aria-posinset', '7'));
});
