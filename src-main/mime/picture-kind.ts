/** Pictures that a letter may show. SVG is a document with scripts and links, not a picture. */
const signatures: readonly (readonly [type: string, matches: (bytes: Buffer) => boolean])[] = [
  ['image/png', (bytes) => bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))],
  ['image/jpeg', (bytes) => bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))],
  ['image/gif', (bytes) => /^GIF8[79]a/.test(bytes.toString('latin1', 0, 6))],
  ['image/webp', (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'],
  ['image/bmp', (bytes) => bytes.toString('latin1', 0, 2) === 'BM'],
];

/** The type by the first bytes, whatever the letter or a server calls it; null: no picture of ours. */
export function pictureType(bytes: Uint8Array): string | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return signatures.find(([, matches]) => matches(buffer))?.[0] ?? null;
}

/** Null when the bytes are no picture. */
export function pictureUrl(bytes: Uint8Array): string | null {
  const type = pictureType(bytes);
  if (!type) return null;
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return `data:${type};base64,${base64}`;
}
