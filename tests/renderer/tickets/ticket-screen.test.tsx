import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { cannedMail } from '../../support/canned-mail.ts';
import { cannedMailboxes, supportId } from '../../support/canned-mailboxes.ts';
import { answerEntry, cannedDesk } from '../../support/canned-tickets.ts';
import { openPage } from '../../support/fake-main.tsx';

const openTicket = (handlers: NonNullable<Parameters<typeof openPage>[1]>['handlers'] = {}) =>
  openPage('/tickets/30', { handlers: { ...cannedMail(), ...cannedDesk(), ...handlers } });
const sendButton = () => within(screen.getByRole('region', { name: 'Answer' })).getByRole('button', { name: /^Send/ });
const editor = () => screen.findByRole('textbox', { name: 'Text of the answer' });
const type = async (value: string) => fireEvent.change(await editor(), { target: { value } });

it('an answer that was begun is there again after leaving the ticket', async () => {
  const user = userEvent.setup();
  const { router } = openTicket();
  await type('We come tomorrow.');
  await user.click(screen.getByRole('button', { name: 'Back to tickets' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/tickets'));
  await router.navigate({ to: '/tickets/$ticketId', params: { ticketId: '29' } });
  expect(await editor()).toHaveValue('');
  await router.navigate({ to: '/tickets/$ticketId', params: { ticketId: '30' } });
  await waitFor(async () => expect(await editor()).toHaveValue('We come tomorrow.'));
});

it('an answer stands in the conversation as queued at once, and its draft is gone', async () => {
  const user = userEvent.setup();
  const { main } = openTicket();
  await type('We come tomorrow.');
  (await editor()).focus();
  await user.keyboard('{Control>}{Enter}{/Control}');
  const conversation = within(screen.getByRole('region', { name: 'Conversation' }));
  expect(await conversation.findByText('We come tomorrow.')).toBeInTheDocument();
  expect(conversation.getByText('Queued')).toBeInTheDocument();
  expect(await editor()).toHaveValue('');
  await waitFor(() =>
    expect(main.calls.findLast(({ name }) => name === 'drafts.put')?.input).toMatchObject({ draft: { text: '' } }),
  );
  expect(main.calls.find(({ name }) => name === 'tickets.reply')?.input).toEqual({
    reply: { ticketId: 30, text: 'We come tomorrow.', html: null, attachments: [], nextState: 'waiting' },
  });
});

it('files go with the answer, byte for byte, and can be taken away before', async () => {
  const user = userEvent.setup();
  const { main } = openTicket();
  await type('See the files.');
  const drop = (...files: File[]) =>
    fireEvent.drop(screen.getByRole('region', { name: 'Answer' }), { dataTransfer: { files, types: ['Files'] } });
  drop(new File([new Uint8Array([0, 255, 13])], 'a.bin'), new File(['x'], 'b.txt', { type: 'text/plain' }));
  await user.click(await screen.findByRole('button', { name: 'Remove b.txt' }));
  await user.click(sendButton());
  await waitFor(() => expect(main.calls.some(({ name }) => name === 'tickets.reply')).toBe(true));
  const input = main.calls.find(({ name }) => name === 'tickets.reply')?.input as {
    reply: { attachments: { name: string; type: string; bytes: Uint8Array }[] };
  };
  const [file, ...more] = input.reply.attachments;
  expect([file?.name, file?.type, [...(file?.bytes ?? [])]]).toEqual([
    'a.bin',
    'application/octet-stream',
    [0, 255, 13],
  ]);
  expect(more).toEqual([]);
});

it('files that make a letter too large are told beforehand, and the refusal keeps text and files', async () => {
  const user = userEvent.setup();
  openTicket({
    'mailboxes.list': async () =>
      cannedMailboxes.map(({ settings, ...mailbox }) => ({
        ...mailbox,
        settings: { ...settings, outgoing: settings.outgoing && { ...settings.outgoing, protocol: 'graph' } },
      })),
    'tickets.reply': async () => {
      throw new AppError('answer.too-large', { host: 'graph.example.com', limit: 3 });
    },
  });
  await type('See the file.');
  const drop = (bytes: number) =>
    fireEvent.drop(screen.getByRole('region', { name: 'Answer' }), {
      dataTransfer: { files: [new File([new Uint8Array(bytes)], `${bytes}.bin`)], types: ['Files'] },
    });
  drop(2_000_000);
  await screen.findByRole('button', { name: 'Remove 2000000.bin' });
  expect(screen.queryByText(/This mailbox sends letters of up to/)).toBeNull();
  drop(400_000);
  expect(await screen.findByText(/This mailbox sends letters of up to/)).toBeInTheDocument();
  await user.click(sendButton());
  expect(await screen.findByText(/server graph.example.com takes no larger one/)).toBeInTheDocument();
  expect(await editor()).toHaveValue('See the file.');
  expect(screen.getByRole('button', { name: 'Remove 400000.bin' })).toBeInTheDocument();
});

it('a mailbox that cannot send leads to its settings, and the answer is kept', async () => {
  const user = userEvent.setup();
  const { router } = openTicket({
    'tickets.reply': async () => {
      throw new AppError('mailbox.cannot-send', { mailbox: 'support' });
    },
  });
  await type('We come tomorrow.');
  await user.click(sendButton());
  expect(await editor()).toHaveValue('We come tomorrow.');
  await user.click(await screen.findByRole('button', { name: 'Set up sending' }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/mailboxes/${supportId}`));
});

it('an answer whose delivery is unknown is sent again only after a question', async () => {
  const user = userEvent.setup();
  const canned = cannedDesk();
  const { main } = openTicket({
    'tickets.get': async (input, signal) => {
      const ticket = await canned['tickets.get']?.(input, signal);
      return { summary: ticket?.summary as never, entries: [answerEntry(3, 'unknown')] };
    },
  });
  expect(await screen.findByText(/The line was lost after the text had been sent/)).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Send again' }));
  expect(main.calls.some(({ name }) => name === 'outbox.sendAgain')).toBe(false);
  const dialog = await screen.findByRole('dialog', { name: 'Send it again?' });
  await user.click(within(dialog).getByRole('button', { name: 'Send again' }));
  await waitFor(() =>
    expect(main.calls.find(({ name }) => name === 'outbox.sendAgain')?.input).toEqual({ outgoingId: 3 }),
  );
});

it('a failed answer stands with the words of the server', async () => {
  openTicket();
  expect(await screen.findByText(/550 5\.1\.1 .* User unknown/)).toBeInTheDocument();
});

it('letters, answers and changes are in one line of time, quotes folded', async () => {
  const user = userEvent.setup();
  openTicket();
  const entries = within(await screen.findByRole('region', { name: 'Conversation' })).getAllByRole('listitem');
  expect(entries.length).toBeGreaterThanOrEqual(7);
  expect(screen.getByText('Олег Смирнов took the ticket')).toBeInTheDocument();
  expect(screen.getByText('Олег Смирнов: state New → Open')).toBeInTheDocument();
  expect(screen.queryByText(/Please send a photo/)).not.toBeInTheDocument();
  await user.click(screen.getAllByRole('button', { name: 'Show quoted text' })[0] as HTMLElement);
  expect(screen.getByText(/Please send a photo/)).toBeInTheDocument();
});

it('the letter itself opens in the one component that shows mail', async () => {
  const user = userEvent.setup();
  openTicket();
  await user.click((await screen.findAllByRole('button', { name: 'Show as letter' }))[0] as HTMLElement);
  const frame = await screen.findByTitle('Text of the letter');
  expect(frame.getAttribute('sandbox')).toBe('');
});

it('fields are changed together, and state and assignee at once', async () => {
  const user = userEvent.setup();
  const { main } = openTicket();
  const object = await screen.findByRole('combobox', { name: 'Object' });
  fireEvent.change(object, { target: { value: 'Boiler house 5' } });
  await user.click(screen.getByRole('button', { name: 'Save fields' }));
  await waitFor(() =>
    expect(main.calls.find(({ name }) => name === 'tickets.setFields')?.input).toMatchObject({
      ticketId: 30,
      fields: { object: 'Boiler house 5', type: 'Repair' },
    }),
  );
  await user.click(screen.getByRole('button', { name: /^State:/ }));
  await user.click(await screen.findByRole('menuitem', { name: 'Solved' }));
  await waitFor(() =>
    expect(main.calls.find(({ name }) => name === 'tickets.setState')?.input).toEqual({
      ticketId: 30,
      state: 'solved',
    }),
  );
});

it('a ticket that does not exist says so and leads back', async () => {
  const user = userEvent.setup();
  const { router } = openPage('/tickets/99999', { handlers: cannedDesk() });
  await user.click(await screen.findByRole('button', { name: 'Back to tickets' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/tickets'));
});
