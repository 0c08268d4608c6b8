import { headerEnd } from './content-hash.ts';

/** Header lines that matter stand near the top; one that is further away is not looked for. */
const searchedBytes = 64 * 1024;

/** The first header line of that name (lower case), unfolded and undecoded; null where there is none. */
export function headerLine(raw: Uint8Array, name: string): string | null {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const header = bytes.toString('latin1', 0, headerEnd(bytes, searchedBytes));
  const found = new RegExp(`^${name}[ \\t]*:((?:[^\\r\\n]|\\r?\\n[ \\t])*)`, 'im').exec(header);
  return found?.[1]?.replace(/\s+/g, ' ').trim() || null;
}
