import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateMailbox, type MailboxPlan } from './generate-mailbox.ts';

export interface FilledMailbox {
  readonly letters: number;
  readonly bytes: number;
}

const here = fileURLToPath(new URL('.', import.meta.url));
export const benchCache = fileURLToPath(new URL('../../.cache/bench/', import.meta.url));
const generator = [
  'seeded-random.ts',
  'vocabulary.ts',
  'encode-text.ts',
  'compose-letter.ts',
  'generate-mailbox.ts',
  'cached-maildir.ts',
];

/** Changes whenever the same plan may give other letters: what was cached is then made anew. */
export function planKey(plan: MailboxPlan): string {
  const digest = createHash('sha256');
  for (const file of generator) digest.update(readFileSync(join(here, file)));
  return `${plan.sizes}-${plan.letters}-${plan.seed}-${digest.digest('hex').slice(0, 12)}`;
}

/** Gives a user of a private Dovecot the planned mailbox as INBOX. Generated once; later users get hard links. */
export function provideMailbox(dovecotDir: string, user: string, plan: MailboxPlan): FilledMailbox {
  const cached = join(benchCache, 'mailboxes', planKey(plan));
  const owner = statSync(join(dovecotDir, 'mail'));
  if (!existsSync(cached)) {
    const unfinished = `${cached}.${process.pid}`;
    try {
      const filled = writeMaildir(join(unfinished, 'Maildir'), plan);
      writeFileSync(join(unfinished, 'filled.json'), JSON.stringify(filled));
      renameSync(unfinished, cached);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  const home = join(dovecotDir, 'mail', user);
  mkdirSync(home);
  chownSync(home, owner.uid, owner.gid);
  copyTree(join(cached, 'Maildir'), join(home, 'Maildir'));
  run('chown', ['-R', `${owner.uid}:${owner.gid}`, join(home, 'Maildir')]);
  return JSON.parse(readFileSync(join(cached, 'filled.json'), 'utf8')) as FilledMailbox;
}

/** Dovecot and its peers rename letters but never write into them, so that links do. */
function copyTree(from: string, to: string): void {
  if (spawnSync('cp', ['-a', '--link', from, to]).status === 0) return;
  // Another file system, or one without links.
  rmSync(to, { recursive: true, force: true });
  run('cp', ['-a', '--reflink=auto', from, to]);
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
}

function writeMaildir(maildir: string, plan: MailboxPlan): FilledMailbox {
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(maildir, part), { recursive: true });
  let letters = 0;
  let bytes = 0;
  for (const { raw, receivedAt, seen } of generateMailbox(plan)) {
    letters += 1;
    // Sent with CRLF, which Dovecot's own deliveries note as W=, so that it need not read a letter to say its size.
    const onWire = raw.length + countLines(raw);
    bytes += onWire;
    const at = Math.floor(receivedAt.getTime() / 1000);
    const path = join(
      maildir,
      'cur',
      `${at}.Q${String(letters).padStart(7, '0')}.bench,S=${raw.length},W=${onWire}:2,${seen ? 'S' : ''}`,
    );
    writeFileSync(path, raw);
    utimesSync(path, receivedAt, receivedAt);
  }
  return { letters, bytes };
}

function countLines(raw: Buffer): number {
  let lines = 0;
  for (let at = raw.indexOf(0x0a); at !== -1; at = raw.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
}
