/** ext4, APFS and most others: 255 bytes; NTFS counts 255 UTF-16 units, which is never less. */
const MAX_BYTES = 255;
/** A longer "extension" is part of a name with a dot in it. */
const MAX_EXTENSION = 20;
/** Device names that Windows opens instead of a file, with any extension (superscript digits count as digits there). */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i;
/** Control characters, and the marks that turn writing round: with them "exe.pdf" can be read in a name that ends in .exe (Trojan Source, UTS 55). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
const FORBIDDEN = /[<>:"|?*]/g;

/**
 * A name that is one harmless file name on Windows, macOS and Linux: no path, nothing invisible, no device, no trailing dot or space,
 * at most 255 bytes, and its last extension is the sender's own.
 */
export function safeFileName(name: string, fallback = 'attachment'): string {
  const lastLevel = name.toWellFormed().normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const plain = trimEnds(lastLevel.replace(INVISIBLE, '').replace(FORBIDDEN, '_').replace(/\s+/g, ' '));
  const named = plain === '' ? fallback : plain;
  return shorten(RESERVED.test(named) ? `_${named}` : named);
}

/** Windows drops dots and spaces at the end; a dot in front hides the file elsewhere. */
function trimEnds(name: string): string {
  let end = name.length;
  while (end > 0 && (name[end - 1] === '.' || name[end - 1] === ' ')) end -= 1;
  let start = 0;
  while (start < end && (name[start] === '.' || name[start] === ' ')) start += 1;
  return name.slice(start, end);
}

function shorten(name: string): string {
  if (Buffer.byteLength(name) <= MAX_BYTES) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= MAX_EXTENSION ? name.slice(dot) : '';
  const room = MAX_BYTES - Buffer.byteLength(extension);
  let stem = '';
  let bytes = 0;
  // By code points: half a surrogate pair is not a name.
  for (const character of extension === '' ? name : name.slice(0, dot)) {
    bytes += Buffer.byteLength(character);
    if (bytes > room) break;
    stem += character;
  }
  return trimEnds(stem) + extension;
}
