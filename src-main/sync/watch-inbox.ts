import { AppError } from '../../src-shared/errors/errors.ts';
import type { IncomingConnector } from '../connectors/connectors.ts';
import type { FolderCursor } from '../store/api/mailboxes.ts';

export interface WatchedLine {
  readonly connector: IncomingConnector;
  /** Closes the connection, which is opened anew for the next pass. */
  readonly letGo: () => Promise<void>;
  /** Ends everything at once, with the line. */
  readonly ended: AbortSignal;
}

/**
 * Waits for news in the inbox (else the first ticked folder) over the connection that the pass has used, and says in which folder it is. Without IDLE,
 * or without a folder, it waits for the signal alone: then the poll interval is all there is.
 */
export async function watchInbox(
  { connector, letGo, ended }: WatchedLine,
  cursors: readonly FolderCursor[],
  highest: ReadonlyMap<string, number>,
  signal: AbortSignal,
): Promise<string> {
  const path = (cursors.find((cursor) => cursor.path.toUpperCase() === 'INBOX') ?? cursors[0])?.path;
  const seen = path === undefined ? undefined : highest.get(path);
  if (path === undefined || seen === undefined) return aborted(signal);
  // Only the waiting may be called off: a command that is broken off takes the line with it.
  const folder = await connector.openFolder(path, ended);
  if (!folder.waitForNews) {
    // A line that is of no use until the next pass takes one of the server's places for connections.
    await letGo();
    return aborted(signal);
  }
  // What came between the pass and this moment is announced to nobody.
  const missed = folder.exists === 0 ? [] : await folder.listUids({ afterUid: seen, since: null }, ended);
  if (signal.aborted) throw new AppError('cancelled');
  if (missed.length === 0) await folder.waitForNews(signal);
  return path;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = () => reject(new AppError('cancelled'));
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
}
