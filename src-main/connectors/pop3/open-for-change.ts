import type { AppError } from '../../../src-shared/errors/errors.ts';
import type { ChangeableFolder } from '../connectors.ts';
import { deleteLetters } from './delete-letters.ts';
import { unsupported } from './errors.ts';
import type { Maildrop } from './maildrop.ts';
import type { Session } from './session.ts';
import { findStrangers } from './strangers.ts';

/** POP3 can delete, and nothing else. */
export function changeDrop(session: Session, maildrop: Maildrop, path: string): ChangeableFolder {
  const cannot = (missing: string) => async () => {
    throw unsupported(session.endpoint, missing);
  };
  /** Of which nobody can tell whether they are the letters that were loaded. */
  const unproven = new Set<number>();
  return {
    path,
    uidValidity: maildrop.uidValidity,
    // There is no copy to look for: nothing is ever moved.
    movesAtOnce: true,
    present: async (uids) => new Set(uids.filter((uid) => maildrop.letter(uid) !== undefined)),
    markRead: cannot('POP3: \\Seen'),
    move: cannot('POP3: MOVE'),
    findByMessageId: cannot('POP3: SEARCH'),
    async strangers(letters, signal) {
      const found = await findStrangers(session, maildrop, letters, signal);
      for (const uid of found.unproven) unproven.add(uid);
      return found.strangers;
    },
    async delete(uids, signal) {
      const refused = new Map<number, AppError>();
      const uidOf = new Map<number, number>();
      for (const uid of uids) {
        const letter = maildrop.letter(uid);
        if (letter === undefined) continue;
        // Of letters with one name the wrong one might go.
        if (maildrop.isAmbiguous(uid)) refused.set(uid, unsupported(session.endpoint, 'POP3: UIDL is not unique'));
        else if (unproven.has(uid)) refused.set(uid, unsupported(session.endpoint, 'POP3: TOP'));
        else uidOf.set(letter.number, uid);
      }
      if (uidOf.size === 0) return refused;
      for (const [number, error] of await deleteLetters(session, [...uidOf.keys()], signal))
        refused.set(uidOf.get(number) ?? 0, error);
      return refused;
    },
  };
}
