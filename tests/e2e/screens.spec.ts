import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { callConsole } from '../support/call-console.ts';
import { type ConsoleWindow, openConsoleWindow } from '../support/console-window.ts';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type Look, looks, type Pictures, picturesOf } from '../support/e2e-pictures.ts';
import { secretsOf } from '../support/e2e-secrets.ts';
import { endpoint, nextStep, typeServers } from '../support/e2e-wizard.ts';
import { startKeyring } from '../support/keyring.ts';

// Every screen as it is looked at: kept in docs/screens, judged by axe, tried at the smallest and the largest size.
let window: ConsoleWindow;
let page: Page;
let pictures: Pictures;
let dovecot: Dovecot;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  dovecot = await startDovecot({ certificate: 'selfSigned' });
  window = await openConsoleWindow({ args: ['--lang=en-US'] });
  page = window.page;
  pictures = picturesOf(page);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
test.afterAll(async () => {
  await window?.close();
  await dovecot?.stop();
});

test('the first run and the wizard', async () => {
  for (const look of looks) {
    await pictures.wear(look);
    await pictures.open('#/', page.getByRole('heading', { level: 1 }));
    await pictures.judge('first-run', look);
    await pictures.open('#/mailboxes/add', page.getByRole('textbox'));
    await pictures.judge('wizard-address', look);
    await page.getByRole('textbox').first().fill('anna@yandex.ru');
    await page.keyboard.press('Enter');
    await expect(page.locator('input[type=password]').first()).toBeVisible();
    await pictures.judge('wizard-password', look);
    await page.evaluate(() => {
      location.hash = '#/';
    });
    await pictures.open('#/mailboxes/add', page.getByRole('textbox'));
    await page.getByRole('textbox').first().fill('anna@outlook.com');
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-first-field]')).toBeVisible();
    await pictures.judge('wizard-sign-in', look);
    await page.evaluate(() => {
      location.hash = '#/';
    });
  }
});

test('the wizard’s further steps, with a server typed by hand', async () => {
  for (const letter of ['One', 'Two']) await deliver(dovecot, 'desk', `Subject: ${letter}\r\n\r\n${letter}\r\n`);
  await pictures.wear(looks[0]);
  await page.getByRole('button', { name: 'Add a mailbox' }).click();
  await page.getByRole('textbox').first().fill('desk@own-server.test');
  await page.keyboard.press('Enter');
  await pictures.inEveryLook('wizard-provider');
  await pictures.wear(looks[0]);
  await page.getByRole('button', { name: 'Back' }).click();
  await typeServers(page, 'desk@own-server.test', dovecot);
  await page.getByLabel('Password', { exact: true }).fill(dovecot.password);
  await pictures.inEveryLook('wizard-servers');
  await pictures.wear(looks[0]);
  await nextStep(page);
  await expect(page.getByRole('heading', { name: 'does not work yet' })).toBeVisible();
  await pictures.inEveryLook('wizard-certificate');
  await pictures.wear(looks[0]);
  for (const works of ['does not work yet', 'The connection works']) {
    await page.getByRole('button', { name: 'Accept exactly this certificate' }).click();
    await expect(page.getByRole('heading', { name: works })).toBeVisible();
  }
  await pictures.inEveryLook('wizard-check');
  for (const step of ['wizard-folders', 'wizard-loading', 'wizard-afterwards', 'wizard-confirm']) {
    await pictures.wear(looks[0]);
    await nextStep(page);
    if (step === 'wizard-confirm') await expect(page.getByText('2 letters will be loaded')).toBeVisible();
    await pictures.inEveryLook(step);
  }
  await pictures.wear(looks[0]);
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
  await pictures.inEveryLook('wizard-exchange');
  await pictures.wear(looks[0]);
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
        await picturesOf(opened.page).judge('startup-problem', look);
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
    await pictures.wear(worn[0] as Look);
    await callConsole(page, 'demo.start', undefined);
    const screens = await demoScreens();
    for (const look of worn) {
      await pictures.wear(look);
      for (const { name, address, shows, below } of screens) {
        await pictures.open(address, shows);
        if (below) await below.scrollIntoViewIfNeeded();
        await pictures.judge(name, look);
      }
    }
    await pictures.open('#/', page.getByRole('heading', { level: 1 }));
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
  await pictures.open(ofTicket, page.getByRole('article'));
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
