import type { ElectronApplication } from '@playwright/test';
import { browse, type LastPage, type Visit } from './scripted-browser.ts';

interface WithAddresses {
  openedAddresses?: string[];
}

/** Stands in for the system's browser: from now on addresses that the console opens are kept instead. */
export function keepOpenedAddresses(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ shell }) => {
    const kept: string[] = [];
    (globalThis as WithAddresses).openedAddresses = kept;
    shell.openExternal = async (url) => void kept.push(url);
  });
}

/** Signs in at the next address that the console opens. */
export async function browseOpened(app: ElectronApplication, visit: Visit): Promise<LastPage> {
  return browse(await nextOpened(app), visit);
}

export async function nextOpened(app: ElectronApplication): Promise<string> {
  const until = Date.now() + 20_000;
  while (Date.now() < until) {
    const address = await app.evaluate(() => (globalThis as WithAddresses).openedAddresses?.shift() ?? null);
    if (address !== null) return address;
  }
  throw new Error('no address was opened');
}
