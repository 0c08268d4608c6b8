import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { FolderBalance } from '../../src-shared/domain/ledger.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
import type { IncomingConnector } from '../connectors/connectors.ts';
import type { Store } from '../store/store.ts';

/** Lists each folder that is loaded, and lays the listing beside the ledger. Nothing changes on the server, and no row here. */
export async function countFolders(
  mailboxId: MailboxId,
  {
    store,
    connector,
    now,
  }: { readonly store: Pick<Store, 'call'>; readonly connector: IncomingConnector; now(): number },
  signal: AbortSignal,
): Promise<FolderBalance[]> {
  const balances: FolderBalance[] = [];
  for (const { folderId, path } of await store.call('folders.cursors', { mailboxId })) {
    try {
      const folder = await connector.openFolder(path, signal);
      const listed =
        folder.exists === 0 ? new Uint32Array() : await folder.listUids({ afterUid: 0, since: null }, signal);
      const listing = { folderId, uidValidity: folder.uidValidity, listed: Uint32Array.from(listed), at: now() };
      balances.push(await store.call('ledger.compare', listing));
    } catch (error) {
      // A folder that is gone has nothing on the server to be explained.
      if (!isAppError(error, 'folder.gone')) throw error;
    }
  }
  return balances;
}
