import { rmSync } from 'node:fs';
import { type ElectronApplication, expect, test } from '@playwright/test';
import { type ConsoleWindow, openConsoleWindow } from '../support/console-window.ts';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { answer, conversation, goTo, openFound, openTicket } from '../support/e2e-desk.ts';
import { type LoadedProfile, loadedProfile } from '../support/e2e-profile.ts';

const subject = 'No light in the stairwell';
const words = 'It was the fuse. Yours, the desk.';
const begun = 'The fuse was replaced, and';

let dovecot: Dovecot;
let profile: LoadedProfile;
let opened: ConsoleWindow;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  dovecot = await startDovecot();
  await deliver(dovecot, 'desk', letterFrom('vera@firma.test', subject, 'The stairwell is dark since Monday.'));
  await deliver(dovecot, 'desk', letterFrom('news@elsewhere.test', 'Lamps of the month', 'Ten lamps, one price.'));
  profile = await loadedProfile(dovecot);
  opened = await open();
});
test.afterAll(async () => {
  await opened?.close();
  await dovecot?.stop();
  if (profile) rmSync(profile.dir, { recursive: true, force: true });
});

test('a server that has gone is said calmly, and its letters stay readable and searchable', async () => {
  const { page } = opened;
  await goTo(page, 'Mailboxes');
  const mailbox = page.getByRole('row').filter({ hasText: 'desk@localhost.test' });
  await expect(mailbox.getByText('Working')).toBeVisible();
  // The server's certificate ends in 30 days, which is said once; what is said from here on is in question.
  const ending = page.getByRole('alert').filter({ hasText: 'Certificate of the incoming server: 30 days left' });
  await ending.getByRole('button', { name: 'Close' }).click();
  await dovecot.halt();
  // The first minute of a failure raises nothing: lines drop, servers restart.
  await expect(mailbox.getByText('Delayed')).toBeVisible({ timeout: 100_000 });
  await expect(mailbox).toContainText(/localhost/);
  await expect(mailbox).toContainText(/next attempt in/);
  // It waits by itself; nobody is alarmed.
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(await openFound(page, 'lamps', 'Lamps of the month')).toContainText('Ten lamps, one price.');
});

test('a draft that was never sent is there after a restart without the server, as are the letters', async () => {
  await openTicket(opened.page, subject);
  await opened.page.getByRole('textbox', { name: 'Text of the answer' }).pressSequentially(begun);
  // At once: the window is closed sooner than a pause in typing would be noticed.
  await opened.close();
  opened = await open();
  await expect(await openFound(opened.page, 'lamps', 'Lamps of the month')).toContainText('Ten lamps, one price.');
  await openTicket(opened.page, subject);
  await expect(opened.page.getByRole('textbox', { name: 'Text of the answer' })).toHaveValue(begun);
});

test('an answer that cannot be sent waits, with its reason, and survives a restart', async () => {
  await answer(opened.page, words);
  const own = () => conversation(opened.page).getByRole('listitem').filter({ hasText: words });
  await expect(own().getByText('Queued', { exact: true })).toBeVisible();
  await expect(own()).toContainText('Next attempt in', { timeout: 20_000 });
  await opened.close();
  opened = await open();
  await openTicket(opened.page, subject);
  await expect(own().getByText('Queued', { exact: true })).toBeVisible();
  await expect(opened.page.getByRole('textbox', { name: 'Text of the answer' })).toHaveValue('');
  await goTo(opened.page, 'Outbox');
  const waiting = opened.page.getByRole('list', { name: 'Answers' }).getByRole('listitem');
  await expect(waiting).toHaveCount(1);
  await expect(waiting).toContainText('To vera@firma.test');
  await expect(waiting).toContainText('Server localhost cannot be reached');
});

test('when the server is back it goes out on a click, once', async () => {
  const { page } = opened;
  await dovecot.restart();
  await page.getByRole('button', { name: 'Send now' }).click();
  const sent = page.getByRole('list', { name: 'Answers' }).getByRole('listitem');
  await expect(sent.getByText('Accepted', { exact: true })).toBeVisible({ timeout: 20_000 });
  const arrived = await dovecot.relay.next(({ to }) => to.includes('vera@firma.test'));
  expect(arrived.raw.toString()).toContain(words);
  expect(dovecot.relay.received).toHaveLength(1);
});

test('when the server is back the mailbox works again, and a new letter comes by itself', async () => {
  const { page } = opened;
  await goTo(page, 'Mailboxes');
  const mailbox = page.getByRole('row').filter({ hasText: 'desk@localhost.test' });
  await mailbox.getByRole('button', { name: 'Actions for desk' }).click();
  await page.getByRole('menuitem', { name: 'Load now' }).click();
  await expect(mailbox.getByText('Working')).toBeVisible({ timeout: 20_000 });
  await deliver(dovecot, 'desk', letterFrom('vera@firma.test', 'Light again', 'Thank you.'));
  await goTo(page, 'Mail');
  await page.getByRole('listbox', { name: 'Letters' }).getByText('Light again').click({ timeout: 20_000 });
  await expect(page.getByRole('article', { name: 'Light again' })).toContainText('Thank you.');
});

test('a page that is killed comes back by itself; mail is loaded meanwhile', async () => {
  const { app, page } = opened;
  await goTo(page, 'Mail');
  const firstProcess = await pageProcess(app);
  await app.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.forcefullyCrashRenderer());
  await deliver(dovecot, 'desk', letterFrom('vera@firma.test', 'Dark once more', 'The fuse again.'));
  await expect.poll(() => textOfPage(app), { timeout: 30_000 }).toContain('Dark once more');
  expect(await pageProcess(app)).not.toBe(firstProcess);
});

const pageProcess = (app: ElectronApplication) =>
  app.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.getOSProcessId());

/** As its main process reads it: the inspector's line went with the page that was killed. A question to a page that dies meanwhile is never answered. */
const textOfPage = (app: ElectronApplication): Promise<string> =>
  app.evaluate(({ webContents }) => {
    const reading = webContents.getAllWebContents()[0]?.executeJavaScript('document.body.innerText');
    const givenUp = new Promise<string>((resolve) => setTimeout(() => resolve(''), 1_000));
    return Promise.race([reading?.catch(() => ''), givenUp]);
  });

function open(): Promise<ConsoleWindow> {
  return openConsoleWindow({ profile: profile.dir, args: ['--lang=en-US'], env: profile.env });
}

function letterFrom(from: string, about: string, text: string): string {
  const id = `${about.replaceAll(' ', '.')}@${from.split('@')[1]}`;
  return [`From: ${from}`, 'To: desk@localhost.test', `Subject: ${about}`, `Message-ID: <${id}>`, '', text, ''].join(
    '\r\n',
  );
}
