import type { IncomingConnector, SignIn } from '../connectors.ts';
import { appendLetter } from './append-letter.ts';
import { createFolder } from './create-folder.ts';
import { folderStates } from './folder-states.ts';
import { listFolders } from './list-folders.ts';
import { openFolder } from './open-folder.ts';
import { openForChange } from './open-for-change.ts';
import { openSession, type SessionOptions } from './session.ts';

export async function openImap(
  signIn: SignIn,
  options: SessionOptions,
  signal: AbortSignal,
): Promise<IncomingConnector> {
  const session = await openSession(signIn, options, signal);
  return {
    listFolders: (during) => listFolders(session, during),
    openFolder: (path, during) => openFolder(session, path, during),
    folderStates: (paths, during) => folderStates(session, paths, during),
    openForChange: (path, during) => openForChange(session, path, during),
    createFolder: (path, during) => createFolder(session, path, during),
    appendLetter: (path, raw, during) => appendLetter(session, path, raw, during),
    usable: () => session.client.usable,
    roundTrips: session.roundTrips,
    close: session.close,
  };
}
