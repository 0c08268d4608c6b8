import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import type axe from 'axe-core';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { Settings } from '../../src-shared/domain/settings.ts';
import { callConsole } from '../support/call-console.ts';
import { type ConsoleWindow, openConsoleWindow } from '../support/console-window.ts';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { secretsOf } from '../support/e2e-secrets.ts';
import { endpoint, nextStep, typeServers } from '../support/e2e-wizard.ts';
import { startKeyring } from '../support/keyring.ts';

// Every screen as it is looked at: kept in docs/screens, judged by axe, tried at the smallest and the largest size.
const pictures = resolve(import.meta.dirname, '../../docs/screens');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const looks = [
  { name: 'light', theme: 'light', language: 'en' },
  { name: 'dark', theme: 'dark', language: 'en' },
  { name: 'ru', theme: 'light', language: 'ru' },
] as const;
type Look = (typeof looks)[number];

const usual = { width: 1360, height: 880 };
const smallest = { width: 1024, height: 700 };
const largest = { width: 2560, height: 1440 };

let window: ConsoleWindow;
let page: Page;
let dovecot: Dovecot;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  dovecot = await startDovecot({ certificate: 'selfSigned' });
  mkdirSync(pictures, { recursive: true });
  window = await openConsoleWindow({ args: ['--lang=en-US'] });
  page = window.page;
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
test.afterAll(async () => {
  await window?.close();
  await dovecot?.stop();
});

test('the first run and the wizard', async () => {
  for (const look of looks) {
    await wear(look);
    await open('#/', page.getByRole('heading', { level: 1 }));
    await judge('first-run', look);
    await open('#/mailboxes/add', page.getByRole('textbox'));
    await judge('wizard-address', look);
    await page.getByRole('textbox').first().fill('anna@yandex.ru');
    await page.keyboard.press('Enter');
    await expect(page.locator('input[type=password]').first()).toBeVisible();
    await judge('wizard-password', look);
    await page.evaluate(() => {
      location.hash = '#/';
    });
    await open('#/mailboxes/add', page.getByRole('textbox'));
    await page.getByRole('textbox').first().fill('anna@outlook.com');
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-first-field]')).toBeVisible();
    await judge('wizard-sign-in', look);
    await page.evaluate(() => {
      location.hash = '#/';
    });
  }
});

test('the wizard’s further steps, with a server typed by hand', async () => {
  for (const letter of ['One', 'Two']) await deliver(dovecot, 'desk', `Subject: ${letter}\r\n\r\n${letter}\r\n`);
  await wear(looks[0]);
  await page.getByRole('button', { name: 'Add a mailbox' }).click();
  await page.getByRole('textbox').first().fill('desk@own-server.test');
  await page.keyboard.press('Enter');
  await inEveryLook('wizard-provider');
  await wear(looks[0]);
  await page.getByRole('button', { name: 'Back' }).click();
  await typeServers(page, 'desk@own-server.test', dovecot);
  await page.getByLabel('Password', { exact: true }).fill(dovecot.password);
  await inEveryLook('wizard-servers');
  await wear(looks[0]);
  await nextStep(page);
  await expect(page.getByRole('heading', { name: 'does not work yet' })).toBeVisible();
  await inEveryLook('wizard-certificate');
  await wear(looks[0]);
  for (const works of ['does not work yet', 'The connection works']) {
    await page.getByRole('button', { name: 'Accept exactly this certificate' }).click();
    await expect(page.getByRole('heading', { name: works })).toBeVisible();
  }
  await inEveryLook('wizard-check');
  for (const step of ['wizard-folders', 'wizard-loading', 'wizard-afterwards', 'wizard-confirm']) {
    await wear(looks[0]);
    await nextStep(page);
    if (step === 'wizard-confirm') await expect(page.getByText('2 letters will be loaded')).toBeVisible();
    await inEveryLook(step);
  }
  await wear(looks[0]);
  await page.getByRole('button', { name: 'Cancel' }).click();
});

test('a server of Exchange, typed by hand', async () => {
  await page.getByRole('button', { name: 'Add a mailbox' }).first().click();
  await page.getByRole('textbox').first().fill('office@corp.test');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Other server Type the names' }).click();
  const incoming = endpoint(page, 'Incoming mail');
  await incoming.getByText('Exchange', { exact: true }).click();
  await incoming.getByLabel('Exchange web service URL').fill('mail.corp.test');
  await inEveryLook('wizard-exchange');
  await wear(looks[0]);
  await page.getByRole('button', { name: 'Cancel' }).click();
});

test('a profile that does not open', async () => {
  const ring = await startKeyring('absent');
  try {
    for (const look of looks) {
      const { theme, language } = look;
      const opened = await openConsoleWindow({
        args: [`--lang=${language === 'ru' ? 'ru' : 'en-US'}`],
        env: secretsOf(ring),
      });
      try {
        await opened.page.emulateMedia({ colorScheme: theme });
        await expect(opened.page.getByRole('alert')).toBeVisible();
        await judge('startup-problem', look, opened.page);
      } finally {
        await opened.close();
      }
    }
  } finally {
    await ring.stop();
  }
});

for (const language of ['en', 'ru'] as const) {
  test(`every screen with the demo company (${language})`, async () => {
    const worn = looks.filter((look) => look.language === language);
    await wear(worn[0] as Look);
    await callConsole(page, 'demo.start', undefined);
    const screens = await demoScreens();
    for (const look of worn) {
      await wear(look);
      for (const { name, address, shows, below } of screens) {
        await open(address, shows);
        if (below) await below.scrollIntoViewIfNeeded();
        await judge(name, look);
      }
    }
    await open('#/', page.getByRole('heading', { level: 1 }));
    await callConsole(page, 'demo.end', undefined);
  });
}

interface DemoScreen {
  readonly name: string;
  readonly address: string;
  /** What is not there until the screen is. */
  readonly shows: Locator;
  /** What the picture is of, where it does not stand at the top. */
  readonly below?: Locator;
}

async function demoScreens(): Promise<readonly DemoScreen[]> {
  const filter = { states: [], templateId: null, mailboxId: null, mine: false, query: '' };
  const { tickets } = await callConsole(page, 'tickets.list', { filter, offset: 0, limit: 100 });
  const scope = { mailboxId: null, folderId: null, unreadOnly: false };
  const letters = await callConsole(page, 'mail.list', { scope, before: null, limit: 200 });
  const [mailbox] = await callConsole(page, 'mailboxes.list', undefined);
  if (mailbox) await keepRecords(mailbox);
  await trustSomebody();
  const ticket = tickets.find(({ letterCount }) => letterCount > 1) ?? tickets[0];
  const letter = letters.find(({ attachmentCount, threadSize }) => attachmentCount > 0 && threadSize > 1) ?? letters[0];
  const ofTicket = `#/tickets/${ticket?.id}`;
  const all = { mailboxId: null, folderId: null, statuses: [], query: '' };
  const entries = await callConsole(page, 'ledger.list', { filter: all, before: null, limit: 200 });
  const entry = entries.find(({ status }) => status === 'ticket');
  const onDesk = { mailboxId: null, why: null, dismissed: false, before: null, limit: 10 };
  const [quarantined] = await callConsole(page, 'quarantine.list', onDesk);
  const logged = page.getByRole('region', { name: /^(Lines of the log|Записи журнала)$/ });
  const accepted = page.getByText(/^(Accepted|Принят сервером)$/);
  await open(ofTicket, page.getByRole('article'));
  await page.getByRole('article').getByRole('textbox').first().fill('Hello! / Здравствуйте!');
  await page.keyboard.press('Control+Enter');
  await expect(accepted).toBeVisible();
  return [
    { name: 'today', address: '#/', shows: page.getByText(/^(Latest tickets|Последние заявки)$/) },
    { name: 'mail', address: `#/mail?letter=${letter?.id}`, shows: page.getByRole('article') },
    { name: 'tickets', address: '#/tickets', shows: page.getByRole('option').first() },
    { name: 'ticket', address: ofTicket, shows: accepted },
    { name: 'mailboxes', address: '#/mailboxes', shows: page.getByRole('row').nth(2) },
    { name: 'mailbox', address: `#/mailboxes/${mailbox?.id}`, shows: page.getByText('STARTTLS').first() },
    {
      ...{ name: 'mailbox-log', address: `#/mailboxes/${mailbox?.id}`, shows: logged },
      below: logged.getByRole('row').last(),
    },
    { name: 'mailbox-switch', address: `#/mailboxes/${mailbox?.id}/switch`, shows: page.getByText('STARTTLS').first() },
    { name: 'rules', address: '#/rules', shows: page.getByText('*@polar-key.test') },
    { name: 'ledger', address: `#/ledger?entry=${entry?.id}`, shows: page.getByRole('listitem').first() },
    {
      name: 'quarantine',
      address: `#/quarantine?letter=${quarantined?.letter.id}`,
      shows: page.frameLocator('iframe').locator('body > :not(style)').first(),
    },
    { name: 'outbox', address: '#/outbox', shows: page.getByRole('list', { name: /^(Answers|Ответы)$/ }) },
    { name: 'settings', address: '#/settings', shows: page.getByText(/^(Theme|Тема)$/) },
  ];
}

/** For the settings: an authority of one company, and a server that is behind the times. */
async function trustSomebody(): Promise<void> {
  const file = new Uint8Array(readFileSync(dovecot.certificates.caFile));
  await callConsole(page, 'authorities.add', { host: '*.northwind.test', file });
  await callConsole(page, 'oldEncryption.allow', { host: 'old.northwind.test' });
}

/** Full details of a pass in the log, and a password that is soon to be changed. */
async function keepRecords({ id: mailboxId, settings }: Mailbox): Promise<void> {
  const kept = { ...settings, log: 'full' as const, dates: { clientSecretEnds: null, passwordDays: 20 } };
  const draft = { settings: kept, password: null, outgoingPassword: null, mailboxId };
  await callConsole(page, 'mailboxes.update', { draft });
  await callConsole(page, 'loading.run', { mailboxIds: [mailboxId] });
  // Its notice is told before any picture is taken, and closed.
  const notice = page.getByRole('alert').filter({ hasText: /^(Password|Пароль)/ });
  if (await notice.isVisible()) await notice.getByRole('button').click();
}

async function wear({ theme, language }: { theme: Settings['theme']; language: Settings['language'] }): Promise<void> {
  const settings = await callConsole(page, 'settings.get', undefined);
  await callConsole(page, 'settings.set', { settings: { ...settings, theme, language, operatorName: 'Anna' } });
  await expect(page.locator('html')).toHaveAttribute('lang', language ?? 'en');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
}

async function open(address: string, shows: Locator): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
  await expect(shows).toBeVisible();
  // Skeletons stand where something is still being read.
  await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0);
}

async function inEveryLook(name: string): Promise<void> {
  for (const look of looks) {
    await wear(look);
    await judge(name, look);
  }
}

async function judge(name: string, look: Look, of = page): Promise<void> {
  // No row lies under the pointer, no notice above the buttons.
  await of.mouse.move(0, 0);
  await of.screenshot({ path: join(pictures, `${name}-${look.name}.png`), animations: 'disabled' });
  // The page may not load foreign scripts; the inspector's way in is not bound by its policy.
  await of.evaluate(axeSource);
  const violations = await of.evaluate(async () => {
    const { axe: judgeOf } = window as unknown as { axe: typeof axe };
    const found = await judgeOf.run(document, { resultTypes: ['violations'], iframes: false });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
  expect(violations, `${name} (${look.name})`).toEqual([]);
  // Russian is a third longer.
  if (look.language === 'ru') await expectToFit(name, of);
}

async function expectToFit(name: string, of: Page): Promise<void> {
  for (const size of [smallest, largest, usual]) {
    await of.setViewportSize(size);
    const wide = await of.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, `${name} at ${size.width} scrolls sideways`).toBe(0);
    expect(await cutWords(of), `${name} at ${size.width} cuts off`).toEqual([]);
  }
}

/** The console's own words that do not fit. What is foreign may be shortened, if its whole text can be had by pointing at it. */
function cutWords(of: Page): Promise<string[]> {
  return of.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        'button, button *, [role=tab] *, label, label *, h1, h2, th, dt, nav a *',
      ),
    ]
      .filter((element) => element.offsetParent !== null && element.scrollWidth > element.clientWidth + 1)
      .filter((element) => getComputedStyle(element).overflowX !== 'visible' && element.closest('[title]') === null)
      .map((element) => element.textContent ?? '')
      .filter((text) => text.trim() !== ''),
  );
}
