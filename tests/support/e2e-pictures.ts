import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type axe from 'axe-core';
import { callConsole } from './call-console.ts';

const folder = resolve(import.meta.dirname, '../../docs/screens');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const looks = [
  { name: 'light', theme: 'light', language: 'en' },
  { name: 'dark', theme: 'dark', language: 'en' },
  { name: 'ru', theme: 'light', language: 'ru' },
] as const;
export type Look = (typeof looks)[number];

const usual = { width: 1360, height: 880 };
const smallest = { width: 1024, height: 700 };
const largest = { width: 2560, height: 1440 };

export interface Pictures {
  wear(look: Pick<Look, 'theme' | 'language'>): Promise<void>;
  /** Goes there, and waits until everything has been read. */
  open(address: string, shows: Locator): Promise<void>;
  /** Keeps the picture, and has it judged: by axe, and for Russian, a third longer, at every size. */
  judge(name: string, look: Look): Promise<void>;
  inEveryLook(name: string): Promise<void>;
}

/** Of one window. */
export function picturesOf(page: Page): Pictures {
  mkdirSync(folder, { recursive: true });
  const wear: Pictures['wear'] = async ({ theme, language }) => {
    const settings = await callConsole(page, 'settings.get', undefined);
    await callConsole(page, 'settings.set', { settings: { ...settings, theme, language, operatorName: 'Anna' } });
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
  };
  const judge: Pictures['judge'] = async (name, look) => {
    // No row lies under the pointer, no notice above the buttons.
    await page.mouse.move(0, 0);
    await page.screenshot({ path: join(folder, `${name}-${look.name}.png`), animations: 'disabled' });
    expect(await violationsIn(page), `${name} (${look.name})`).toEqual([]);
    if (look.language === 'ru') await expectToFit(name, page);
  };
  return {
    wear,
    judge,
    async open(address, shows) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, address);
      await expect(shows).toBeVisible();
      // Skeletons stand where something is still being read.
      await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0);
    },
    async inEveryLook(name) {
      for (const look of looks) {
        await wear(look);
        await judge(name, look);
      }
    },
  };
}

/** What axe has against the page; what foreign letters bring in their frames is theirs. */
export async function violationsIn(page: Page): Promise<string[]> {
  // The page may not load foreign scripts; the inspector's way in is not bound by its policy.
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe: judgeOf } = window as unknown as { axe: typeof axe };
    const found = await judgeOf.run(document, { resultTypes: ['violations'], iframes: false });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
}

async function expectToFit(name: string, page: Page): Promise<void> {
  for (const size of [smallest, largest, usual]) {
    await page.setViewportSize(size);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, `${name} at ${size.width} scrolls sideways`).toBe(0);
    expect(await cutWords(page), `${name} at ${size.width} cuts off`).toEqual([]);
  }
}

/** The console's own words that do not fit. What is foreign may be shortened, if its whole text can be had by pointing at it. */
function cutWords(page: Page): Promise<string[]> {
  return page.evaluate(() =>
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
