import { fileURLToPath } from 'node:url';
import project from '../../package.json' with { type: 'json' };
import { createClient } from '../../src-shared/contract/client.ts';
import { type AppContract, contract } from '../../src-shared/contract/contract.ts';
import { createLocalPipe } from '../../src-shared/contract/local-pipe.ts';
import { createRouter } from '../../src-shared/contract/router.ts';
import { serve } from '../../src-shared/contract/serve.ts';
import type { ConsoleWish, TerminalConsole } from '../cli/open-console.ts';
import { createEvents } from '../events/events.ts';
import { openLogs } from '../logs/open-logs.ts';
import { watchNetwork } from '../net/network-watch.ts';
import { launchInChildProcess } from '../store/launch-in-child-process.ts';
import { openProfile, type ProfileParts } from './open-profile.ts';
import { profilePaths } from './paths.ts';
import { lockProfile } from './profile-lock.ts';
import { usualVault } from './usual-vault.ts';

const storeProcess = fileURLToPath(new URL('../store/process/store-process.ts', import.meta.url));

/** What else than usual is trusted, how long is waited, how the store is started, what wakes a mailbox. */
export type Surroundings = Partial<
  Pick<ProfileParts, 'extraCertificates' | 'connectionTimes' | 'launchStore' | 'alarm'>
>;

/** The console without a window: the same services behind the same router, over a pipe inside the process. */
export async function openConsole(wish: ConsoleWish, surroundings: Surroundings = {}): Promise<TerminalConsole> {
  const paths = profilePaths(wish.profile ?? undefined);
  const lock = await lockProfile(paths.lockSocket, paths.profile);
  const logs = openLogs(paths.logs);
  const leave = async () => {
    await logs.close();
    await lock.release();
  };
  try {
    const events = createEvents((error) => logs.logger('cli.events').error('listener failed', { error }));
    const vault = wish.vault ?? (await usualVault(paths));
    const wired = await openProfile({
      paths,
      events,
      logs: logs.logger,
      choice: { vault, passphrase: wish.passphrase },
      launchStore: launchInChildProcess(storeProcess),
      network: watchNetwork(),
      person: wish.person,
      versions: { app: project.version, electron: null, chromium: null },
      locale: process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || 'en',
      automatic: wish.automatic,
      extraCertificates: [],
      ...surroundings,
    });
    const startup = async () => ({ problem: null, vault });
    const route = createRouter<AppContract>(
      contract,
      { ...wired.handlers, 'console.startup': startup, 'console.open': startup },
      { log: logs.logger('cli.router'), checkOutput: true },
    );
    const pipe = createLocalPipe();
    const emit = serve<AppContract>(pipe.server, route);
    const stop = events.onAny((name, payload) => emit(name, payload));
    return {
      client: createClient<AppContract>(pipe.client, 'store.unavailable'),
      close: async () => {
        await wired.close();
        stop();
        pipe.close();
        await leave();
      },
    };
  } catch (error) {
    await leave();
    throw error;
  }
}
