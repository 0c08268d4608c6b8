import type { IncomingConnector, SignIn } from '../connectors.ts';
import type { HierarchyMemory, ItemMemory } from '../name-memory.ts';
import { folderStates, followFolders } from '../named-letters/follow-folders.ts';
import { type LetterSource, openFollowed } from '../named-letters/open-followed.ts';
import { openCalendar } from './calendar.ts';
import { openContacts } from './contacts.ts';
import { createFolder } from './create-folder.ts';
import { fetchHeader, fetchLetters } from './fetch-letters.ts';
import { createDirectory } from './folder-directory.ts';
import { followRules } from './follow-rules.ts';
import { changeFollowed } from './open-for-change.ts';
import { openSession, type SessionOptions } from './session.ts';

export interface EwsOptions extends SessionOptions {
  readonly items: ItemMemory;
  readonly hierarchy: HierarchyMemory;
}

/** Signed in with the first question, the one for the folders: without them no path means anything. */
export async function openEws(signIn: SignIn, options: EwsOptions, signal: AbortSignal): Promise<IncomingConnector> {
  const session = openSession(signIn, options);
  const directory = createDirectory(session, options.hierarchy);
  const folders = followFolders(followRules(session, directory), options.items);
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
    openForChange: async (path, during) =>
      changeFollowed({ session, directory }, await folders.look(path, during), path),
    createFolder: (path, during) => createFolder(session, directory, path, during),
    calendar: openCalendar(session),
    contacts: openContacts(session),
    roundTrips: session.roundTrips,
    async close() {
      session.close();
    },
  };
}
