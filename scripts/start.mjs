// npm start [-- --demo] [-- --profile DIR]
// Brings together what the console needs and opens it; without a display it shows the main job instead.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildProgram } from './build-program.mjs';
import { runChild } from './child.mjs';
import { chromiumFlags, electronRuntime } from './electron-runtime.mjs';
import { hasScreen, runInPrivateSession } from './private-session.mjs';
import { inProject, node24, root, say } from './project.mjs';
import { provideSystemPackages } from './system-packages.mjs';

const usage = 'usage: npm start [-- [--demo] [--profile DIR]]';

function programArguments() {
  try {
    const { values } = parseArgs({ options: { demo: { type: 'boolean' }, profile: { type: 'string' } } });
    // npm runs scripts in the project's folder; INIT_CWD is where the person stands.
    const from = process.env.INIT_CWD ?? process.cwd();
    const profile = values.profile === undefined ? [] : ['--profile', resolve(from, values.profile)];
    return [...(values.demo ? ['--demo'] : []), ...profile];
  } catch (error) {
    say(error.message);
    say(usage);
    return process.exit(2);
  }
}

async function start() {
  const args = programArguments();
  const screen = hasScreen();
  if (!provideSystemPackages(screen ? 'window' : 'screenless')) return 1;
  const runtime = await electronRuntime();
  const built = await buildProgram();
  if (built !== 0) return built;
  const env = runtimeEnvironment(runtime);
  if (screen) {
    const flags = chromiumFlags();
    if (flags.length > 0) say('Running as root: Chromium cannot sandbox itself, so it is started without its sandbox.');
    return runChild(runtime.executable, [...flags, root, ...args], { env: { ...process.env, ...env } });
  }
  return showMainJob(env);
}

/** MAILROOM_NODE: the store's process runs there when Electron's own Node is too old for the database. */
function runtimeEnvironment(runtime) {
  return { MAILROOM_NODE: node24(), MAILROOM_ELECTRON: runtime.executable };
}

async function showMainJob(env) {
  say('There is no display: the main job runs once on the demo company under a virtual one.');
  const job = inProject('scripts/main-job.mjs');
  if (!existsSync(job)) {
    say(`${job} is not there.`);
    return 1;
  }
  const flags = { MAILROOM_ELECTRON_FLAGS: chromiumFlags().join(' ') };
  return runInPrivateSession([node24(), job], { screen: true, env: { ...env, ...flags } });
}

try {
  process.exitCode = await start();
} catch (error) {
  say(`The console could not be started: ${error.message}`);
  process.exitCode = 1;
}
