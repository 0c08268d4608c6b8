import { isUtf8 } from 'node:buffer';

/**
 * Text whose charset nobody named. UTF-8 if it is that; else the Cyrillic single-byte charset in which it reads as lower-case Russian:
 * the two swap case regions, so the wrong one comes out as capitals. Latin letters with accents are the last guess.
 */
export function decodeUnnamed(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return new TextDecoder(guessSingleByte(bytes)).decode(bytes);
}

/** Enough to tell; a guess need not read forty megabytes. */
const SAMPLE = 64 * 1024;

export function guessSingleByte(bytes: Uint8Array): 'windows-1251' | 'koi8-r' | 'windows-1252' {
  let high = 0;
  let lowerIn1251 = 0;
  let lowerInKoi8 = 0;
  let nextToHigh = 0;
  let before = 0;
  for (const byte of bytes.subarray(0, SAMPLE)) {
    if (byte >= 0xc0) {
      high += 1;
      if (byte >= 0xe0) lowerIn1251 += 1;
      else lowerInKoi8 += 1;
      if (before >= 0xc0) nextToHigh += 1;
    }
    before = byte;
  }
  // In Russian nearly every letter is high; in western text an accent stands alone among ASCII letters.
  if (high === 0 || nextToHigh * 3 < high) return 'windows-1252';
  return lowerIn1251 >= lowerInKoi8 ? 'windows-1251' : 'koi8-r';
}
