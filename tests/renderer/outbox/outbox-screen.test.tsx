import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { Outgoing } from '../../../src-shared/domain/outgoing.ts';
import { cannedAnswer, cannedDesk } from '../../support/canned-tickets.ts';
import { openPage } from '../../support/fake-main.tsx';

const answers = async () => within(await screen.findByRole('list', { name: 'Answers' })).getAllByRole('listitem');

it('what needs a person stands first, each answer with its state in a word', async () => {
  openPage('/outbox', { handlers: cannedDesk() });
  const states = (await answers()).map(
    (row) => /^(Unknown|Failed|Queued|Accepted|Cancelled)/.exec(row.textContent ?? '')?.[0],
  );
  expect(states).toEqual(['Unknown', 'Failed', 'Queued', 'Accepted', 'Cancelled']);
});

it('offers to each state what can be done about it, and nothing else', async () => {
  openPage('/outbox', { handlers: cannedDesk() });
  const offered = (await answers()).map((row) =>
    within(row)
      .queryAllByRole('button')
      .map((button) => button.textContent),
  );
  expect(offered).toEqual([['It was delivered', 'Send again'], ['Send again'], ['Cancel sending'], [], ['Send again']]);
});

it('says what the server said, once', async () => {
  openPage('/outbox', { handlers: cannedDesk() });
  await answers();
  expect(screen.getAllByText(/550 5\.1\.1 Recipient address rejected/)).toHaveLength(1);
});

it('an unknown one is found delivered by a person', async () => {
  const user = userEvent.setup();
  const { main } = openPage('/outbox', { handlers: cannedDesk() });
  await answers();
  await user.click(screen.getByRole('button', { name: 'It was delivered' }));
  await waitFor(() =>
    expect(main.calls.find(({ name }) => name === 'outbox.markDelivered')?.input).toEqual({ outgoingId: 3 }),
  );
});

it('shows one kind, sends all that wait, and leads to the ticket', async () => {
  const user = userEvent.setup();
  const { main, router } = openPage('/outbox', { handlers: cannedDesk() });
  await answers();
  await user.click(screen.getByRole('radio', { name: 'Needs you' }));
  await waitFor(async () => expect(await answers()).toHaveLength(2));
  await user.click(screen.getByRole('button', { name: 'Send now' }));
  await waitFor(() => expect(main.calls.some(({ name }) => name === 'outbox.flush')).toBe(true));
  await user.click(screen.getAllByRole('link', { name: 'Ticket #12' })[0] as HTMLElement);
  await waitFor(() => expect(router.state.location.pathname).toBe('/tickets/12'));
});

it('is calm when there is no network', async () => {
  openPage('/outbox', { handlers: { ...cannedDesk(), 'console.network': async () => ({ online: false }) } });
  expect(await screen.findByText(/Answers wait and go out by themselves/)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Send now' })).toBeDisabled();
});

it('is empty in one sentence', async () => {
  openPage('/outbox', { handlers: cannedDesk({ count: 0 }) });
  expect(await screen.findByText(/Answers to tickets wait here/)).toBeInTheDocument();
});

it('a letter that some have got is said to be partly accepted, and who has it', async () => {
  const [anna, boris] = ['anna@firma.example', 'boris@firma.example'];
  const partly = cannedAnswer(9, 'failed', {
    to: [anna, boris].map((address) => ({ name: '', address })),
    recipients: [
      { address: anna, state: 'accepted', serverWords: '' },
      { address: boris, state: 'failed', serverWords: '550 5.1.1 no such person' },
    ],
    problem: { code: 'recipient.some-refused', params: { host: 'smtp.example.com' } },
  });
  openPage('/outbox', { handlers: { ...cannedDesk(), 'outbox.list': async () => [partly] } });
  expect(await screen.findByText('Partly accepted')).toBeInTheDocument();
  const each = within(screen.getByRole('list', { name: 'Recipients, one by one' })).getAllByRole('listitem');
  expect(each.map((row) => row.textContent)).toEqual([`Accepted${anna}`, `Failed${boris}550 5.1.1 no such person`]);
});

const inMinutes = (minutes: number): number => Date.now() + minutes * 60_000 - 5_000;
const putOff = cannedAnswer(4, 'queued', {
  problem: { code: 'server.unavailable', params: { host: 'smtp.example.com', serverWords: '451 4.2.0 later' } },
  nextAttemptAt: inMinutes(30),
  givesUpAt: inMinutes(4 * 24 * 60 + 60),
});
const only = (answer: Outgoing) => ({ ...cannedDesk(), 'outbox.list': async () => [answer] });

it('an answer that a server puts off says when it is tried next, and when it is given up', async () => {
  openPage('/outbox', { handlers: only(putOff) });
  const [row] = await answers();
  expect(row).toHaveTextContent('Next attempt in 30 minutes');
  expect(row).toHaveTextContent('Gives up in 4 days');
});

it('one that waits for a line is never given up, and waits for the network where there is none', async () => {
  const handlers = only({ ...putOff, problem: null, givesUpAt: null });
  openPage('/outbox', { handlers: { ...handlers, 'console.network': async () => ({ online: false }) } });
  await screen.findByText(/Waits for the network/);
  const [row] = await answers();
  expect(row).not.toHaveTextContent(/Gives up|Next attempt/);
});

it('a copy that could not be kept is said beside an answer that stays accepted, with nothing to send again', async () => {
  const problem = { code: 'sent-copy.too-large' as const, params: { host: 'imap.example.com', serverWords: 'TOOBIG' } };
  const sentCopy = { state: 'failed' as const, nextAttemptAt: null, problem };
  openPage('/outbox', { handlers: only(cannedAnswer(5, 'accepted', { sentCopy })) });
  expect(await screen.findByText(/Server imap\.example\.com keeps no letters of this size/)).toBeInTheDocument();
  const [row] = await answers();
  expect(row).toHaveTextContent(/^Accepted/);
  expect(within(row as HTMLElement).queryAllByRole('button')).toEqual([]);
});

it('what waits is cancelled, and what failed is sent again, by one click; what may have arrived is asked about first', async () => {
  const user = userEvent.setup();
  const { main } = openPage('/outbox', { handlers: cannedDesk() });
  await answers();
  const inputs = (name: string) => main.calls.filter((call) => call.name === name).map(({ input }) => input);
  const [unknown, failed] = screen.getAllByRole('button', { name: 'Send again' });
  await user.click(screen.getByRole('button', { name: 'Cancel sending' }));
  await user.click(failed as HTMLElement);
  await waitFor(() => expect(inputs('outbox.sendAgain')).toEqual([{ outgoingId: 2 }]));
  expect(inputs('outbox.cancel')).toEqual([{ outgoingId: 4 }]);
  await user.click(unknown as HTMLElement);
  const dialog = await screen.findByRole('dialog');
  expect(inputs('outbox.sendAgain')).toHaveLength(1);
  await user.click(within(dialog).getByRole('button', { name: 'Send again' }));
  await waitFor(() => expect(inputs('outbox.sendAgain')).toEqual([{ outgoingId: 2 }, { outgoingId: 3 }]));
});
