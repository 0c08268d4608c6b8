import { createHash } from 'node:crypto';

/** Lines that mbsync, mbox folders and IMAP gateways add: the same letter bears others in another folder. */
const TRANSPORT_LINE = /^(x-uid|status|x-status|x-keywords):/i;
/** Transport lines of any length of header that a real server sends stand within this. */
const MAX_HEADER = 256 * 1024;

/** sha256 over the raw letter less the lines that transport adds to its header. */
export function contentHash(raw: Uint8Array): Buffer {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const hash = createHash('sha256');
  const end = headerEnd(bytes);
  const header = bytes.toString('latin1', 0, end);
  if (!/^(x-uid|status|x-status|x-keywords):/im.test(header)) return hash.update(bytes).digest();
  let dropping = false;
  for (const line of header.split(/(?<=\n)/)) {
    const folded = line.startsWith(' ') || line.startsWith('\t');
    dropping = folded ? dropping : TRANSPORT_LINE.test(line);
    if (!dropping) hash.update(line, 'latin1');
  }
  return hash.update(bytes.subarray(end)).digest();
}

/** Where the header's last line ends; the empty line after it is not part of it. */
export function headerEnd(bytes: Buffer, limit = MAX_HEADER): number {
  const head = bytes.subarray(0, limit);
  if (head[0] === 0x0a || (head[0] === 0x0d && head[1] === 0x0a)) return 0;
  const crlf = head.indexOf('\n\r\n');
  const lf = head.indexOf('\n\n');
  if (crlf < 0 && lf < 0) return head.length;
  return (crlf < 0 ? lf : lf < 0 ? crlf : Math.min(crlf, lf)) + 1;
}
