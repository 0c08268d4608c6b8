import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TicketId } from '../../src-shared/domain/ids.ts';
import { openTicketDesk, type TicketDesk } from '../support/ticket-desk.ts';

let desk: TicketDesk;
beforeEach(async () => {
  desk = await openTicketDesk();
  await desk.allowSender('*@*');
  await desk.receive([{ messageId: 'first@firma.example', subject: 'Printer' }]);
  await desk.sort();
});
afterEach(() => desk[Symbol.asyncDispose]());

test('a draft is kept for its ticket until it is emptied', async () => {
  const { id: ticketId } = await desk.only();
  const read = () => desk.call('drafts.get', { ticketId });
  expect(await read()).toEqual({ text: '', nextState: 'waiting' });
  await desk.call('drafts.put', { ticketId, draft: { text: 'We come', nextState: null } });
  await desk.call('drafts.put', { ticketId, draft: { text: 'We come tomorrow.', nextState: 'solved' } });
  expect(await read()).toEqual({ text: 'We come tomorrow.', nextState: 'solved' });
  await desk.call('drafts.put', { ticketId, draft: { text: ' ', nextState: 'solved' } });
  expect(await read()).toEqual({ text: '', nextState: 'waiting' });
});

test('a draft without a ticket is refused', async () => {
  const draft = { text: 'To nobody', nextState: null };
  await expect(desk.call('drafts.put', { ticketId: 999 as TicketId, draft })).rejects.toMatchObject({
    code: 'ticket.unknown',
  });
});
