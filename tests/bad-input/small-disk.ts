import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Surroundings } from '../../src-main/app/terminal-console.ts';
import { launchInChildProcess } from '../../src-main/store/launch-in-child-process.ts';

/** A disk of its own for a profile, which can be full. */
export interface SmallDisk extends Disposable {
  /** Not there yet. */
  readonly profile: string;
  readonly surroundings: Surroundings;
  /** Takes all its room but so many bytes. */
  fill(left?: number): void;
  free(): void;
}

const diskBytes = 64 * 1024 * 1024;
const storeOfFewPages = fileURLToPath(new URL('store-of-few-pages.ts', import.meta.url));

/** A file system in memory where it may be mounted (root, and not in every container); else a database that may not grow. */
export function openSmallDisk(): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'mailroom-small-disk-'));
  const args = ['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'mailroom-test', folder];
  try {
    execFileSync('mount', args, { stdio: 'ignore' });
  } catch {
    return limitedDatabase(folder);
  }
  return mountedDisk(folder);
}

function mountedDisk(folder: string): SmallDisk {
  const ballast = join(folder, 'ballast');
  const free = () => rmSync(ballast, { force: true });
  return {
    profile: join(folder, 'profile'),
    surroundings: {},
    free,
    fill(left = 0) {
      free();
      const { bavail, bsize } = statfsSync(folder);
      try {
        writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - left)));
      } catch (error) {
        // Whoever writes beside us was quicker: full is full.
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    },
    [Symbol.dispose]() {
      execFileSync('umount', ['--lazy', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function limitedDatabase(folder: string): SmallDisk {
  const limitFile = join(folder, 'bytes-left');
  process.env.MAILROOM_TEST_BYTES_LEFT = limitFile;
  return {
    profile: join(folder, 'profile'),
    surroundings: { launchStore: launchInChildProcess(storeOfFewPages) },
    free: () => rmSync(limitFile, { force: true }),
    fill: (left = 0) => writeFileSync(limitFile, String(left)),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
