import { type AppError, isAppError } from '../../../src-shared/errors/errors.ts';
import type { Session } from './session.ts';

/**
 * DELE for each and QUIT: only with the answer to QUIT is any of them deleted (RFC 1939, 6). A line that is lost before it leaves all of them where they were. Gives what was
 * refused, by number.
 */
export async function deleteLetters(
  session: Session,
  numbers: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, AppError>> {
  const refused = new Map<number, AppError>();
  try {
    for (const number of numbers) {
      await session.command(`DELE ${number}`, signal).catch((error: unknown) => {
        if (!isAppError(error, 'server.refused')) throw error;
        refused.set(number, error);
      });
    }
    await session.command('QUIT', signal, 'quit');
  } finally {
    // After QUIT the server ends the line; before it, a QUIT of a polite end would do what has failed.
    session.cut();
  }
  return refused;
}
