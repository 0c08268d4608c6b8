import { listSizes } from './pop3/list-sizes.ts';
import { listUidls } from './pop3/list-uidls.ts';
import { openSession } from './pop3/session.ts';
import type { Reach } from './reach.ts';

export const reachPop3: Reach = async (signIn, { greeted, ...options }, signal) => {
  const watch = { ...options.watch, greeted: (status: string) => greeted(status.replace(/^\+OK/i, '')) };
  const session = await openSession(signIn, { ...options, watch }, signal);
  return {
    signInSeen: session.capabilities === null ? 'OK' : `CAPA ${session.capabilities.size}`,
    async list(during) {
      const sizes = await listSizes(session, during);
      // Whether letters can be told apart at all: by their names, or the newest by its header.
      if (sizes.size > 0) await listUidls(session, [...sizes.keys()].slice(-1), during);
      return `LIST ${sizes.size}`;
    },
    close: session.close,
  };
};
