import { mkdir } from 'node:fs/promises';
import { openCredentials } from '../credentials/credentials.ts';
import { createStore } from '../store/keep-store-alive.ts';
import type { LaunchStore } from '../store/store-process-pipe.ts';
import type { VaultChoice } from './console-door.ts';
import { type ConsoleParts, type WiredConsole, wireConsole } from './wire.ts';

export interface ProfileParts extends Omit<ConsoleParts, 'store' | 'credentials'> {
  readonly choice: VaultChoice;
  readonly launchStore: LaunchStore;
}

/** Secrets, then the store with its key, then everything else. What fails on the way leaves nothing running. */
export async function openProfile(profile: ProfileParts): Promise<WiredConsole> {
  try {
    return await open(profile);
  } catch (error) {
    profile.network.stop();
    throw error;
  }
}

async function open({ choice, launchStore, ...parts }: ProfileParts): Promise<WiredConsole> {
  const { paths, logs } = parts;
  await mkdir(paths.profile, { recursive: true, mode: 0o700 });
  const credentials = await openCredentials(paths, choice);
  const key = await credentials.databaseKey();
  const { store } = await createStore({
    launch: launchStore,
    open: { path: paths.database, key, mustExist: false },
    log: logs('store'),
  });
  try {
    return await wireConsole({ ...parts, store, credentials });
  } catch (error) {
    await store.close();
    throw error;
  }
}
