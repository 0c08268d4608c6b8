import { serverWords } from '../net/server-words.ts';
import { listFolders } from './imap/list-folders.ts';
import { openSession, type Session } from './imap/session.ts';
import type { Reach } from './reach.ts';

export const reachImap: Reach = async (signIn, { greeted, ...options }, signal) => {
  const session = await openSession(signIn, { ...options, watch: { ...options.watch, heard } }, signal);
  return {
    signInSeen: signInSeen(session),
    list: async (during) => `LIST ${(await listFolders(session, during)).length}`,
    close: session.close,
  };

  function heard(chunk: Buffer): void {
    const [line = ''] = chunk.toString('utf8').split('\r\n', 1);
    // A BYE is the failure of this step, and reported as one when the line ends.
    if (!line.startsWith('* BYE')) greeted(line.replace(/^\* OK( \[[^\]]*\])?/, ''));
  }
};

function signInSeen({ client }: Session): string {
  const { name, version } = client.serverInfo ?? {};
  const server = typeof name === 'string' ? `ID ${[name, version].filter(Boolean).join(' ')}, ` : '';
  return serverWords(`${server}CAPABILITY ${client.capabilities.size}`, 'OK');
}
