import type { ServerFolder } from '../../src-shared/domain/folder.ts';
import { serverWords } from '../net/server-words.ts';
import { wordsSeen } from './check-steps.ts';
import { listFolders } from './imap/list-folders.ts';
import { openFolder } from './imap/open-folder.ts';
import { openSession, type Session } from './imap/session.ts';
import { tryFlag } from './imap/try-flag.ts';
import type { Reach, Reached } from './reach.ts';

/** A letter larger than this is known by its header: a check is no download. */
const largestRead = 256 * 1024;

export const reachImap: Reach = async (signIn, { greeted, ...options }, signal) => {
  const session = await openSession(signIn, { ...options, watch: { ...options.watch, heard } }, signal);
  let folders: readonly ServerFolder[] = [];
  return {
    signInSeen: signInSeen(session),
    async list(during) {
      folders = (await listFolders(session, during)).filter(({ selectable }) => selectable);
      const { personalPrefix: prefix } = session;
      const hasInbox = folders.some(({ role }) => role === 'inbox');
      const seen = `LIST ${folders.length}${prefix === '' ? '' : `, NAMESPACE ${serverWords(prefix, '–')}`}`;
      return { seen, folders: { count: folders.length, hasInbox, prefix } };
    },
    read: (during) => read(session, folderToRead(folders), during),
    mark: (during) => tryFlag(session, folderToRead(folders) ?? 'INBOX', during),
    close: session.close,
  };

  function heard(chunk: Buffer): void {
    const [line = ''] = chunk.toString('utf8').split('\r\n', 1);
    // A BYE is the failure of this step, and reported as one when the line ends; anything else is no IMAP.
    if (/^\* (OK|PREAUTH)/i.test(line)) greeted(line.replace(/^\* (OK|PREAUTH)( \[[^\]]*\])?/i, ''));
  }
};

function folderToRead(folders: readonly ServerFolder[]): string | null {
  return (folders.find(({ role }) => role === 'inbox') ?? folders[0])?.path ?? null;
}

/** EXAMINE and PEEK: no flag changes. */
async function read(session: Session, path: string | null, signal: AbortSignal): ReturnType<Reached['read']> {
  if (path === null) return null;
  const folder = await openFolder(session, path, signal);
  const newest = folder.exists === 0 ? undefined : (await folder.listUids({ afterUid: 0, since: null }, signal)).at(-1);
  if (newest === undefined) return { seen: `${path} 0` };
  const size = (await folder.listSizes([newest], signal)).get(newest) ?? 0;
  if (size > largestRead) {
    const header = await folder.fetchHeader(newest, signal);
    return { seen: `${path} ${folder.exists}, UID ${newest}, ${size} B`, ...timeOf(header) };
  }
  for await (const letter of folder.fetchLetters([newest], signal)) {
    return { seen: `${path} ${folder.exists}, UID ${newest}, ${letter.raw.byteLength} B`, ...timeOf(letter) };
  }
  return { seen: `${path} ${folder.exists}` };
}

/** INTERNALDATE is the server's clock at the letter's arrival: its time is that or later. */
function timeOf(letter: { readonly receivedAt: number } | null): { readonly serverTime?: number } {
  return letter === null ? {} : { serverTime: letter.receivedAt };
}

function signInSeen({ client }: Session): string {
  const { name, version } = client.serverInfo ?? {};
  const server = typeof name === 'string' ? `ID ${[name, version].filter(Boolean).join(' ')}, ` : '';
  return serverWords(`${server}CAPABILITY ${client.capabilities.size}: ${wordsSeen(client.capabilities.keys())}`, 'OK');
}
