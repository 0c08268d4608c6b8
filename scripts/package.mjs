// npm run package: the packaged program in release/, without any download.
// MAILROOM_INSPECT=1 leaves the debugger's door open, through which the end-to-end tests drive it; never for a release.
import { existsSync, rmSync } from 'node:fs';
import { build, Platform } from 'electron-builder';
import { buildProgram } from './build-program.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { inProject, root, say } from './project.mjs';

export const packagedProgram = inProject('release/linux-unpacked/mailroom');

async function pack() {
  const runtime = await electronRuntime();
  const built = await buildProgram();
  if (built !== 0) return built;
  rmSync(inProject('release/linux-unpacked'), { recursive: true, force: true });
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget('dir'),
    config: {
      electronVersion: runtime.version,
      electronDist: runtime.folder,
      electronFuses: { enableNodeCliInspectArguments: process.env.MAILROOM_INSPECT === '1' },
    },
  });
  if (!existsSync(packagedProgram)) throw new Error(`${packagedProgram} was not made`);
  say(`Packaged with Electron ${runtime.version} (${runtime.kind}): ${packagedProgram}`);
  return 0;
}

try {
  process.exitCode = await pack();
} catch (error) {
  say(`Packaging failed: ${error.message}`);
  process.exitCode = 1;
}
