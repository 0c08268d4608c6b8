import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TicketFilter } from '../../src-shared/contract/tickets.ts';
import type { TemplateId } from '../../src-shared/domain/ids.ts';
import { defaultSettings } from '../../src-shared/domain/settings.ts';
import { composeRaw } from '../support/compose-raw.ts';
import { everyTicket, openTicketDesk, type TicketDesk } from '../support/ticket-desk.ts';

let desk: TicketDesk;
beforeEach(async () => {
  desk = await openTicketDesk();
});
afterEach(() => desk[Symbol.asyncDispose]());

async function subjectsOf(filter: Partial<TicketFilter>): Promise<string[]> {
  const input = { filter: { ...everyTicket, ...filter }, offset: 0, limit: 50 };
  const { tickets, total } = await desk.call('tickets.list', input);
  expect(total).toBe(tickets.length);
  return tickets.map(({ subject }) => subject);
}

const printer = { messageId: 'p@firma.example', subject: 'Принтер', text: 'Ёлочная гирлянда не горит' };
const router = {
  messageId: 'r@other.example',
  subject: 'Router',
  from: 'Eve <eve@other.example>',
  text: 'no café wifi',
};

test('the list is filtered by state, mailbox, template and mine, last changed first', async () => {
  await desk.allowSender('*@*');
  await desk.receive([printer, router]);
  await desk.sort();
  expect(await subjectsOf({})).toEqual(['Router', 'Принтер']);
  const first = (await desk.list()).find(({ subject }) => subject === 'Принтер');
  if (!first) throw new Error('no ticket');
  await desk.store.call('settings.put', { settings: { ...defaultSettings, operatorName: 'Оля' } });
  await desk.call('tickets.assign', { ticketId: first.id, toMe: true });
  expect(await subjectsOf({})).toEqual(['Принтер', 'Router']);
  expect(await subjectsOf({ mine: true })).toEqual(['Принтер']);
  await desk.call('tickets.setState', { ticketId: first.id, state: 'solved' });
  expect(await subjectsOf({ states: ['new', 'open'] })).toEqual(['Router']);
  expect(await subjectsOf({ states: ['solved'], templateId: desk.templateId, mailboxId: desk.mailboxId })).toEqual([
    'Принтер',
  ]);
  expect(await subjectsOf({ templateId: 999 as TemplateId })).toEqual([]);
  expect(await desk.call('tickets.counts', undefined)).toEqual({ new: 1, open: 0, waiting: 0, solved: 1, closed: 0 });
});

test('a ticket is found by its number, and by words of subject, requester, letters and answers, by prefix', async () => {
  await desk.allowSender('*@*');
  await desk.receive([printer, router]);
  await desk.sort();
  const [second, first] = await desk.list();
  if (!first || !second) throw new Error('no tickets');
  await desk.reply(second.id, 'Перезагрузите коробку');
  expect(await subjectsOf({ query: `#${first.id}` })).toEqual(['Принтер']);
  for (const query of ['прин', 'елочн гирлянд', 'anna firma', 'не горит'])
    expect(await subjectsOf({ query })).toEqual(['Принтер']);
  // One word in a letter, one in an answer.
  for (const query of ['CAFE', 'коробк', 'wifi перезагрузите']) expect(await subjectsOf({ query })).toEqual(['Router']);
  for (const query of ['гирлянда wifi', '"', '* OR a', "'; DROP TABLE ticket"])
    expect(await subjectsOf({ query })).toEqual([]);
});

test('changes of fields become entries with their author', async () => {
  await desk.allowSender('*@*');
  await desk.receive([printer]);
  await desk.sort();
  const { id, fields } = await desk.only();
  await desk.store.call('settings.put', { settings: { ...defaultSettings, operatorName: 'Оля' } });
  await desk.call('tickets.setFields', { ticketId: id, fields: { ...fields, object: 'Склад', criticality: 'High' } });
  const ticket = await desk.call('tickets.setFields', {
    ticketId: id,
    fields: { ...fields, object: 'Склад', criticality: 'High' },
  });
  expect(ticket.entries.filter(({ kind }) => kind === 'change')).toMatchObject([
    { author: 'Оля', field: 'object', before: 'Mail', after: 'Склад' },
    { author: 'Оля', field: 'criticality', before: '', after: 'High' },
  ]);
  await expect(desk.call('tickets.setState', { ticketId: id, state: 'new' })).resolves.toBeDefined();
  await desk.call('tickets.setState', { ticketId: id, state: 'closed' });
  await expect(desk.call('tickets.setState', { ticketId: id, state: 'new' })).rejects.toMatchObject({
    code: 'state.conflict',
  });
  await expect(desk.call('tickets.get', { ticketId: 77 as never })).rejects.toMatchObject({ code: 'ticket.unknown' });
});

test('one letter is in one ticket, whoever settles it and how often', async () => {
  await desk.receive([printer]);
  const [letter] = await desk.store.call('sorting.next', { mailboxId: desk.mailboxId, limit: 5 });
  if (!letter) throw new Error('no letter');
  const settle = () =>
    desk.store.call('sorting.settle', {
      messageId: letter.messageId,
      outcome: { kind: 'ticket', templateId: null, reason: 'by-hand' },
      effect: null,
      demo: false,
    });
  const [one, two] = await Promise.all([settle(), settle()]);
  expect([one.already, two.already]).toEqual([false, true]);
  expect(two.ticketId).toBe(one.ticketId);
  expect((await desk.only()).templateName).toBe('');
});

test('decisions about what is gone are left out, the others are kept', async () => {
  await desk.receive([printer, router]);
  const letters = await desk.store.call('sorting.next', { mailboxId: desk.mailboxId, limit: 5 });
  const reason = 'sender-entry' as const;
  const [gone, fine] = letters.map(({ messageId }) => messageId);
  if (gone === undefined || fine === undefined) throw new Error('no letters');
  const settled = await desk.store.call('sorting.settleMany', {
    decisions: [
      { messageId: 1 as never, outcome: { kind: 'quarantined', why: 'no-sender', note: '' }, effect: null },
      { messageId: gone, outcome: { kind: 'append', ticketId: 99 as never, reason }, effect: null },
      { messageId: fine, outcome: { kind: 'ticket', templateId: desk.templateId, reason }, effect: null },
    ],
    demo: false,
  });
  expect(settled).toMatchObject([{ messageId: fine, already: false }]);
  expect(await desk.store.call('sorting.next', { mailboxId: desk.mailboxId, limit: 5 })).toMatchObject([
    { messageId: gone },
  ]);
});

test('a template in use is not removed; once removed, its tickets keep its last name', async () => {
  await desk.allowSender('*@*');
  await desk.receive([printer]);
  await desk.sort();
  const [template] = await desk.call('templates.list', undefined);
  if (!template) throw new Error('no template');
  expect(template.usedBy).toBe(1);
  const remove = () => desk.call('templates.remove', { templateId: template.id });
  await expect(remove()).rejects.toMatchObject({ code: 'template.in-use', params: { name: 'Mail', count: 1 } });
  await desk.call('templates.save', { templateId: template.id, settings: { ...template.settings, name: 'Post' } });
  expect((await desk.only()).templateName).toBe('Post');
  const [entry] = await desk.call('senders.list', undefined);
  if (entry) await desk.call('senders.remove', { senderEntryId: entry.id });
  await remove();
  expect(await desk.only()).toMatchObject({ templateName: 'Post', templateId: null });
});

test('a sender entry needs a complete template, and a used template stays complete (D7)', async () => {
  const [template] = await desk.call('templates.list', undefined);
  if (!template) throw new Error('no template');
  const bare = { name: 'Bare', fields: { type: '', customer: '', object: 'Mail', workKind: '', criticality: '' } };
  const { id } = await desk.call('templates.save', { templateId: null, settings: bare });
  const settings = { pattern: '*@*', templateId: id, mailboxId: null, receiving: true };
  const save = () => desk.call('senders.save', { senderEntryId: null, settings });
  await expect(save()).rejects.toMatchObject({ code: 'template.incomplete', params: { name: 'Bare' } });
  await desk.allowSender('*@*');
  const emptied = { ...template.settings, fields: { ...template.settings.fields, object: '' } };
  await expect(desk.call('templates.save', { templateId: template.id, settings: emptied })).rejects.toMatchObject({
    code: 'template.incomplete',
  });
});

test('one pattern stands once for a mailbox and once for all, in any spelling', async () => {
  await desk.allowSender('*@пример.рф');
  await desk.allowSender('*@пример.рф', desk.mailboxId);
  for (const mailboxId of [null, desk.mailboxId])
    await expect(desk.allowSender('*@XN--E1AFMKFD.xn--p1ai', mailboxId)).rejects.toMatchObject({
      code: 'sender.duplicate',
    });
  await expect(desk.allowSender('*@*.example')).rejects.toMatchObject({ code: 'sender.pattern-invalid' });
  await expect(desk.allowSender('a@x.example', crypto.randomUUID() as never)).rejects.toMatchObject({
    code: 'state.conflict',
  });
});

test('a preview counts letters and senders that are in no ticket, in collection addresses', async () => {
  await desk.receive([printer, { ...printer, messageId: 'p2@x', text: 'again' }, router]);
  const preview = (pattern: string) => desk.call('senders.preview', { pattern, mailboxId: null });
  expect(await preview('*@*')).toEqual({ letters: 3, senders: 2 });
  expect(await preview('*@FIRMA.example')).toEqual({ letters: 2, senders: 1 });
  expect(await preview('eve@other.example')).toEqual({ letters: 1, senders: 1 });
  expect(await preview('%@other.example').catch((error) => error.code)).toEqual({ letters: 0, senders: 0 });
  await desk.allowSender('eve@other.example');
  await desk.sort();
  expect(await preview('*@*')).toEqual({ letters: 2, senders: 1 });
});

test('the demo company goes with everything that was its own, and takes nothing else', async () => {
  await desk.allowSender('*@*');
  await desk.receive([printer]);
  await desk.sort();
  const other = await desk.anotherMailbox('demo@demo.example');
  const mailbox = (await desk.store.call('mailboxes.list', undefined)).find(({ id }) => id === other);
  if (!mailbox) throw new Error('no mailbox');
  await desk.store.call('mailboxes.remove', { mailboxId: other, keepLetters: false });
  await desk.store.call('mailboxes.put', { mailbox: { ...mailbox, demo: true } });
  const [template] = await desk.store.call('templates.list', undefined);
  if (!template) throw new Error('no template');
  await desk.store.call('templates.put', {
    templateId: null,
    settings: { ...template.settings, name: 'Demo' },
    demo: true,
  });
  const [inbox] = await desk.store.call('folders.put', {
    mailboxId: other,
    folders: [
      { path: 'INBOX', name: 'INBOX', separator: '/', role: 'inbox', selectable: true, identity: null, selected: true },
    ],
  });
  if (!inbox) throw new Error('no folder');
  const letters = [{ uid: 1, receivedAt: 5000, seen: false, raw: composeRaw({ text: 'demo', subject: 'Demo' }) }];
  await desk.store.call('letters.store', { folderId: inbox.id, uidValidity: 1, letters });
  await desk.store.call('letters.settle', { mailboxId: null });
  await desk.sort(other);
  const made = (await desk.list()).find(({ mailboxId }) => mailboxId === other);
  if (!made) throw new Error('no demo ticket');
  await desk.reply(made.id);
  await desk.store.call('mailboxes.removeDemo', undefined);
  expect((await desk.list()).map(({ subject }) => subject)).toEqual(['Принтер']);
  expect(await desk.store.call('outbox.list', { states: [], limit: 5 })).toEqual([]);
  expect((await desk.store.call('templates.list', undefined)).map(({ settings }) => settings.name)).toEqual(['Mail']);
  expect(await desk.store.call('mailboxes.list', undefined)).toHaveLength(1);
  expect(await desk.store.call('senders.list', undefined)).toHaveLength(1);
});
