import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type ConsoleWindow, openConsoleWindow } from '../support/console-window.ts';

let opened: ConsoleWindow;

/** The build under test; a run without one must not look like a run that went well. */
function packagedProgram(): string {
  const path = process.env.MAILROOM_PACKAGED;
  if (!path)
    throw new Error('MAILROOM_PACKAGED names no program: MAILROOM_INSPECT=1 node scripts/package.mjs makes one');
  return path;
}

test.beforeAll(async () => {
  packagedProgram();
  opened = await openConsoleWindow({ packaged: true, args: ['--lang=en-US'] });
});

test.afterAll(() => opened?.close());

test('the packaged program starts on a new profile and shows the first run', async () => {
  const { app, page } = opened;
  await expect(page.getByRole('button', { name: 'Start the demo company' })).toBeVisible();
  expect(page.url()).toMatch(/^app:\/\/bundle\//);
  const program = await app.evaluate(({ app: running }) => ({
    packaged: running.isPackaged,
    path: running.getAppPath(),
    name: running.getName(),
  }));
  expect(program).toEqual({ packaged: true, path: expect.stringMatching(/app\.asar$/), name: 'Mailroom' });
});

test('the demo company loads into the packaged program', async () => {
  const { page } = opened;
  await page.getByRole('button', { name: 'Start the demo company' }).click();
  await expect(page.getByText('The demo company is ready')).toBeVisible({ timeout: 60_000 });
});

test('the packaged program cannot be made to run as another one', async () => {
  const { FuseState, FuseV1Options, getCurrentFuseWire } = await import('@electron/fuses');
  const wire = await getCurrentFuseWire(packagedProgram());
  const { ENABLE: on, DISABLE: off } = FuseState;
  expect(wire).toMatchObject({
    [FuseV1Options.RunAsNode]: off,
    [FuseV1Options.EnableCookieEncryption]: on,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
    // A release has it off; in the build for these tests it is the door through which they drive the program.
    [FuseV1Options.EnableNodeCliInspectArguments]: on,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
    [FuseV1Options.OnlyLoadAppFromAsar]: on,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
  });
});

test('the packaged program is no Node, even when asked to be one', () => {
  const asNode = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const script = join(opened.profile, 'tell.cjs');
  writeFileSync(script, "process.stdout.write('ran as Node')");
  // A profile that is in use: the console, which it is and stays, leaves at once.
  const run = (program: string) =>
    spawnSync(program, [script, '--profile', opened.profile], { env: asNode, encoding: 'utf8', timeout: 20_000 })
      .stdout;
  expect(run(packagedProgram())).not.toContain('ran as Node');
  // The control: the same runtime before its fuses were set.
  expect(run(process.env.MAILROOM_ELECTRON ?? '')).toBe('ran as Node');
});
