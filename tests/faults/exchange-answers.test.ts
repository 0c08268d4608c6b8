import { expect, test } from 'vitest';
import { newExchange } from '../../src-shared/domain/exchange.ts';
import { settingsOf } from '../bad-input/main-process.ts';
import { startDouble } from '../connectors/exchange-desk.ts';
import { addItem } from '../support/exchange/mailboxes.ts';
import { loadOne, openCollecting } from './collecting-console.ts';

test('a letter becomes a ticket, and its answer arrives in the other mailbox over Exchange', async () => {
  const double = await startDouble();
  try {
    await using main = await openCollecting();
    const raw =
      'From: Eve <eve@company.example>\r\nTo: bob@company.example\r\nSubject: Printer\r\nMessage-ID: <p1@company.example>\r\n\r\nIt is out of paper.\r\n';
    addItem(double.folder('bob@company.example'), { raw });
    const endpoint = { protocol: 'ews', exchange: { ...newExchange, windows: true } } as const;
    const settings = settingsOf({ user: 'bob', port: double.port, endpoint });
    const outgoing = { ...settings.incoming, protocol: 'ews' as const };
    const inbox = {
      path: 'INBOX',
      name: 'INBOX',
      separator: '/',
      role: 'inbox' as const,
      selectable: true,
      identity: null,
      selected: true,
    };
    const mailbox = await main.call('mailboxes.add', {
      draft: { settings: { ...settings, outgoing }, password: 'secret', outgoingPassword: null, mailboxId: null },
      folders: [inbox],
      learnProviderId: null,
    });
    expect(await loadOne(main, mailbox)).toMatchObject({ problem: null, ticketsCreated: 1 });
    const filter = { states: [], templateId: null, mailboxId: mailbox.id, mine: false, query: '' };
    const { tickets } = await main.call('tickets.list', { filter, offset: 0, limit: 10 });
    const ticketId = tickets[0]?.id;
    if (!ticketId) throw new Error('no ticket');
    const reply = { ticketId, text: 'It has some now.', html: null, attachments: [], nextState: null };
    await main.call('tickets.reply', { reply });
    expect(await main.call('outbox.flush', undefined)).toMatchObject([{ state: 'accepted', problem: null }]);
    const [arrived] = [...double.folder('eve@company.example').items.values()];
    expect(arrived?.raw.toString()).toContain('It has some now.');
    expect([...double.folder('bob@company.example', 'sentitems').items.values()].map((item) => item.raw)).toEqual([
      arrived?.raw,
    ]);
  } finally {
    await double.stop();
  }
  expect(double.schemaFaults).toEqual([]);
});
