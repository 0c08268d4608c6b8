import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * `unlocked`: as on a desktop after signing in. `locked`: the keyring exists, its password was not given.
 * `absent`: a session bus on which nobody keeps secrets. `unreachable`: no session bus at all.
 */
export type KeyringState = 'unlocked' | 'locked' | 'absent' | 'unreachable';

/** A private Secret Service for child processes; the developer's own keyring is never touched. */
export interface Keyring {
  /** The whole environment for a child process that shall see this keyring (and no screen to ask on). */
  readonly env: NodeJS.ProcessEnv;
  lock(): void;
  unlock(): Promise<void>;
  stop(): Promise<void>;
}

const password = 'session';
/** It takes 20 ms on an idle machine. */
const readyDeadlineMs = 10_000;
const loginCollection = '/org/freedesktop/secrets/collection/login';

export async function startKeyring(state: KeyringState): Promise<Keyring> {
  const dir = mkdtempSync(join(tmpdir(), 'mailroom-keyring-'));
  const env = privateEnvironment(dir);
  let bus: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    // The keyring's daemon ends when its bus does.
    await endBus(bus);
    await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
  const unlock = async (): Promise<void> => {
    const before = ownerOfSecrets(env);
    // A daemon takes no password after its start: one that knows it takes its place.
    const args = ['--replace', '--unlock', '--components=secrets'];
    execFileSync('gnome-keyring-daemon', args, { env, input: password, stdio: ['pipe', 'ignore', 'ignore'] });
    // It says it is unlocked a moment before it can be called.
    const signal = AbortSignal.timeout(readyDeadlineMs);
    while ([before, ''].includes(ownerOfSecrets(env))) await pause(10, undefined, { signal });
  };
  const lock = (): void => {
    const call = ['org.freedesktop.Secret.Service.Lock', `array:objpath:${loginCollection}`];
    const to = ['--session', '--print-reply', '--dest=org.freedesktop.secrets', '/org/freedesktop/secrets'];
    execFileSync('dbus-send', [...to, ...call], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  try {
    if (state === 'unreachable') {
      env.DBUS_SESSION_BUS_ADDRESS = `unix:path=${join(dir, 'nobody-listens')}`;
    } else {
      bus = startBus(dir, env);
      env.DBUS_SESSION_BUS_ADDRESS = await addressOf(bus);
      if (state !== 'absent') await unlock();
      if (state === 'locked') lock();
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { env, lock, unlock, stop };
}

/** Without a DISPLAY: where there is one, a locked keyring waits for ever for a password window (seen). */
function privateEnvironment(dir: string): NodeJS.ProcessEnv {
  const folders = { XDG_DATA_HOME: 'data', XDG_CONFIG_HOME: 'config', XDG_CACHE_HOME: 'cache', XDG_RUNTIME_DIR: 'run' };
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const name of ['DISPLAY', 'WAYLAND_DISPLAY', 'GNOME_KEYRING_CONTROL', 'DBUS_SESSION_BUS_ADDRESS']) {
    delete env[name];
  }
  for (const [name, folder] of Object.entries(folders)) {
    const path = join(dir, folder);
    mkdirSync(path, { mode: 0o700 });
    env[name] = path;
  }
  return env;
}

/** A bus that starts no services by itself: else asking for secrets would start the system's keyring. */
function startBus(dir: string, env: NodeJS.ProcessEnv): ChildProcess {
  const config = join(dir, 'bus.conf');
  writeFileSync(
    config,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=${dir}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`,
  );
  const args = ['--nofork', '--nopidfile', '--print-address=1', `--config-file=${config}`];
  return spawn('dbus-daemon', args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
}

/** The bus's name for the process that keeps secrets, empty when there is none. */
function ownerOfSecrets(env: NodeJS.ProcessEnv): string {
  const to = ['--session', '--print-reply=literal', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'];
  const call = ['org.freedesktop.DBus.GetNameOwner', 'string:org.freedesktop.secrets'];
  return spawnSync('dbus-send', [...to, ...call], { env, encoding: 'utf8' }).stdout.trim();
}

async function addressOf(bus: ChildProcess): Promise<string> {
  if (bus.stdout === null) throw new Error('the bus has no output');
  const lines = createInterface({ input: bus.stdout });
  try {
    const ended = once(bus, 'close').then(([code]) => Promise.reject(new Error(`dbus-daemon ended with ${code}`)));
    ended.catch(() => {});
    const [line] = await Promise.race([once(lines, 'line'), ended]);
    return String(line);
  } finally {
    lines.close();
  }
}

async function endBus(bus: ChildProcess | undefined): Promise<void> {
  if (bus === undefined || bus.exitCode !== null || bus.signalCode !== null) return;
  const gone = once(bus, 'exit');
  bus.kill();
  await gone;
}
