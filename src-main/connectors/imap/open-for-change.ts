import { AppError } from '../../../src-shared/errors/errors.ts';
import { placeOf } from '../../net/tls.ts';
import { type ChangeableFolder, noRefusals } from '../connectors.ts';
import { deleteLetters } from './delete-letters.ts';
import { findByMessageId } from './find-by-message-id.ts';
import { markRead } from './mark-read.ts';
import { moveLetters } from './move-letters.ts';
import { presentUids } from './present-uids.ts';
import { selectFolder } from './select-folder.ts';
import { offers } from './send-command.ts';
import type { Session } from './session.ts';

export async function openForChange(session: Session, path: string, signal: AbortSignal): Promise<ChangeableFolder> {
  const { mailbox, uidValidity, assertOpen } = await selectFolder(session, path, 'change', signal);
  // Somebody else's folder that we may only read: SELECT is answered as EXAMINE would be.
  if (mailbox.readOnly) {
    throw new AppError('server.refused', { ...placeOf(session.endpoint), serverWords: 'READ-ONLY' });
  }
  const here = (): Session => {
    assertOpen();
    return session;
  };
  return {
    path,
    uidValidity,
    movesAtOnce: offers(session, 'MOVE'),
    present: async (uids, during) => presentUids(here(), uids, during),
    markRead: async (uids, during) => markRead(here(), { uids, permanent: mailbox.permanentFlags }, during),
    move: async (uids, target, during) => moveLetters(here(), { uids, target }, during),
    async delete(uids, during) {
      await deleteLetters(here(), uids, during);
      return noRefusals;
    },
    findByMessageId: async (messageId, during) => findByMessageId(here(), messageId, during),
  };
}
