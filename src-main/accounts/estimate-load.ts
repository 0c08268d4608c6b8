import type { LoadLook } from '../../src-shared/domain/loading.ts';
import type { IncomingConnector } from '../connectors/connectors.ts';

export interface SizeSample {
  readonly path: string;
  /** To be loaded in all. */
  readonly letters: number;
  /** Of some of them, by UID. */
  readonly sizes: ReadonlyMap<number, number>;
  /** Above it only a header is loaded. */
  readonly limit: number;
}

/** Enough to see how fast a server is, little enough not to be waited for. */
const probeLetters = 20;
const probeBytes = 1024 * 1024;

/** How much it is, and how long it will take at the speed of a few letters fetched just now (PEEK: they stay unread). */
export async function estimateLoad(
  connector: IncomingConnector,
  samples: readonly SizeSample[],
  signal: AbortSignal,
): Promise<Pick<LoadLook, 'bytes' | 'bytesPerSecond' | 'seconds'>> {
  const bytes = Math.round(samples.reduce((sum, sample) => sum + bytesOf(sample), 0));
  const probe = probeOf(samples);
  if (probe === null) return { bytes, bytesPerSecond: null, seconds: null };
  const folder = await connector.openFolder(probe.path, signal);
  const started = performance.now();
  let fetched = 0;
  for await (const { raw } of folder.fetchLetters(probe.uids, signal)) fetched += raw.byteLength;
  const seconds = (performance.now() - started) / 1000;
  if (fetched === 0 || seconds === 0) return { bytes, bytesPerSecond: null, seconds: null };
  const bytesPerSecond = Math.round(fetched / seconds);
  return { bytes, bytesPerSecond, seconds: Math.ceil(bytes / bytesPerSecond) };
}

function bytesOf({ letters, sizes, limit }: SizeSample): number {
  const loaded = [...sizes.values()].filter((size) => size <= limit);
  if (loaded.length === 0) return 0;
  return (loaded.reduce((sum, size) => sum + size, 0) / sizes.size) * letters;
}

/** The folder with most to load, and some of its letters. */
function probeOf(samples: readonly SizeSample[]): { readonly path: string; readonly uids: readonly number[] } | null {
  const [largest] = [...samples].sort((a, b) => b.letters - a.letters);
  const uids: number[] = [];
  let held = 0;
  for (const [uid, size] of [...(largest?.sizes ?? [])].reverse()) {
    if (uids.length >= probeLetters) break;
    if (held + size > probeBytes) continue;
    uids.push(uid);
    held += size;
  }
  return largest === undefined || uids.length === 0 ? null : { path: largest.path, uids };
}
