import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseMessage } from '../../src-main/mime/parse-message.ts';
import type { TicketId } from '../../src-shared/domain/ids.ts';
import { changeMailbox, openTicketDesk, type TicketDesk } from '../support/ticket-desk.ts';

let desk: TicketDesk;
beforeEach(async () => {
  desk = await openTicketDesk();
  await desk.allowSender('*@*');
});
afterEach(() => desk[Symbol.asyncDispose]());

const first = { messageId: 'first@firma.example', subject: 'Re: Printer', text: 'It does not print.' };

async function ticketOf(...letters: Parameters<TicketDesk['receive']>[0]): Promise<TicketId> {
  await desk.receive(letters);
  await desk.sort();
  return (await desk.only()).id;
}

/** The bytes that would go out, and their header, unfolded. */
async function written() {
  const claim = { now: Date.now() + 1000, evenEarly: true, except: [] };
  const submission = await desk.store.call('outbox.claim', claim);
  if (!submission) throw new Error('nothing queued');
  const text = Buffer.from(submission.raw).toString('latin1');
  const header = text.slice(0, text.indexOf('\r\n\r\n')).replace(/\r\n[ \t]/g, ' ');
  const field = (name: string) => header.split('\r\n').filter((line) => line.toLowerCase().startsWith(`${name}:`));
  return { submission, text, header, field };
}

test('an answer bears the identity, the thread and one mark, and stands in the ticket as queued', async () => {
  const id = await ticketOf(first, {
    ...first,
    messageId: 'second@firma.example',
    headers: ['In-Reply-To: <first@firma.example>'],
  });
  await desk.reply(id, 'Ответ: <готово> & точка.\n  отступ');
  expect((await desk.get(id)).entries.at(-1)).toMatchObject({ kind: 'answer', state: 'queued' });
  const { field, submission } = await written();
  expect(field('from')).toEqual(['From: Support <support@company.example>']);
  expect(field('reply-to')).toEqual(['Reply-To: support@company.example']);
  expect(field('to')).toEqual(['To: Anna <anna@firma.example>']);
  expect(field('subject')).toEqual([`Subject: Re: Printer [#${id}]`]);
  expect(field('in-reply-to')).toEqual(['In-Reply-To: <second@firma.example>']);
  expect(field('references')).toEqual(['References: <first@firma.example> <second@firma.example>']);
  expect(field('message-id')[0]).toMatch(/^Message-ID: <[0-9a-f-]{36}@company\.example>$/);
  const parsed = await parseMessage(submission.raw);
  expect(JSON.stringify(parsed)).toContain('Ответ: <готово> & точка.');
});

test('the next answer continues after our own, and the mark is not doubled', async () => {
  const id = await ticketOf(first);
  await desk.reply(id);
  const one = await written();
  const ours = one.field('message-id')[0]?.slice('Message-ID: '.length) ?? '';
  await desk.receive([
    {
      ...first,
      messageId: 'third@firma.example',
      subject: `Re: Re: Printer [#${id}]`,
      headers: [`In-Reply-To: ${ours}`],
    },
  ]);
  await desk.sort();
  await desk.reply(id);
  const two = await written();
  expect(two.field('subject')).toEqual([`Subject: Re: Printer [#${id}]`]);
  expect(two.field('references')).toEqual([`References: <first@firma.example> ${ours} <third@firma.example>`]);
});

describe('of a mailbox that only receives', () => {
  const silent = { fromAddress: '', fromName: '', replyTo: '' };

  test('the one that it names answers, and what it says of its sender itself goes before', async () => {
    const id = await ticketOf(first);
    const answeredBy = await desk.anotherMailbox('noreply@company.example');
    await changeMailbox(desk.store, answeredBy, { incoming: null });
    await changeMailbox(desk.store, desk.mailboxId, { outgoing: null, answeredBy, sender: silent });
    await desk.reply(id);
    const bare = await written();
    expect(bare.submission.outgoing.mailboxId).toBe(answeredBy);
    expect(bare.field('from')).toEqual(['From: Support <noreply@company.example>']);
    expect(bare.field('reply-to')).toEqual(['Reply-To: support@company.example']);
    const sender = { fromAddress: 'desk@company.example', fromName: 'Desk', replyTo: 'back@company.example' };
    await changeMailbox(desk.store, desk.mailboxId, { outgoing: null, answeredBy, sender });
    await desk.reply(id);
    const own = await written();
    expect(own.field('from')).toEqual(['From: Desk <desk@company.example>']);
    expect(own.field('reply-to')).toEqual(['Reply-To: back@company.example']);
  });

  test('nobody answers where none is named, or the one that is sends nothing', async () => {
    const id = await ticketOf(first);
    const answeredBy = await desk.anotherMailbox('deaf@company.example');
    await changeMailbox(desk.store, answeredBy, { outgoing: null });
    for (const named of [null, answeredBy]) {
      await changeMailbox(desk.store, desk.mailboxId, { outgoing: null, answeredBy: named });
      await expect(desk.reply(id)).rejects.toMatchObject({ code: 'mailbox.cannot-send' });
    }
  });
});

describe('where the answer goes', () => {
  test('to the Reply-To of the last letter of the requester', async () => {
    const id = await ticketOf({ ...first, headers: ['Reply-To: Office <office@firma.example>'] });
    await desk.reply(id);
    expect((await written()).field('to')).toEqual(['To: Office <office@firma.example>']);
  });

  test('never to an address of ours: it would come back as a letter', async () => {
    const id = await ticketOf({ ...first, headers: ['Reply-To: SUPPORT@company.example'] });
    await desk.reply(id);
    expect((await written()).submission.outgoing.to).toEqual([{ name: 'Anna', address: 'anna@firma.example' }]);
  });
});

test('no name, subject, attachment or file type can begin a header of its own', async () => {
  await changeMailbox(desk.store, desk.mailboxId, {
    sender: {
      fromAddress: 'support@company.example',
      fromName: 'Desk\r\nBcc: eve@elsewhere.example',
      replyTo: 'support@company.example',
    },
  });
  const id = await ticketOf({
    ...first,
    from: '=?utf-8?B?QW5uYQ0KQmNjOiBldmVAZWxzZXdoZXJlLmV4YW1wbGU=?= <anna@firma.example>',
    subject: '=?utf-8?B?SGkNCkJjYzogZXZlQGVsc2V3aGVyZS5leGFtcGxl?=',
  });
  const attachments = [
    {
      name: '../../x.exe\r\nBcc: eve@elsewhere.example',
      type: 'text/plain\r\nBcc: eve@elsewhere.example',
      bytes: new Uint8Array([1]),
    },
    { name: 'letter.eml', type: 'message/rfc822', bytes: new Uint8Array(Buffer.from('Subject: x\r\n\r\ny')) },
  ];
  await desk.call('tickets.reply', {
    reply: { ticketId: id, text: 'x', html: null, attachments, nextState: 'waiting' },
  });
  const { text, header } = await written();
  expect(text).not.toMatch(/^bcc:/im);
  expect(header).not.toMatch(/^x?bcc:/im);
  expect(text).not.toMatch(/[^\r]\n/);
  expect(text).not.toContain('..');
  expect(text).not.toMatch(/^content-type: message/im);
  expect((await desk.only()).state).toBe('waiting');
});

test.each(['fromAddress', 'fromName', 'replyTo'])(
  'R51: without %s alone a mailbox says that it cannot send, and nothing is queued',
  async (missing) => {
    const id = await ticketOf(first);
    const sender = { fromAddress: 'support@company.example', fromName: 'Support', replyTo: 'support@company.example' };
    await changeMailbox(desk.store, desk.mailboxId, { sender: { ...sender, [missing]: '' } });
    await expect(desk.reply(id)).rejects.toMatchObject({
      code: 'mailbox.cannot-send',
      params: { mailbox: 'support@company.example' },
    });
    expect(await desk.store.call('outbox.list', { states: [], limit: 10 })).toEqual([]);
  },
);

test('R48–R50: From, its name and Reply-To are those of the settings, whatever the mailbox itself is called', async () => {
  const sender = { fromAddress: 'system@company.example', fromName: 'Служба заявок', replyTo: 'help@company.example' };
  await changeMailbox(desk.store, desk.mailboxId, { sender });
  await desk.reply(await ticketOf(first));
  const { submission, field } = await written();
  const { from } = await parseMessage(submission.raw);
  expect(from).toEqual({ name: sender.fromName, address: sender.fromAddress });
  expect(field('reply-to')).toEqual(['Reply-To: help@company.example']);
  expect(submission.from).toBe('system@company.example');
});

test('more attachments than servers take are refused before they are queued', async () => {
  const id = await ticketOf(first);
  const attachments = [{ name: 'a.bin', type: '', bytes: new Uint8Array(51 * 1024 * 1024) }];
  const reply = { ticketId: id, text: 'x', html: null, attachments, nextState: null };
  await expect(desk.call('tickets.reply', { reply })).rejects.toMatchObject({
    code: 'answer.too-large',
    params: { limit: 68 },
  });
  expect(await desk.store.call('outbox.list', { states: [], limit: 10 })).toEqual([]);
});

test('a letter that Graph would refuse is not queued, whatever it is that makes it large; one below is', async () => {
  const id = await ticketOf(first);
  const graph = {
    host: 'graph.example.com',
    port: 443,
    encryption: 'tls',
    login: 'support',
    signIn: 'oauth2',
  } as const;
  await changeMailbox(desk.store, desk.mailboxId, {
    outgoing: { ...graph, protocol: 'graph', pinnedCertificate: null, graph: { mailbox: '' } },
  });
  const send = (bytes: number, text = 'x') => {
    const attachments = [{ name: 'a.bin', type: '', bytes: new Uint8Array(bytes) }];
    return desk.call('tickets.reply', { reply: { ticketId: id, text, html: null, attachments, nextState: null } });
  };
  const refusal = { code: 'answer.too-large', params: { host: 'graph.example.com', limit: 3 } };
  // In base64 these are 3.1 MB.
  await expect(send(2_400_000)).rejects.toMatchObject(refusal);
  await expect(send(2_000_000, 'Ответ. '.repeat(60_000))).rejects.toMatchObject(refusal);
  expect(await desk.store.call('outbox.list', { states: [], limit: 10 })).toEqual([]);
  expect((await desk.get(id)).entries.at(-1)?.kind).toBe('letter');
  await send(2_000_000);
  expect((await written()).text.length).toBeLessThan(3 * 1024 * 1024);
});

test('a ticket of a removed mailbox stays, and cannot be answered', async () => {
  const id = await ticketOf(first);
  await desk.store.call('mailboxes.remove', { mailboxId: desk.mailboxId, keepLetters: true });
  await expect(desk.reply(id)).rejects.toMatchObject({ code: 'mailbox.unknown' });
});
