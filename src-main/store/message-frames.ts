import { DefaultDeserializer, DefaultSerializer } from 'node:v8';

/**
 * A message for a stream of bytes: its length, the message, and after it the byte arrays that it holds. These go as they are, so that megabytes of letters
 * are copied neither into a growing buffer here nor out of one there (docs/notes/figures.md).
 */
export function toFrame(message: unknown): readonly Uint8Array[] {
  const writer = new HeadWriter();
  writer.writeHeader();
  writer.writeValue(message);
  const head = writer.releaseBuffer();
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(head.byteLength);
  return [length, head, ...writer.arrays];
}

/** Takes a stream's chunks, however they are cut, and gives the messages in their order. Each byte array has a buffer of its own. */
export function createFrameReader<M>(deliver: (message: M) => void): (chunk: Uint8Array) => void {
  const wanted = placesToFill(deliver);
  let place = wanted.next().value;
  let filled = 0;
  return (chunk) => {
    for (let at = 0; at < chunk.byteLength; ) {
      const part = chunk.subarray(at, at + place.byteLength - filled);
      place.set(part, filled);
      at += part.byteLength;
      filled += part.byteLength;
      if (filled < place.byteLength) return;
      place = wanted.next().value;
      filled = 0;
    }
  };
}

const LENGTH_BYTES = 4;

/** Where the stream's next bytes belong; the next place is asked for when this one is full. */
function* placesToFill<M>(deliver: (message: M) => void): Generator<Uint8Array, never> {
  for (;;) {
    const length = Buffer.alloc(LENGTH_BYTES);
    yield length;
    const head = new Uint8Array(length.readUInt32LE());
    yield head;
    const reader = new HeadReader(head);
    reader.readHeader();
    const message = reader.readValue() as M;
    for (const array of reader.arrays) if (array.byteLength > 0) yield array;
    deliver(message);
  }
}

class HeadWriter extends DefaultSerializer {
  readonly arrays: Uint8Array[] = [];

  /** What V8 asks for each byte array that it meets. */
  _writeHostObject(array: NodeJS.ArrayBufferView): void {
    const words = array instanceof Uint32Array;
    if (!words && !(array instanceof Uint8Array)) throw new TypeError('only arrays of bytes and of words are sent');
    this.writeUint32(words ? 1 : 0);
    this.writeUint32(array.byteLength);
    this.arrays.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  }
}

class HeadReader extends DefaultDeserializer {
  readonly arrays: Uint8Array[] = [];

  _readHostObject(): Uint8Array | Uint32Array {
    const words = this.readUint32() === 1;
    const array = new Uint8Array(this.readUint32());
    this.arrays.push(array);
    return words ? new Uint32Array(array.buffer) : array;
  }
}
