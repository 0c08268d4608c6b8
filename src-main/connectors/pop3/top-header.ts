import { isAppError } from '../../../src-shared/errors/errors.ts';
import { mayOffer } from './capabilities.ts';
import type { Session } from './session.ts';

/** A header with a thousand recipients is 60 KB. */
const longestHeader = 4 * 1024 * 1024;

/** With the empty line at its end; null where the server gives none: TOP is optional (RFC 1939, 7), or the letter is gone. */
export async function topHeader(session: Session, number: number, signal: AbortSignal): Promise<Buffer | null> {
  if (!mayOffer(session.capabilities, 'TOP')) return null;
  try {
    const { text } = await session.text(`TOP ${number} 0`, { mostBytes: longestHeader }, signal);
    return headerOf(text);
  } catch (error) {
    if (isAppError(error, 'server.refused')) return null;
    throw error;
  }
}

/** Some servers send a line more than they were asked for. */
export function headerOf(letter: Buffer): Buffer {
  const end = letter.indexOf('\r\n\r\n');
  return end < 0 ? letter : letter.subarray(0, end + 4);
}
