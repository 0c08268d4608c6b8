import { describe, expect, test } from 'vitest';
import type { FetchedLetter, OpenFolder } from '../../../../src-main/connectors/connectors.ts';
import { fetchPortions, type Portion } from '../../../../src-main/sync/fetch-portions.ts';
import { AppError } from '../../../../src-shared/errors/errors.ts';

const never = new AbortController().signal;
const receivedAt = Date.UTC(2026, 10, 20);
const letter = (uid: number, bytes: number): FetchedLetter => {
  return { uid, receivedAt, seen: uid % 2 === 0, raw: new Uint8Array(bytes) };
};
const refused = () => Promise.reject(new AppError('server.unsupported'));

interface Line {
  readonly folder: OpenFolder;
  /** UIDs of the letters that were read off the line. */
  readonly read: readonly number[];
  readonly asked: readonly (readonly number[])[];
  readonly closed: () => boolean;
}

/** A folder whose server announces letters of one byte and answers with these, whatever it is asked for; then the line ends, or breaks with an error. */
function lineThatBrings(letters: readonly FetchedLetter[], breaksWith: Error | null = null): Line {
  const read: number[] = [];
  const asked: (readonly number[])[] = [];
  let closed = false;
  const folder: OpenFolder = {
    path: 'INBOX',
    uidValidity: 1,
    exists: letters.length,
    uidNext: null,
    highestModseq: null,
    listUids: refused,
    listUnreadUids: refused,
    fetchHeader: refused,
    listSizes: async (uids) => new Map(uids.map((uid) => [uid, 1])),
    async *fetchLetters(uids) {
      asked.push(uids);
      try {
        for (const one of letters) {
          read.push(one.uid);
          yield one;
        }
        if (breaksWith !== null) throw breaksWith;
      } finally {
        closed = true;
      }
    },
  };
  return { folder, read, asked, closed: () => closed };
}

async function portionsOf(line: Line, uids: readonly number[], mostBytes = 1000, signal = never): Promise<Portion[]> {
  const portions: Portion[] = [];
  for await (const portion of fetchPortions(line.folder, uids, mostBytes, signal)) portions.push(portion);
  return portions;
}
const outline = (portions: readonly Portion[]) =>
  portions.map(({ letters, bytes, error }) => ({ uids: letters.map(({ uid }) => uid), bytes, error }));

describe('letters are handed over', () => {
  test('whole, as they came', async () => {
    const letters = [letter(7, 10), letter(8, 20)];
    expect(await portionsOf(lineThatBrings(letters), [7, 8])).toEqual([{ letters, bytes: 30, error: null }]);
  });

  test('in portions cut by the bytes that came, whatever was announced', async () => {
    const line = lineThatBrings([letter(1, 600), letter(2, 600), letter(3, 1000), letter(4, 999), letter(5, 1)]);
    expect(outline(await portionsOf(line, [1, 2, 3, 4, 5]))).toEqual([
      { uids: [1, 2], bytes: 1200, error: null },
      { uids: [3], bytes: 1000, error: null },
      { uids: [4, 5], bytes: 1000, error: null },
      { uids: [], bytes: 0, error: null },
    ]);
  });

  test('and a portion holds at most so many bytes and one letter', async () => {
    const line = lineThatBrings([letter(1, 999), letter(2, 5_000_000), letter(3, 5)]);
    expect(outline(await portionsOf(line, [1, 2, 3]))).toEqual([
      { uids: [1, 2], bytes: 5_000_999, error: null },
      { uids: [3], bytes: 5, error: null },
    ]);
  });

  test('and the next is read off the line only when a portion was taken', async () => {
    const line = lineThatBrings([letter(1, 1000), letter(2, 1000), letter(3, 1000)]);
    const portions = fetchPortions(line.folder, [1, 2, 3], 1000, never);
    await portions.next();
    expect(line.read).toEqual([1]);
    await portions.next();
    expect(line.read).toEqual([1, 2]);
    await portions.return();
  });

  test('and an empty answer is one empty portion', async () => {
    expect(await portionsOf(lineThatBrings([]), [1])).toEqual([{ letters: [], bytes: 0, error: null }]);
  });

  test('and they are asked for in one question', async () => {
    const line = lineThatBrings([letter(9, 1000), letter(3, 1000)]);
    await portionsOf(line, [9, 3]);
    expect(line.asked).toEqual([[9, 3]]);
  });
});

describe('a server that answers', () => {
  test('twice gives one letter, the first, and the second does not count', async () => {
    const line = lineThatBrings([letter(1, 10), letter(1, 990), letter(2, 20), letter(1, 30)]);
    expect(outline(await portionsOf(line, [1, 2]))).toEqual([{ uids: [1, 2], bytes: 30, error: null }]);
  });

  test('twice in different portions gives one letter all the same', async () => {
    const line = lineThatBrings([letter(1, 1000), letter(1, 1000), letter(2, 5)]);
    expect(outline(await portionsOf(line, [1, 2]))).toEqual([
      { uids: [1], bytes: 1000, error: null },
      { uids: [2], bytes: 5, error: null },
    ]);
  });

  test('what it was not asked for gives nothing', async () => {
    const line = lineThatBrings([letter(99, 5000), letter(2, 20), letter(0, 7)]);
    expect(outline(await portionsOf(line, [2]))).toEqual([{ uids: [2], bytes: 20, error: null }]);
  });

  test('less than it was asked for gives what came', async () => {
    expect(outline(await portionsOf(lineThatBrings([letter(2, 20)]), [1, 2, 3]))).toEqual([
      { uids: [2], bytes: 20, error: null },
    ]);
  });
});

describe('a line that breaks', () => {
  const dropped = new AppError('network.dropped', { host: 'imap.company.example' });

  test('gives what had come before, and why it ended, in the last portion', async () => {
    const line = lineThatBrings([letter(1, 1000), letter(2, 10), letter(3, 20)], dropped);
    expect(outline(await portionsOf(line, [1, 2, 3, 4]))).toEqual([
      { uids: [1], bytes: 1000, error: null },
      { uids: [2, 3], bytes: 30, error: dropped },
    ]);
  });

  test('gives only the reason, where nothing is left to hand over', async () => {
    expect(outline(await portionsOf(lineThatBrings([letter(1, 1000)], dropped), [1, 2]))).toEqual([
      { uids: [1], bytes: 1000, error: null },
      { uids: [], bytes: 0, error: dropped },
    ]);
  });

  test('for a reason without a name gives that reason', async () => {
    const defect = new TypeError('not a letter');
    const [portion] = await portionsOf(lineThatBrings([], defect), [1]);
    expect(portion?.error).toBe(defect);
  });

  test('because it was called off says so, and what came is kept', async () => {
    const line = lineThatBrings([letter(1, 10)], new Error('socket closed'));
    const [portion] = await portionsOf(line, [1, 2], 1000, AbortSignal.abort());
    expect(portion).toMatchObject({ letters: [{ uid: 1 }], bytes: 10, error: { code: 'cancelled' } });
  });

  test('keeps a reason that has a name, also where it was called off meanwhile', async () => {
    const [portion] = await portionsOf(lineThatBrings([], dropped), [1], 1000, AbortSignal.abort());
    expect(portion?.error).toBe(dropped);
  });
});

describe('whoever takes the portions', () => {
  test('and throws, ends the fetch: no more is read, and the error is theirs', async () => {
    const line = lineThatBrings([letter(1, 1000), letter(2, 1000), letter(3, 1000)]);
    const full = new AppError('store.disk-full');
    const taken = async () => {
      for await (const { letters } of fetchPortions(line.folder, [1, 2, 3], 1000, never))
        if (letters.some(({ uid }) => uid === 2)) throw full;
    };
    await expect(taken()).rejects.toBe(full);
    expect(line.read).toEqual([1, 2]);
    expect(line.closed()).toBe(true);
  });

  test('and stops early, ends the fetch as well', async () => {
    const line = lineThatBrings([letter(1, 1000), letter(2, 1000)]);
    for await (const _ of fetchPortions(line.folder, [1, 2], 1000, never)) break;
    expect(line.read).toEqual([1]);
    expect(line.closed()).toBe(true);
  });
});
