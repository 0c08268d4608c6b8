import type { ServerFolder } from '../../src-shared/domain/folder.ts';
import type { OpenFolder } from './connectors.ts';
import type { Reached } from './reach.ts';

/** A letter larger than this is known by its header: a check is no download. */
const largestRead = 256 * 1024;

/** Where a check looks for a letter; null where there is no folder at all. */
export function folderToRead(folders: readonly ServerFolder[]): string | null {
  return (folders.find(({ role }) => role === 'inbox') ?? folders[0])?.path ?? null;
}

/** The newest letter of a folder, read without a trace. */
export async function readNewest(folder: OpenFolder, signal: AbortSignal): ReturnType<Reached['read']> {
  const { path, exists } = folder;
  const newest = exists === 0 ? undefined : (await folder.listUids({ afterUid: 0, since: null }, signal)).at(-1);
  if (newest === undefined) return { seen: `${path} 0` };
  const size = (await folder.listSizes([newest], signal)).get(newest) ?? 0;
  if (size > largestRead) {
    const header = await folder.fetchHeader(newest, signal);
    return { seen: `${path} ${exists}, UID ${newest}, ${size} B`, ...timeOf(header) };
  }
  for await (const letter of folder.fetchLetters([newest], signal)) {
    return { seen: `${path} ${exists}, UID ${newest}, ${letter.raw.byteLength} B`, ...timeOf(letter) };
  }
  return { seen: `${path} ${exists}` };
}

/** When the letter came, by the server's clock: its time is that or later. */
function timeOf(letter: { readonly receivedAt: number } | null): { readonly serverTime?: number } {
  return letter === null ? {} : { serverTime: letter.receivedAt };
}
