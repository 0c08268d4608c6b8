import { throwIfCancelled } from '../../net/deadline.ts';
import type { FetchedHeader, FetchedLetter, OpenFolder } from '../connectors.ts';
import type { KnownItem } from '../name-memory.ts';
import { stateOf } from './follow-folders.ts';
import type { FollowedFolder } from './merge-items.ts';

/** How a protocol gives letters; one that is gone is left out, or null. */
export interface LetterSource {
  fetchLetters(items: readonly KnownItem[], signal: AbortSignal): AsyncIterable<FetchedLetter>;
  fetchHeader(item: KnownItem, signal: AbortSignal): Promise<FetchedHeader | null>;
}

/** The folder as it was followed: whatever is asked of it but letters is known already. Nothing done through it marks a letter. */
export function openFollowed(letters: LetterSource, { numbering, items }: FollowedFolder, path: string): OpenFolder {
  const byUid = new Map(items.map((item) => [item.uid, item]));
  const itemsOf = (uids: readonly number[]): readonly KnownItem[] => uids.flatMap((uid) => byUid.get(uid) ?? []);
  const uidsOf = (wanted: (item: KnownItem) => boolean): Uint32Array =>
    Uint32Array.from(items.filter(wanted), ({ uid }) => uid);
  const { uidValidity, uidNext, exists, highestModseq } = stateOf(numbering);
  return {
    path,
    uidValidity,
    exists,
    uidNext,
    highestModseq,
    async listUids({ afterUid, since }, signal) {
      throwIfCancelled(signal);
      return uidsOf(({ uid, receivedAt }) => uid > afterUid && (since === null || receivedAt >= since));
    },
    listUnreadUids: async () => uidsOf(({ seen }) => !seen),
    fetchLetters: (uids, signal) => letters.fetchLetters(itemsOf(uids), signal),
    listSizes: async (uids) => new Map(itemsOf(uids).map(({ uid, size }) => [uid, size])),
    async fetchHeader(uid, signal) {
      const item = byUid.get(uid);
      return item === undefined ? null : letters.fetchHeader(item, signal);
    },
  };
}
