import { type ChangeableFolder, noRefusals } from '../connectors.ts';
import type { KnownItem } from '../name-memory.ts';
import type { FolderDirectory } from '../named-letters/folder-directory.ts';
import { stateOf } from '../named-letters/follow-folders.ts';
import type { FollowedFolder } from '../named-letters/merge-items.ts';
import { deleteLetters, type LettersIn, markRead, moveLetters } from './change-letters.ts';
import { folderPath } from './folder-directory.ts';
import type { Session } from './session.ts';
import { lettersPage, queryOf } from './shapes.ts';

export interface ChangeParts {
  readonly session: Session;
  readonly directory: FolderDirectory;
  readonly folderId: string;
}

/** The folder as it is now. */
export function changeFollowed(
  { session, directory, folderId }: ChangeParts,
  { numbering, items }: FollowedFolder,
  path: string,
): ChangeableFolder {
  const byUid = new Map(items.map((item) => [item.uid, item]));
  const lettersOf = (uids: readonly number[]): LettersIn => ({
    folderId,
    ids: uids.flatMap((uid) => byUid.get(uid)?.id ?? []),
  });
  return {
    path,
    uidValidity: stateOf(numbering).uidValidity,
    movesAtOnce: true,
    present: async (uids) => new Set(uids.filter((uid) => byUid.has(uid))),
    markRead: (uids, signal) => markRead(session, lettersOf(uids), signal),
    async move(uids, target, signal) {
      await moveLetters(session, directory, { ...lettersOf(uids), target }, signal);
      return new Map();
    },
    async delete(uids, signal) {
      await deleteLetters(session, lettersOf(uids), signal);
      return noRefusals;
    },
    findByMessageId: (messageId, signal) => findByMessageId(session, { folderId, items }, messageId, signal),
  };
}

/** Numbers of the letters of a folder whose Message-ID is this. */
async function findByMessageId(
  session: Session,
  { folderId, items }: { readonly folderId: string; readonly items: readonly KnownItem[] },
  messageId: string,
  signal: AbortSignal,
): Promise<readonly number[]> {
  // A quote is doubled (OData 4, 5.1.1.14).
  const $filter = `internetMessageId eq '${messageId.replaceAll("'", "''")}'`;
  const path = `${folderPath(session, folderId)}/messages?${queryOf({ $filter, $select: 'id', $top: '100' })}`;
  const found = await session.read(lettersPage, { path }, signal);
  const ids = new Set(found.value.map(({ id }) => id));
  return items.filter(({ id }) => ids.has(id)).map(({ uid }) => uid);
}
