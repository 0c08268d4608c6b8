import { expect, type Page, test } from '@playwright/test';
import { pixel } from '../support/canned-mail.ts';
import { createCertificates } from '../support/certificates.ts';
import { type ConsoleWindow, openConsoleWindow } from '../support/console-window.ts';
import { goTo, openFound, sendToOneself } from '../support/e2e-desk.ts';
import { endpoint, nextStep } from '../support/e2e-wizard.ts';
import { addContact, addList } from '../support/exchange/contacts.ts';
import { type ExchangeDouble, startExchangeDouble } from '../support/exchange/exchange-double.ts';
import { addItem } from '../support/exchange/mailboxes.ts';
import { addMeeting } from '../support/exchange/meetings.ts';
import { temporaryFolder } from '../support/open-store.ts';

// A shared mailbox on an Exchange server of the company, opened by Windows sign-in, set up as a new user would.
const address = 'office@corp.test';
const folder = temporaryFolder();
let double: ExchangeDouble;
let window: ConsoleWindow;
let page: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  const account = { login: 'vera', password: 'secret', address: 'vera@corp.test', opens: [address] };
  const tls = createCertificates(folder.path).selfSigned;
  double = await startExchangeDouble({ accounts: [account], shared: [address], tls, ways: ['ntlm'] });
  for (const subject of ['First by Exchange', 'Second by Exchange'])
    addItem(double.folder(address), { raw: letter(subject) });
  window = await openConsoleWindow({ args: ['--lang=en-US'] });
  page = window.page;
});
test.afterAll(async () => {
  await window?.close();
  await double?.stop();
  folder[Symbol.dispose]();
  expect(double?.schemaFaults).toEqual([]);
});

test('server, domain and shared mailbox are typed, and the check walks to the folders', async () => {
  await page.getByRole('button', { name: 'Add a mailbox' }).first().click();
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(address);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Other server Type the names' }).click();
  const incoming = endpoint(page, 'Incoming mail');
  await incoming.getByText('Exchange', { exact: true }).click();
  await incoming.getByLabel('Exchange web service URL').fill(`127.0.0.1:${double.port}`);
  await expect(incoming.getByText(`https://127.0.0.1:${double.port}/EWS/Exchange.asmx`)).toBeVisible();
  await incoming.getByLabel('Login').fill('vera');
  await incoming.getByLabel('Domain').fill('CORP');
  await incoming.getByLabel('Shared mailbox').fill(address);
  await page.getByLabel('Password', { exact: true }).fill('secret');
  await nextStep(page);
  await page.getByRole('button', { name: 'Accept exactly this certificate' }).click();
  await expect(page.getByRole('heading', { name: 'The connection works' })).toBeVisible();
});

test('its letters come, and a new one when it is asked for', async () => {
  await nextStep(page);
  await nextStep(page);
  await page.getByText('all mail', { exact: true }).click();
  await nextStep(page);
  await nextStep(page);
  await expect(page.getByText('2 letters will be loaded')).toBeVisible();
  await page.getByRole('button', { name: 'Add the mailbox' }).click();
  // The wizard goes to the list when it is added, also if one has gone elsewhere meanwhile.
  await expect(page.getByText(`${address} is connected`)).toBeVisible();
  await expect(await openFound(page, 'first', 'First by Exchange')).toContainText('From the server room.');
  addItem(double.folder(address), { raw: letter('Third by Exchange') });
  await goTo(page, 'Mailboxes');
  const mailbox = page.getByRole('row').filter({ hasText: address });
  await mailbox.getByRole('button', { name: /^Actions for/ }).click();
  await page.getByRole('menuitem', { name: 'Load now' }).click();
  await expect(await openFound(page, 'third', 'Third by Exchange')).toContainText('From the server room.');
  await goTo(page, 'Ledger');
  await expect(page.getByText('On the server 3 = in the ledger 3')).toBeVisible();
});

test('a letter to oneself is sent under the name of the shared mailbox, and the server keeps one copy', async () => {
  await sendToOneself(page, address);
  expect(double.sent).toHaveLength(1);
  expect(double.sent[0]?.raw.toString()).toMatch(new RegExp(`^From: .*${address}`, 'm'));
  expect(double.folder(address, 'sentitems').items.size).toBe(1);
});

test('an invitation is shown once the calendar is switched on, and accepted with a word to whoever invites', async () => {
  const required = [{ name: 'Vera', address: 'vera@corp.test' }];
  const organizer = { name: 'Oleg', address: 'oleg@corp.test' };
  const body = '<p>Please bring the <b>spare disks</b>.</p><img src="cid:rack@corp.test" width="120" height="40">';
  const content = Buffer.from(pixel.split(',')[1] ?? '', 'base64');
  const files = [
    { name: 'rack.png', type: 'image/png', content, contentId: 'rack@corp.test' },
    { name: 'plan.pdf', type: 'application/pdf', content: Buffer.from('%PDF') },
  ];
  const start = new Date();
  start.setHours(24 + 14, 30, 0, 0);
  const times = { start: start.getTime(), end: start.getTime() + 45 * 60_000 };
  addMeeting(double.folder(address, 'calendar'), {
    ...{ subject: 'Replacing the storage', location: 'Server room 2', body, organizer, required, files, ...times },
  });
  await goTo(page, 'Mailboxes');
  await page.getByRole('link', { name: address }).first().click();
  await page.getByRole('switch', { name: 'Load the calendar' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Load now' }).click();
  await goTo(page, 'Calendar');
  await page.getByRole('button', { name: /Replacing the storage/ }).click();
  // All that R85 names: from, to, subject, text, place, beginning and end, and what is attached.
  const meeting = page.getByRole('article');
  for (const words of ['Replacing the storage', 'Server room 2', 'oleg@corp.test', 'vera@corp.test', 'plan.pdf'])
    await expect(meeting).toContainText(words);
  await expect(meeting).toContainText(/02:30\sPM\D+03:15\sPM/);
  await expect(page.frameLocator('iframe[title="Text of the letter"]').locator('body')).toContainText('spare disks');
  const picture = page.frameLocator('iframe[title="Text of the letter"]').locator('img');
  await expect(picture).toHaveJSProperty('complete', true);
  await expect(picture).toHaveJSProperty('naturalWidth', 1);
  await page.getByRole('textbox', { name: /^Message to the organiser/ }).fill('I bring three.');
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: '“Accept” was said to the server' })).toBeVisible();
  expect(double.answers).toMatchObject([{ answer: 'AcceptItem', body: expect.stringContaining('I bring three.') }]);
});

test('people of its address book are found as one types, and lead to what they have written', async () => {
  const book = double.folder(address, 'contacts');
  addContact(book, {
    displayName: 'Oleg Smirnov',
    jobTitle: 'Engineer',
    addresses: { EmailAddress1: 'oleg@corp.test' },
  });
  addContact(book, { displayName: 'Nina Orlova', phones: { MobilePhone: '+7 900 123-45-67' } });
  const oleg = { name: 'Oleg Smirnov', address: 'oleg@corp.test', type: 'Contact' };
  addList(book, { displayName: 'On duty', members: [oleg] });
  await goTo(page, 'Mailboxes');
  await page.getByRole('link', { name: address }).first().click();
  await page.getByRole('switch', { name: 'Load the contacts' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Load now' }).click();
  await goTo(page, 'Contacts');
  await expect(page.getByText('3 contacts')).toBeVisible();
  await page.getByRole('option', { name: /On duty/ }).click();
  await expect(page.getByRole('article', { name: 'On duty' })).toContainText('oleg@corp.test');
  await page.getByRole('searchbox', { name: /^Name, company/ }).fill('smir');
  await expect(page.getByText('1 contact', { exact: true })).toBeVisible();
  await page.getByRole('option', { name: /Oleg Smirnov/ }).click();
  await expect(page.getByRole('article', { name: 'Oleg Smirnov' })).toContainText('Engineer');
  await page.getByRole('button', { name: /^Letters from this address/ }).click();
  await expect(page.getByRole('option', { name: /Third by Exchange/ })).toBeVisible();
});

function letter(subject: string): string {
  const head = [
    `From: oleg@corp.test`,
    `To: ${address}`,
    `Subject: ${subject}`,
    `Message-ID: <${subject.replaceAll(' ', '.')}@corp.test>`,
  ];
  return [...head, '', 'From the server room.', ''].join('\r\n');
}
