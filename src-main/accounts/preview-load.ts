import type { LoadPreview } from '../../src-shared/domain/loading.ts';
import { type FirstLoadPeriod, firstLoadSince } from '../../src-shared/domain/mailbox.ts';
import type { IncomingConnector } from '../connectors/connectors.ts';

export interface PreviewQuestion {
  readonly folders: readonly string[];
  readonly period: FirstLoadPeriod;
  readonly now: number;
}

/** Counts what a first load would bring. Looks only: EXAMINE and SEARCH. */
export async function previewLoad(
  connector: IncomingConnector,
  { folders, period, now }: PreviewQuestion,
  signal: AbortSignal,
): Promise<LoadPreview> {
  const since = firstLoadSince(period, now);
  const counted: { path: string; onServer: number; toLoad: number }[] = [];
  for (const path of folders) {
    const folder = await connector.openFolder(path, signal);
    const toLoad = folder.exists === 0 ? 0 : (await folder.listUids({ afterUid: 0, since }, signal)).length;
    counted.push({ path, onServer: folder.exists, toLoad });
  }
  const toLoad = counted.reduce((sum, folder) => sum + folder.toLoad, 0);
  return { folders: counted, toLoad, toMark: 0, toMove: 0, toDelete: 0 };
}
