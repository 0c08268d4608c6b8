import { expect, type Locator, type Page } from '@playwright/test';
import type { Dovecot } from './dovecot.ts';

/** The fields of one direction, in the wizard and in a mailbox's settings. */
export function endpoint(page: Page, direction: 'Incoming mail' | 'Outgoing mail (SMTP)'): Locator {
  return page.getByRole('group', { name: direction });
}

export function nextStep(page: Page): Promise<void> {
  return page.getByRole('button', { name: 'Next' }).click();
}

/** From wherever the wizard is offered to the servers typed by hand, for an address that no directory knows. */
export async function typeServers(
  page: Page,
  address: string,
  { imapsPort, pop3sPort, submissionPort }: Dovecot,
  protocol: 'IMAP' | 'POP3' = 'IMAP',
): Promise<void> {
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(address);
  await page.keyboard.press('Enter');
  const domain = address.slice(address.indexOf('@') + 1);
  await expect(page.getByRole('heading', { name: `Who serves ${domain}?` })).toBeVisible();
  await page.getByRole('button', { name: 'Other server Type the names' }).click();
  const incoming = endpoint(page, 'Incoming mail');
  await incoming.getByLabel('Server').fill('127.0.0.1');
  await incoming.getByText(protocol, { exact: true }).click();
  await incoming.getByLabel('Port').fill(String(protocol === 'IMAP' ? imapsPort : pop3sPort));
  const outgoing = endpoint(page, 'Outgoing mail (SMTP)');
  await outgoing.getByLabel('Server', { exact: true }).fill('127.0.0.1');
  await outgoing.getByLabel('Port').fill(String(submissionPort));
  await outgoing.getByText('STARTTLS', { exact: true }).click();
}
