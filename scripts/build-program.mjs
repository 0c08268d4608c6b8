// Builds the program into out/, unless it was built from these very sources.
// usage: node scripts/build-program.mjs
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runChild } from './child.mjs';
import { inProject, node24, say } from './project.mjs';

const folders = ['src-main', 'src-renderer', 'src-shared'];
const files = ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json'];
const mark = inProject('out/.built');
const results = ['out/main/main.cjs', 'out/main/store.cjs', 'out/preload/preload.cjs', 'out/renderer/index.html'];

/** The exit code of the build, 0 when there was nothing to do. */
export async function buildProgram() {
  const sources = sourcesDigest();
  const built = existsSync(mark) && results.every((file) => existsSync(inProject(file)));
  if (built && readFileSync(mark, 'utf8') === sources) return 0;
  rmSync(mark, { force: true });
  say('Building the program.');
  const vite = inProject('node_modules/electron-vite/bin/electron-vite.js');
  const code = await runChild(node24(), [vite, 'build', '--logLevel', 'warn']);
  if (code === 0) writeFileSync(mark, sources);
  return code;
}

/** Contents, not times: a fresh checkout of the same sources needs no new build. */
function sourcesDigest() {
  const digest = createHash('sha256');
  const inFolders = folders.flatMap((folder) =>
    readdirSync(inProject(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  for (const path of [...files.map((file) => inProject(file)), ...inFolders.sort()]) {
    digest.update(`${path}\0`).update(readFileSync(path)).update('\0');
  }
  return digest.digest('hex');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exit(await buildProgram());
