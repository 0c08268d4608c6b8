import { expect, type Locator, type Page } from '@playwright/test';

export type Place =
  | 'Today'
  | 'Mail'
  | 'Calendar'
  | 'Contacts'
  | 'Tickets'
  | 'Mailboxes'
  | 'Rules'
  | 'Ledger'
  | 'Outbox'
  | 'Settings';

/** By the rail, as a person goes; its links also carry counts. */
export async function goTo(page: Page, place: Place): Promise<void> {
  const rail = page.getByRole('navigation', { name: 'Main sections' });
  await rail.getByRole('link', { name: new RegExp(`^${place}\\b`) }).click();
}

/** What is said in passing is read, and closed: it would lie in a picture in the language of its time. */
export async function closeNotices(page: Page): Promise<void> {
  const notices = page.locator('.mantine-Notification-root');
  // One may go by itself under the hand that closes it.
  await expect(async () => {
    const last = notices.last().getByRole('button');
    if (await last.isVisible()) await last.click({ timeout: 500 });
    await expect(notices).toHaveCount(0, { timeout: 500 });
  }).toPass();
}

/** The tickets in the list that are about this subject. */
export function ticketRows(page: Page, subject: string): Locator {
  return page.getByRole('listbox', { name: 'Tickets' }).getByRole('option').filter({ hasText: subject });
}

/** Opens the ticket about this subject from the list, and resolves with its number. */
export async function openTicket(page: Page, subject: string): Promise<number> {
  await goTo(page, 'Tickets');
  await ticketRows(page, subject).click();
  const heading = page.getByRole('heading', { level: 1, name: subject });
  await expect(heading).toBeVisible();
  return Number(/#(\d+)/.exec(await heading.innerText())?.[1]);
}

export async function answer(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Text of the answer' }).fill(text);
  await page.getByRole('button', { name: /^Send/ }).click();
}

/** The ticket's conversation. */
export function conversation(page: Page): Locator {
  return page.getByRole('region', { name: 'Conversation' });
}

/** Searches all loaded mail and opens the only letter that is found with this subject. */
export async function openFound(page: Page, query: string, subject: string | RegExp): Promise<Locator> {
  await goTo(page, 'Mail');
  await page.getByRole('searchbox', { name: 'Search letters' }).fill(query);
  const letters = page.getByRole('listbox', { name: 'Letters' });
  await letters.getByRole('option').filter({ hasText: subject }).click();
  const article = page.getByRole('article', { name: subject });
  await expect(article).toBeVisible();
  return article;
}

/** By the test letter of the connection check, which must be seen in the inbox of the same mailbox. */
export async function sendToOneself(page: Page, address: string): Promise<void> {
  await goTo(page, 'Mailboxes');
  await page.getByRole('button', { name: `Actions for ${address}` }).click();
  await page.getByRole('menuitem', { name: 'Check the connection' }).click();
  await page.getByRole('button', { name: 'Send a test letter' }).click();
  const steps = page.getByRole('list', { name: 'Steps of the check' }).getByRole('listitem');
  await expect(steps.filter({ hasText: 'See it arrive' }).getByLabel('done')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/^Everything works/)).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).last().click();
}
