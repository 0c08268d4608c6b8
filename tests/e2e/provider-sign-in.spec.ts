import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { browseOpened, keepOpenedAddresses } from '../support/browser-of-window.ts';
import { createCertificates, type TestCertificates } from '../support/certificates.ts';
import { commandLinesOf } from '../support/command-lines.ts';
import { type ConsoleWindow, openConsoleWindow } from '../support/console-window.ts';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { trustIn } from '../support/dovecot-tokens.ts';
import { goTo, openFound } from '../support/e2e-desk.ts';
import { nextStep, typeServers } from '../support/e2e-wizard.ts';
import { clients, type SignInJudge, startSignInJudge } from '../support/sign-in-judge.ts';

// A mailbox whose provider takes tokens, set up as a new user would; the browser is the test.
const address = 'desk@own-server.test';
let dir: string;
let certificates: TestCertificates;
let judge: SignInJudge;
let trust: ReturnType<typeof trustIn>;
let dovecot: Dovecot;
let window: ConsoleWindow;
let page: Page;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'mailroom-judge-'));
  certificates = createCertificates(dir);
  judge = await startSignInJudge({ certificates });
  trust = trustIn(judge);
  dovecot = await startDovecot({ certificate: certificates.valid, extraConfig: trust.config });
  await deliver(dovecot, address, letter('First by token'));
  window = await openConsoleWindow({
    args: ['--lang=en-US'],
    env: { NODE_EXTRA_CA_CERTS: certificates.caFile },
  });
  page = window.page;
  await keepOpenedAddresses(window.app);
});
test.afterAll(async () => {
  await window?.close();
  await dovecot?.stop();
  await judge?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const signIn = () => browseOpened(window.app, { login: address, caPem: certificates.caPem });

test('the provider’s sign-in stands beside the password, with what is to be registered', async () => {
  await page.getByRole('button', { name: 'Add a mailbox' }).first().click();
  await typeServers(page, address, dovecot);
  await page.getByText('With the provider', { exact: true }).click();
  await expect(page.getByLabel('Password', { exact: true })).toHaveCount(0);
  await expect(page.getByText(/^Redirect address: http:\/\/127\.0\.0\.1:\d+\/$/)).toBeVisible();
  await page.getByRole('button', { name: 'Sign in in the browser' }).click();
  await expect(page.getByText('This is needed for the sign-in.')).toHaveCount(2);
  await page.getByLabel('Address of the sign-in service (issuer)').fill(judge.issuer);
  await page.getByLabel('Application ID (client ID)').fill(clients.public);
});

test('it waits for the browser, can be called off, and says who signed in', async () => {
  await page.getByRole('button', { name: 'Sign in in the browser' }).click();
  await expect(page.getByText('Waiting for the sign-in in the browser…')).toBeVisible();
  await page.getByRole('status').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Waiting for the sign-in in the browser…')).toHaveCount(0);
  await nextStep(page);
  await expect(page.getByRole('alert').filter({ hasText: 'Sign in first.' })).toBeVisible();

  await keepOpenedAddresses(window.app);
  await page.getByRole('button', { name: 'Sign in in the browser' }).click();
  expect((await signIn()).text).toContain('this page can be closed');
  await expect(page.getByText(`Signed in as ${address}.`)).toBeVisible();
});

test('its letters come', async () => {
  await nextStep(page);
  await expect(page.getByRole('heading', { name: 'The connection works' })).toBeVisible();
  await nextStep(page);
  await nextStep(page);
  await page.getByText('all mail', { exact: true }).click();
  await nextStep(page);
  await nextStep(page);
  await expect(page.getByText('1 letter will be loaded')).toBeVisible();
  await page.getByRole('button', { name: 'Add the mailbox' }).click();
  await expect(page.getByRole('alert').filter({ hasText: `${address} is connected` })).toBeVisible();
  await expect(await openFound(page, 'first', 'First by token')).toContainText('With a token.');
});

test('a sign-in that was withdrawn is mended by one click, and what was missed comes', async () => {
  await goTo(page, 'Mailboxes');
  await page.getByRole('link', { name: address }).first().click();
  await expect(page.getByText('The sign-in that is kept stays in use')).toBeVisible();
  // The token that is held is not taken any more, and cannot be renewed.
  judge.revokeAll();
  trust.refuse(true);
  await dovecot.restart();
  const trouble = page.getByRole('alert').filter({ hasText: 'is no longer good' }).first();
  await expect(trouble).toBeVisible({ timeout: 30_000 });
  trust.refuse(false);
  await dovecot.restart();
  await deliver(dovecot, address, letter('Second by token'));
  await trouble.getByRole('button', { name: 'Mend the sign-in' }).click();
  await signIn();
  await expect(page.getByText(`${address}: signed in, loading goes on.`)).toBeVisible();
  await expect(await openFound(page, 'second', 'Second by token')).toContainText('With a token.');
});

test('no process of the window has a secret among its arguments', () => {
  const lines = commandLinesOf(window.app.process().pid ?? 0);
  // The control: pages, the network and the store are processes of their own, and the profile is an argument.
  expect(lines.filter((line) => line.includes('--type=')).length).toBeGreaterThan(1);
  expect(lines.filter((line) => line.includes('--profile'))).not.toEqual([]);
  expect(judge.secrets.size).toBeGreaterThan(3);
  for (const secret of judge.secrets) expect(lines.join('\n')).not.toContain(secret);
});

function letter(subject: string): string {
  const id = `${subject.replaceAll(' ', '.')}@firma.test`;
  return [
    'From: vera@firma.test',
    `To: ${address}`,
    `Subject: ${subject}`,
    `Message-ID: <${id}>`,
    '',
    'With a token.',
    '',
  ].join('\r\n');
}
