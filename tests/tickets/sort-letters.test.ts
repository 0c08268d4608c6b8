import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultSettings } from '../../src-shared/domain/settings.ts';
import { composeRaw } from '../support/compose-raw.ts';
import { changeMailbox, openTicketDesk, type TicketDesk } from '../support/ticket-desk.ts';

let desk: TicketDesk;
beforeEach(async () => {
  desk = await openTicketDesk();
});
afterEach(() => desk[Symbol.asyncDispose]());

const first = { messageId: 'first@firma.example', subject: 'Printer', text: 'It does not print.' };
const fromStranger = { from: 'eve@elsewhere.example' };

test('a letter of a matching sender becomes a ticket with the fields of its template', async () => {
  await desk.allowSender('*@firma.example');
  await desk.receive([first]);
  expect(await desk.sort()).toEqual({ created: 1, appended: 0, quarantined: 0 });
  const ticket = await desk.only();
  expect(ticket).toMatchObject({
    subject: 'Printer',
    state: 'new',
    templateName: 'Mail',
    requester: { name: 'Anna', address: 'anna@firma.example' },
    fields: { object: 'Mail', workKind: 'Repair' },
    letterCount: 1,
  });
  const { entries } = await desk.get(ticket.id);
  expect(entries).toMatchObject([{ kind: 'letter', reason: 'sender-entry', text: expect.stringContaining('print') }]);
});

test('sorting twice makes no second ticket', async () => {
  await desk.allowSender('*@*');
  await desk.receive([first, { subject: 'Other', messageId: 'other@firma.example' }]);
  await Promise.all([desk.sort(), desk.sort()]);
  expect(await desk.sort()).toEqual({ created: 0, appended: 0, quarantined: 0 });
  expect(await desk.list()).toHaveLength(2);
});

test('a reply in the thread joins its ticket, also when both came in one load', async () => {
  await desk.allowSender('*@*');
  await desk.receive([
    first,
    {
      ...first,
      messageId: 'second@firma.example',
      subject: 'Re: Printer',
      headers: ['In-Reply-To: <first@firma.example>'],
    },
    {
      ...first,
      messageId: 'third@firma.example',
      subject: 'still',
      headers: ['References: <first@firma.example> <lost@x>'],
    },
  ]);
  expect(await desk.sort()).toEqual({ created: 1, appended: 2, quarantined: 0 });
  const { entries } = await desk.get((await desk.only()).id);
  expect(entries.map((entry) => entry.kind === 'letter' && entry.reason)).toEqual([
    'sender-entry',
    'in-reply-to',
    'references',
  ]);
});

test('a correspondent joins by the mark in the subject; a stranger who quotes it gets a ticket of their own', async () => {
  await desk.allowSender('*@*');
  await desk.receive([first]);
  await desk.sort();
  const { id } = await desk.only();
  await desk.receive([
    { ...first, messageId: 'again@firma.example', subject: `about [#${id}]` },
    { ...fromStranger, messageId: 'eve@elsewhere.example', subject: `about [#${id}]` },
  ]);
  expect(await desk.sort()).toEqual({ created: 1, appended: 1, quarantined: 0 });
  expect((await desk.get(id)).entries).toHaveLength(2);
});

test('a reply opens a waiting ticket again; a vacation note of the requester does not', async () => {
  await desk.allowSender('*@*');
  await desk.receive([first]);
  await desk.sort();
  const { id } = await desk.only();
  await desk.call('tickets.setState', { ticketId: id, state: 'waiting' });
  const inThread = ['In-Reply-To: <first@firma.example>'];
  await desk.receive([
    { ...first, messageId: 'away@firma.example', headers: [...inThread, 'Auto-Submitted: auto-replied'] },
  ]);
  await desk.sort();
  expect((await desk.only()).state).toBe('waiting');
  await desk.receive([{ ...first, messageId: 'reply@firma.example', headers: inThread }]);
  await desk.sort();
  expect((await desk.only()).state).toBe('open');
  expect((await desk.get(id)).entries.filter(({ kind }) => kind === 'change')).toMatchObject([
    { field: 'state', before: 'new', after: 'waiting' },
    { field: 'state', before: 'waiting', after: 'open', author: '' },
  ]);
});

test('a letter without a sender entry is no ticket, and can be made one by hand, once', async () => {
  await desk.receive([{ ...first, ...fromStranger }]);
  expect(await desk.sort()).toEqual({ created: 0, appended: 0, quarantined: 1 });
  const scope = { mailboxId: null, folderId: null, unreadOnly: false };
  const [letter] = await desk.store.call('letters.list', { scope, before: null, limit: 10 });
  if (!letter) throw new Error('no letter');
  const make = () => desk.call('tickets.makeFromLetter', { messageId: letter.id, templateId: desk.templateId });
  expect((await make()).entries).toMatchObject([{ kind: 'letter', reason: 'by-hand' }]);
  await expect(make()).rejects.toMatchObject({ code: 'state.conflict' });
});

test('receiving switched off on the exact entry is not undone by the general one', async () => {
  await desk.allowSender('*@*');
  await desk.allowSender('anna@firma.example', null, false);
  await desk.receive([first, { ...fromStranger, messageId: 'eve@elsewhere.example' }]);
  expect(await desk.sort()).toEqual({ created: 1, appended: 0, quarantined: 0 });
  expect((await desk.only()).requester.address).toBe('eve@elsewhere.example');
});

test('a new sender entry takes in the loaded letters only when that was asked for', async () => {
  await desk.receive([first, { ...fromStranger, messageId: 'eve@elsewhere.example' }]);
  await desk.sort();
  const settings = { pattern: '*@firma.example', templateId: desk.templateId, mailboxId: null, receiving: true };
  const { id } = await desk.call('senders.save', { senderEntryId: null, settings });
  expect(await desk.sort()).toEqual({ created: 0, appended: 0, quarantined: 0 });
  await desk.call('senders.save', { senderEntryId: id, settings, loadedToo: true });
  expect((await desk.only()).requester.address).toBe('anna@firma.example');
});

test('while tickets from mail are off nothing is sorted; switched on, what came meanwhile becomes tickets', async () => {
  await desk.allowSender('*@*');
  const put = async (ticketsFromMail: boolean) => {
    const settings = { ...defaultSettings, ticketsFromMail };
    await desk.store.call('settings.put', { settings });
    desk.events.emit('settings.changed', settings);
  };
  await put(false);
  await desk.receive([first]);
  expect(await desk.sort()).toEqual({ created: 0, appended: 0, quarantined: 0 });
  const made = new Promise<void>((resolve) => void desk.events.on('tickets.changed', () => resolve()));
  await put(true);
  await made;
  expect(await desk.list()).toHaveLength(1);
});

test('letters of a mailbox that does not collect stay letters, also when it collects later', async () => {
  await desk.allowSender('*@*');
  await changeMailbox(desk.store, desk.mailboxId, { collectsTickets: false });
  await desk.receive([first]);
  await desk.sort();
  await changeMailbox(desk.store, desk.mailboxId, { collectsTickets: true });
  expect(await desk.sort()).toEqual({ created: 0, appended: 0, quarantined: 0 });
});

test('own letters are no tickets: neither a copy in this mailbox nor an answer that arrives in another one', async () => {
  await desk.allowSender('*@*');
  const other = await desk.anotherMailbox('sales@company.example');
  await desk.receive([first, { from: 'support@company.example', messageId: 'own@company.example' }]);
  await desk.sort();
  const { id } = await desk.only();
  const { messageIdHeader } = await sentHeader(id);
  const copy = {
    from: 'support@company.example',
    messageId: messageIdHeader,
    headers: ['In-Reply-To: <first@firma.example>'],
  };
  await desk.receive([copy], other);
  expect(await desk.sort(other)).toEqual({ created: 0, appended: 0, quarantined: 0 });
  expect((await desk.only()).letterCount).toBe(1);
});

async function sentHeader(id: Parameters<TicketDesk['reply']>[0]) {
  await desk.reply(id);
  const headers = await desk.store.call('tickets.headers', { ticketId: id });
  return { messageIdHeader: headers.at(-1)?.slice(1, -1) ?? '' };
}

test.each([false, true])(
  'a mailbox that was removed (letters kept: %s) and added again finds its letters in their tickets, and makes no second ones',
  async (keepLetters) => {
    await desk.allowSender('*@*');
    await desk.receive([first]);
    await desk.sort();
    const scope = { mailboxId: null, folderId: null, unreadOnly: false };
    const [letter] = await desk.store.call('letters.list', { scope, before: null, limit: 1 });
    await desk.store.call('mailboxes.remove', { mailboxId: desk.mailboxId, keepLetters });
    const { id } = await desk.only();
    expect((await desk.get(id)).entries).toMatchObject([{ kind: 'letter', text: expect.stringContaining('print') }]);

    const again = await desk.anotherMailbox('support@company.example');
    const [inbox] = await desk.store.call('folders.list', { mailboxId: again });
    if (!letter || !inbox) throw new Error('no letter or folder');
    const letters = [{ uid: 9, receivedAt: letter.receivedAt, seen: true, raw: composeRaw(first) }];
    await desk.store.call('letters.store', { folderId: inbox.id, uidValidity: 2, letters });
    await desk.store.call('letters.settle', { mailboxId: null });
    expect(await desk.sort(again)).toEqual({ created: 0, appended: 0, quarantined: 0 });
    expect((await desk.get(id)).entries).toHaveLength(1);
    expect(await desk.only()).toMatchObject({ mailboxId: again });
    expect(await desk.reply(id)).toMatchObject({ state: 'queued', mailboxId: again });
  },
);

test('a batch of more letters than one question holds is sorted whole', async () => {
  await desk.allowSender('*@*');
  const many = Array.from({ length: 450 }, (_, at) => ({
    ...first,
    messageId: `m${at}@firma.example`,
    text: `n ${at}`,
  }));
  await desk.receive(many);
  expect(await desk.sort()).toEqual({ created: 450, appended: 0, quarantined: 0 });
});

test('what no ticket was made of says why: kept where that is as it should be, quarantined where a person should look', async () => {
  await desk.allowSender('anna@firma.example');
  await desk.allowSender('off@firma.example', null, false);
  const spoofed = 'Authentication-Results: mx.company.example; dmarc=fail (p=REJECT) header.from=firma.example';
  await desk.receive([
    { ...first, subject: 'ticket' },
    { ...first, subject: 'joins', messageId: 'b@x', headers: ['In-Reply-To: <first@firma.example>'] },
    { ...first, subject: 'off', messageId: 'c@x', from: 'off@firma.example' },
    { ...first, subject: 'own', messageId: 'd@x', from: 'support@company.example' },
    { ...first, subject: 'stranger', messageId: 'e@x', ...fromStranger },
    { ...first, subject: 'nobody', messageId: 'f@x', from: '' },
    { ...first, subject: 'spoofed', messageId: 'g@x', headers: [spoofed, 'In-Reply-To: <first@firma.example>'] },
    { ...first, subject: 'in our name', messageId: 'h@x', from: '"support@company.example" <eve@elsewhere.example>' },
  ]);
  expect(await desk.sort()).toEqual({ created: 1, appended: 1, quarantined: 4 });
  const ledger = await desk.ledger();
  const told = Object.fromEntries(Object.entries(ledger).map(([subject, { status, why }]) => [subject, [status, why]]));
  expect(told).toEqual({
    ticket: ['ticket', null],
    joins: ['appended', null],
    off: ['kept', 'receiving-off'],
    own: ['kept', 'own-letter'],
    stranger: ['quarantined', 'no-sender-entry'],
    nobody: ['quarantined', 'no-sender'],
    spoofed: ['quarantined', 'suspected-sender'],
    'in our name': ['quarantined', 'suspected-sender'],
  });
  expect(ledger.ticket?.ticketId).toBe(ledger.joins?.ticketId);
});

test('a letter that cannot be read is quarantined whatever the mailbox does, a sender who is trusted is not', async () => {
  await desk.allowSender('*@*');
  const suspected = { ...first, from: '"support@company.example" <eve@elsewhere.example>' };
  await desk.store.call('senders.trust', { address: 'eve@elsewhere.example' });
  await changeMailbox(desk.store, desk.mailboxId, { collectsTickets: false });
  const headers = Array.from({ length: 60_000 }, (_, at) => `X-${at}: ${'y'.repeat(80)}`);
  await desk.receive([{ subject: 'unreadable', headers }]);
  expect(await desk.sort()).toEqual({ created: 0, appended: 0, quarantined: 1 });
  await changeMailbox(desk.store, desk.mailboxId, { collectsTickets: true });
  await desk.receive([suspected]);
  expect(await desk.sort()).toEqual({ created: 1, appended: 0, quarantined: 0 });
  const [desked, ...others] = await desk.store.call('quarantine.list', {
    ...{ mailboxId: null, why: null, dismissed: false, before: null, limit: 10, since: null },
  });
  expect(others).toEqual([]);
  expect(desked).toMatchObject({ why: 'unreadable', note: expect.stringMatching(/^message\./) });
});

test('what is to happen on the server is recorded with the outcome, once, and not for what a person should look at', async () => {
  await desk.allowSender('anna@firma.example');
  await changeMailbox(desk.store, desk.mailboxId, { afterwards: { kind: 'mark-read' } });
  await desk.receive([
    { ...first, subject: 'ticket' },
    { ...first, subject: 'stranger', ...fromStranger, messageId: 's@x' },
  ]);
  await desk.sort();
  const planned = async () => {
    const { ticket, stranger } = await desk.ledger();
    return { ticket: ticket?.effect?.kind, state: ticket?.effect?.state, stranger: stranger?.effect };
  };
  expect(await planned()).toEqual({ ticket: 'mark-read', state: 'due', stranger: null });
  const { stranger } = await desk.ledger();
  await desk.call('tickets.makeFromLetter', {
    messageId: stranger?.messageId as never,
    templateId: desk.templateId,
  });
  expect((await desk.ledger()).stranger).toMatchObject({
    status: 'ticket',
    effect: { kind: 'mark-read', state: 'due' },
  });
});
