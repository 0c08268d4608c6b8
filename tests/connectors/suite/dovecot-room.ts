import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import type { SignIn } from '../../../src-main/connectors/connectors.ts';
import { type Dovecot, startDovecot } from '../../support/dovecot.ts';
import { fillMaildir, maildirOf } from '../../support/fill-maildir.ts';
import { password } from '../sign-in.ts';
import type { Desk, DeskRoom, HeldLetter } from './desk.ts';

/** RFC 1939, 3, and RFC 3501, 2.3.1: lines end with CRLF; Dovecot keeps what it was given and gives a bare LF its CR. */
export const withLineEnds = (raw: Buffer): Buffer =>
  Buffer.from(raw.toString('latin1').replace(/(?<!\r)\n/g, '\r\n'), 'latin1');

/** Maildirs of one Dovecot; what lies in them is read from the files. */
export async function dovecotRoom(
  signInTo: (port: number, login: string) => SignIn,
  portOf: (dovecot: Dovecot) => number,
): Promise<DeskRoom> {
  const dovecot = await startDovecot();
  let desks = 0;
  return {
    asServed: withLineEnds,
    async open() {
      desks += 1;
      return deskIn(dovecot, `bob${desks}`, portOf(dovecot), signInTo);
    },
    close: () => dovecot.stop(),
  };
}

function deskIn(
  dovecot: Dovecot,
  login: string,
  port: number,
  signInTo: (port: number, login: string) => SignIn,
): Desk {
  const other = <T>(folder: string, work: (client: ImapFlow) => Promise<T>) =>
    otherProgram(dovecot, login, folder, work);
  const uidOf = async (client: ImapFlow, subject: string): Promise<string> => {
    const found = await client.search({ header: { 'Message-ID': `<${subject}@` } }, { uid: true });
    if (!Array.isArray(found) || found.length !== 1) throw new Error(`no one letter ${subject}`);
    return String(found[0]);
  };
  return {
    port,
    trusted: [dovecot.caPem],
    signIn: (wish = {}) => ({
      ...signInTo(wish.port ?? port, login),
      ...(wish.wrong && { password: 'not the one' }),
    }),
    async put(folder, letters) {
      fillMaildir(
        dovecot,
        login,
        folder,
        letters.map((raw) => ({ raw })),
      );
    },
    held: async (folder) => heldIn(maildirOf(dovecot, login, folder)),
    takeAway: (folder, subject) =>
      other(folder, async (client) => {
        await client.messageDelete(await uidOf(client, subject), { uid: true });
      }),
    moveAway: (folder, subject, target) =>
      other(folder, async (client) => {
        await client.messageMove(await uidOf(client, subject), target, { uid: true });
      }),
    removeFolder: (folder) =>
      other('INBOX', async (client) => {
        await client.mailboxDelete(folder);
      }),
    // All share one server.
    stop: async () => {},
  };
}

async function otherProgram<T>(
  { imapPort }: Dovecot,
  login: string,
  folder: string,
  work: (client: ImapFlow) => Promise<T>,
): Promise<T> {
  const auth = { user: login, pass: password };
  const client = new ImapFlow({ host: 'localhost', port: imapPort, auth, logger: false, doSTARTTLS: false });
  await client.connect();
  try {
    await client.mailboxOpen(folder);
    return await work(client);
  } finally {
    await client.logout();
  }
}

function heldIn(maildir: string): readonly HeldLetter[] | null {
  if (!existsSync(maildir)) return null;
  return ['cur', 'new'].flatMap((part) =>
    readdirSync(join(maildir, part)).map((name) => ({
      raw: readFileSync(join(maildir, part, name)),
      seen: /:2,[A-Z]*S/.test(name),
    })),
  );
}
