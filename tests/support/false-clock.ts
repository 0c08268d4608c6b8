import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The system's clock as a process and its children see it, set from outside while they run; timers go on as they are (libfaketime). */
export interface FalseClock {
  readonly env: NodeJS.ProcessEnv;
  /** By so many days from the true time; negative: back. */
  set(days: number): void;
}

export function createFalseClock(dir: string): FalseClock {
  const file = join(dir, 'clock');
  const set = (days: number) => writeFileSync(file, `${days < 0 ? '' : '+'}${days}d`);
  set(0);
  return {
    env: {
      LD_PRELOAD: findLibrary(),
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    set,
  };
}

/** Debian has it under the name of the machine's kind. */
function findLibrary(): string {
  const kinds = readdirSync('/usr/lib', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of kinds) {
    const folder = join('/usr/lib', name, 'faketime');
    const found = safeList(folder).find((file) => file === 'libfaketime.so.1');
    if (found) return join(folder, found);
  }
  throw new Error('no libfaketime: run through `npm test`, which installs it');
}

function safeList(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
