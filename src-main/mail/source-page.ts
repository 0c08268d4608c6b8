export interface SourcePage {
  readonly offset: number;
  readonly limit: number;
}

/** Part of a raw letter as text: UTF-8 where it is that, else each byte as one character, so that nothing is hidden. */
export function sourcePage(raw: Uint8Array, { offset, limit }: SourcePage): { text: string; totalBytes: number } {
  const part = raw.subarray(characterStart(raw, offset), characterStart(raw, offset + limit));
  return { text: decode(part), totalBytes: raw.byteLength };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  }
}

/** Pages are cut before a character of UTF-8, never inside: where one page ends, the next begins. */
function characterStart(raw: Uint8Array, position: number): number {
  if (position >= raw.length) return raw.length;
  let start = position;
  while (start > 0 && position - start < 3 && ((raw[start] ?? 0) & 0xc0) === 0x80) start -= 1;
  return start;
}
