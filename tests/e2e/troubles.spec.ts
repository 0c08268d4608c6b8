import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, type Page, test } from '@playwright/test';
import { type ConsoleWindow, openConsoleWindow } from '../support/console-window.ts';
import { secretsOf } from '../support/e2e-secrets.ts';
import { type Keyring, type KeyringState, startKeyring } from '../support/keyring.ts';

const root = resolve(import.meta.dirname, '../..');
const english = ['--lang=en-US'];
const passphrase = 'a quiet harbour at noon';
let profile: string;
const toClose: (() => Promise<void>)[] = [];

test.beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'mailroom-profile-'));
});

test.afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close().catch(() => undefined);
  rmSync(profile, { recursive: true, force: true });
});

/** A window on this test's profile; closed after the test at the latest. */
async function open(env: Readonly<Record<string, string>> = {}): Promise<ConsoleWindow> {
  const opened = await openConsoleWindow({ profile, args: english, env });
  toClose.push(() => opened.close());
  return opened;
}

async function keyring(state: KeyringState): Promise<{ ring: Keyring; env: Record<string, string> }> {
  const ring = await startKeyring(state);
  toClose.push(() => ring.stop());
  return { ring, env: secretsOf(ring) };
}

const firstRun = (page: Page) => page.getByRole('button', { name: 'Start the demo company' });
const mark = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

test('without a keychain the window says so, and a passphrase chosen on purpose opens the profile', async () => {
  const { env } = await keyring('absent');
  const first = await open(env);
  const { page } = first;
  await expect(page.getByRole('heading', { name: 'Mailroom could not open this profile' })).toBeVisible();
  const notice = page.getByRole('alert');
  await expect(notice).toContainText('The system’s keychain cannot be reached');
  await expect(notice).toContainText('Start the keychain of your system');

  await page.getByRole('button', { name: 'Use a passphrase instead of the keychain' }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill('short');
  await page.getByLabel('Repeat the passphrase').fill(passphrase);
  await page.getByRole('button', { name: 'Open with the passphrase' }).click();
  await expect(page.getByText('At least 10 characters')).toBeVisible();
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Open with the passphrase' }).click();
  await expect(firstRun(page)).toBeVisible();
  await first.close();

  // The next start asks for it, and another one does not open the profile.
  const { page: again } = await open(env);
  await expect(again.getByRole('alert')).toContainText('keeps its passwords under a passphrase');
  await again.getByLabel('Passphrase', { exact: true }).fill('not the passphrase');
  await again.getByRole('button', { name: 'Open with the passphrase' }).click();
  await expect(again.getByRole('alert')).toContainText('The passphrase does not open the vault');
  await again.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await again.getByRole('button', { name: 'Open with the passphrase' }).click();
  await expect(firstRun(again)).toBeVisible();
});

test('a locked keychain is named as such, and the profile opens at the next start after it was unlocked', async () => {
  const { ring, env } = await keyring('locked');
  const locked = await open(env);
  const { page } = locked;
  const notice = page.getByRole('alert');
  await expect(notice).toContainText('The system’s keychain is locked.');
  await expect(notice).toContainText('Unlock it (with your sign-in password, as a rule) and try again');
  // A locked keychain holds this profile's secrets already: another vault would shut them out.
  await expect(page.getByRole('button', { name: 'Use a passphrase instead of the keychain' })).toBeHidden();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(notice).toContainText('The system’s keychain is locked.');
  await locked.close();

  await ring.unlock();
  const { page: unlocked } = await open(env);
  await expect(firstRun(unlocked)).toBeVisible();
});

test('a second console on the same profile says why it leaves, and the first goes on', async () => {
  const first = await open();
  await expect(firstRun(first.page)).toBeVisible();
  const flags = (process.env.MAILROOM_ELECTRON_FLAGS ?? '').split(' ').filter(Boolean);
  const second = spawn(
    process.env.MAILROOM_ELECTRON ?? '',
    [...flags, '--disable-gpu', root, '--profile', profile, ...english],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<number | null>((done) => second.once('close', done));
  const [code, said] = await Promise.all([ended, text(second.stderr)]);
  expect(code).toBe(1);
  expect(said).toContain('Another Mailroom is working with this profile.');
  expect(said).toContain('Use the window that is open already');

  await first.page.getByRole('navigation').getByRole('link', { name: 'Settings' }).first().click();
  await expect(first.page.getByRole('heading', { name: 'Settings' }).first()).toBeVisible();
});

test('a damaged store is said in the window and left as it is', async () => {
  const whole = await open();
  await expect(firstRun(whole.page)).toBeVisible();
  await whole.close();
  // The control: the file as it was opens again.
  const still = await open();
  await expect(firstRun(still.page)).toBeVisible();
  await still.close();

  const file = join(profile, 'mailroom.db');
  const bytes = readFileSync(file);
  // Every page but the first: a seal broken there looks like a wrong key.
  for (let at = 8192 + 100; at < bytes.length; at += 8192) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  writeFileSync(file, bytes);
  const before = mark(file);

  const damaged = await open();
  const { page } = damaged;
  const notice = page.getByRole('alert');
  await expect(notice).toContainText('The database file is damaged.');
  await expect(notice).toContainText('The program has not changed it. Restore the latest backup');
  await expect(page.getByText('Nothing was changed and nothing is lost.')).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(notice).toContainText('The database file is damaged.');
  await damaged.close();
  expect(mark(file)).toBe(before);
});
