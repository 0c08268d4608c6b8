import type { Folder } from '../../src-shared/domain/folder.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { Session } from './session.ts';

/** By its path, in the mailbox or in the first that has it. Throws `folder.gone`. */
export async function findFolder(
  session: Pick<Session, 'call'>,
  path: string,
  mailboxId: MailboxId | null,
): Promise<Folder> {
  const folders = await session.call('mail.folders', undefined);
  const found = folders.find(
    (folder) => folder.path === path && (mailboxId === null || folder.mailboxId === mailboxId),
  );
  if (!found) throw new AppError('folder.gone', { folder: path });
  return found;
}
