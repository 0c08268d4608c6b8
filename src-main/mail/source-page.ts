export interface SourcePage {
  readonly offset: number;
  readonly limit: number;
}

/** Part of a raw letter as text: UTF-8 where it is that, else each byte as one character, so that nothing is hidden. */
export function sourcePage(raw: Uint8Array, { offset, limit }: SourcePage): { text: string; totalBytes: number } {
  const part = raw.subarray(offset, offset + limit);
  return { text: decode(part), totalBytes: raw.byteLength };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(trimCutCharacter(bytes));
  } catch {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  }
}

/** A page may end inside a character of up to four bytes; its rest is on the next page. */
function trimCutCharacter(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 0;
    if (needed > back) return bytes.subarray(0, bytes.length - back);
    if (needed > 0) break;
  }
  return bytes;
}
