import { addFlag } from './add-flag.ts';
import { unsupported } from './send-command.ts';
import type { Session } from './session.ts';

export interface Marking {
  readonly uids: readonly number[];
  /** PERMANENTFLAGS; undefined where the server does not say, then all are (RFC 3501, 7.1). */
  readonly permanent?: ReadonlySet<string> | undefined;
}

export async function markRead(session: Session, { uids, permanent }: Marking, signal: AbortSignal): Promise<void> {
  // It would be forgotten at the end of the session, and the letter unread again.
  if (permanent !== undefined && ![...permanent].some((flag) => flag.toLowerCase() === '\\seen')) {
    throw unsupported(session, 'PERMANENTFLAGS \\Seen');
  }
  await addFlag(session, { uids, flag: '\\Seen' }, signal);
}
