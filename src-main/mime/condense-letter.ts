import { randomBytes } from 'node:crypto';

/** Shorter bodies are parsed as they are: leaving them out saves nothing. */
const MIN_BODY = 8 * 1024;
/**
 * Longer text is cut here: a novel of 4 MB. The parser keeps an object for each line, so that 40 MB of short lines would need a gigabyte.
 * The source view has all of it.
 */
const MAX_TEXT_BODY = 4 * 1024 * 1024;
/** How far back from an empty line the header of a part may begin. */
const MAX_PART_HEADER = 16 * 1024;
/** Empty lines between two boundaries that may end a header: a part's own, and those of letters nested in it. The others are paragraphs. */
const MAX_HEADERS_IN_PART = 8;

export interface CondensedLetter {
  readonly bytes: Buffer;
  /** Decoded sizes of what was left out, by the mark that stands in its place. */
  readonly omitted: ReadonlyMap<string, number>;
}

/**
 * The letter with long text cut, and without the bodies of its large base64 attachments: in each one's place stands a mark of a few bytes. Nine
 * tenths of a mailbox are such bodies, and nothing in the index comes from them. The marks cannot be guessed, and whoever uses this checks
 * that each came back as exactly one attachment.
 */
export function condenseLetter(bytes: Buffer): CondensedLetter {
  const omitted = new Map<string, number>();
  const kept: Buffer[] = [];
  let copied = 0;
  let boundary = -1;
  let looked = 0;
  for (let blank = nextBlank(bytes, 0); blank.start >= 0; ) {
    const body = blank.end;
    // Kept from one empty line to the next: a long text without boundaries is searched once.
    if (boundary < body - 1) {
      boundary = endOf(bytes.indexOf('\n--', body - 1), bytes);
      looked = 0;
    }
    const end = boundary;
    looked += 1;
    if (end - body >= MIN_BODY && isLargeKind(bytes, blank.start)) {
      const mark = randomBytes(12).toString('hex');
      omitted.set(mark, decodedSize(bytes, body, end));
      kept.push(bytes.subarray(copied, body), Buffer.from(Buffer.from(mark).toString('base64')));
      copied = end;
      blank = nextBlank(bytes, end);
    } else if (end - body > MAX_TEXT_BODY) {
      const cut = bytes.lastIndexOf(0x0a, body + MAX_TEXT_BODY);
      kept.push(bytes.subarray(copied, cut > body ? cut : body + MAX_TEXT_BODY));
      copied = end;
      blank = nextBlank(bytes, end);
    } else blank = nextBlank(bytes, looked < MAX_HEADERS_IN_PART ? body : Math.max(body, end));
  }
  if (kept.length === 0) return { bytes, omitted };
  kept.push(bytes.subarray(copied));
  return { bytes: Buffer.concat(kept), omitted };
}

function endOf(found: number, bytes: Buffer): number {
  return found < 0 ? bytes.length : found;
}

function nextBlank(bytes: Buffer, from: number): { readonly start: number; readonly end: number } {
  for (let at = bytes.indexOf(0x0a, from); at >= 0; at = bytes.indexOf(0x0a, at + 1)) {
    if (bytes[at + 1] === 0x0a) return { start: at, end: at + 2 };
    if (bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a) return { start: at, end: at + 3 };
  }
  return { start: -1, end: -1 };
}

/** Whether the part header that ends here is of an attachment in base64, which text and nested messages are not. */
function isLargeKind(bytes: Buffer, headerEnd: number): boolean {
  const floor = Math.max(0, headerEnd - MAX_PART_HEADER);
  const begin = bytes.subarray(floor, headerEnd).lastIndexOf('\n--');
  const header = bytes.toString('latin1', begin < 0 ? floor : floor + begin, headerEnd);
  return (
    /^content-transfer-encoding:[ \t]*"?base64/im.test(header) &&
    /^content-type:\s*"?(?!text\/|multipart\/|message\/)[a-z]/im.test(header)
  );
}

/** Base64 is nearly always in lines of one length: then its size follows from where they end. */
function decodedSize(bytes: Buffer, from: number, to: number): number {
  const firstEnd = bytes.indexOf(0x0a, from);
  const ending = bytes[firstEnd - 1] === 0x0d ? 2 : 1;
  const step = firstEnd - from + 1;
  let at = from;
  let characters = 0;
  while (firstEnd >= 0 && at + step <= to && bytes[at + step - 1] === 0x0a && bytes[at + step - 2] !== 0x3d) {
    characters += step - ending;
    at += step;
  }
  for (; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte > 0x20 && byte !== 0x3d) characters += 1;
  }
  return Math.floor((characters * 3) / 4);
}
