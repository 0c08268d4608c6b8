/** Bytes that grow by doubling, so that a letter that comes byte by byte costs its size twice and not a buffer for each byte. */
export class GatheredBytes {
  #bytes = Buffer.allocUnsafe(16 * 1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(piece: Buffer): void {
    const needed = this.#length + piece.length;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    piece.copy(this.#bytes, this.#length);
    this.#length = needed;
  }

  /** The bytes themselves, in a buffer that nobody else has. */
  take(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }
}

export interface TextReader {
  /** Of the text up to now, without what may still turn out to be its end. */
  readonly length: number;
  /** Null while the text has not ended; else what came behind its end. */
  feed(chunk: Buffer): Buffer | null;
  text(): Buffer;
}

const lineEnd = Buffer.from('\r\n');
const dotLine = Buffer.from('\r\n.');
const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/**
 * The text of a multi-line answer (RFC 1939, 3): a line of one dot ends it, any other line that begins with a dot has one too many. Lines begin after CRLF
 * and nowhere else; a bare CR or LF is part of the text. What was cut where does not matter: only what is decided leaves, at most four bytes wait.
 */
export function createTextReader(): TextReader {
  const gathered = new GatheredBytes();
  // The line end before the first line belongs to the status; with it the first line is like any other.
  let waiting: Buffer = lineEnd;
  let ahead = lineEnd.length;
  const emit = (piece: Buffer): void => {
    gathered.add(ahead > 0 && piece.length > 0 ? piece.subarray(ahead) : piece);
    if (piece.length > 0) ahead = 0;
  };
  const wait = (data: Buffer, from: number): null => {
    // A copy of at most four bytes: a part of the chunk would keep all of it.
    waiting = Buffer.from(data.subarray(from));
    return null;
  };
  return {
    get length() {
      return gathered.length;
    },
    feed(chunk) {
      const data = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
      let from = 0;
      for (;;) {
        const at = data.indexOf(dotLine, from);
        if (at < 0) {
          const kept = keptAtEnd(data, from);
          emit(data.subarray(from, data.length - kept));
          return wait(data, data.length - kept);
        }
        const [next, afterNext] = [data[at + 3], data[at + 4]];
        if (next === undefined || (next === carriageReturn && afterNext === undefined)) {
          emit(data.subarray(from, at));
          return wait(data, at);
        }
        emit(data.subarray(from, at + 2));
        if (next === carriageReturn && afterNext === lineFeed) return data.subarray(at + 5);
        from = at + 3;
      }
    },
    text: () => gathered.take(),
  };
}

/** How many bytes at the end may be the beginning of a line end. */
function keptAtEnd(data: Buffer, from: number): number {
  const last = data.length - 1;
  if (last >= from && data[last] === carriageReturn) return 1;
  return last > from && data[last] === lineFeed && data[last - 1] === carriageReturn ? 2 : 0;
}
