import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface PeerTimes {
  readonly mbsyncMs: number;
  readonly notmuchMs: number;
  readonly totalMs: number;
}

/** Debian's own tools for the same job: mbsync brings the letters to a Maildir, notmuch parses and indexes them. */
export interface Peer {
  load(): Promise<PeerTimes>;
  /** Milliseconds of one `notmuch search`, its start included. */
  search(query: string): Promise<number>;
}

export interface PeerTarget {
  /** An empty folder of the peer's own. */
  readonly dir: string;
  readonly imapPort: number;
  readonly user: string;
  readonly password: string;
}

/** Plain IMAP over loopback and nothing set that has a default: mbsync calls fsync for each letter, as it does for everybody. */
export function createPeer({ dir, imapPort, user, password }: PeerTarget): Peer {
  const mail = join(dir, 'mail');
  const mbsyncrc = join(dir, 'mbsyncrc');
  const notmuchConfig = join(dir, 'notmuch-config');
  mkdirSync(mail, { recursive: true });
  writeFileSync(mbsyncrc, mbsyncSettings({ imapPort, user, password, mail }), { mode: 0o600 });
  writeFileSync(notmuchConfig, `[database]\npath=${mail}\n[user]\nprimary_email=${user}\n`);
  const env = { ...process.env, HOME: dir, NOTMUCH_CONFIG: notmuchConfig };
  return {
    load: async () => {
      const mbsyncMs = await timed('mbsync', ['-c', mbsyncrc, 'bench'], env);
      const notmuchMs = await timed('notmuch', ['new', '--quiet'], env);
      return { mbsyncMs, notmuchMs, totalMs: mbsyncMs + notmuchMs };
    },
    search: (query) => timed('notmuch', ['search', '--output=messages', '--limit=50', query], env),
  };
}

function mbsyncSettings({
  imapPort,
  user,
  password,
  mail,
}: Omit<PeerTarget, 'dir'> & { readonly mail: string }): string {
  return `IMAPAccount bench
Host 127.0.0.1
Port ${imapPort}
User ${user}
Pass ${password}
SSLType None

IMAPStore far
Account bench

MaildirStore near
Path ${mail}/
Inbox ${mail}/INBOX

Channel bench
Far :far:INBOX
Near :near:INBOX
Create Near
SyncState *
`;
}

async function timed(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const start = performance.now();
  const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  const [code, signal] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program} ended with ${code ?? signal}: ${said}`);
  return performance.now() - start;
}
