/**
 * The bytes of a part as they stand in the letter. For parts in 7bit, 8bit or binary the parser gives lines with one kind of ending and one more at the
 * end: a table for a bookkeeper, or a forwarded letter with its signature, would be saved as something else. Where the letter holds the same lines
 * between an empty line and a boundary, those are the bytes; else (base64, quoted-printable) the parser's are exact already.
 */
export function exactPart(letter: Buffer, parsed: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const content = Buffer.from(parsed.buffer, parsed.byteOffset, parsed.byteLength);
  if (content.at(-1) !== 0x0a) return parsed;
  const lines = content.subarray(0, -1);
  return between(letter, '\n', lines) ?? between(letter, '\r\n', withCarriageReturns(lines)) ?? parsed;
}

function between(letter: Buffer, ending: string, lines: Buffer): Uint8Array<ArrayBuffer> | null {
  const before = Buffer.from(ending + ending);
  const found = letter.indexOf(Buffer.concat([before, lines, Buffer.from(`${ending}--`)]));
  if (found < 0) return null;
  return Uint8Array.from(letter.subarray(found + before.length, found + before.length + lines.length));
}

function withCarriageReturns(lines: Buffer): Buffer {
  return Buffer.from(lines.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}
