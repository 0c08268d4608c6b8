import { addFlag, type TestFlag } from './add-flag.ts';
import { forEachSet } from './for-each-set.ts';
import { searchUids } from './search-uids.ts';
import { selectFolder } from './select-folder.ts';
import { atom, sendCommand, setOf, unsupported } from './send-command.ts';
import type { Session } from './session.ts';

const flag: TestFlag = '$MailroomCheck';

/** Puts a keyword of ours on the newest letter, sees that it is kept and takes it back, whatever happens in between. All other flags stay. */
export async function tryFlag(session: Session, path: string, signal: AbortSignal): Promise<string> {
  const { mailbox } = await selectFolder(session, path, 'change', signal);
  if (mailbox.readOnly) throw unsupported(session, 'READ-ONLY');
  if (mailbox.permanentFlags && !mailbox.permanentFlags.has('\\*')) throw unsupported(session, 'PERMANENTFLAGS \\*');
  const newest = (await searchUids(session, [atom('ALL')], signal)).at(-1);
  if (newest === undefined) return `${path} 0`;
  const uids = [newest];
  try {
    await addFlag(session, { uids, flag }, signal);
    const kept = await searchUids(session, [atom('KEYWORD'), atom(flag)], signal);
    if (!kept.includes(newest)) throw unsupported(session, `STORE ${flag}`);
  } finally {
    await takeBack(session, uids);
  }
  return `STORE +FLAGS, -FLAGS ${flag}, UID ${newest}`;
}

/** Also when the check was called off meanwhile: nothing of ours is left behind. */
function takeBack(session: Session, uids: readonly number[]): Promise<void> {
  const never = new AbortController().signal;
  const store = async (set: string): Promise<void> => {
    await sendCommand(
      session,
      { name: 'UID STORE', attributes: [setOf(set), atom('-FLAGS.SILENT'), [atom(flag)]] },
      never,
    );
  };
  return forEachSet(session, uids, store, never);
}
