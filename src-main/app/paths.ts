import { createHash } from 'node:crypto';
import { homedir, platform, tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

/** Where everything of one profile lies. */
export interface ProfilePaths {
  readonly profile: string;
  readonly database: string;
  readonly backups: string;
  readonly logs: string;
  /** What happened between the console and each mailbox's servers. */
  readonly mailboxLogs: string;
  /** Which vault the profile was made with. */
  readonly mark: string;
  /** Secrets under a passphrase, where that vault was chosen. */
  readonly passphraseVault: string;
  /** What Chromium keeps: caches and the like, nothing of ours. */
  readonly window: string;
  /** Listened on by whoever has the profile open. */
  readonly lockSocket: string;
}

function defaultProfile(env: NodeJS.ProcessEnv): string {
  if (platform() === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Mailroom');
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Mailroom');
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'mailroom');
}

export function profilePaths(folder: string | undefined, env: NodeJS.ProcessEnv = process.env): ProfilePaths {
  const profile = resolve(folder ?? defaultProfile(env));
  return {
    profile,
    database: join(profile, 'mailroom.db'),
    backups: join(profile, 'backups'),
    logs: join(profile, 'logs'),
    mailboxLogs: join(profile, 'logs', 'mailboxes'),
    mark: join(profile, 'profile.json'),
    passphraseVault: join(profile, 'vault.json'),
    window: join(profile, 'window'),
    lockSocket: lockSocket(profile, env),
  };
}

// A socket's path may have about a hundred bytes; a profile's may be longer, so the name is its hash.
function lockSocket(profile: string, env: NodeJS.ProcessEnv): string {
  const mark = createHash('sha256').update(profile).digest('hex').slice(0, 24);
  if (platform() === 'win32') return `\\\\.\\pipe\\mailroom-${mark}`;
  // Abstract: gone with the process that listened, however it ended.
  if (platform() === 'linux') return `\0mailroom-${userInfo().uid}-${mark}`;
  return join(env.TMPDIR || tmpdir(), `mailroom-${userInfo().uid}-${mark}.sock`);
}
