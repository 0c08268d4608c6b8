import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type Locator, type Page } from '@playwright/test';
import { openConsoleWindow } from '../support/console-window.ts';
import { type Figure, percentile } from './figures-table.ts';

export interface LaunchStage {
  /** Loaded already, its key in the keychain. */
  readonly profile: string;
  readonly letters: number;
  /** For an Electron program that opens an empty window and nothing else. */
  readonly dir: string;
  /** For an office mailbox the empty window of any Electron program; for what letters cost, the console without one. */
  readonly beside?: 'empty window' | 'empty profile';
  say(line: string): void;
}

/** The first brings the program's files into memory and is not counted. */
const rounds = 6;

/** From the start of the process to a list of letters that can be read; beside it, to what is there without them. */
export async function measureLaunch(stage: LaunchStage): Promise<readonly Figure[]> {
  const { profile, letters, dir, beside = 'empty window', say } = stage;
  const launchPeer = beside === 'empty window' ? emptyWindow(dir) : emptyProfile(dir);
  const filled: number[] = [];
  const empty: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [emptyMs, filledMs] = [await launchPeer(), await launchFilled(profile)];
    if (round === 0) continue;
    empty.push(emptyMs);
    filled.push(filledMs);
  }
  const shown = (values: readonly number[]): string => values.map((ms) => ms.toFixed(0)).join(' ');
  say(`launches (ms): filled list ${shown(filled)}, ${beside} ${shown(empty)}`);
  return [
    {
      what: `launch to a filled list, ${letters} letters`,
      value: percentile(filled, 0.5) / 1000,
      unit: 's',
      ...(beside === 'empty window' ? { goal: 1 } : { goalRatio: 1.3 }),
      peer: { name: beside, value: percentile(empty, 0.5) / 1000 },
    },
  ];
}

/** A row with a date is a letter; before that, rows are empty. */
const launchFilled = (profile: string) =>
  launchConsole(profile, (page) => page.getByRole('option').locator('time').first());

async function launchConsole(profile: string, ready: (page: Page) => Locator): Promise<number> {
  const start = performance.now();
  const window = await openConsoleWindow({ profile });
  try {
    await openMail(window.page);
    await ready(window.page).waitFor();
    return performance.now() - start;
  } finally {
    await window.close();
  }
}

async function openMail(page: Page): Promise<void> {
  await page.waitForLoadState('domcontentloaded');
  await page.evaluate(() => {
    window.location.hash = '#/mail';
  });
}

function emptyProfile(dir: string): () => Promise<number> {
  const profile = join(dir, 'empty-profile');
  return () => launchConsole(profile, (page) => page.getByText('Letters appear here'));
}

function emptyWindow(dir: string): () => Promise<number> {
  const program = writeEmptyProgram(join(dir, 'empty-program'));
  return () => launchEmpty(program);
}

async function launchEmpty(program: string): Promise<number> {
  const flags = (process.env.MAILROOM_ELECTRON_FLAGS ?? '').split(' ').filter(Boolean);
  const executablePath = process.env.MAILROOM_ELECTRON;
  if (executablePath === undefined) throw new Error('no runtime named: run through `npm run bench`');
  const start = performance.now();
  const app = await _electron.launch({ executablePath, args: [...flags, '--disable-gpu', program] });
  try {
    const page = await app.firstWindow();
    await page.getByText('empty').waitFor();
    return performance.now() - start;
  } finally {
    await app.close();
  }
}

function writeEmptyProgram(folder: string): string {
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'empty-window', version: '0.0.0', main: 'main.cjs' }),
  );
  writeFileSync(join(folder, 'empty.html'), '<!doctype html><title>empty</title><p>empty');
  writeFileSync(
    join(folder, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron');
app.setPath('userData', ${JSON.stringify(join(folder, 'data'))});
app.on('window-all-closed', () => app.quit());
app.whenReady().then(() => new BrowserWindow().loadFile('empty.html'));
`,
  );
  return folder;
}
