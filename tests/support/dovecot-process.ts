import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitForGreeting, waitForPort } from './wait-for-port.ts';

const script = fileURLToPath(new URL('../../scripts/dovecot.sh', import.meta.url));
/** It starts within 0.3 s; the rest is for a machine that runs other suites at the same time. */
const startDeadlineMs = 20_000;
/** Dovecot ends its mail processes within 0.1 s; one that hangs must not hold up the tests. */
const endDeadlineMs = 5_000;

/**
 * Starts scripts/dovecot.sh and resolves when all the ports take connections and the first, IMAP's, greets: Dovecot listens on one after another, and ends when the last is
 * taken by somebody else. Rejects with Dovecot's log.
 */
export async function launchDovecot(
  dir: string,
  ports: readonly number[],
  env: NodeJS.ProcessEnv,
): Promise<ChildProcess> {
  const server = spawn('bash', [script, dir], { env, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const complaints: Buffer[] = [];
  server.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
  const settled = new AbortController();
  const signal = AbortSignal.any([settled.signal, AbortSignal.timeout(startDeadlineMs)]);
  try {
    const listening = Promise.all(ports.map((port) => waitForPort(port, signal)));
    const ready = listening.then(() => waitForGreeting(ports[0] ?? 0, signal));
    const ended = once(server, 'close', { signal }).then(([code]) => {
      throw new Error(`ended with code ${code}`);
    });
    // The loser of the race is aborted below; its rejection is nobody's business.
    ready.catch(() => {});
    ended.catch(() => {});
    await Promise.race([ready, ended]);
    return server;
  } catch (cause) {
    await endProcess(server);
    throw new Error(`Dovecot did not start.\n${Buffer.concat(complaints)}${dovecotLog(dir)}`, { cause });
  } finally {
    settled.abort();
  }
}

/** Lets Dovecot finish what it writes; it takes its time (a second). */
export async function endProcess(server: ChildProcess | undefined): Promise<void> {
  if (server === undefined || hasEnded(server)) return;
  const gone = once(server, 'exit');
  const force = setTimeout(() => server.kill('SIGKILL'), endDeadlineMs);
  try {
    server.kill('SIGTERM');
    await gone;
  } finally {
    clearTimeout(force);
  }
}

/** Ends Dovecot and its mail processes at once, for when the mail is not needed any more. */
export async function killProcessGroup(server: ChildProcess | undefined): Promise<void> {
  if (server?.pid === undefined || hasEnded(server)) return;
  const gone = once(server, 'exit');
  process.kill(-server.pid, 'SIGKILL');
  await gone;
}

function hasEnded(server: ChildProcess): boolean {
  return server.exitCode !== null || server.signalCode !== null;
}

export function dovecotLog(dir: string): string {
  const file = join(dir, 'log');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
