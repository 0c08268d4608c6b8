import type { AddressInfo, Socket } from 'node:net';
import createServer, { type ImapServer, type StoredFolder } from 'hoodiecrow-imap';
import id from 'hoodiecrow-imap/lib/plugins/id.js';
import specialUse from 'hoodiecrow-imap/lib/plugins/special-use.js';
import uidPlus from 'hoodiecrow-imap/lib/plugins/uidplus.js';
import unselect from 'hoodiecrow-imap/lib/plugins/unselect.js';
import { knowCommands } from './commands.ts';
import { idle } from './idle.ts';

export interface ServedLetter {
  readonly folder: string;
  readonly receivedAt: number;
  readonly seen: boolean;
  readonly raw: Uint8Array;
}

export interface ImapMailbox {
  readonly login: string;
  readonly password: string;
  readonly letters: readonly ServedLetter[];
  /** Arrivals are numbered from here on: above all UIDs that an earlier start gave to letters that are gone now. */
  readonly firstArrivalUid: number;
}

export interface RunningImap {
  readonly port: number;
  /** Delivers into the inbox; who idles hears of it. */
  deliver(raw: Uint8Array, receivedAt: number): void;
  stop(): Promise<void>;
}

/** The same at each start, so that a console that has the letters already loads none of them twice. */
const uidValidity = 20_250_901;

const specialFolders: Readonly<Record<string, string>> = {
  Sent: '\\Sent',
  Drafts: '\\Drafts',
  Junk: '\\Junk',
  Trash: '\\Trash',
  Archive: '\\Archive',
};

/** One mailbox on a server of its own: the library has one storage for all its users. Plain IMAP, as it never leaves loopback. */
export async function startImap(mailbox: ImapMailbox): Promise<RunningImap> {
  const sockets = new Set<Socket>();
  const server = createServer({
    plugins: [knowCommands, idle, specialUse, uidPlus, unselect, id],
    users: { [mailbox.login]: { password: mailbox.password } },
    storage: storageOf(mailbox),
    // Else the library reads a key pair from beside its sources, which are not there in a bundle.
    credentials: {},
  });
  server.connectionHandlers.push(({ socket }) => {
    if (socket === null) return;
    // It writes each line of an answer by itself; Nagle would wait for the client's delayed acknowledgement.
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await listening(server);
  return {
    port: (server.server.address() as AddressInfo).port,
    deliver: (raw, receivedAt) =>
      server.appendMessage('INBOX', [], internalDate(receivedAt), Buffer.from(raw).toString('latin1')),
    stop: () =>
      new Promise((resolve) => {
        server.server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function listening(server: ImapServer): Promise<void> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.server.once('listening', resolve);
    server.listen(0, '127.0.0.1');
  });
}

function storageOf(mailbox: ImapMailbox): object {
  const folder = (path: string): StoredFolder => ({
    uidvalidity: uidValidity,
    uidnext: mailbox.firstArrivalUid,
    messages: mailbox.letters
      .filter((letter) => letter.folder === path)
      .sort((one, other) => one.receivedAt - other.receivedAt)
      .map(({ raw, receivedAt, seen }, at) => ({
        raw: Buffer.from(raw).toString('latin1'),
        uid: at + 1,
        internaldate: internalDate(receivedAt),
        flags: seen ? ['\\Seen'] : [],
      })),
  });
  const others = Object.entries(specialFolders).map(([path, use]) => [path, { ...folder(path), 'special-use': use }]);
  return { INBOX: folder('INBOX'), '': { separator: '/', folders: Object.fromEntries(others) } };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** RFC 3501 date-time, in UTC. */
function internalDate(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${two(date.getUTCDate())}-${months[date.getUTCMonth()]}-${date.getUTCFullYear()}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`;
}
