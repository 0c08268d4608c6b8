import { type Charset, encodeText } from './charsets.ts';

export type TransferEncoding = '8bit' | 'quoted-printable' | 'base64';

const crlf = '\r\n';

/** A body as it goes over the line, "binary": one character for each byte. */
export function encodeBody(bytes: Buffer, encoding: TransferEncoding): string {
  if (encoding === '8bit') return bytes.toString('latin1');
  if (encoding === 'base64') return (bytes.toString('base64').match(/.{1,76}/g) ?? []).join(crlf) + crlf;
  return bytes.toString('latin1').split(crlf).map(quoteLine).join(crlf);
}

// RFC 2045 section 6.7: lines of at most 76 characters, no blank at the end of one.
function quoteLine(line: string): string {
  const units = Array.from(line, (character, at) => {
    const byte = character.charCodeAt(0);
    const plain = byte >= 0x20 && byte < 0x7f && character !== '=' && !(character === ' ' && at === line.length - 1);
    return plain ? character : hex(byte);
  });
  const lines: string[] = [];
  let current = '';
  for (const unit of units) {
    if (current.length + unit.length > 75) {
      lines.push(`${current}=`);
      current = '';
    }
    current += unit;
  }
  return [...lines, current].join(crlf);
}

function hex(byte: number): string {
  return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Of a word that is not ASCII: encoded words (RFC 2047) of at most 75 characters, each of whole characters. */
export function encodeHeaderText(text: string, charset: Charset): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const words: string[] = [];
  let chunk = '';
  for (const character of text) {
    // 30 bytes are 40 characters of base64, which leaves room for the longest name of a charset.
    if (encodeText(chunk + character, charset).length > 30) {
      words.push(chunk);
      chunk = '';
    }
    chunk += character;
  }
  const encoded = [...words, chunk].map((word) => `=?${charset}?B?${encodeText(word, charset).toString('base64')}?=`);
  return encoded.join(`${crlf} `);
}
