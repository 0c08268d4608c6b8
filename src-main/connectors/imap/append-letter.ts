import { AppError } from '../../../src-shared/errors/errors.ts';
import { placeOf } from '../../net/tls.ts';
import type { Session } from './session.ts';

/** APPEND with \Seen: a copy of what we have sent ourselves is nothing to be read. */
export async function appendLetter(
  session: Session,
  path: string,
  raw: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  // The library looks at the folder's flags only where it is the open one; `undefined` means that it did not even ask.
  const kept = await session.run(
    (client) => client.append(path, Buffer.from(raw), ['\\Seen']),
    signal,
    session.times.letter,
  );
  if (!kept) throw new AppError('network.dropped', placeOf(session.endpoint));
}
