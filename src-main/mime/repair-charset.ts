import { isUtf8 } from 'node:buffer';
import { headerEnd } from './content-hash.ts';
import { decodeUnnamed } from './eight-bit.ts';

/** A longer body without a charset is left to the parser: copying it twice would cost more than the guess is worth. */
const MAX_BODY = 4 * 1024 * 1024;

/**
 * Headers with raw 8-bit letters (RFC 2047 forbids them, old Russian mailers write them) and a plain body whose charset
 * nobody named become UTF-8; a letter without either comes back as it is. Only for reading: the raw letter stays.
 */
export function repairCharset(bytes: Buffer, maxHeader: number): Buffer {
  const end = headerEnd(bytes, maxHeader);
  const header = bytes.subarray(0, end);
  const body = bytes.subarray(end);
  const newHeader = isUtf8(header) ? null : Buffer.from(decodeUnnamed(header));
  const newBody = body.length <= MAX_BODY && namesNoCharset(header.toString('latin1')) && !isUtf8(body) ? body : null;
  if (newHeader === null && newBody === null) return bytes;
  return Buffer.concat([newHeader ?? header, newBody === null ? body : Buffer.from(decodeUnnamed(newBody))]);
}

/** Whether the letter is one text part in an encoding that leaves bytes as they are. */
function namesNoCharset(header: string): boolean {
  if (/^content-transfer-encoding:[ \t]*"?(base64|quoted-printable)/im.test(header)) return false;
  const type = /^content-type:([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)/im.exec(header)?.[1] ?? '';
  if (type !== '' && !/^\s*text\//i.test(type)) return false;
  const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(type)?.[1]?.toLowerCase();
  return charset === undefined || charset === 'us-ascii' || charset === 'unknown-8bit' || charset === 'utf-8';
}
