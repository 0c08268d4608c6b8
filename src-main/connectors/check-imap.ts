import type { ServerFolder } from '../../src-shared/domain/folder.ts';
import { serverWords } from '../net/server-words.ts';
import { wordsSeen } from './check-steps.ts';
import { listFolders } from './imap/list-folders.ts';
import type { Namespace } from './imap/namespaces.ts';
import { openFolder } from './imap/open-folder.ts';
import { openSession, type Session } from './imap/session.ts';
import { tryFlag } from './imap/try-flag.ts';
import type { Reach } from './reach.ts';
import { folderToRead, readNewest } from './read-newest.ts';

export const reachImap: Reach = async (signIn, { greeted, ...options }, signal) => {
  const session = await openSession(signIn, { ...options, watch: { ...options.watch, heard } }, signal);
  let folders: readonly ServerFolder[] = [];
  return {
    signInSeen: signInSeen(session),
    async list(during) {
      folders = (await listFolders(session, during)).filter(({ selectable }) => selectable);
      const prefix = session.namespaces[0]?.prefix ?? '';
      const hasInbox = folders.some(({ role }) => role === 'inbox');
      const own = folders.filter(({ namespace }) => namespace === undefined).length;
      const named = session.namespaces.filter((one) => one.prefix !== '' || one.kind !== 'personal').map(namespaceSeen);
      const seen = [`LIST ${folders.length}`, ...(named.length > 0 ? [`NAMESPACE ${named.join(', ')}`] : [])].join(
        ', ',
      );
      return { seen: serverWords(seen, 'LIST'), folders: { count: own, hasInbox, prefix } };
    },
    async read(during) {
      const path = folderToRead(folders);
      // EXAMINE and PEEK: no flag changes.
      return path === null ? null : readNewest(await openFolder(session, path, during), during);
    },
    mark: (during) => tryFlag(session, folderToRead(folders) ?? 'INBOX', during),
    close: session.close,
  };

  function heard(chunk: Buffer): void {
    const [line = ''] = chunk.toString('utf8').split('\r\n', 1);
    // A BYE is the failure of this step, and reported as one when the line ends; anything else is no IMAP.
    if (/^\* (OK|PREAUTH)/i.test(line)) greeted(line.replace(/^\* (OK|PREAUTH)( \[[^\]]*\])?/i, ''));
  }
};

/** In the words of RFC 2342: `other users "user."`. */
function namespaceSeen({ kind, prefix }: Namespace): string {
  return `${kind === 'others' ? 'other users' : kind} "${prefix}"`;
}

function signInSeen({ client }: Session): string {
  const { name, version } = client.serverInfo ?? {};
  const server = typeof name === 'string' ? `ID ${[name, version].filter(Boolean).join(' ')}, ` : '';
  return serverWords(`${server}CAPABILITY ${client.capabilities.size}: ${wordsSeen(client.capabilities.keys())}`, 'OK');
}
