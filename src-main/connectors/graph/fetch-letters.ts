import { isAppError } from '../../../src-shared/errors/errors.ts';
import type { FetchedHeader, FetchedLetter } from '../connectors.ts';
import type { HttpAnswer } from '../http-line.ts';
import type { KnownItem } from '../name-memory.ts';
import { isGone, refusalOf, unintelligible } from './errors.ts';
import type { Session } from './session.ts';
import { headerShape } from './shapes.ts';
import { letterPath } from './told-letters.ts';

/** Graph itself cannot make it a letter again: others of the folder are as good as before. */
const notGiven = new Set([
  'ErrorItemCorrupt',
  'ErrorCorruptData',
  'ErrorContentConversionFailed',
  'ErrorMimeContentConversionFailed',
  'ErrorMimeContentInvalid',
  'ErrorUnsupportedMimeConversion',
  'ErrorMessageSizeExceeded',
  'ErrorItemPropertyRequestFailed',
  'ErrorVirusDetected',
  'ErrorVirusMessageDeleted',
]);

/** `$value`: the letter as it came, one question each. */
export async function* fetchLetters(
  session: Session,
  items: readonly KnownItem[],
  signal: AbortSignal,
): AsyncGenerator<FetchedLetter, void, undefined> {
  for (const { uid, id, seen, receivedAt } of items) {
    const answer = await given(() => session.ask({ path: `${letterPath(session, id)}/$value`, letter: true }, signal));
    if (answer !== null) yield { uid, receivedAt, seen, raw: wholeBytes(session, answer) };
  }
}

/** What Exchange kept of the header as it came; the letter is not asked for. */
export async function fetchHeader(
  session: Session,
  item: KnownItem,
  signal: AbortSignal,
): Promise<FetchedHeader | null> {
  const path = `${letterPath(session, item.id)}?$select=internetMessageHeaders,isRead`;
  const found = await given(() => session.read(headerShape, { path }, signal));
  if (found === null) return null;
  const lines = (found.internetMessageHeaders ?? []).map(
    ({ name, value }) => `${name}: ${(value ?? '').replace(/\r?\n(?![ \t])/g, '\r\n ')}\r\n`,
  );
  const { uid, receivedAt, size } = item;
  const header = Buffer.from(`${lines.join('')}\r\n`, 'utf8');
  return { uid, receivedAt, seen: found.isRead ?? item.seen, size, header };
}

/** Null: gone, or not to be had. */
async function given<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    const named = refusalOf(error)?.code ?? '';
    const refused = named !== '' && isAppError(error, 'server.refused');
    if (isGone(error) || refused || notGiven.has(named)) return null;
    throw error;
  }
}

/** Nothing in a letter says where it ends: an answer that does not say it either may have been cut. */
export function wholeBytes(session: Session, { bytes, headers }: HttpAnswer): Buffer {
  const ends = headers['content-length'] !== undefined || /\bchunked\b/i.test(headers['transfer-encoding'] ?? '');
  if (!ends || bytes.length === 0) throw unintelligible(session.endpoint, '$value');
  return bytes;
}
