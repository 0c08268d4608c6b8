// Reads a zip file without loading it whole (the runtime's is 200 MB) and without a library.
// PKWARE APPNOTE 4.3: end of central directory, central directory, local headers. No zip64, no encryption.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

const endMark = Buffer.from('PK\x05\x06', 'latin1');
const entryMark = 0x02014b50;
const localHeaderSize = 30;
const entryHeaderSize = 46;
// The end record is 22 bytes and a comment of at most 65,535.
const longestTail = 22 + 65_535;

/** Yields `{ name, mode, data() }` of each file; folders are left out. */
export function* zipEntries(path) {
  const file = openSync(path, 'r');
  const read = (position, length) => {
    const bytes = Buffer.alloc(length);
    if (readSync(file, bytes, 0, length, position) !== length) throw new Error(`${path} ends too early`);
    return bytes;
  };
  try {
    const size = fstatSync(file).size;
    const tail = read(Math.max(0, size - longestTail), Math.min(size, longestTail));
    const end = tail.lastIndexOf(endMark);
    if (end === -1) throw new Error(`${path} is not a zip file`);
    const directory = read(tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
    for (let at = 0; at < directory.length && directory.readUInt32LE(at) === entryMark; ) {
      const entry = entryAt(directory, at);
      at += entry.headerLength;
      if (!entry.name.endsWith('/')) yield { ...entry, data: () => dataOf(read, entry) };
    }
  } finally {
    closeSync(file);
  }
}

function entryAt(directory, at) {
  const nameLength = directory.readUInt16LE(at + 28);
  const rest = directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  return {
    name: directory.toString('utf8', at + entryHeaderSize, at + entryHeaderSize + nameLength),
    mode: directory.readUInt32LE(at + 38) >>> 16,
    method: directory.readUInt16LE(at + 10),
    packedSize: directory.readUInt32LE(at + 20),
    position: directory.readUInt32LE(at + 42),
    headerLength: entryHeaderSize + nameLength + rest,
  };
}

function dataOf(read, { position, packedSize, method }) {
  const header = read(position, localHeaderSize);
  const start = position + localHeaderSize + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = read(start, packedSize);
  return method === 8 ? inflateRawSync(packed) : packed;
}
