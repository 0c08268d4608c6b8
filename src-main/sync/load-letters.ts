import { AppError, isAppError } from '../../src-shared/errors/errors.ts';
import { toWire, type WireError } from '../../src-shared/errors/wire.ts';
import type { FetchedHeader, OpenFolder } from '../connectors/connectors.ts';
import type { Seen } from '../store/api/ledger.ts';
import type { ReceivedLetter } from '../store/api/letters.ts';
import type { FolderCursor } from '../store/api/mailboxes.ts';
import type { Store } from '../store/store.ts';
import { type BatchLimits, cutBatches } from './cut-batches.ts';
import { fetchPortions } from './fetch-portions.ts';

export interface LettersParts {
  readonly store: Pick<Store, 'call'>;
  readonly limits: BatchLimits;
  readonly now: () => number;
  /** Bytes above which only the header of a letter is loaded. */
  readonly largest: number;
  onStored(letters: number, bytes: number): void;
}

export interface LoadedLetters {
  readonly stored: number;
  /** Not in the store before, in whatever folder. */
  readonly fresh: number;
  readonly tooLarge: number;
  /** Asked for and not given, and still on the server as far as is known. */
  readonly failed: number;
}

/** Sizes are asked for this many letters at a time, so that the first letters are there before the last size is. */
const sizesAtATime = 1_000;

/**
 * Brings what a listing has found wanting: newest first, then those that were asked for in vain, one by one, so that a letter that breaks the line each time holds up no
 * other.
 */
export async function loadLetters(
  folder: OpenFolder,
  cursor: FolderCursor,
  { wanted, troubled, parts }: Pick<Seen, 'wanted' | 'troubled'> & { readonly parts: LettersParts },
  signal: AbortSignal,
): Promise<LoadedLetters> {
  const desk = createDesk(folder, cursor, parts);
  try {
    for (let at = 0; at < wanted.length; at += sizesAtATime) {
      const portion = Array.from(wanted.subarray(at, at + sizesAtATime));
      const sizes = await desk.listSizes(portion, false, signal);
      const isTooLarge = (uid: number) => (sizes.get(uid) ?? 0) > parts.largest;
      const bearable = portion.filter((uid) => !isTooLarge(uid));
      for (const uids of cutBatches(bearable, sizes, parts.limits)) await desk.fetch(uids, false, signal);
      await desk.keepHeaders(portion.filter(isTooLarge), false, signal);
    }
    for (const uid of troubled) {
      const size = (await desk.listSizes([uid], true, signal)).get(uid) ?? 0;
      if (size > parts.largest) await desk.keepHeaders([uid], true, signal);
      else await desk.fetch([uid], true, signal);
    }
  } finally {
    // What has come is kept, however the rest ended.
    await desk.settled();
  }
  return desk.counts();
}

/** One batch is fetched while the one before is stored: two are in memory at most. */
function createDesk(folder: OpenFolder, { folderId }: FolderCursor, parts: LettersParts) {
  const { uidValidity } = folder;
  const counts = { stored: 0, fresh: 0, tooLarge: 0, failed: 0 };
  let storing: Promise<void> = Promise.resolve();

  const keep = async (letters: readonly ReceivedLetter[], bytes: number): Promise<void> => {
    const { fresh } = await parts.store.call('letters.store', { folderId, uidValidity, letters: [...letters] });
    counts.stored += letters.length;
    counts.fresh += fresh;
    parts.onStored(letters.length, bytes);
  };
  const keepHeader = async (letter: FetchedHeader): Promise<void> => {
    const own = { ...letter, header: Uint8Array.from(letter.header) };
    await parts.store.call('letters.storeHeader', { folderId, uidValidity, letter: own });
    counts.tooLarge += 1;
    parts.onStored(1, letter.header.byteLength);
  };
  const note = (uids: readonly number[], alone: boolean, problem: WireError) =>
    parts.store.call('ledger.failed', {
      folderId,
      uidValidity,
      uids: Uint32Array.from(uids),
      alone,
      problem,
      at: parts.now(),
    });

  return {
    counts: () => counts,
    settled: () => storing,
    /** A question that breaks the line each time is asked of one letter after another in the next pass. */
    async listSizes(uids: readonly number[], alone: boolean, signal: AbortSignal) {
      try {
        return await folder.listSizes(uids, signal);
      } catch (error) {
        if (!signal.aborted && isOfLetters(error)) await note(uids, alone, problemOf(error));
        throw error;
      }
    },
    /** Of those that are too large. One whose header the server refuses, or does not give, holds up no other. */
    async keepHeaders(uids: readonly number[], alone: boolean, signal: AbortSignal): Promise<void> {
      const missing: number[] = [];
      for (const uid of uids) {
        let letter: FetchedHeader | null;
        try {
          letter = await folder.fetchHeader(uid, signal);
        } catch (error) {
          if (signal.aborted || !isOfLetters(error)) throw error;
          await note([uid], alone, problemOf(error));
          counts.failed += 1;
          if (!isAppError(error, 'server.refused')) throw error;
          continue;
        }
        if (letter === null) missing.push(uid);
        else await keepHeader(letter);
      }
      if (missing.length === 0) return;
      const noteLeft = (left: readonly number[]) => note(left, alone, problemOf(null));
      counts.failed += await blame(folder, missing, { error: null, note: noteLeft });
    },
    async fetch(uids: readonly number[], alone: boolean, signal: AbortSignal): Promise<void> {
      const missing = new Set(uids);
      let failure: unknown = null;
      for await (const { letters, bytes, error } of fetchPortions(folder, uids, parts.limits.bytes, signal)) {
        failure = error;
        if (letters.length === 0) continue;
        await storing;
        storing = keep(letters, bytes);
        // Awaited before the next portion and at the end; until then nobody listens.
        storing.catch(() => undefined);
        for (const { uid } of letters) missing.delete(uid);
      }
      // Called off by a person: no letter is to blame.
      if (signal.aborted) throw new AppError('cancelled');
      if (missing.size > 0 && !isAppError(failure, 'cancelled')) {
        const noteLeft = (left: readonly number[]) => note(left, alone, problemOf(failure));
        counts.failed += await blame(folder, [...missing], { error: failure, note: noteLeft });
      }
      if (failure !== null) throw failure;
    },
  };
}

/** A server that asks for less has nothing against these letters. */
function isOfLetters(error: unknown): boolean {
  return !isAppError(error, 'cancelled') && !isAppError(error, 'server.throttled');
}

interface Blame {
  readonly error: unknown;
  readonly note: (uids: readonly number[]) => Promise<void>;
}

/** Asked for and not given: gone meanwhile, or held back by the server. Only the second is a failure; over a line that broke nobody can ask. */
async function blame(folder: OpenFolder, missing: readonly number[], { error, note }: Blame): Promise<number> {
  if (error !== null) {
    await note(missing);
    return missing.length;
  }
  const lowest = missing.reduce((least, uid) => Math.min(least, uid));
  const there = new Set(await folder.listUids({ afterUid: lowest - 1, since: null }, new AbortController().signal));
  const left = missing.filter((uid) => there.has(uid));
  if (left.length > 0) await note(left);
  return left.length;
}

function problemOf(error: unknown): WireError {
  return error === null ? { code: 'server.refused', params: { host: '', serverWords: '–' } } : toWire(error);
}
