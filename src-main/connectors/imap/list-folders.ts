import type { FolderRole, ServerFolder } from '../../../src-shared/domain/folder.ts';
import { folderIdentities } from './folder-identities.ts';
import type { Session } from './session.ts';

/** RFC 6154; the library finds the names that servers without it use in many languages ("Отправленные") by itself. */
const roles: Readonly<Record<string, FolderRole>> = {
  '\\inbox': 'inbox',
  '\\sent': 'sent',
  '\\drafts': 'drafts',
  '\\junk': 'junk',
  '\\trash': 'trash',
  '\\archive': 'archive',
  '\\all': 'all',
};

export async function listFolders(session: Session, signal: AbortSignal): Promise<readonly ServerFolder[]> {
  const listed = await session.run((client) => client.list(), signal);
  const identities = await folderIdentities(session, signal);
  return listed
    .filter(({ flags }) => !flags.has('\\NonExistent') || flags.has('\\HasChildren'))
    .map(({ path, name, delimiter, specialUse, flags }) => ({
      path,
      name,
      separator: delimiter,
      role: roles[specialUse?.toLowerCase() ?? ''] ?? null,
      selectable: !flags.has('\\Noselect') && !flags.has('\\NonExistent'),
      identity: identities.get(path) ?? null,
    }));
}
