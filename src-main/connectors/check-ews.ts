import type { ServerFolder } from '../../src-shared/domain/folder.ts';
import type { Reach, ReachToSend } from './reach.ts';
import { folderToRead, readNewest } from './read-newest.ts';
import { rememberForNow } from './remember-for-now.ts';

/** Signed in with the first question: what the folders' answer shows is shown as the sign-in's. */
export const reachEws: Reach = async (signIn, { greeted: _, ...options }, signal) => {
  const { openEws } = await import('./ews/ews-connector.ts');
  const { items, hierarchy } = rememberForNow();
  const connector = await openEws(signIn, { ...options, items, hierarchy, knownVersions: new Map() }, signal);
  let folders: readonly ServerFolder[] = [];
  return {
    signInSeen: 'SyncFolderHierarchy',
    async list(during) {
      folders = (await connector.listFolders(during)).filter(({ selectable }) => selectable);
      const hasInbox = folders.some(({ role }) => role === 'inbox');
      return {
        seen: `SyncFolderHierarchy ${folders.length}`,
        folders: { count: folders.length, hasInbox, prefix: '' },
      };
    },
    async read(during) {
      const path = folderToRead(folders);
      return path === null ? null : readNewest(await connector.openFolder(path, during), during);
    },
    close: connector.close,
  };
};

/** Asks for the folder of what was sent, as each submission does first. */
export const reachEwsToSend: ReachToSend = async (signIn, { greeted: _, ...options }, signal) => {
  const { openForSending } = await import('./ews/submit-letter.ts');
  const { session } = await openForSending(signIn, { ...options, knownVersions: new Map() }, signal);
  session.close();
  return 'GetFolder sentitems';
};
