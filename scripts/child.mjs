// Runs another program in the foreground.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter } from 'node:path';
import { inProject, root } from './project.mjs';

/**
 * Resolves with the exit code; a child that died of a signal has 128 + its number, as in a shell.
 * What the terminal or a supervisor sends to us reaches the child, which decides when to end.
 */
export function runChild(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', cwd: root, ...options });
  const forwards = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => [signal, () => pass(signal, child)]);
  for (const [signal, forward] of forwards) process.on(signal, forward);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  }).finally(() => {
    for (const [signal, forward] of forwards) process.off(signal, forward);
  });
}

/** Ctrl-C in a terminal reaches the child by itself; a second one would mean "at once" to it. */
function pass(signal, child) {
  if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
}

/** Runs a tool of node_modules; its `#!/usr/bin/env node` finds the toolchain's Node 24 first. */
export function runTool(name, args, env = {}) {
  return runChild(inProject('node_modules/.bin', name), args, { env: toolEnvironment(env) });
}

export function toolEnvironment(env = {}) {
  return { ...process.env, PATH: `${inProject('node_modules/.bin')}${delimiter}${process.env.PATH}`, ...env };
}
