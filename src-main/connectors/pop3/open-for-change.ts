import type { ChangeableFolder } from '../connectors.ts';
import { deleteLetters } from './delete-letters.ts';
import { unsupported } from './errors.ts';
import type { Maildrop } from './maildrop.ts';
import type { Session } from './session.ts';

/** POP3 can delete, and nothing else. */
export function changeDrop(session: Session, maildrop: Maildrop, path: string): ChangeableFolder {
  const cannot = (missing: string) => async () => {
    throw unsupported(session.endpoint, missing);
  };
  return {
    path,
    uidValidity: maildrop.uidValidity,
    // There is no copy to look for: nothing is ever moved.
    movesAtOnce: true,
    present: async (uids) => new Set(uids.filter((uid) => maildrop.letter(uid) !== undefined)),
    markRead: cannot('POP3: \\Seen'),
    move: cannot('POP3: MOVE'),
    findByMessageId: cannot('POP3: SEARCH'),
    async delete(uids, signal) {
      // Of letters with one name the wrong one might go.
      const certain = uids.filter((uid) => !maildrop.isAmbiguous(uid));
      const numbers = certain.flatMap((uid) => maildrop.letter(uid)?.number ?? []);
      if (numbers.length > 0) await deleteLetters(session, numbers, signal);
      if (certain.length < uids.length) throw unsupported(session.endpoint, 'POP3: UIDL is not unique');
    },
  };
}
