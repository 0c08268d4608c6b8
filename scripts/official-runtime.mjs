// The Electron of the `electron` package, which is downloaded from GitHub (or ELECTRON_MIRROR) apart from the package.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inProject, node24 } from './project.mjs';

const folder = inProject('node_modules/electron');
/** A host that has not answered by then is taken to be out of reach. */
const connectDeadlineMs = 15_000;
/** 120 MB over a slow line. */
const downloadDeadlineMs = 10 * 60_000;

export function findOfficialRuntime() {
  const dist = join(folder, 'dist');
  const wanted = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
  if (!existsSync(join(folder, 'path.txt')) || !existsSync(join(dist, 'version'))) return undefined;
  const executable = join(dist, readFileSync(join(folder, 'path.txt'), 'utf8'));
  const version = readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  if (version !== wanted || !existsSync(executable)) return undefined;
  return { executable, folder: dist, version, kind: 'official' };
}

/** Runs the package's own download; undefined when its host cannot be reached. */
export async function fetchOfficialRuntime() {
  const child = spawn(node24(), [join(folder, 'install.js')], { stdio: 'ignore', cwd: dirname(folder) });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const limit = setTimeout(() => child.kill(), downloadDeadlineMs);
  try {
    // A copy in Electron's cache needs no host, so the download runs while the host is being asked.
    const first = await Promise.race([ended.then(() => 'ended'), hostAnswers()]);
    if (first === false) child.kill();
    await ended;
    return findOfficialRuntime();
  } finally {
    clearTimeout(limit);
  }
}

/** Behind a proxy only the download itself knows the way; then nothing is asked beforehand. */
async function hostAnswers() {
  if (process.env.ELECTRON_GET_USE_PROXY) return true;
  const host = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/';
  try {
    await fetch(host, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(connectDeadlineMs) });
    return true;
  } catch {
    return false;
  }
}
