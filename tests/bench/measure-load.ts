import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Dovecot } from '../support/dovecot.ts';
import { provideMailbox } from './cached-maildir.ts';
import type { Figure } from './figures-table.ts';
import type { MailboxPlan } from './generate-mailbox.ts';
import { loadInWindow } from './load-in-window.ts';
import { dovecotPassword } from './load-through.ts';
import { createPeer, type Peer } from './peer.ts';
import { warmMailbox } from './warm-mailbox.ts';

export interface LoadStage {
  readonly dovecot: Dovecot;
  /** For the profile and for the peer's mail. */
  readonly dir: string;
  readonly plan: MailboxPlan;
  readonly withPeer: boolean;
  say(line: string): void;
}

export interface MeasuredLoad {
  readonly profile: string;
  /** Null where it was not wanted. */
  readonly peer: Peer | null;
  readonly figures: {
    readonly load: readonly Figure[];
    readonly memory: readonly Figure[];
    readonly loop: readonly Figure[];
  };
}

const megabyte = 1024 * 1024;

/** The same mailbox from the same Dovecot: first the peer, then the console. */
export async function measureLoad({ dovecot, dir, plan, withPeer, say }: LoadStage): Promise<MeasuredLoad> {
  const user = `${plan.sizes}${plan.letters}`;
  const { imapPort } = dovecot;
  const filled = provideMailbox(dovecot.dir, user, plan);
  say(`${filled.letters} letters, ${Math.round(filled.bytes / 1e6)} MB on the wire, ${plan.sizes}`);
  // Twice: the first pass writes Dovecot's index, the second reads as every later one does.
  await warmMailbox(imapPort, user);
  const bare = await warmMailbox(imapPort, user);
  const own = join(dir, user);
  mkdirSync(own);
  const peer = withPeer ? createPeer({ dir: join(own, 'peer'), imapPort, user, password: dovecotPassword }) : null;
  settleDisk();
  const peerTimes = await peer?.load();
  if (peerTimes !== undefined)
    say(`mbsync ${seconds(peerTimes.mbsyncMs)}, notmuch new ${seconds(peerTimes.notmuchMs)}`);
  settleDisk();
  const profile = join(own, 'profile');
  const loaded = await loadInWindow(profile, { imapPort, user });
  const { memory } = loaded;
  if (loaded.letters !== filled.letters) throw new Error(`${loaded.letters} letters of ${filled.letters} were loaded`);
  say(
    `Mailroom ${seconds(loaded.ms)}, ${loaded.unreadable} unreadable; the bare transfer ${seconds(bare.ms)}; memory by process ${memory.parts.map((part) => Math.round(part / megabyte)).join(' + ')} MB`,
  );
  const what = `${plan.letters} letters`;
  const load: Figure = { what: `first load, ${what}`, value: loaded.ms / 1000, unit: 's' };
  return {
    profile,
    peer,
    figures: {
      load: [
        peerTimes === undefined
          ? load
          : { ...load, goalRatio: 0.35, peer: { name: 'mbsync + notmuch', value: peerTimes.totalMs / 1000 } },
      ],
      memory: [{ what: `memory while loading ${what}`, value: memory.total / megabyte, unit: 'MB', goal: 350 }],
      loop: [{ what: `longest block of main, ${what}`, value: loaded.longestBlockMs, unit: 'ms', goal: 50 }],
    },
  };
}

/** What one program left to be written must not slow down the next. */
function settleDisk(): void {
  spawnSync('sync');
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
