import { decodeWords } from 'postal-mime';
import type { Header } from '../../src-shared/domain/message.ts';
import { headerEnd } from './content-hash.ts';
import { decodeUnnamed } from './eight-bit.ts';

/** A page can show no more; the source view has the rest. */
const MAX_HEADER = 512 * 1024;
const MAX_LINES = 2000;
const MAX_VALUE = 20_000;

/** The letter's header as name and decoded value, unfolded, in order. Works for letters that could not be parsed as well. */
export function headerLines(raw: Uint8Array): Header[] {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const text = decodeUnnamed(bytes.subarray(0, headerEnd(bytes, MAX_HEADER)));
  const lines = text.replace(/\r?\n(?=[ \t])/g, '').split(/\r?\n/);
  return lines.slice(0, MAX_LINES).flatMap((line) => {
    const colon = line.indexOf(':');
    if (colon <= 0) return [];
    const value = line.slice(colon + 1, colon + 1 + MAX_VALUE).trim();
    return [{ name: line.slice(0, colon).trim(), value: decodeWords(value).toWellFormed() }];
  });
}
