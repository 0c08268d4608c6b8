import { type ChangeableFolder, noRefusals } from '../connectors.ts';
import type { FolderDirectory } from '../named-letters/folder-directory.ts';
import { stateOf } from '../named-letters/follow-folders.ts';
import type { FollowedFolder } from '../named-letters/merge-items.ts';
import { deleteLetters } from './delete-letters.ts';
import { findByMessageId } from './find-by-message-id.ts';
import { markRead } from './mark-read.ts';
import { moveLetters } from './move-letters.ts';
import type { Session } from './session.ts';

export interface ChangeParts {
  readonly session: Session;
  readonly directory: FolderDirectory;
}

/** The folder as it is now. */
export function changeFollowed(
  { session, directory }: ChangeParts,
  { numbering, items }: FollowedFolder,
  path: string,
): ChangeableFolder {
  const byUid = new Map(items.map((item) => [item.uid, item]));
  const idsOf = (uids: readonly number[]): readonly string[] => uids.flatMap((uid) => byUid.get(uid)?.id ?? []);
  const some = async (uids: readonly number[], work: (ids: readonly string[]) => Promise<void>): Promise<void> => {
    const ids = idsOf(uids);
    if (ids.length > 0) await work(ids);
  };
  return {
    path,
    uidValidity: stateOf(numbering).uidValidity,
    movesAtOnce: true,
    present: async (uids) => new Set(uids.filter((uid) => byUid.has(uid))),
    markRead: (uids, signal) => some(uids, (ids) => markRead(session, ids, signal)),
    async move(uids, target, signal) {
      await some(uids, (ids) => moveLetters(session, directory, { ids, target }, signal));
      return new Map();
    },
    async delete(uids, signal) {
      await some(uids, (ids) => deleteLetters(session, ids, signal));
      return noRefusals;
    },
    async findByMessageId(messageId, signal) {
      const { id } = await directory.find(path, signal);
      return findByMessageId(session, { id, items }, messageId, signal);
    },
  };
}
