import type { MessageId } from '../../src-shared/domain/ids.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { IncomingConnector } from '../connectors/connectors.ts';
import type { Store } from '../store/store.ts';

/** The line ends a letter of 256 MB (`connectors/imap/session.ts`); providers take 150 MB at most. */
const largest = 200 * 1024 * 1024;

export interface FetchParts {
  readonly store: Pick<Store, 'call'>;
  readonly open: () => Promise<IncomingConnector>;
}

/** Loads a letter whole of which only the header was kept. */
export async function fetchAnyway(
  messageId: MessageId,
  { store, open }: FetchParts,
  signal: AbortSignal,
): Promise<void> {
  const entry = await store.call('ledger.entryOf', { messageId });
  if (entry.leftAt !== null) throw new AppError('message.gone');
  if ((entry.size ?? 0) > largest) throw new AppError('message.over-limit', { megabytes: largest / (1024 * 1024) });
  const connector = await open();
  try {
    const folder = await connector.openFolder(entry.folderPath, signal);
    if (folder.uidValidity !== entry.uidValidity) throw new AppError('state.conflict');
    for await (const { raw, ...letter } of folder.fetchLetters([entry.uid], signal)) {
      if (letter.uid !== entry.uid) continue;
      await store.call('letters.complete', { messageId, letter: { ...letter, raw: Uint8Array.from(raw) } });
      return;
    }
    throw new AppError('message.gone');
  } finally {
    await connector.close();
  }
}
