import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type axe from 'axe-core';
import type { Settings } from '../../src-shared/domain/settings.ts';
import { callConsole } from '../support/call-console.ts';
import { type ConsoleWindow, openConsoleWindow } from '../support/console-window.ts';

// Every screen as it is looked at: kept in docs/screens, judged by axe, tried at the smallest and the largest size.
const pictures = resolve(import.meta.dirname, '../../docs/screens');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const looks = [
  { name: 'light', theme: 'light', language: 'en' },
  { name: 'dark', theme: 'dark', language: 'en' },
  { name: 'ru', theme: 'light', language: 'ru' },
] as const;

let window: ConsoleWindow;
let page: Page;
let routes: readonly (readonly [name: string, address: string])[];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  window = await openConsoleWindow({ args: ['--lang=en-US'] });
  page = window.page;
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
test.afterAll(() => window?.close());

test('the first run and the wizard', async () => {
  for (const look of looks) {
    await wear(look);
    await lookAt('first-run', look.name, '#/');
    await lookAt('wizard-address', look.name, '#/mailboxes/add');
    await page.getByRole('textbox').first().fill('anna@yandex.ru');
    await page.keyboard.press('Enter');
    await expect(page.locator('input[type=password]')).toBeVisible();
    await judge('wizard-password', look.name);
    await page.evaluate(() => {
      location.hash = '#/';
    });
  }
});

test('every screen with the demo company', async () => {
  await wear(looks[0]);
  await callConsole(page, 'demo.start', undefined);
  const filter = { states: [], templateId: null, mailboxId: null, mine: false, query: '' };
  const { tickets } = await callConsole(page, 'tickets.list', { filter, offset: 0, limit: 100 });
  const scope = { mailboxId: null, folderId: null, unreadOnly: false };
  const letters = await callConsole(page, 'mail.list', { scope, before: null, limit: 200 });
  const [mailbox] = await callConsole(page, 'mailboxes.list', undefined);
  const ticket = tickets.find(({ letterCount }) => letterCount > 1) ?? tickets[0];
  const letter = letters.find(({ attachmentCount, threadSize }) => attachmentCount > 0 && threadSize > 1) ?? letters[0];
  routes = [
    ['today', '#/'],
    ['mail', `#/mail?letter=${letter?.id}`],
    ['tickets', '#/tickets'],
    ['ticket', `#/tickets/${ticket?.id}`],
    ['mailboxes', '#/mailboxes'],
    ['mailbox', `#/mailboxes/${mailbox?.id}`],
    ['rules', '#/rules'],
    ['outbox', '#/outbox'],
    ['settings', '#/settings'],
  ];
  for (const look of looks) {
    await wear(look);
    for (const [name, address] of routes) await lookAt(name, look.name, address);
  }
});

test('in Russian nothing is cut off at the smallest size, and nothing lost at the largest', async () => {
  await wear(looks[2]);
  for (const [width, height] of [
    [1024, 700],
    [2560, 1440],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const [name, address] of routes) {
      await open(address);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide, `${name} at ${width} scrolls sideways`).toBe(0);
      expect(await cutControls(), `${name} at ${width} cuts off`).toEqual([]);
    }
  }
});

async function wear({ theme, language }: { theme: Settings['theme']; language: Settings['language'] }): Promise<void> {
  const settings = await callConsole(page, 'settings.get', undefined);
  await callConsole(page, 'settings.set', { settings: { ...settings, theme, language } });
  await expect(page.locator('html')).toHaveAttribute('lang', language ?? 'en');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
}

async function open(address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
  await expect(page.locator('main')).toBeVisible();
  // Skeletons stand where something is still being read.
  await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0);
}

async function lookAt(name: string, look: string, address: string): Promise<void> {
  await open(address);
  await judge(name, look);
}

async function judge(name: string, look: string): Promise<void> {
  await page.screenshot({ path: join(pictures, `${name}-${look}.png`), animations: 'disabled' });
  // The page may not load foreign scripts; the inspector's way in is not bound by its policy.
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe: judgeOf } = window as unknown as { axe: typeof axe };
    const found = await judgeOf.run(document, { resultTypes: ['violations'], iframes: false });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
  expect(violations, `${name} (${look})`).toEqual([]);
}

/** Buttons and tabs whose own words do not fit. Lists may shorten what is foreign: subjects, addresses. */
function cutControls(): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, [role=tab], label, h1, h2')]
      .filter((element) => element.offsetParent !== null && element.scrollWidth > element.clientWidth + 1)
      .filter((element) => getComputedStyle(element).overflowX !== 'visible')
      .map((element) => element.textContent ?? '')
      .filter((text) => text.trim() !== ''),
  );
}
