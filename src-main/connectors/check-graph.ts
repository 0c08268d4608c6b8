import type { ServerFolder } from '../../src-shared/domain/folder.ts';
import type { Reach, ReachToSend } from './reach.ts';
import { folderToRead, readNewest } from './read-newest.ts';
import { rememberForNow } from './remember-for-now.ts';

/** Signed in with the first question: what the folders' answer shows is shown as the sign-in's. */
export const reachGraph: Reach = async (signIn, { greeted: _, ...options }, signal) => {
  const { openGraph } = await import('./graph/graph-connector.ts');
  const { items } = rememberForNow();
  const connector = await openGraph(signIn, { ...options, items }, signal);
  let folders: readonly ServerFolder[] = [];
  return {
    signInSeen: 'GET mailFolders',
    async list(during) {
      folders = (await connector.listFolders(during)).filter(({ selectable }) => selectable);
      const hasInbox = folders.some(({ role }) => role === 'inbox');
      return { seen: `mailFolders ${folders.length}`, folders: { count: folders.length, hasInbox, prefix: '' } };
    },
    async read(during) {
      const path = folderToRead(folders);
      return path === null ? null : readNewest(await connector.openFolder(path, during), during);
    },
    close: connector.close,
  };
};

/** Asks for the folder of what was sent, as each submission does first. */
export const reachGraphToSend: ReachToSend = async (signIn, { greeted: _, ...options }, signal) => {
  const { openForSending } = await import('./graph/submit-letter.ts');
  (await openForSending(signIn, options, signal)).close();
  return 'GET mailFolders/sentitems';
};
