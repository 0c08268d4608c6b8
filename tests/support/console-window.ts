import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

const root = resolve(import.meta.dirname, '../..');

export interface ConsoleWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly profile: string;
  close(): Promise<void>;
}

export interface ConsoleWindowOptions {
  /** An existing profile; without one, a new folder that goes with the window. */
  readonly profile?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Start the packaged program instead of the built one. */
  readonly packaged?: boolean;
}

/** Opens the real console in a real window; needs a display, and a keyring for the keychain vault. */
export async function openConsoleWindow(options: ConsoleWindowOptions = {}): Promise<ConsoleWindow> {
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'mailroom-profile-'));
  const flags = (process.env.MAILROOM_ELECTRON_FLAGS ?? '').split(' ').filter(Boolean);
  const executablePath = options.packaged ? process.env.MAILROOM_PACKAGED : process.env.MAILROOM_ELECTRON;
  if (!executablePath) throw new Error('no runtime named: run through `npm test` (docs/notes/toolchain.md)');
  const app = await _electron.launch({
    executablePath,
    args: [
      ...flags,
      '--disable-gpu',
      ...(options.packaged ? [] : [root]),
      '--profile',
      profile,
      ...(options.args ?? []),
    ],
    cwd: root,
    env: { ...(process.env as Record<string, string>), ...options.env },
  });
  const page = await app.firstWindow();
  return {
    app,
    page,
    profile,
    close: async () => {
      await app.close();
      if (!options.profile) rmSync(profile, { recursive: true, force: true });
    },
  };
}
