import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cannedDesk } from '../../support/canned-tickets.ts';
import { openPage } from '../../support/fake-main.tsx';
import { layOut } from '../../support/laid-out.ts';

let endLayout = () => {};
beforeEach(() => {
  endLayout = layOut();
  sessionStorage.clear();
});
afterEach(() => endLayout());

const rows = () => screen.findAllByRole('option');
const asked = (main: ReturnType<typeof openPage>['main']) =>
  main.calls.filter(({ name }) => name === 'tickets.list').map(({ input }) => (input as { filter: object }).filter);

it('shows what is still to be done; a chip adds the rest', async () => {
  const user = userEvent.setup();
  const { main } = openPage('/tickets', { handlers: cannedDesk() });
  await rows();
  expect(asked(main).at(-1)).toMatchObject({ states: ['new', 'open', 'waiting'] });
  await user.click(screen.getByRole('checkbox', { name: /^Solved/ }));
  await waitFor(() => expect(asked(main).at(-1)).toMatchObject({ states: ['new', 'open', 'waiting', 'solved'] }));
});

it('state and delivery are words, not only colours', async () => {
  openPage('/tickets', { handlers: cannedDesk() });
  const [first, second] = await rows();
  expect(within(first as HTMLElement).getByText('New')).toBeInTheDocument();
  expect(within(second as HTMLElement).getByText('Failed')).toBeInTheDocument();
});

it('opens by Enter, and comes back to the same row', async () => {
  const user = userEvent.setup();
  const { router } = openPage('/tickets', { handlers: cannedDesk() });
  await rows();
  await user.keyboard('jj{Enter}');
  await waitFor(() => expect(router.state.location.pathname).toBe('/tickets/39'));
  await screen.findByRole('region', { name: 'Conversation' });
  await user.keyboard('{Escape}');
  await waitFor(() => expect(router.state.location.pathname).toBe('/tickets'));
  expect(await screen.findByRole('option', { selected: true })).toHaveAttribute('aria-posinset', '2');
});

it('10,000 tickets are only as many rows as are in view', async () => {
  openPage('/tickets', { handlers: cannedDesk({ count: 10_000 }) });
  await screen.findByText('7,500 tickets');
  expect((await rows()).length).toBeLessThan(40);
});

it('says when the filters leave nothing, and shows all again', async () => {
  const user = userEvent.setup();
  openPage('/tickets', { handlers: cannedDesk() });
  await rows();
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'nothing like it' } });
  expect(await screen.findByText('No ticket matches these filters.')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Show all tickets' }));
  expect((await rows()).length).toBeGreaterThan(5);
});

it('without any ticket it says how tickets come about', async () => {
  const user = userEvent.setup();
  const counts = { new: 0, open: 0, waiting: 0, solved: 0, closed: 0 };
  const { router } = openPage('/tickets', {
    handlers: { ...cannedDesk({ count: 0 }), 'tickets.counts': async () => counts },
  });
  await user.click(await screen.findByRole('button', { name: 'Set up rules' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/rules'));
});
