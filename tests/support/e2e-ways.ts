import { expect, type Locator } from '@playwright/test';
import { browseOpened } from './browser-of-window.ts';
import type { TestCertificates } from './certificates.ts';
import type { ConsoleWindow } from './console-window.ts';
import { openFound } from './e2e-desk.ts';
import { endpoint, nextStep } from './e2e-wizard.ts';
import { clients, type SignInJudge } from './sign-in-judge.ts';

export type Ways = ReturnType<typeof waysIn>;

/** A new user's steps through the wizard, for whatever protocol and sign-in. */
export function waysIn({
  window,
  judge,
  certificates,
}: {
  readonly window: ConsoleWindow;
  readonly judge: SignInJudge;
  readonly certificates: TestCertificates;
}) {
  const { page } = window;
  /** From the first question to the servers typed by hand. */
  async function typeServer(address: string, protocol: 'IMAP' | 'POP3' | 'Exchange' | 'Graph'): Promise<Locator> {
    await page.evaluate(() => {
      location.hash = '#/mailboxes/add';
    });
    await page.getByRole('textbox', { name: 'E-mail address' }).fill(address);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Other server Type the names' }).click();
    const incoming = endpoint(page, 'Incoming mail');
    await incoming.getByText(protocol, { exact: true }).click();
    return incoming;
  }

  async function typeOutgoing(port: number, encryption: 'SSL/TLS' | 'STARTTLS' | 'None'): Promise<Locator> {
    const outgoing = endpoint(page, 'Outgoing mail (SMTP)');
    await outgoing.getByLabel('Server', { exact: true }).fill('localhost');
    await outgoing.getByText(encryption, { exact: true }).click();
    await outgoing.getByLabel('Port').fill(String(port));
    return outgoing;
  }

  async function register(clientId: string): Promise<void> {
    await page.getByRole('combobox', { name: 'Who gives the sign-in' }).click();
    await page.getByRole('option', { name: 'Another (OpenID Connect)' }).click();
    await page.getByLabel('Address of the sign-in service (issuer)').fill(judge.issuer);
    await page.getByLabel('Application ID (client ID)').fill(clientId);
  }

  async function registerApplication(): Promise<void> {
    await register(clients.secret.id);
    await page.getByText('The application itself', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Client secret' }).fill(clients.secret.secret);
  }

  async function signInAs(login: string): Promise<void> {
    await page.getByRole('button', { name: 'Sign in in the browser' }).click();
    await browseOpened(window.app, { login, caPem: certificates.caPem });
    await expect(page.getByText(`Signed in as ${login}.`)).toBeVisible();
  }

  async function add(withFolders = true): Promise<void> {
    await nextStep(page);
    await expect(page.getByRole('heading', { name: 'The connection works' })).toBeVisible({ timeout: 20_000 });
    await nextStep(page);
    if (withFolders) await nextStep(page);
    await page.getByText('all mail', { exact: true }).click();
    await nextStep(page);
    await nextStep(page);
    await page.getByRole('button', { name: 'Add the mailbox' }).click();
  }

  /** Said, and closed: no more than five notices are shown at once. */
  async function connected(address: string): Promise<void> {
    const notice = page.getByRole('alert').filter({ hasText: `${address} is connected` });
    await notice.getByRole('button', { name: 'Close' }).click();
  }

  async function addAndFind(address: string, subject: string, withFolders = true): Promise<void> {
    await add(withFolders);
    await connected(address);
    await expect(await openFound(page, subject, subject)).toContainText('By this way.');
  }

  return { typeServer, typeOutgoing, register, registerApplication, signInAs, add, connected, addAndFind };
}

export function letter(subject: string): string {
  const id = `<${subject.replaceAll(/[^\w.]/g, '.')}@firma.test>`;
  return ['From: vera@firma.test', `Subject: ${subject}`, `Message-ID: ${id}`, '', 'By this way.', ''].join('\r\n');
}
