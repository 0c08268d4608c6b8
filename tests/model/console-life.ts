import { makeQuickProfile } from '../support/quick-vault.ts';
import { type ConsoleProcess, openConsoleProcess, passphrase } from './console-process.ts';

/** A console that is started again whenever it has ended. */
export interface ConsoleLife extends AsyncDisposable {
  /** The one that runs; started when none does. */
  running(): Promise<ConsoleProcess>;
  restart(): Promise<void>;
  /** Its store process was killed: another time soon, and the console would give up on it. */
  storeKilled(): void;
  readonly storeTired: () => boolean;
}

/** A console takes four deaths of its store process within a minute for a fault that starting again does not mend. */
const storeKillsOfOneLife = 2;

export async function createConsoleLife(profile: string): Promise<ConsoleLife> {
  await makeQuickProfile(profile, passphrase);
  let console: ConsoleProcess | null = null;
  let storeKills = 0;
  const running = async (): Promise<ConsoleProcess> => {
    if (console?.alive()) return console;
    storeKills = 0;
    console = await openConsoleProcess(profile);
    return console;
  };
  return {
    running,
    async restart() {
      if (console?.alive()) await console.close();
      await running();
    },
    storeKilled() {
      storeKills += 1;
    },
    storeTired: () => storeKills >= storeKillsOfOneLife,
    async [Symbol.asyncDispose]() {
      if (console?.alive()) await console.close();
    },
  };
}
