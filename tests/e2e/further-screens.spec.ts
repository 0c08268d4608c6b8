import { expect, type Page, test } from '@playwright/test';
import { newExchange } from '../../src-shared/domain/exchange.ts';
import type { Mailbox, MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { callConsole } from '../support/call-console.ts';
import { type ConsoleWindow, openConsoleWindow } from '../support/console-window.ts';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { looks, type Pictures, picturesOf } from '../support/e2e-pictures.ts';
import { addContact, addList } from '../support/exchange/contacts.ts';
import { type ExchangeDouble, startExchangeDouble } from '../support/exchange/exchange-double.ts';
import { addMeeting, addSeries } from '../support/exchange/meetings.ts';
import { settingsFor } from '../sync/open-console.ts';

// The screens that the demo company has nothing for: what an Exchange server shows beside letters, and another connection for a mailbox.
const address = 'anna@northwind.test';
const hour = 3_600_000;
let exchange: ExchangeDouble;
let dovecot: Dovecot;
let window: ConsoleWindow;
let page: Page;
let pictures: Pictures;
let northwind: Mailbox;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  dovecot = await startDovecot();
  exchange = await startExchangeDouble({ accounts: [{ login: 'anna', password: 'secret', address }], ways: ['basic'] });
  window = await openConsoleWindow({ args: ['--lang=en-US'] });
  page = window.page;
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  pictures = picturesOf(page);
});
test.afterAll(async () => {
  await window?.close();
  await Promise.all([exchange?.stop(), dovecot?.stop()]);
  expect(exchange?.schemaFaults).toEqual([]);
});

function addMailbox(settings: MailboxSettings): Promise<Mailbox> {
  const path = { path: 'INBOX', name: 'INBOX', separator: '/', role: 'inbox', selectable: true } as const;
  return callConsole(page, 'mailboxes.add', {
    draft: { settings, password: 'secret', outgoingPassword: null, mailboxId: null },
    folders: [{ ...path, identity: null, selected: true }],
    learnProviderId: null,
  });
}

function changeMailbox({ id, settings }: Mailbox, changed: Partial<MailboxSettings>): Promise<Mailbox> {
  const draft = { settings: { ...settings, ...changed }, password: null, outgoingPassword: null, mailboxId: id };
  return callConsole(page, 'mailboxes.update', { draft });
}

test('a calendar and an address book with nothing in them', async () => {
  const settings = settingsFor({ user: 'anna', port: exchange.port, protocol: 'ews', collectsTickets: false });
  const incoming = { ...settings.incoming, exchange: { ...newExchange, windows: false } };
  const wishes = { calendar: true, contacts: true };
  northwind = await addMailbox({ ...settings, address, name: 'Northwind', incoming, ...wishes });
  await callConsole(page, 'loading.run', { mailboxIds: [northwind.id] });
  for (const look of looks) {
    await pictures.wear(look);
    await pictures.open('#/calendar', page.getByText(/^(Nothing is planned|На ближайшие полгода)/));
    await pictures.judge('calendar-empty', look);
    await pictures.open('#/contacts', page.getByText(/^(The address books that|В загруженных адресных)/));
    await pictures.judge('contacts-empty', look);
  }
});

test('a calendar: a day of meetings, and one whose answer was called off because nobody follows it any more', async () => {
  const mailbox = northwind;
  fillCalendar();
  fillAddressBook();
  await callConsole(page, 'loading.run', { mailboxIds: [mailbox.id] });
  const now = Date.now();
  const meetings = await callConsole(page, 'calendar.list', { from: now, to: now + 30 * 24 * hour });
  const rack = meetings.find(({ subject }) => subject.startsWith('Replacing'));
  if (!rack) throw new Error('the meeting was not loaded');
  await callConsole(page, 'calendar.answer', {
    meetingId: rack.id,
    reply: { answer: 'accept', tell: true, message: 'I bring three.', series: false },
  });
  const ofRack = `#/calendar?meeting=${rack.id}`;
  const said = page.getByRole('article').getByRole('status');
  for (const look of looks) {
    await pictures.wear(look);
    await pictures.open(ofRack, said);
    await pictures.judge('calendar', look);
  }
  const review = meetings.find(({ subject }) => subject.startsWith('Review'));
  if (!review) throw new Error('the series was not loaded');
  exchange.faults = () => ({ kind: 'http', status: 503 });
  await callConsole(page, 'calendar.answer', {
    meetingId: review.id,
    reply: { answer: 'decline', tell: true, message: '', series: true },
  });
  // Switched off it is called off, with its reason; switched on again it is still to be read.
  const off = await changeMailbox(mailbox, { calendar: false });
  await pictures.open('#/calendar', page.getByRole('heading', { level: 1 }));
  for (const look of looks) {
    await pictures.wear(look);
    await pictures.judge('calendar-off', look);
  }
  await changeMailbox(off, { calendar: true });
  for (const look of looks) {
    await pictures.wear(look);
    await pictures.open(`#/calendar?meeting=${review.id}`, page.getByRole('article').getByRole('status'));
    await pictures.judge('calendar-called-off', look);
  }
  exchange.faults = () => null;
});

test('an address book with a person and a list', async () => {
  for (const look of looks) {
    await pictures.wear(look);
    await pictures.open('#/contacts', page.getByRole('option').first());
    await page.getByRole('option', { name: /Oleg Smirnov/ }).click();
    await expect(page.getByRole('article', { name: 'Oleg Smirnov' })).toBeVisible();
    await pictures.judge('contacts', look);
  }
});

test('names as long as they come, and a meeting and a contact that the server does not give', async () => {
  const soon = new Date().setHours(48 + 9, 0, 0, 0);
  const long = 'Согласование порядка переноса общих почтовых ящиков региональных представительств на новый сервер';
  const organizer = { name: 'Константин Константинович Воскресенский-Преображенский', address };
  addMeeting(exchange.folder(address, 'calendar'), {
    ...{ subject: long, location: `${long}, переговорная комната на четвёртом этаже`, organizer, start: soon },
    required: Array.from({ length: 12 }, (_, n) => ({ ...organizer, address: `vp${n}@northwind.test` })),
  });
  addMeeting(exchange.folder(address, 'calendar'), { start: soon }).broken = { code: 'ErrorCorruptData' };
  const book = exchange.folder(address, 'contacts');
  addContact(book, { displayName: organizer.name, companyName: long, jobTitle: `Начальник отдела: ${long}` });
  addContact(book).broken = { code: 'ErrorCorruptData' };
  await callConsole(page, 'loading.run', { mailboxIds: [northwind.id] });
  const meetings = await callConsole(page, 'calendar.list', { from: soon - hour, to: soon + hour });
  const named = meetings.find(({ subject }) => subject === long);
  for (const look of looks) {
    await pictures.wear(look);
    const notGiven = page.getByText(/does not give some|не отдаёт/).first();
    await pictures.open(`#/calendar?meeting=${named?.id}`, page.getByRole('article', { name: long }));
    await expect(notGiven).toBeVisible();
    await pictures.judge('calendar-not-given', look);
    await pictures.open('#/contacts', page.getByRole('option').first());
    await page.getByRole('option', { name: organizer.name }).click();
    await expect(notGiven).toBeVisible();
    await pictures.judge('contacts-not-given', look);
  }
});

test('another connection that shows other letters, and one of a mailbox that is empty on both sides', async () => {
  for (const [name, user, there] of [
    ['mailbox-switch-strange', 'strange', 'stranger'],
    ['mailbox-switch-unproven', 'empty', 'hollow'],
  ] as const) {
    for (const to of name === 'mailbox-switch-strange' ? [user, there] : [])
      await deliver(dovecot, to, `From: vera@firma.test\r\nMessage-ID: <${to}@firma.test>\r\n\r\nText\r\n`);
    const mailbox = await addMailbox(settingsFor({ user, port: dovecot.imapPort, loading: { newMail: 'everything' } }));
    await callConsole(page, 'loading.run', { mailboxIds: [mailbox.id] });
    const incoming = { ...mailbox.settings.incoming, login: there } as MailboxSettings['incoming'];
    const settings = { ...mailbox.settings, incoming };
    const draft = { settings, password: 'secret', outgoingPassword: null, mailboxId: mailbox.id };
    await callConsole(page, 'switches.prepare', { draft });
    await callConsole(page, 'switches.try', { mailboxId: mailbox.id });
    for (const look of looks) {
      await pictures.wear(look);
      const apply = page.getByRole('button', { name: /^(Switch…|Перейти…)$/ });
      await pictures.open('#/mailboxes', page.getByRole('row').nth(2));
      await pictures.open(`#/mailboxes/${mailbox.id}/switch`, apply);
      await apply.click();
      const dialog = page.getByRole('dialog');
      await expect(dialog).toContainText(/none is loaded here|Ни одно из|No letter could|Сравнить не удалось/);
      await pictures.judge(name, look);
      await page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
    }
  }
});

test('another way out: of a mailbox that is loaded, and of one that only sends, with what refuses it', async () => {
  const settings = settingsFor({ user: 'desk', port: dovecot.imapPort });
  const { protocol: _, ...line } = settings.incoming;
  const outgoing = { ...line, port: dovecot.submissionPort };
  const both = await addMailbox({ ...settings, outgoing });
  const sends = await addMailbox({ ...settings, name: 'Newsletters', incoming: null, outgoing });
  for (const { id, settings: running } of [both, sends]) {
    const elsewhere = { ...running, outgoing: { ...outgoing, port: 1 } };
    const draft = { settings: elsewhere, password: 'secret', outgoingPassword: null, mailboxId: id };
    await callConsole(page, 'switches.prepare', { draft });
  }
  for (const [name, { id }] of [['mailbox-switch-way-out', both] as const, ['mailbox-switch-sends', sends] as const])
    for (const look of looks) {
      await pictures.wear(look);
      await pictures.open('#/mailboxes', page.getByRole('row').nth(2));
      const begin = page.getByRole('button', {
        name: /^(Try side by side|Сравнить с действующим|Try the sign-in|Проверить вход)$/,
      });
      await pictures.open(`#/mailboxes/${id}/switch`, begin);
      await begin.click();
      await expect(page.getByRole('alert').filter({ hasText: /localhost/ })).toBeVisible();
      await begin.scrollIntoViewIfNeeded();
      await pictures.judge(name, look);
    }
});

function fillCalendar(): void {
  const calendar = exchange.folder(address, 'calendar');
  const required = [
    { name: 'Anna Berg', address },
    { name: 'Vera Lind', address: 'vera@northwind.test' },
  ];
  const organizer = { name: 'Oleg Smirnov', address: 'oleg@northwind.test' };
  const day = new Date();
  day.setHours(24, 0, 0, 0);
  const at = (days: number, hours: number) => day.getTime() + (days * 24 + hours) * hour;
  const files = [{ name: 'plan.pdf', type: 'application/pdf', content: Buffer.from('%PDF') }];
  const body = '<p>Please bring the <b>spare disks</b>, and tell the night shift.</p>';
  addMeeting(calendar, {
    ...{ subject: 'Replacing the storage', location: 'Server room 2', body, files, organizer, required },
    ...{ start: at(0, 14.5), end: at(0, 15.25) },
  });
  addMeeting(calendar, { subject: 'Maintenance window', start: at(1, 0), end: at(2, 0), allDay: true, organizer });
  addMeeting(calendar, { subject: 'Moving the archive', cancelled: true, start: at(1, 11), end: at(1, 12), organizer });
  addSeries(
    calendar,
    { subject: 'Review of the week’s tickets', required, organizer, start: at(2, 9), end: at(2, 10) },
    2,
  );
}

function fillAddressBook(): void {
  const book = exchange.folder(address, 'contacts');
  addContact(book, {
    ...{ displayName: 'Oleg Smirnov', jobTitle: 'Engineer', companyName: 'Northwind' },
    addresses: { EmailAddress1: 'oleg@northwind.test' },
    phones: { MobilePhone: '+7 900 123-45-67' },
  });
  addContact(book, { displayName: 'Vera Lind', addresses: { EmailAddress1: 'vera@northwind.test' } });
  const members = [{ name: 'Oleg Smirnov', address: 'oleg@northwind.test', type: 'Contact' }];
  addList(book, { displayName: 'On duty', members });
}
