import type { IncomingConnector, SignIn } from '../connectors.ts';
import { listFolders } from './list-folders.ts';
import { openFolder } from './open-folder.ts';
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
    close: session.close,
  };
}
