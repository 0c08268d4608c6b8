import type { FolderRole, ServerFolder } from '../../../src-shared/domain/folder.ts';
import { isAppError } from '../../../src-shared/errors/errors.ts';
import { folderIdentities } from './folder-identities.ts';
import { type Namespace, namespaceOf } from './namespaces.ts';
import { decodedPath, sendCommand, textOf, wirePath } from './send-command.ts';
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

/** Of what is not one's own; a company's whole archive need not be shown. */
const mostElsewhere = 5_000;

interface Listed {
  readonly path: string;
  readonly name: string;
  readonly delimiter: string;
  readonly specialUse?: string | undefined;
  readonly flags: ReadonlySet<string>;
}

/** One's own folders, and those of other users and of everybody that the server shows. */
export async function listFolders(session: Session, signal: AbortSignal): Promise<readonly ServerFolder[]> {
  const listed: Listed[] = await session.run((client) => client.list(), signal);
  const elsewhere = await listElsewhere(session, new Set(listed.map(({ path }) => path)), signal);
  const identities = await folderIdentities(session, signal);
  return [...listed, ...elsewhere]
    .filter(({ flags }) => !flags.has('\\NonExistent') || flags.has('\\HasChildren'))
    .map(({ path, name, delimiter, specialUse, flags }) => {
      const { kind, prefix } = namespaceOf(path, session.namespaces);
      // What another user sends or throws away is not this mailbox's Sent or Trash.
      const role = kind === 'personal' ? (roles[specialUse?.toLowerCase() ?? ''] ?? null) : null;
      return {
        path,
        name,
        separator: delimiter,
        role,
        selectable: !flags.has('\\Noselect') && !flags.has('\\NonExistent'),
        identity: identities.get(path) ?? null,
        ...(kind === 'personal' ? {} : { namespace: kind }),
        ...(prefix === '' ? {} : { prefix }),
      };
    });
}

/** RFC 2342, 5: a LIST of all need not tell of other namespaces. One that refuses to be listed is left out. */
async function listElsewhere(
  session: Session,
  known: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<readonly Listed[]> {
  const found = new Map<string, Listed>();
  for (const namespace of session.namespaces) {
    if (namespace.kind === 'personal' || namespace.prefix === '') continue;
    for (const folder of await listOf(session, namespace, signal)) {
      if (known.has(folder.path) || found.size >= mostElsewhere) continue;
      found.set(folder.path, folder);
    }
  }
  return [...found.values()];
}

async function listOf(session: Session, { prefix }: Namespace, signal: AbortSignal): Promise<readonly Listed[]> {
  const command = { name: 'LIST', attributes: ['', `${wirePath(session, prefix)}*`], wanted: ['LIST'] };
  try {
    const { untagged } = await sendCommand(session, command, signal);
    return untagged.flatMap(({ attributes: [flags, delimiter, name] = [] }) => {
      const path = decodedPath(session, name);
      const separator = textOf(delimiter) ?? '';
      const marks = Array.isArray(flags) ? flags.map((flag) => textOf(flag) ?? '') : [];
      if (path === '') return [];
      const last = separator === '' ? path : (path.split(separator).at(-1) ?? path);
      return [{ path, name: last, delimiter: separator, flags: new Set(marks) }];
    });
  } catch (error) {
    if (isAppError(error, 'server.refused') || isAppError(error, 'folder.gone')) return [];
    throw error;
  }
}
