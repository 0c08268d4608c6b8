// Runs a command with a private bus, an unlocked keyring and, if asked, a virtual screen.
import { runChild } from './child.mjs';
import { inProject } from './project.mjs';

/** Resolves with the command's exit code. */
export function runInPrivateSession(command, { screen = false, env = {} } = {}) {
  const flags = screen ? ['--screen'] : [];
  return runChild('bash', [inProject('scripts/private-session.sh'), ...flags, ...command], {
    env: { ...process.env, ...env },
  });
}

/** Whether a window would be seen by anybody. Only Linux can be without. */
export function hasScreen(env = process.env) {
  return process.platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}
