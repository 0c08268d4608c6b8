import { isAppError } from '../../src-shared/errors/errors.ts';
import type { IncomingConnector } from '../connectors/connectors.ts';
import type { DueEffect } from '../store/api/ledger.ts';

/**
 * Letters of an interrupted COPY that lie in the target already: by Message-ID and size, since different letters may bear one id. Answers their UIDs in the source. A letter
 * without an id is not looked for: a second copy is better than none.
 */
export async function findCopies(
  connector: IncomingConnector,
  source: string,
  effects: readonly DueEffect[],
  signal: AbortSignal,
): Promise<ReadonlySet<number>> {
  const target = effects[0]?.target ?? '';
  const here = await sizesIn(
    connector,
    source,
    effects.map(({ uid }) => uid),
    signal,
  );
  const copied = new Set<number>();
  try {
    for (const { uid, messageIdHeader } of effects) {
      if (messageIdHeader === '') continue;
      const folder = await connector.openForChange(target, signal);
      const alike = await folder.findByMessageId(messageIdHeader, signal);
      const sizes = await sizesIn(connector, target, alike, signal);
      if ([...sizes.values()].includes(here.get(uid) ?? -1)) copied.add(uid);
    }
  } catch (error) {
    // No target, no copies.
    if (!isAppError(error, 'folder.gone')) throw error;
  }
  return copied;
}

async function sizesIn(
  connector: IncomingConnector,
  path: string,
  uids: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  if (uids.length === 0) return new Map();
  const folder = await connector.openFolder(path, signal);
  return folder.listSizes(uids, signal);
}
