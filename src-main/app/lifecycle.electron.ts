import { app, BrowserWindow, dialog, net, session } from 'electron';
import type { AppContract } from '../../src-shared/contract/contract.ts';
import { serve } from '../../src-shared/contract/serve.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
import { toWire } from '../../src-shared/errors/wire.ts';
import { errorSentence } from '../../src-shared/i18n/error-sentence.ts';
import { createTranslate, nearestLanguage } from '../../src-shared/i18n/i18n.ts';
import { createEvents } from '../events/events.ts';
import { windowPipe } from '../ipc/window-transport.electron.ts';
import { openLogs } from '../logs/open-logs.ts';
import { watchNetwork } from '../net/network-watch.ts';
import { followSystemProxy } from '../net/proxy.ts';
import { launchStoreOfRuntime } from '../store/launch-store.electron.ts';
import { type CommandLine, readCommandLine, takePassphrase } from './command-line.ts';
import { type ConsoleDoor, createConsoleDoor } from './console-door.ts';
import { openExternalLink } from './external-links.electron.ts';
import { openProfile } from './open-profile.ts';
import { servePage } from './page-protocol.electron.ts';
import { type ProfilePaths, profilePaths } from './paths.ts';
import { lockProfile, type ProfileLock } from './profile-lock.ts';
import { runtimeFiles } from './runtime-files.electron.ts';
import { fetchNoDictionaries, guardContents, guardSession } from './session-guard.electron.ts';
import { usualVault } from './usual-vault.ts';
import { createConsoleWindow } from './windows.electron.ts';

/** The desktop program from its start to its end: lock, window and services side by side, and an orderly way out. */
export async function startConsole(): Promise<void> {
  const commandLine = readCommandLine(process.argv.slice(app.isPackaged ? 1 : 2));
  const paths = profilePaths(commandLine.profile);
  // What Chromium keeps belongs to the profile as well; must be said before `ready`.
  app.setPath('userData', paths.window);
  guardContents();
  fetchNoDictionaries();
  const lock = await takeProfile(paths);
  if (!lock) return app.exit(1);

  const logs = openLogs(paths.logs);
  const log = logs.logger('app.lifecycle');
  process.on('uncaughtException', (error) => log.error('uncaught', { error }));
  process.on('unhandledRejection', (error) => log.error('unhandled', { error }));

  const events = createEvents((error) => log.error('listener failed', { error }));
  let window: BrowserWindow | null = null;
  const door = createConsoleDoor({
    events,
    log: logs.logger('ipc.router'),
    checkOutput: !app.isPackaged,
    firstChoice: { vault: commandLine.vault ?? (await usualVault(paths)), passphrase: takePassphrase(process.env) },
    open: (choice) =>
      openProfile({
        paths,
        choice,
        events,
        logs: logs.logger,
        launchStore: launchStoreOfRuntime(runtimeFiles().storeProcess, process.env.MAILROOM_NODE),
        network: watchNetwork(() => net.isOnline()),
        person: {
          askWhereToSave: (suggested: string) => askWhereToSave(window, suggested),
          openLink: openExternalLink,
        },
        versions: { app: app.getVersion(), electron: process.versions.electron, chromium: process.versions.chrome },
        locale: app.getLocale(),
        automatic: true,
        extraCertificates: [],
      }).then(async (wired) => {
        try {
          if (commandLine.demo) await wired.startDemo();
          return wired;
        } catch (error) {
          // The next attempt opens the profile anew: two stores over one file would do everything twice.
          await wired.close();
          throw error;
        }
      }),
  });

  followSystemProxy(async (url) => {
    await app.whenReady();
    return session.defaultSession.resolveProxy(url);
  });
  endInOrder(door, lock, () => logs.close());
  await app.whenReady();
  window = showWindow(commandLine, door, events, log);
  lock.onKnock(() => bringToFront(window));
}

async function takeProfile(paths: ProfilePaths): Promise<ProfileLock | null> {
  try {
    return await lockProfile(paths.lockSocket, paths.profile);
  } catch (error) {
    if (!isAppError(error, 'profile.in-use')) throw error;
    const sentence = errorSentence(createTranslate(nearestLanguage(app.getLocale())), toWire(error));
    process.stderr.write(`${sentence.what} ${sentence.advice}\n`);
    return null;
  }
}

function showWindow(
  _commandLine: CommandLine,
  door: ConsoleDoor,
  events: ReturnType<typeof createEvents>,
  log: ReturnType<ReturnType<typeof openLogs>['logger']>,
): BrowserWindow {
  const files = runtimeFiles();
  const own = session.defaultSession;
  guardSession(own);
  servePage(own, files.page);
  const window = createConsoleWindow({ session: own, preload: files.preload, icon: files.icon });
  const emit = serve<AppContract>(windowPipe(window.webContents, log), door.route);
  const stop = events.onAny((name, payload) => emit(name, payload));
  window.once('closed', stop);
  // A page that died loses nothing: it owns no truth.
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log.error('page died', { state: reason });
    if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload();
  });
  return window;
}

function bringToFront(window: BrowserWindow | null): void {
  if (!window || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

async function askWhereToSave(window: BrowserWindow | null, suggested: string): Promise<string | null> {
  const options = {
    defaultPath: suggested,
    properties: ['createDirectory' as const, 'showOverwriteConfirmation' as const],
  };
  const answer = window ? await dialog.showSaveDialog(window, options) : await dialog.showSaveDialog(options);
  return answer.canceled || !answer.filePath ? null : answer.filePath;
}

/** Quitting waits until the windows have handed over what was typed last, running work has stopped at a safe place and the store is closed. */
function endInOrder(door: ConsoleDoor, lock: ProfileLock, closeLogs: () => Promise<void>): void {
  let state: 'running' | 'ending' | 'ended' = 'running';
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (state === 'ended') return;
    event.preventDefault();
    // Asked again, by a person or by the last window that closed.
    if (state === 'ending') return;
    state = 'ending';
    void Promise.all(BrowserWindow.getAllWindows().map(closeWindow))
      .then(() => door.close())
      .catch(() => undefined)
      .then(closeLogs)
      .then(() => lock.release())
      .finally(() => {
        state = 'ended';
        app.quit();
      });
  });
}

/** A page that does not answer is not waited for any longer than this. */
const longestFarewell = 2000;

function closeWindow(window: BrowserWindow): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => window.destroy(), longestFarewell);
    window.once('closed', () => {
      clearTimeout(late);
      resolve();
    });
    window.close();
  });
}
