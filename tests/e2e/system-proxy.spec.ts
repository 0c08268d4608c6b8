import { expect, test } from '@playwright/test';
import { type ConsoleWindow, openConsoleWindow } from '../support/console-window.ts';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { openFound } from '../support/e2e-desk.ts';
import { letter } from '../support/e2e-ways.ts';
import { endpoint, nextStep } from '../support/e2e-wizard.ts';
import { startSocksProxy, type TestProxy } from '../support/test-proxy.ts';

// A computer whose settings name a proxy, on a network where mail goes no other way: the name of the server is known beyond it alone.
const host = 'mail.elsewhere.test';
const address = 'desk@elsewhere.test';
let dovecot: Dovecot;
let proxy: TestProxy;
let window: ConsoleWindow;

test.beforeAll(async () => {
  dovecot = await startDovecot();
  proxy = await startSocksProxy();
  await deliver(dovecot, address, letter('Through the proxy'));
  // What Chromium is told so stands in the place of the system's settings.
  const settings = `--proxy-server=socks5://127.0.0.1:${proxy.port}`;
  window = await openConsoleWindow({ args: ['--lang=en-US', settings], env: { all_proxy: '', ALL_PROXY: '' } });
});
test.afterAll(async () => {
  await window?.close();
  await Promise.all([dovecot?.stop(), proxy?.stop()]);
});

test('a mailbox behind the proxy that the system names is set up and loaded', async () => {
  const { page } = window;
  await page.getByRole('button', { name: 'Add a mailbox' }).first().click();
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(address);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Other server Type the names' }).click();
  for (const [title, port] of [
    ['Incoming mail', dovecot.imapPort],
    ['Outgoing mail (SMTP)', dovecot.submissionPort],
  ] as const) {
    const server = endpoint(page, title);
    await server.getByLabel('Server', { exact: true }).fill(host);
    await server.getByText('None', { exact: true }).click();
    await server.getByLabel('Port').fill(String(port));
  }
  await page.getByLabel('Password', { exact: true }).fill(dovecot.password);
  await nextStep(page);
  await expect(page.getByRole('heading', { name: 'The connection works' })).toBeVisible({ timeout: 20_000 });
  await nextStep(page);
  await nextStep(page);
  await page.getByText('all mail', { exact: true }).click();
  await nextStep(page);
  await nextStep(page);
  await page.getByRole('button', { name: 'Add the mailbox' }).click();
  await expect(await openFound(page, 'proxy', 'Through the proxy')).toContainText('By this way.');
  // And nobody else: the console talks to its mail servers alone (Chromium would fetch itself a dictionary).
  expect(new Set(proxy.asked)).toEqual(new Set([` ${host}:${dovecot.imapPort}`, ` ${host}:${dovecot.submissionPort}`]));
});
