// Where things lie in the checkout, and how a script talks.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(fileURLToPath(new URL('..', import.meta.url)));

export const inProject = (...parts) => join(root, ...parts);

/** The toolchain's Node 24, which the lock file brings; the system's may be older. */
export function node24() {
  const path = inProject('node_modules/.bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(path)) throw new Error('Node 24 is not installed: run `npm ci` first.');
  return path;
}

export function say(line) {
  process.stdout.write(`${line}\n`);
}
