import type { IncomingConnector, SignIn } from '../connectors.ts';
import type { ItemMemory } from '../name-memory.ts';
import { goneFolder } from '../named-letters/folder-directory.ts';
import { folderStates, followFolders } from '../named-letters/follow-folders.ts';
import { type LetterSource, openFollowed } from '../named-letters/open-followed.ts';
import { openCalendar } from './calendar.ts';
import { openContacts } from './contacts.ts';
import { createFolder } from './create-folder.ts';
import { isGone } from './errors.ts';
import { fetchHeader, fetchLetters } from './fetch-letters.ts';
import { createDirectory } from './folder-directory.ts';
import { changeFollowed } from './open-for-change.ts';
import { openSession, type SessionOptions } from './session.ts';
import { syncLetters } from './sync-letters.ts';

export interface GraphOptions extends SessionOptions {
  readonly items: ItemMemory;
}

/** Signed in with the first question, the one for the folders: without them no path means anything. */
export async function openGraph(
  signIn: SignIn,
  options: GraphOptions,
  signal: AbortSignal,
): Promise<IncomingConnector> {
  const session = openSession(signIn, options);
  const directory = createDirectory(session);
  const { source, endpoint } = session;
  const folders = followFolders(
    {
      source,
      directory,
      sync: (folderId, state, recall, during) => syncLetters(session, { folderId, state, recall }, during),
      goneBy: (error, path) => (isGone(error) ? goneFolder(endpoint, path, error) : null),
    },
    options.items,
  );
  const letters: LetterSource = {
    fetchLetters: (items, during) => fetchLetters(session, items, during),
    fetchHeader: (item, during) => fetchHeader(session, item, during),
  };
  try {
    await directory.list(signal);
  } catch (error) {
    session.close();
    throw error;
  }
  return {
    listFolders: async (during) => (await directory.list(during)).map(({ folder }) => folder),
    async folderStates(paths, during) {
      const before = session.roundTrips();
      const states = await folderStates(folders, paths, during);
      return { states, roundTrips: session.roundTrips() - before };
    },
    openFolder: async (path, during) => openFollowed(letters, await folders.open(path, during), path),
    async openForChange(path, during) {
      const followed = await folders.look(path, during);
      const { id: folderId } = await directory.find(path, during);
      return changeFollowed({ session, directory, folderId }, followed, path);
    },
    trouble: folders.trouble,
    createFolder: (path, during) => createFolder(session, directory, path, during),
    calendar: openCalendar(session),
    contacts: openContacts(session),
    roundTrips: session.roundTrips,
    async close() {
      session.close();
    },
  };
}
