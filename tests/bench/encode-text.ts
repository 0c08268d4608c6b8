export type Charset = 'utf-8' | 'windows-1251' | 'koi8-r';
export type TransferEncoding = '8bit' | 'quoted-printable' | 'base64';

/** Node decodes these two but does not encode them: turned round once. */
const tables = { 'windows-1251': encodingTable('windows-1251'), 'koi8-r': encodingTable('koi8-r') };

function encodingTable(charset: 'windows-1251' | 'koi8-r'): ReadonlyMap<number, number> {
  const decoder = new TextDecoder(charset);
  const byte = (value: number): readonly [number, number] => [
    decoder.decode(Uint8Array.of(value)).charCodeAt(0),
    value,
  ];
  return new Map(Array.from({ length: 256 }, (_, value) => byte(value)));
}

/** Characters the charset does not have become question marks, as mail programs do it. */
export function encodeText(text: string, charset: Charset): Buffer {
  if (charset === 'utf-8') return Buffer.from(text);
  const table = tables[charset];
  const bytes = Buffer.allocUnsafe(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = table.get(text.charCodeAt(at)) ?? 0x3f;
  return bytes;
}

/** Lines end with LF, as Dovecot keeps letters in Maildir. */
export function transferEncode(bytes: Buffer, encoding: TransferEncoding): Buffer {
  if (encoding === '8bit') return bytes;
  if (encoding === 'quoted-printable') return quotedPrintable(bytes);
  return foldedBase64(bytes);
}

/** RFC 2045, 6.8: lines of 76. */
export function foldedBase64(bytes: Buffer): Buffer {
  const text = bytes.toString('base64');
  const folded = Buffer.allocUnsafe(text.length + Math.ceil(text.length / 76));
  let to = 0;
  for (let from = 0; from < text.length; from += 76) {
    to += folded.write(text.slice(from, from + 76), to, 'latin1');
    folded[to] = 0x0a;
    to += 1;
  }
  return folded.subarray(0, to);
}

const hex = Array.from({ length: 256 }, (_, value) => `=${value.toString(16).toUpperCase().padStart(2, '0')}`);

/** RFC 2045, 6.7; text that ends its lines with LF and has no blanks before them. */
function quotedPrintable(bytes: Buffer): Buffer {
  const pieces: string[] = [];
  let column = 0;
  for (const byte of bytes) {
    if (byte === 0x0a) {
      pieces.push('\n');
      column = 0;
      continue;
    }
    const piece = byte >= 0x20 && byte < 0x7f && byte !== 0x3d ? String.fromCharCode(byte) : (hex[byte] ?? '');
    if (column + piece.length > 75) {
      pieces.push('=\n');
      column = 0;
    }
    pieces.push(piece);
    column += piece.length;
  }
  return Buffer.from(pieces.join(''), 'latin1');
}

/** RFC 2047, 2: words of at most 75 characters; split between letters, so that each stands alone. */
export function encodeHeaderText(text: string, charset: Charset): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const room = charset === 'utf-8' ? 22 : 40;
  const words: string[] = [];
  for (let at = 0; at < text.length; at += room) {
    const bytes = encodeText(text.slice(at, at + room), charset);
    words.push(`=?${charset}?B?${bytes.toString('base64')}?=`);
  }
  return words.join('\n ');
}
