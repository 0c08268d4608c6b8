import { wordsSeen } from './check-steps.ts';
import { listSizes } from './pop3/list-sizes.ts';
import { listUidls } from './pop3/list-uidls.ts';
import { openSession } from './pop3/session.ts';
import { topHeader } from './pop3/top-header.ts';
import type { Reach } from './reach.ts';

export const reachPop3: Reach = async (signIn, { greeted, ...options }, signal) => {
  const watch = { ...options.watch, greeted: (status: string) => greeted(status.replace(/^\+OK/i, '')) };
  const session = await openSession(signIn, { ...options, watch }, signal);
  const { capabilities } = session;
  let newest: number | undefined;
  return {
    signInSeen: capabilities === null ? 'OK' : `CAPA ${capabilities.size}: ${wordsSeen(capabilities.keys())}`,
    async list(during) {
      const sizes = await listSizes(session, during);
      newest = [...sizes.keys()].at(-1);
      // Whether letters can be told apart at all: by their names, or the newest by its header.
      if (newest !== undefined) await listUidls(session, [newest], during);
      return { seen: `LIST ${sizes.size}` };
    },
    async read(during) {
      if (newest === undefined) return { seen: 'TOP 0' };
      // RETR leaves a mark at servers that also speak IMAP, TOP does not.
      const header = await topHeader(session, newest, during);
      return { seen: header === null ? 'TOP –' : `TOP ${newest}, ${header.byteLength} B` };
    },
    close: session.close,
  };
};
