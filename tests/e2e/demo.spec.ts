import { expect, type Locator, type Page, test } from '@playwright/test';
import { type ConsoleWindow, openConsoleWindow } from '../support/console-window.ts';
import { answer, conversation, goTo, openFound, openTicket, ticketRows } from '../support/e2e-desk.ts';

/** The company's office asks its support for help; both mailboxes are in the console. */
const subject = 'Label printer at the reception is offline';
const words = 'The cable had come loose; it prints again. Oystercatcher.';

let opened: ConsoleWindow;
let page: Page;
let ticketId: number;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  opened = await openConsoleWindow({ args: ['--lang=en-US'] });
  page = opened.page;
});
test.afterAll(() => opened?.close());

test('the first run offers a mailbox and the demo company', async () => {
  await expect(page.getByRole('heading', { name: 'Welcome to Mailroom' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add a mailbox' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start the demo company' })).toBeVisible();
});

test('the demo company comes with letters in both languages, and with tickets made of them', async () => {
  await page.getByRole('button', { name: 'Start the demo company' }).click();
  const notice = page.getByRole('alert').filter({ hasText: 'The demo company is ready' });
  await expect(notice).toContainText(/^The demo company is ready200 letters were loaded, \d\d+ tickets were made\./, {
    timeout: 60_000,
  });
  await notice.getByRole('button', { name: 'See the tickets' }).click();
  await expect(ticketRows(page, subject)).toHaveCount(1);
  await expect(ticketRows(page, 'Не открывается календарь переговорной')).toHaveCount(1);
});

test('a ticket shows the letter it was made of, why, and the fields of its template', async () => {
  ticketId = await openTicket(page, subject);
  await expect(conversation(page)).toContainText('The label printer at the reception has been offline since lunch.');
  await expect(conversation(page)).toContainText('The sender matched a sender entry');
  await expect(page.getByRole('combobox', { name: 'Object' })).toHaveValue('Workplaces and equipment');
  await conversation(page).getByRole('button', { name: 'Show as letter' }).click();
  const letter = page.getByRole('dialog').getByRole('article', { name: subject });
  await expect(letter).toContainText('office@polar-key.test');
  await page.keyboard.press('Escape');
});

test('its answer is queued, then accepted by the server', async () => {
  const own = conversation(page).getByRole('listitem').filter({ hasText: words });
  const states = await statesShown(own, () => answer(page, words));
  expect(states.slice(0, -1), states.join(' → ')).toContain('Queued');
  expect(states.at(-1)).toBe('Accepted');
  await expect(page.getByRole('textbox', { name: 'Text of the answer' })).toHaveValue('');
});

test('the answer is found in the mailbox of whoever asked', async () => {
  const letter = await openFound(page, 'oystercatcher', `[#${ticketId}]`);
  await expect(letter.getByTitle('Text of the letter').contentFrame().getByText(words)).toBeVisible();
  await expect(letter).toContainText('support@polar-key.test');
  const folders = page.getByRole('navigation', { name: 'Folders' });
  await folders.getByRole('region', { name: 'office@polar-key.test' }).getByText('Inbox').click();
  await page.getByRole('searchbox', { name: 'Search letters' }).clear();
  await expect(
    page
      .getByRole('listbox', { name: 'Letters' })
      .getByRole('option')
      .filter({ hasText: `[#${ticketId}]` }),
  ).toHaveCount(1);
});

test('ending the demo company leaves nothing of it', async () => {
  await page.getByRole('button', { name: 'End and remove it' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End and remove' }).click();
  await expect(page.getByText('The demo company is gone.')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('This is a demo company')).toBeHidden();
  for (const [place, empty] of [
    ['Mail', 'Letters appear here as soon as a mailbox has loaded them.'],
    ['Tickets', 'A letter becomes a ticket when a sender entry of the rules matches its sender.'],
    ['Mailboxes', 'No mailbox is connected yet.'],
    ['Rules', 'First make a template with an object and a kind of work'],
    ['Outbox', 'Answers to tickets wait here until their server has accepted them.'],
  ] as const) {
    await goTo(page, place);
    await expect(page.getByText(empty), place).toBeVisible();
  }
  await goTo(page, 'Today');
  await expect(page.getByRole('button', { name: 'Start the demo company' })).toBeVisible();
});

/** The words of an answer's delivery, in the order in which the window shows them, until the server has it. */
async function statesShown(entry: Locator, send: () => Promise<void>): Promise<readonly string[]> {
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const look = () => {
      for (const state of ['Queued', 'Sending', 'Accepted', 'Failed', 'Unknown']) {
        const shown = [...document.querySelectorAll('main li span')].some(({ textContent }) => textContent === state);
        if (shown && seen.at(-1) !== state) seen.push(state);
      }
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await send();
  await expect(entry.getByText('Accepted', { exact: true })).toBeVisible();
  return page.evaluate(() => (window as unknown as { seen: string[] }).seen);
}
