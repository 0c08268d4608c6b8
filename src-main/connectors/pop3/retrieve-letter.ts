import { isAppError } from '../../../src-shared/errors/errors.ts';
import { unintelligible } from './errors.ts';
import type { Session } from './session.ts';

/** Above the largest letter that providers take (150 MB); protects memory from a server that does not stop. */
const longestLetter = 256 * 1024 * 1024;

/**
 * RETR: the letter byte for byte; null where the server does not give this one. Some servers count CRLF as one byte or otherwise wrong, so a size is no proof. But one that
 * does not double its dots ends a letter early, and what is left of it follows: a letter shorter than announced is believed when the next answer is an answer.
 */
export async function retrieveLetter(
  session: Session,
  { number, size }: { readonly number: number; readonly size: number },
  signal: AbortSignal,
): Promise<Buffer | null> {
  const bounds = { mostBytes: longestLetter, milliseconds: session.times.letter };
  try {
    const { status, text } = await session.text(`RETR ${number}`, bounds, signal);
    // An answer that nobody asked for came before this one: from here on each would be taken for another.
    if (text.toString('latin1', 0, 3) === '+OK') {
      session.cut();
      throw unintelligible(session.endpoint, 'two answers');
    }
    const [, announced = String(size)] = status.match(/^\+OK (\d{1,15}) octets/i) ?? [];
    if (text.length < Number(announced)) await hearAnswer(session, signal);
    return text;
  } catch (error) {
    return nullIfRefused(error);
  }
}

/** A no is an answer too. */
async function hearAnswer(session: Session, signal: AbortSignal): Promise<void> {
  await session.command('NOOP', signal).catch(nullIfRefused);
}

function nullIfRefused(error: unknown): null {
  if (isAppError(error, 'server.refused')) return null;
  throw error;
}
