import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import type { Dovecot } from '../support/dovecot.ts';
import { maildirOf } from '../support/fill-maildir.ts';

/** Another mail program of the same person, signed in and with the folders there. */
export async function openServerSession(port: number, user: string, folders: readonly string[]): Promise<ImapFlow> {
  const auth = { user, pass: 'secret' };
  const session = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure: false,
    doSTARTTLS: false,
    auth,
    logger: false,
    disableAutoIdle: true,
  });
  // What is asked of it fails then, and says why.
  session.on('error', () => {});
  await session.connect();
  const there = new Set((await session.list()).map(({ path }) => path));
  for (const folder of folders) if (!there.has(folder)) await session.mailboxCreate(folder);
  return session;
}

/** Resolves when no session of this user is open: that of a console which was killed goes on for a moment. */
export async function noSession(dovecot: Pick<Dovecot, 'log'>, user: string): Promise<void> {
  const signal = AbortSignal.timeout(20_000);
  while (openSessions(dovecot.log(), user) > 0) await pause(20, undefined, { signal });
}

function openSessions(log: string, user: string): number {
  const lines = log.split('\n');
  const begun = lines.filter((line) => line.includes(`Login: user=<${user}>`)).length;
  const ended = lines.filter(
    (line) => / (?:imap|pop3)\(/.test(line) && line.includes(`(${user})<`) && line.includes('Disconnected: '),
  ).length;
  return begun - ended;
}

/** As after a restore of the letters alone: Dovecot gives them new UIDs under a new UIDVALIDITY. Which values were used it still knows. */
export function forgetNumbers(dir: string, user: string, folder: string): void {
  const box = maildirOf({ dir }, user, folder);
  for (const file of readdirSync(box))
    if (file.startsWith('dovecot-uidlist') || file.startsWith('dovecot.index')) rmSync(join(box, file));
}
