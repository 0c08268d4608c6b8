import { forEachSet } from './for-each-set.ts';
import { atom, sendCommand, setOf } from './send-command.ts';
import type { Session } from './session.ts';

/** `+`: all other flags stay as they are. `.SILENT`: no answer for each letter. */
export function addFlag(
  session: Session,
  { uids, flag }: { readonly uids: readonly number[]; readonly flag: '\\Seen' | '\\Deleted' },
  signal: AbortSignal,
): Promise<void> {
  const store = async (set: string): Promise<void> => {
    const attributes = [setOf(set), atom('+FLAGS.SILENT'), [atom(flag)]];
    await sendCommand(session, { name: 'UID STORE', attributes }, signal);
  };
  return forEachSet(session, uids, store, signal);
}
