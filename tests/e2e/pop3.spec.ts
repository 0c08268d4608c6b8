import { expect, type Page, test } from '@playwright/test';
import { type ConsoleWindow, openConsoleWindow } from '../support/console-window.ts';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { goTo, openFound } from '../support/e2e-desk.ts';
import { nextStep, typeServers } from '../support/e2e-wizard.ts';

// A mailbox that can only be reached by POP3, set up as a new user would.
const address = 'desk@own-server.test';
let dovecot: Dovecot;
let window: ConsoleWindow;
let page: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  dovecot = await startDovecot({ certificate: 'selfSigned' });
  for (const subject of ['First by POP3', 'Second by POP3']) await deliver(dovecot, address, letter(subject));
  window = await openConsoleWindow({ args: ['--lang=en-US'] });
  page = window.page;
});
test.afterAll(async () => {
  await window?.close();
  await dovecot?.stop();
});

test('the protocol is chosen beside the server, and the check walks it', async () => {
  await page.getByRole('button', { name: 'Add a mailbox' }).first().click();
  await typeServers(page, address, dovecot, 'POP3');
  await expect(page.getByText('POP3 gives the inbox only')).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill(dovecot.password);
  await nextStep(page);
  for (const works of ['does not work yet', 'The connection works']) {
    await page.getByRole('button', { name: 'Accept exactly this certificate' }).click();
    await expect(page.getByRole('heading', { name: works })).toBeVisible();
  }
});

test('no folder is asked for, and letters can be left or deleted', async () => {
  await nextStep(page);
  await page.getByText('all mail', { exact: true }).click();
  await nextStep(page);
  await expect(page.getByRole('radio', { name: 'Nothing (recommended)' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Delete it' })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Mark it as read' })).toHaveCount(0);
  await nextStep(page);
  await expect(page.getByText('2 letters will be loaded')).toBeVisible();
  await expect(page.getByText(/:\d+, POP3, SSL\/TLS/)).toBeVisible();
});

test('its letters come, and stay on the server', async () => {
  await page.getByRole('button', { name: 'Add the mailbox' }).click();
  await expect(page.getByRole('alert').filter({ hasText: `${address} is connected` })).toBeVisible();
  await expect(await openFound(page, 'first', 'First by POP3')).toContainText('By the oldest way.');
  await goTo(page, 'Ledger');
  await expect(page.getByText('On the server 2 = in the ledger 2')).toBeVisible();
});

test('a new letter comes when it is asked for, once', async () => {
  await deliver(dovecot, address, letter('Third by POP3'));
  await goTo(page, 'Mailboxes');
  const mailbox = page.getByRole('row').filter({ hasText: address });
  await mailbox.getByRole('button', { name: /^Actions for/ }).click();
  await page.getByRole('menuitem', { name: 'Load now' }).click();
  await expect(await openFound(page, 'third', 'Third by POP3')).toContainText('By the oldest way.');
  await goTo(page, 'Ledger');
  await expect(page.getByText('On the server 3 = in the ledger 3')).toBeVisible();
});

function letter(subject: string): string {
  const id = `${subject.replaceAll(' ', '.')}@firma.test`;
  return [
    `From: vera@firma.test`,
    `To: ${address}`,
    `Subject: ${subject}`,
    `Message-ID: <${id}>`,
    '',
    'By the oldest way.',
    '',
  ].join('\r\n');
}
