import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { encodeHeaderText, encodeText } from '../bench/encode-text.ts';
import { generateMailbox } from '../bench/generate-mailbox.ts';
import { type ConsoleWindow, openConsoleWindow } from '../support/console-window.ts';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { answer, conversation, goTo, openFound, openTicket, ticketRows } from '../support/e2e-desk.ts';
import { nextStep, typeServers } from '../support/e2e-wizard.ts';
import { fillMaildir } from '../support/fill-maildir.ts';

const address = 'desk@own-server.test';
const letters = 2000;
const words = 'It was the fuse. Yours, the desk.';

let dovecot: Dovecot;
let opened: ConsoleWindow;
let page: Page;
let flagsBefore: ReadonlyMap<string, string>;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  dovecot = await startDovecot({ certificate: 'selfSigned' });
  fillMaildir(dovecot, 'desk', 'INBOX', severalCharsets());
  fillMaildir(dovecot, 'desk', 'Projects/Рига', [{ raw: fromAlbina }]);
  flagsBefore = flagsOnServer('desk');
  opened = await openConsoleWindow({ args: ['--lang=en-US'] });
  page = opened.page;
});
test.afterAll(async () => {
  await opened?.close();
  await dovecot?.stop();
});

test('for a known provider one step lies between the address and the password, with the way to an app password', async () => {
  await page.getByRole('button', { name: 'Add a mailbox' }).click();
  await expect(page.getByRole('textbox', { name: 'E-mail address' })).toBeFocused();
  await page.keyboard.type('anna@gmail.com');
  await page.keyboard.press('Enter');
  const password = page.getByLabel('App password', { exact: true });
  await expect(password).toBeFocused();
  const [guide] = await page.getByText('needs an app password').all();
  await expect(page.getByText('open Security and turn on 2-Step Verification')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Open the page' })).toHaveAttribute(
    'title',
    /^https:\/\/.*google\.com/,
  );
  const [above, below] = [await guide?.boundingBox(), await password.boundingBox()];
  expect(above?.y).toBeLessThan(below?.y ?? 0);
  await page.getByRole('button', { name: 'Cancel' }).click();
});

test('a certificate that nobody vouches for is shown, and accepted as exactly this one', async () => {
  await page.getByRole('button', { name: 'Add a mailbox' }).first().click();
  await typeServers(page, address, dovecot);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await nextStep(page);
  const { fingerprint256 } = new X509Certificate(readFileSync(dovecot.certificates.selfSigned.cert));
  await expect(page.getByRole('heading', { name: 'The connection does not work yet' })).toBeVisible();
  await expect(page.getByRole('alert').first()).toContainText('signed by nobody but the server itself');
  const card = page.getByRole('region', { name: 'The certificate that the server shows' });
  await expect(card).toContainText(fingerprint256);
  await card.getByRole('button', { name: 'Accept exactly this certificate' }).click();
});

test('a wrong password is said, with what to do, and typed again without losing the rest', async () => {
  await expect(page.getByRole('alert').first()).toContainText('did not accept the login and password');
  await page.getByRole('button', { name: 'Enter the password again' }).click();
  await page.getByLabel('Password', { exact: true }).fill(dovecot.password);
  await nextStep(page);
  // The server for sending has the same certificate, and is trusted by a decision of its own.
  await page.getByRole('button', { name: 'Accept exactly this certificate' }).click();
  await expect(page.getByRole('heading', { name: 'The connection works' })).toBeVisible();
  const steps = page.getByRole('list', { name: 'Steps of the check' }).getByRole('listitem');
  await expect(steps).toHaveCount(12);
  for (const step of await steps.all()) await expect(step).toContainText(/\d\s(ms|sec)/);
  await expect(steps.getByLabel('done')).toHaveCount(12);
});

test('folders and period are chosen, and what will happen is counted on the server', async () => {
  await nextStep(page);
  const folders = page.getByRole('list', { name: 'Folders on the server' });
  await expect(folders.getByRole('checkbox', { name: 'Inbox' })).toBeChecked();
  await expect(folders.getByRole('checkbox', { name: 'Рига' })).not.toBeChecked();
  await nextStep(page);
  await page.getByText('all mail', { exact: true }).click();
  await nextStep(page);
  await expect(page.getByRole('radio', { name: 'Nothing (recommended)' })).toBeChecked();
  await nextStep(page);
  await expect(page.getByText('2,000 letters will be loaded')).toBeVisible();
  await expect(page.getByText('On the server: 0 marked as read, 0 moved, 0 deleted.')).toBeVisible();
});

test('the mailbox is added and its letters come, in every charset', async () => {
  await page.getByRole('button', { name: 'Add the mailbox' }).click();
  const notice = page.getByRole('alert').filter({ hasText: `${address} is connected` });
  await notice.getByRole('button', { name: 'Go to the mail' }).click();
  await expect(page.getByRole('region', { name: 'Letters' }).getByText('2,000 letters')).toBeVisible({
    timeout: 60_000,
  });
  // Rules that are made before the letters have been sorted hold for them too; these are to come too late for that.
  await expect(page.getByRole('button', { name: /tasks? running/ })).toHaveCount(0, { timeout: 20_000 });
  // By the beginning of an inflected word; the letter is in windows-1251.
  const letter = await openFound(page, 'чердачн', 'Про чердачное окно');
  await expect(letter).toContainText('Чердачное окно не закрывается');
});

test('a template and a sender entry are made', async () => {
  await goTo(page, 'Rules');
  await page.getByRole('button', { name: 'Add template' }).click();
  const template = page.getByRole('dialog', { name: 'New template' });
  await template.getByLabel('Name').fill('Customer request');
  await template.getByLabel('Object').fill('Building');
  await template.getByLabel('Kind of work').fill('Repair');
  await template.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('list', { name: 'Templates' })).toContainText('Building · Repair');

  await page.getByRole('tab', { name: 'Senders' }).click();
  await page.getByRole('button', { name: 'Add sender entry' }).click();
  const entry = page.getByRole('dialog', { name: 'New sender entry' });
  await entry.getByRole('textbox', { name: 'Sender' }).fill('*@firma.test');
  await entry.getByRole('combobox', { name: 'Ticket template' }).click();
  await page.getByRole('option', { name: 'Customer request' }).click();
  await expect(entry.getByText('Matches 1 letter loaded so far')).toBeVisible();
  await entry.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('list', { name: 'Senders' }).getByText('*@firma.test')).toBeVisible();
});

test('a new letter arrives by itself and becomes a ticket', async () => {
  await goTo(page, 'Tickets');
  await expect(page.getByText('A letter becomes a ticket when a sender entry')).toBeVisible();
  await deliver(dovecot, 'desk', fromVera, 'vera@firma.test');
  await expect(ticketRows(page, 'No light in the stairwell')).toBeVisible({ timeout: 20_000 });
  await openTicket(page, 'No light in the stairwell');
  await expect(conversation(page)).toContainText('The stairwell is dark since Monday.');
  await expect(page.getByRole('combobox', { name: 'Object' })).toHaveValue('Building');
});

test('its answer is accepted by the server, and arrives in the requester’s mailbox', async () => {
  await answer(page, words);
  const own = conversation(page).getByRole('listitem').filter({ hasText: words });
  await expect(own.getByText('Accepted', { exact: true })).toBeVisible();
  const arrived = lettersOf('vera');
  expect(arrived).toHaveLength(1);
  expect(arrived[0]).toContain('In-Reply-To: <dark@firma.test>');
  expect(arrived[0]).toContain(words);
});

test('nothing on the server was marked, moved or deleted', async () => {
  // The new letter, which was read and answered in the console, and the answer's copy in the Sent folder.
  const added = () => [...flagsOnServer('desk')].filter(([name]) => !flagsBefore.has(name)).map(([, flags]) => flags);
  await expect.poll(() => added().sort()).toEqual(['', 'S']);
  const after = flagsOnServer('desk');
  for (const [name, flags] of flagsBefore) expect(`${name} ${after.get(name)}`).toBe(`${name} ${flags}`);
  // The control: some letters were read before, others not.
  expect(new Set(flagsBefore.values())).toEqual(new Set(['', 'S']));
});

test('it only sends from now on: its letters stay, and nothing is loaded any more', async () => {
  await goTo(page, 'Mailboxes');
  await page.getByRole('link', { name: address }).first().click();
  await page.getByText('Only sends', { exact: true }).click();
  await expect(page.getByText('Letters that are loaded already stay here')).toBeVisible();
  await expect(page.getByRole('group', { name: 'Incoming mail' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Load now' })).toHaveCount(0);
  await goTo(page, 'Mail');
  await expect(page.getByRole('region', { name: 'Letters' }).getByText('2,001 letters')).toBeVisible();
});

function* severalCharsets() {
  for (const { raw, receivedAt, seen } of generateMailbox({ seed: 'e2e', letters: letters - 1, sizes: 'small' })) {
    yield { raw, receivedAt, flags: seen ? 'S' : '' };
  }
  yield { raw: fromAlbina };
}

function mailFolders(user: string): string[] {
  const maildir = join(dovecot.dir, 'mail', user, 'Maildir');
  const inner = readdirSync(maildir).filter((name) => name.startsWith('.'));
  return ['', ...inner].flatMap((name) => ['cur', 'new'].map((part) => join(maildir, name, part)));
}

/** Letter by name; a Maildir keeps its flags behind it. */
function flagsOnServer(user: string): ReadonlyMap<string, string> {
  const names = mailFolders(user).flatMap((folder) => readdirSync(folder));
  return new Map(names.map((name) => [name.split(':2,')[0] ?? '', name.split(':2,')[1] ?? '']));
}

function lettersOf(user: string): string[] {
  return mailFolders(user).flatMap((folder) =>
    readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')),
  );
}

/** As older programs still write Russian. */
const fromAlbina = encodeText(
  [
    'From: Albina <albina@firma.test>',
    'To: desk@own-server.test',
    `Subject: ${encodeHeaderText('Про чердачное окно', 'windows-1251')}`,
    'Message-ID: <attic@firma.test>',
    'Date: Mon, 01 Jun 2026 09:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=windows-1251',
    'Content-Transfer-Encoding: 8bit',
    '',
    'Чердачное окно не закрывается.',
    '',
  ].join('\r\n'),
  'windows-1251',
);

const fromVera = [
  'From: Vera <vera@firma.test>',
  'To: desk@own-server.test',
  'Subject: No light in the stairwell',
  'Message-ID: <dark@firma.test>',
  `Date: ${new Date().toUTCString()}`,
  '',
  'The stairwell is dark since Monday.',
  '',
].join('\r\n');
