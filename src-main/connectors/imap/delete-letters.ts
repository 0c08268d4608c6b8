import { addFlag } from './add-flag.ts';
import { forEachSet } from './for-each-set.ts';
import { offers, sendCommand, setOf, unsupported } from './send-command.ts';
import type { Session } from './session.ts';

export async function deleteLetters(session: Session, uids: readonly number[], signal: AbortSignal): Promise<void> {
  // Asked before anything is marked: a letter marked and not taken out is deleted by whoever says EXPUNGE next.
  if (!offers(session, 'UIDPLUS')) throw unsupported(session, 'UIDPLUS');
  await addFlag(session, { uids, flag: '\\Deleted' }, signal);
  // UID EXPUNGE (RFC 4315) takes out those of the set that are marked, and no other.
  const expunge = async (set: string): Promise<void> => {
    await sendCommand(session, { name: 'UID EXPUNGE', attributes: [setOf(set)] }, signal);
  };
  await forEachSet(session, uids, expunge, signal);
}
