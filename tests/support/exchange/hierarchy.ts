import { randomBytes } from 'node:crypto';
import type { XmlElement, XmlNode } from 'libxml2-wasm';
import type { StoredFolder, StoredMailbox, ToldFolders } from './mailboxes.ts';
import { escapeXml, failed, folderXml, namespaces, responses, succeeded } from './words.ts';

export interface AskedHierarchy {
  readonly mailbox: StoredMailbox | undefined;
  /** A folder, or the code with which it is refused. */
  readonly root: StoredFolder | string;
  readonly fields: readonly string[];
  readonly pageSize: number;
}

/** What is otherwise than it was told with the SyncState, or all: made, changed, gone, a page of them. */
export function syncHierarchy(asked: XmlNode, { mailbox, root, fields, pageSize }: AskedHierarchy): string {
  if (typeof root === 'string' || mailbox === undefined)
    return responses('SyncFolderHierarchy', [failed('SyncFolderHierarchy', String(root))]);
  const state = (asked.get('./m:SyncState', namespaces) as XmlElement | null)?.content ?? null;
  const told = state === null ? new Map() : mailbox.told.get(state);
  if (told === undefined)
    return responses('SyncFolderHierarchy', [failed('SyncFolderHierarchy', 'ErrorInvalidSyncStateData')]);
  const changes = differencesOf(mailbox, root, told);
  const page = changes.slice(0, pageSize);
  const xml = page.map(({ kind, id, folder }) =>
    folder === null
      ? `<t:Delete><t:FolderId Id="${escapeXml(id)}" ChangeKey="AQAAABYAAA"/></t:Delete>`
      : `<t:${kind}>${folderXml(folder, fields)}</t:${kind}>`,
  );
  const next = page.length === 0 && state !== null ? state : noteTold(mailbox, told, page);
  const last = page.length === changes.length;
  return responses('SyncFolderHierarchy', [
    succeeded(
      'SyncFolderHierarchy',
      `<m:SyncState>${next}</m:SyncState><m:IncludesLastFolderInRange>${last}</m:IncludesLastFolderInRange><m:Changes>${xml.join('')}</m:Changes>`,
    ),
  ]);
}

interface FolderDifference {
  readonly kind: 'Create' | 'Update' | 'Delete';
  readonly id: string;
  readonly folder: StoredFolder | null;
}

function differencesOf({ folders }: StoredMailbox, root: StoredFolder, told: ToldFolders): FolderDifference[] {
  const now = [...folders.values()].filter(({ id }) => id !== root.id);
  const of = (kind: 'Create' | 'Update', which: (folder: StoredFolder) => boolean): FolderDifference[] =>
    now.filter(which).map((folder) => ({ kind, id: folder.id, folder }));
  const gone = [...told.keys()].filter((id) => !folders.has(id));
  return [
    ...of('Create', ({ id }) => !told.has(id)),
    ...of('Update', ({ id, name, parentId }) => {
      const before = told.get(id);
      return before !== undefined && (before.name !== name || before.parentId !== parentId);
    }),
    ...gone.map((id): FolderDifference => ({ kind: 'Delete', id, folder: null })),
  ];
}

function noteTold(mailbox: StoredMailbox, before: ToldFolders, page: readonly FolderDifference[]): string {
  const told = new Map(before);
  for (const { id, folder } of page) {
    if (folder === null) told.delete(id);
    else told.set(id, { name: folder.name, parentId: folder.parentId });
  }
  const state = randomBytes(12).toString('base64');
  mailbox.told.set(state, told);
  return state;
}
