import { forEachSet } from './for-each-set.ts';
import { atom, sendCommand, setOf } from './send-command.ts';
import type { Session } from './session.ts';

/** A keyword of ours, for the check that a person asked for; it is taken back at once. */
export type TestFlag = '$MailroomCheck';

/** `+`: all other flags stay as they are. `.SILENT`: no answer for each letter. */
export function addFlag(
  session: Session,
  { uids, flag }: { readonly uids: readonly number[]; readonly flag: '\\Seen' | '\\Deleted' | TestFlag },
  signal: AbortSignal,
): Promise<void> {
  const store = async (set: string): Promise<void> => {
    const attributes = [setOf(set), atom('+FLAGS.SILENT'), [atom(flag)]];
    await sendCommand(session, { name: 'UID STORE', attributes }, signal);
  };
  return forEachSet(session, uids, store, signal);
}
